"""Files of a finished search: results.json, history.csv."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stellarator.search import Candidate, Outcome, improvement

COLUMNS = (
    "generation",
    "candidate",
    "converged",
    "objective",
    "aspect_ratio",
    "iota_edge",
    "roughness",
    "seconds",
    "failure",
)


def write_results(
    directory: Path, outcome: Outcome, settings: Mapping[str, Any], seconds: float
) -> Path:
    """Writes results.json: settings, start, best, and counts; lengths in metres."""
    path = directory / "results.json"
    content = {
        "settings": dict(settings),
        "start": _design(outcome.start),
        "best": _design(outcome.best),
        "improvement": improvement(outcome),
        "solves": len(outcome.candidates) + 1,
        "failed_solves": outcome.failures,
        "seconds": round(seconds, 3),
    }
    path.write_text(json.dumps(content, indent=2, allow_nan=False) + "\n")
    return path


def write_history(directory: Path, outcome: Outcome) -> Path:
    """Writes history.csv: a line for each candidate, in the order of the search."""
    path = directory / "history.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for candidate in [outcome.start, *outcome.candidates]:
            e = candidate.evaluation
            numbers = (e.objective, e.aspect_ratio, e.iota_edge, e.roughness)
            writer.writerow(
                [
                    candidate.generation,
                    candidate.number,
                    str(e.converged).lower(),
                    *(f"{x:.10g}" if math.isfinite(x) else "" for x in numbers),
                    f"{e.seconds:.3f}",
                    e.failure or "",
                ]
            )
    return path


def _design(candidate: Candidate) -> dict[str, Any]:
    evaluation, boundary = candidate.evaluation, candidate.boundary

    def table(coefficients: Mapping[tuple[int, int], float]) -> list[dict[str, Any]]:
        return [
            {"m": m, "n": n, "value": value}
            for (m, n), value in sorted(coefficients.items())
        ]

    return {
        "generation": candidate.generation,
        "candidate": candidate.number,
        "objective": evaluation.objective,
        "aspect_ratio": evaluation.aspect_ratio,
        "iota_edge": evaluation.iota_edge,
        "roughness": evaluation.roughness,
        "boundary": {
            "field_periods": boundary.field_periods,
            "rbc": table(boundary.rbc),
            "zbs": table(boundary.zbs),
        },
    }

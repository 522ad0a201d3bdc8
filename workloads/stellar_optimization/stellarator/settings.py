"""Settings from flags, or from the environment variables of the same name."""

from __future__ import annotations

import argparse
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stellarator.boundary import BoundarySpace
from stellarator.objective import Targets
from stellarator.search import Plan


@dataclass(frozen=True)
class Settings:
    """All that a run depends on."""

    space: BoundarySpace
    targets: Targets
    plan: Plan
    output: Path
    local: bool
    """Without Ray."""


def _whole(least: int):  # type: ignore[no-untyped-def]
    def convert(text: str) -> int:
        value = int(text)
        if value < least:
            raise argparse.ArgumentTypeError(f"{value} is less than {least}")
        return value

    convert.__name__ = "whole number"
    return convert


def _positive(text: str) -> float:
    value = float(text)
    if not (math.isfinite(value) and value > 0):
        raise argparse.ArgumentTypeError(f"{text} is no positive number")
    return value


def read_settings(
    arguments: Sequence[str] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Settings of this process; a flag wins over its environment variable.

    Exits with a sentence for values that make no sense.
    """
    env = os.environ if environment is None else environment
    parser = argparse.ArgumentParser(
        description="Optimises a stellarator's plasma boundary with VMEC++ and Ray.",
        epilog="Each flag can be set by its environment variable, as POPULATION.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )

    def add(flag: str, convert, default: str, text: str) -> None:  # type: ignore[no-untyped-def]
        variable = flag.strip("-").replace("-", "_").upper()
        parser.add_argument(
            flag, type=convert, default=env.get(variable) or default, help=text
        )

    add("--generations", _whole(1), "10", "how many generations")
    add("--population", _whole(4), "16", "candidates in each generation")
    add("--seed", _whole(0), "1", "the same seed finds the same boundary")
    add("--target-aspect-ratio", _positive, "6.0", "major over minor radius")
    add("--target-iota", _positive, "0.42", "rotational transform at the edge")
    add("--smoothness-weight", _positive, "0.002", "weight of a smooth boundary")
    add("--field-periods", _whole(1), "3", "field periods of the torus")
    add("--max-mode", _whole(1), "1", "highest Fourier mode that changes")
    add("--output-dir", Path, "results", "folder for the results")
    parser.add_argument(
        "--local",
        action="store_true",
        default=env.get("LOCAL", "").lower() in ("1", "true", "yes"),
        help="without Ray, in this process",
    )
    given = parser.parse_args(arguments)
    return Settings(
        space=BoundarySpace(given.field_periods, given.max_mode),
        targets=Targets(
            given.target_aspect_ratio, given.target_iota, given.smoothness_weight
        ),
        plan=Plan(given.generations, given.population, given.seed),
        output=given.output_dir,
        local=given.local,
    )

from __future__ import annotations

import csv
import json
from pathlib import Path

from surrogate import ShuffledEvaluator, surrogate

from stellarator.boundary import Boundary, BoundarySpace
from stellarator.equilibrium import Equilibrium, NotConverged
from stellarator.evaluators import LocalEvaluator
from stellarator.objective import Targets
from stellarator.plot import write_plot
from stellarator.report import COLUMNS, write_history, write_results
from stellarator.search import Outcome, Plan, improvement, search

SPACE, TARGETS = BoundarySpace(), Targets()


def run(evaluator: LocalEvaluator, seed: int = 1) -> tuple[Outcome, list[str]]:
    lines: list[str] = []
    plan = Plan(generations=12, population=12, seed=seed)
    return search(SPACE, TARGETS, plan, evaluator, lines.append), lines


def design(outcome: Outcome) -> tuple[object, ...]:
    best = outcome.best
    return best.generation, best.number, best.boundary, best.evaluation.objective


def test_finds_a_better_design_and_numbers_its_lines() -> None:
    outcome, lines = run(LocalEvaluator(surrogate))
    assert improvement(outcome) > 20
    assert lines[0].startswith("start objective")
    assert lines[1].startswith("generation 1/12 candidate 1/12 objective")
    assert sum("best so far" in line for line in lines) == 12
    assert len(outcome.candidates) == 144


def test_the_order_in_which_tasks_end_changes_nothing() -> None:
    expected = design(run(LocalEvaluator(surrogate))[0])
    for seed in range(3):
        assert design(run(ShuffledEvaluator(seed))[0]) == expected
    assert design(run(LocalEvaluator(surrogate), seed=2)[0]) != expected


def test_candidates_that_do_not_converge_are_counted(tmp_path: Path) -> None:
    def fragile(boundary: Boundary) -> Equilibrium:
        if boundary.rbc[1, 0] < 0.13:
            raise NotConverged("too thin")
        return surrogate(boundary)

    outcome, lines = run(LocalEvaluator(fragile))
    assert 0 < outcome.failures < len(outcome.candidates)
    assert any("did not converge: too thin" in line for line in lines)
    assert outcome.best.evaluation.converged

    results = json.loads(write_results(tmp_path, outcome, {"seed": 1}, 1.5).read_text())
    assert results["failed_solves"] == outcome.failures
    assert results["best"]["objective"] < results["start"]["objective"]
    assert {"m": 1, "n": 0, "value": outcome.best.boundary.rbc[1, 0]} in results[
        "best"
    ]["boundary"]["rbc"]
    with write_history(tmp_path, outcome).open() as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 145
    failures = [row for row in rows if row["failure"] == "too thin"]
    assert len(failures) == outcome.failures
    assert all(row["objective"] == "" for row in failures)
    assert write_plot(tmp_path, outcome).read_bytes().startswith(b"\x89PNG")

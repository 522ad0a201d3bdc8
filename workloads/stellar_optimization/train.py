"""Entrypoint of the training job: `python train.py`; see `--help`."""

from __future__ import annotations

import importlib
import sys
import time
from dataclasses import asdict

from stellarator.evaluators import Evaluator, LocalEvaluator, RayEvaluator
from stellarator.report import write_history, write_results
from stellarator.search import describe, improvement, search
from stellarator.settings import Settings, read_settings

GREEN, YELLOW, BOLD, RESET = "\x1b[32m", "\x1b[33m", "\x1b[1m", "\x1b[0m"


def say(text: str) -> None:
    """One line of the log, at once."""
    print(text, flush=True)


def make_evaluator(settings: Settings) -> Evaluator:
    """The Ray cluster, or this process where that is wanted or Ray is absent."""
    if settings.local:
        return LocalEvaluator()
    try:
        ray = importlib.import_module("ray")
    except ImportError:
        say(f"{YELLOW}Ray is not installed: running in this process.{RESET}")
        return LocalEvaluator()
    return RayEvaluator(ray)


def main() -> int:
    """Runs the search and writes its results; returns the exit code."""
    settings = read_settings()
    # Now rather than after all the work.
    settings.output.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    plan, targets = settings.plan, settings.targets
    evaluator = make_evaluator(settings)
    say(f"{BOLD}stellar_optimization{RESET}: {evaluator.describe()}")
    say(
        f"looking for aspect ratio {targets.aspect_ratio:g} and iota "
        f"{targets.iota:g} with {settings.space.size} coefficients, "
        f"{plan.generations} generations of {plan.population}, seed {plan.seed}"
    )

    outcome = search(settings.space, targets, plan, evaluator, say)

    seconds = time.perf_counter() - started
    parameters = {
        "plan": asdict(plan),
        "targets": asdict(targets),
        "field_periods": settings.space.field_periods,
        "max_mode": settings.space.max_mode,
    }
    files = [
        write_results(settings.output, outcome, parameters, seconds),
        write_history(settings.output, outcome),
    ]
    # Only now: fonts and all take a second that the search need not wait for.
    from stellarator.plot import write_plot

    files.append(write_plot(settings.output, outcome))
    for file in files:
        say(f"wrote {file}")
    first = outcome.start.evaluation
    say(f"start {describe(first)}")
    say(f"best  {describe(outcome.best.evaluation)}")
    say(
        f"{GREEN}done: {improvement(outcome):.1f} times better than the start after "
        f"{len(outcome.candidates) + 1} solves, {outcome.failures} of which did not "
        f"converge, in {seconds:.1f} s{RESET}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The search: generation after generation, and what it found."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from stellarator.boundary import Boundary, BoundarySpace
from stellarator.evaluators import Evaluator
from stellarator.evolution import EvolutionStrategy
from stellarator.objective import Evaluation, Targets


@dataclass(frozen=True)
class Candidate:
    """A boundary that was evaluated, and where in the search."""

    generation: int
    """From 1; 0 for the start."""
    number: int
    """In its generation, from 1."""
    boundary: Boundary
    evaluation: Evaluation


@dataclass(frozen=True)
class Plan:
    """How long and how wide to search."""

    generations: int
    population: int
    seed: int
    sigma: float = 1.0
    """First step size, in units of the space's coordinates."""


@dataclass
class Outcome:
    """What a search found."""

    start: Candidate
    best: Candidate
    candidates: list[Candidate] = field(default_factory=list)
    """All but the start, by generation and number."""

    @property
    def failures(self) -> int:
        """How many candidates have no equilibrium."""
        return sum(not c.evaluation.converged for c in self.candidates)


Say = Callable[[str], None]


def search(
    space: BoundarySpace, targets: Targets, plan: Plan, evaluator: Evaluator, say: Say
) -> Outcome:
    """Looks for a better boundary than the space's start.

    The outcome depends on the plan alone, not on the order in which evaluations
    end. Raises RuntimeError where the start itself has no equilibrium.
    """
    zero = space.boundary(np.zeros(space.size))
    ((_, evaluation),) = evaluator.evaluate_all([zero], targets)
    if not evaluation.converged:
        raise RuntimeError(f"The start has no equilibrium: {evaluation.failure}")
    start = Candidate(0, 1, zero, evaluation)
    say(f"start {describe(evaluation)}")

    outcome = Outcome(start, best=start)
    strategy = EvolutionStrategy(space.size, plan.population, plan.sigma, plan.seed)
    for generation in range(1, plan.generations + 1):
        began = time.perf_counter()
        label = f"generation {generation}/{plan.generations}"
        vectors = strategy.ask()
        boundaries = [space.boundary(vector) for vector in vectors]
        found: dict[int, Evaluation] = {}
        for index, evaluation in evaluator.evaluate_all(boundaries, targets):
            found[index] = evaluation
            place = f"candidate {len(found)}/{plan.population}"
            say(f"{label} {place} {describe(evaluation)}")
        evaluations = [found[index] for index in range(len(boundaries))]
        strategy.tell(vectors, np.array([e.objective for e in evaluations]))
        for number, (boundary, evaluation) in enumerate(
            zip(boundaries, evaluations, strict=True), start=1
        ):
            candidate = Candidate(generation, number, boundary, evaluation)
            outcome.candidates.append(candidate)
            if evaluation.objective < outcome.best.evaluation.objective:
                outcome.best = candidate
        failures = sum(not e.converged for e in evaluations)
        say(
            f"\x1b[36m{label} best so far {describe(outcome.best.evaluation)}, "
            f"{failures} of {plan.population} did not converge, "
            f"{time.perf_counter() - began:.1f} s\x1b[0m"
        )
    return outcome


def describe(evaluation: Evaluation) -> str:
    """An evaluation in a few words."""
    if not evaluation.converged:
        reason = (evaluation.failure or "")[:100]
        return f"did not converge: {reason}"
    return (
        f"objective {evaluation.objective:.5f} "
        f"aspect ratio {evaluation.aspect_ratio:.3f} "
        f"iota {evaluation.iota_edge:.4f} "
        f"roughness {evaluation.roughness:.3f}"
    )


def improvement(outcome: Outcome) -> float:
    """How many times smaller the best objective is than the start's."""
    best = outcome.best.evaluation.objective
    first = outcome.start.evaluation.objective
    return first / best if best > 0 else math.inf

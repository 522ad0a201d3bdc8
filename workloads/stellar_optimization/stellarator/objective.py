"""Scores of a boundary: one number to minimise, and what it is made of."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from stellarator.boundary import Boundary
from stellarator.equilibrium import Equilibrium, NotConverged

Solver = Callable[[Boundary], Equilibrium]


@dataclass(frozen=True)
class Targets:
    """What a good boundary has."""

    aspect_ratio: float = 6.0
    iota: float = 0.42
    """Rotational transform at the boundary."""
    smoothness_weight: float = 0.002
    """Weight of the roughness, which has no target but 0."""

    def objective(self, equilibrium: Equilibrium, roughness: float) -> float:
        """Squared relative distances from the targets, and the roughness. No unit."""
        aspect = equilibrium.aspect_ratio / self.aspect_ratio - 1
        iota = equilibrium.iota_edge / self.iota - 1
        return aspect**2 + iota**2 + self.smoothness_weight * roughness


@dataclass(frozen=True)
class Evaluation:
    """The score of one candidate; infinite where there is no equilibrium."""

    objective: float
    aspect_ratio: float
    iota_edge: float
    roughness: float
    seconds: float
    """Time that the solve took."""
    failure: str | None = None
    """Why there is no equilibrium."""

    @property
    def converged(self) -> bool:
        """True where there is an equilibrium."""
        return self.failure is None


def failed(reason: str, seconds: float = 0.0) -> Evaluation:
    """The evaluation of a candidate without an equilibrium."""
    nothing = math.nan
    return Evaluation(math.inf, nothing, nothing, nothing, seconds, failure=reason)


def evaluate(boundary: Boundary, targets: Targets, solver: Solver) -> Evaluation:
    """Solves and scores a boundary. A failed solve is a result, not an error."""
    started = time.perf_counter()
    try:
        equilibrium = solver(boundary)
    except NotConverged as problem:
        return failed(str(problem), time.perf_counter() - started)
    roughness = boundary.roughness()
    return Evaluation(
        objective=targets.objective(equilibrium, roughness),
        aspect_ratio=equilibrium.aspect_ratio,
        iota_edge=equilibrium.iota_edge,
        roughness=roughness,
        seconds=time.perf_counter() - started,
    )

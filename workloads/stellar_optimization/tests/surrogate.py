"""Stand-ins that need no solver and no cluster."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from stellarator.boundary import Boundary
from stellarator.equilibrium import Equilibrium, NotConverged
from stellarator.evaluators import LocalEvaluator
from stellarator.objective import Evaluation, Targets


def surrogate(boundary: Boundary) -> Equilibrium:
    """A smooth function of the boundary that behaves a little like the physics."""
    minor = (abs(boundary.rbc[1, 0]) * abs(boundary.zbs[1, 0])) ** 0.5
    if minor < 0.05:
        raise NotConverged("no plasma left")
    twist = boundary.rbc[1, 1] ** 2 + boundary.zbs[1, 1] ** 2
    return Equilibrium(1 / minor, 12 * twist / minor**2, iterations=1)


class ShuffledEvaluator(LocalEvaluator):
    """Gives evaluations in an order of its own, as a cluster would."""

    def __init__(self, seed: int) -> None:
        super().__init__(surrogate)
        self._random = random.Random(seed)

    def evaluate_all(
        self, boundaries: Sequence[Boundary], targets: Targets
    ) -> Iterator[tuple[int, Evaluation]]:
        """As the base does, shuffled."""
        results = list(super().evaluate_all(boundaries, targets))
        self._random.shuffle(results)
        yield from results

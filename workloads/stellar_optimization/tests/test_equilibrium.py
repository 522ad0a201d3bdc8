"""With the real solver."""

from __future__ import annotations

import numpy as np
import pytest

from stellarator.boundary import Boundary, BoundarySpace
from stellarator.equilibrium import NotConverged, solve
from stellarator.evaluators import LocalEvaluator
from stellarator.objective import Targets
from stellarator.search import Plan, improvement, search


def test_a_plain_torus_has_its_aspect_ratio_and_no_transform() -> None:
    torus = Boundary(3, {(0, 0): 1.0, (1, 0): 0.2, (1, 1): 0.0}, {(1, 0): 0.2})
    equilibrium = solve(torus)
    assert equilibrium.aspect_ratio == pytest.approx(5.0)
    assert equilibrium.iota_edge == pytest.approx(0.0, abs=1e-9)


def test_a_rotating_ellipse_has_a_transform() -> None:
    space = BoundarySpace()
    start = solve(space.start())
    assert start.aspect_ratio == pytest.approx(7.217, abs=0.01)
    assert 0.05 < start.iota_edge < 0.15
    assert solve(space.start()) == start


def test_what_has_no_equilibrium_says_so() -> None:
    with pytest.raises(NotConverged, match="meets itself"):
        solve(Boundary(3, {(0, 0): 1.0, (1, 0): 1.3}, {(1, 0): 0.2}))


def test_finds_a_better_stellarator_and_the_same_one_again() -> None:
    def run() -> tuple[float, float]:
        plan = Plan(generations=4, population=8, seed=1)
        outcome = search(
            BoundarySpace(), Targets(), plan, LocalEvaluator(), lambda _: None
        )
        return improvement(outcome), outcome.best.evaluation.objective

    first, again = run(), run()
    assert first == again
    assert first[0] > 1.5
    assert np.isfinite(first[1])

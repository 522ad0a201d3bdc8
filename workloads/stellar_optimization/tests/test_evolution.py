from __future__ import annotations

import numpy as np
import pytest

from stellarator.evolution import EvolutionStrategy


def minimise(seed: int, generations: int = 250) -> float:
    strategy = EvolutionStrategy(size=6, population=12, sigma=1.0, seed=seed)
    goal, scale = np.arange(6.0), np.logspace(-1, 1, 6)
    best = np.inf
    for _ in range(generations):
        candidates = strategy.ask()
        objectives = (((candidates - goal) * scale) ** 2).sum(axis=1)
        strategy.tell(candidates, objectives)
        best = min(best, float(objectives.min()))
    return best


def test_finds_the_bottom_of_a_long_valley() -> None:
    assert minimise(seed=3) < 1e-6


def test_the_same_seed_walks_the_same_way() -> None:
    assert minimise(seed=5, generations=20) == minimise(seed=5, generations=20)
    assert minimise(seed=5, generations=20) != minimise(seed=6, generations=20)


def test_failed_candidates_rank_last() -> None:
    strategy = EvolutionStrategy(size=2, population=8, sigma=1.0, seed=1)
    for _ in range(60):
        candidates = strategy.ask()
        # Half of the plane has no equilibrium; the goal is on its edge.
        objectives = np.where(
            candidates[:, 0] < 0, np.inf, ((candidates - [0.5, 2]) ** 2).sum(axis=1)
        )
        strategy.tell(candidates, objectives)
    assert strategy.mean == pytest.approx([0.5, 2.0], abs=0.05)


def test_steps_shrink_where_nothing_converges() -> None:
    strategy = EvolutionStrategy(size=2, population=6, sigma=1.0, seed=1)
    before = strategy.mean.copy()
    strategy.tell(strategy.ask(), np.full(6, np.inf))
    assert strategy.sigma == 0.5
    np.testing.assert_array_equal(strategy.mean, before)


def test_refuses_a_population_that_cannot_learn() -> None:
    with pytest.raises(ValueError, match="at least 4"):
        EvolutionStrategy(size=2, population=3, sigma=1.0, seed=1)

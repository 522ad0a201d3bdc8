from __future__ import annotations

import numpy as np
import pytest

from stellarator.boundary import Boundary, BoundarySpace


def torus(**changes: float) -> Boundary:
    return Boundary(
        field_periods=3,
        rbc={(0, 0): 1.0, (1, 0): changes.get("r", 0.2), (1, 1): changes.get("x", 0.0)},
        zbs={(1, 0): changes.get("z", 0.2), (1, 1): -changes.get("x", 0.0)},
    )


def test_cross_section_of_a_plain_torus_is_a_circle() -> None:
    r, z = torus().cross_section(phi=0.7, points=100)
    assert np.hypot(r - 1, z) == pytest.approx(np.full(100, 0.2))


def test_a_field_period_repeats_the_cross_section() -> None:
    boundary = torus(x=0.05)
    first = boundary.cross_section(0.1)
    again = boundary.cross_section(0.1 + 2 * np.pi / 3)
    other = boundary.cross_section(0.1 + np.pi / 3)
    np.testing.assert_allclose(first, again)
    assert not np.allclose(first, other)


@pytest.mark.parametrize(
    ("boundary", "embedded"),
    [
        (torus(), True),
        (torus(x=0.1), True),
        (torus(r=1.2), False),  # through the axis of the machine
        # a bean, and a figure of eight
        (Boundary(3, {(0, 0): 1.0, (1, 0): 0.1, (2, 0): 0.2}, {(1, 0): 0.1}), True),
        (
            Boundary(3, {(0, 0): 1.0, (1, 0): 0.1}, {(1, 0): 0.05, (2, 0): 0.2}),
            False,
        ),
    ],
)
def test_knows_a_boundary_that_meets_itself(boundary: Boundary, embedded: bool) -> None:
    assert boundary.is_embedded() is embedded


def test_roughness_counts_high_modes_more() -> None:
    assert torus().roughness() == 0.0
    low = Boundary(3, {(1, 0): 0.2, (1, 1): 0.02}, {(1, 0): 0.2})
    high = Boundary(3, {(1, 0): 0.2, (2, 2): 0.02}, {(1, 0): 0.2})
    assert 0 < low.roughness() < high.roughness()


def test_vectors_move_around_the_start() -> None:
    space = BoundarySpace(max_mode=2)
    assert space.boundary(np.zeros(space.size)) == space.start()
    assert (0, 0) not in space.modes and (0, -1) not in space.modes
    moved = space.boundary(np.ones(space.size))
    assert moved.rbc[1, 0] == pytest.approx(space.start().rbc[1, 0] + 0.03)
    assert moved.zbs[2, -2] == pytest.approx(0.03 / 4)
    assert space.start().is_embedded()

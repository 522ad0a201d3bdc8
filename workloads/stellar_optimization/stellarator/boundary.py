"""The plasma boundary as a Fourier series, and the vectors that are searched."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mode = tuple[int, int]
"""Poloidal number m and toroidal number n of a Fourier mode."""

MAJOR_RADIUS = 1.0
"""R of the mode (0, 0) in metres; the search keeps it."""


@dataclass(frozen=True)
class Boundary:
    """A closed surface with field periods and stellarator symmetry.

    R = sum rbc cos(m theta - n nfp phi) and Z = sum zbs sin(m theta - n nfp phi),
    in metres, as in VMEC's input.
    """

    field_periods: int
    rbc: dict[Mode, float]
    zbs: dict[Mode, float]

    def cross_section(self, phi: float, points: int = 64) -> tuple[Array, Array]:
        """R and Z in metres around the surface, at a toroidal angle in radians."""
        theta = np.linspace(0.0, 2 * np.pi, points, endpoint=False)
        r, z = np.zeros(points), np.zeros(points)
        for (m, n), value in self.rbc.items():
            r += value * np.cos(m * theta - n * self.field_periods * phi)
        for (m, n), value in self.zbs.items():
            z += value * np.sin(m * theta - n * self.field_periods * phi)
        return r, z

    def is_embedded(self) -> bool:
        """True for a torus: R is positive, and no cross-section meets itself."""
        period = 2 * np.pi / self.field_periods
        for phi in np.linspace(0.0, period / 2, 5):
            r, z = self.cross_section(float(phi), points=48)
            if r.min() <= 0.0 or _meets_itself(r, z):
                return False
        return True

    def roughness(self) -> float:
        """How much the surface owes to high modes, relative to its minor radius.

        The sum of (m^2 + n^2)^2 (rbc^2 + zbs^2) over the modes beyond the plain
        torus, over that of the mode (1, 0). No unit; 0 for a plain torus.
        """

        def energy(mode: Mode) -> float:
            return self.rbc.get(mode, 0.0) ** 2 + self.zbs.get(mode, 0.0) ** 2

        modes = (self.rbc.keys() | self.zbs.keys()) - {(0, 0), (1, 0)}
        rough = sum((m * m + n * n) ** 2 * energy((m, n)) for m, n in sorted(modes))
        return rough / max(energy((1, 0)), 1e-12)


@dataclass(frozen=True)
class BoundarySpace:
    """The boundaries that the search moves among, as vectors around a start.

    A coordinate of 1 changes a coefficient by `step` metres, divided by the
    mode's order, so that all coordinates matter about as much.
    """

    field_periods: int = 3
    max_mode: int = 1
    step: float = 0.03

    @cached_property
    def modes(self) -> tuple[Mode, ...]:
        """The modes that change; n >= 1 for m = 0, as the others are the same."""
        top = self.max_mode
        return tuple(
            (m, n)
            for m in range(top + 1)
            for n in range(-top, top + 1)
            if m > 0 or n > 0
        )

    @property
    def size(self) -> int:
        """Number of coordinates."""
        return 2 * len(self.modes)

    def start(self) -> Boundary:
        """A nearly plain torus, with just enough twist to have a direction."""
        rbc = {(0, 0): MAJOR_RADIUS, **dict.fromkeys(self.modes, 0.0)}
        zbs = dict.fromkeys(self.modes, 0.0)
        rbc.update({(0, 1): 0.05, (1, 0): 0.14, (1, 1): 0.02})
        zbs.update({(0, 1): -0.05, (1, 0): 0.14, (1, 1): -0.02})
        return Boundary(self.field_periods, rbc, zbs)

    def boundary(self, vector: Array) -> Boundary:
        """The boundary of a vector; that of zeros is the start."""
        start = self.start()
        scale = [self.step / max(1, m + abs(n)) for m, n in self.modes]
        r, z = np.asarray(vector, dtype=float).reshape(2, -1) * scale
        rbc, zbs = dict(start.rbc), dict(start.zbs)
        for mode, dr, dz in zip(self.modes, r, z, strict=True):
            rbc[mode] += float(dr)
            zbs[mode] += float(dz)
        return Boundary(self.field_periods, rbc, zbs)


def _meets_itself(r: Array, z: Array) -> bool:
    """True where two sides of the closed polygon cross that are not neighbours."""
    a = np.stack([r, z], axis=1)
    b = np.roll(a, -1, axis=0)

    def side(p: Array, q: Array, x: Array) -> Array:
        """Sign of x beside the line from p to q, for each line and each x."""
        d, e = (q - p)[:, None, :], x[None, :, :] - p[:, None, :]
        return np.sign(d[..., 0] * e[..., 1] - d[..., 1] * e[..., 0])

    split = side(a, b, a) * side(a, b, b) < 0
    crossing = split & split.T
    index = np.arange(len(r))
    distance = np.abs(index[:, None] - index[None, :])
    return bool((crossing & (distance > 1) & (distance < len(r) - 1)).any())

"""Ideal-MHD equilibria with VMEC++."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

import numpy as np

from stellarator.boundary import Boundary, Mode

SURFACES = 11
FORCE_TOLERANCE = 1e-9
MAX_ITERATIONS = 1500
TOROIDAL_FLUX = 0.1
"""Enclosed magnetic flux in Wb. It scales the field, and none of the scores."""


class NotConverged(Exception):
    """There is no equilibrium for a boundary, or the solver did not find it."""


@dataclass(frozen=True)
class Equilibrium:
    """What of a solution is scored."""

    aspect_ratio: float
    """Major over minor radius."""
    iota_edge: float
    """Rotational transform at the boundary, in field-line turns; its size."""
    iterations: int


def solve(boundary: Boundary) -> Equilibrium:
    """Solves the vacuum equilibrium inside a boundary, on one thread.

    Takes about 0.1 s. Raises NotConverged.
    """
    if not boundary.is_embedded():
        raise NotConverged("the boundary meets itself")
    # VMEC++ brings JAX along; it would look for accelerators.
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    import vmecpp

    try:
        result = vmecpp.run(_vmec_input(boundary), max_threads=1, verbose=False)
    except RuntimeError as error:
        raise NotConverged(_reason(str(error))) from error
    iota = abs(float(result.wout.iotaf[-1]))
    aspect_ratio = float(result.wout.aspect)
    if not (np.isfinite(iota) and np.isfinite(aspect_ratio) and aspect_ratio > 0):
        raise NotConverged(f"no torus: aspect ratio {aspect_ratio}, iota {iota}")
    return Equilibrium(aspect_ratio, iota, int(result.wout.itfsq))


def _reason(message: str) -> str:
    """The solver's message in one line, without where in the solver it was."""
    line = " ".join(message.split())
    return re.sub(r"^There was an error .*?FATAL ERROR in thread=\d+\. ", "", line)


def _vmec_input(boundary: Boundary):  # type: ignore[no-untyped-def]
    import vmecpp

    # Two poloidal modes more than the boundary has, for the surfaces inside.
    top_m = max(m for m, _ in boundary.rbc)
    top_n = max(abs(n) for _, n in boundary.rbc)
    poloidal, toroidal = top_m + 3, top_n + 1

    def table(coefficients: dict[Mode, float]):  # type: ignore[no-untyped-def]
        values = np.zeros((poloidal, 2 * toroidal + 1))
        for (m, n), value in coefficients.items():
            values[m, n + toroidal] = value
        return values

    def axis(coefficients: dict[Mode, float]):  # type: ignore[no-untyped-def]
        return np.array([coefficients.get((0, n), 0.0) for n in range(toroidal + 1)])

    settings = vmecpp.VmecInput()
    settings.lasym = False
    settings.nfp = boundary.field_periods
    settings.mpol, settings.ntor = poloidal, toroidal
    settings.ns_array = np.array([SURFACES])
    settings.ftol_array = np.array([FORCE_TOLERANCE])
    settings.niter_array = np.array([MAX_ITERATIONS])
    settings.phiedge = TOROIDAL_FLUX
    # No pressure and no net current: the transform is the boundary's doing.
    settings.ncurr, settings.curtor = 1, 0.0
    settings.am, settings.ac = np.array([0.0]), np.array([0.0])
    settings.rbc, settings.zbs = table(boundary.rbc), table(boundary.zbs)
    settings.raxis_c = axis(boundary.rbc)
    settings.zaxis_s = -axis(boundary.zbs)
    return settings

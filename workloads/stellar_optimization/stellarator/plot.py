"""The picture of a finished search: cross-sections and convergence."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")  # No screen on a cluster.

import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.ticker import MaxNLocator  # noqa: E402

from stellarator.search import Outcome  # noqa: E402

COLOURS = ("#0072b2", "#009e73", "#d55e00")  # Apart for the colour-blind, too.


def write_plot(directory: Path, outcome: Outcome) -> Path:
    """Writes boundary.png."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(12, 5.5), dpi=120)
    _draw_boundaries(left, outcome)
    _draw_convergence(right, outcome)
    best = outcome.best.evaluation
    figure.suptitle(
        f"Aspect ratio {best.aspect_ratio:.3f}, "
        f"edge rotational transform {best.iota_edge:.4f}"
    )
    figure.tight_layout()
    path = directory / "boundary.png"
    figure.savefig(path)
    plt.close(figure)
    return path


def _draw_boundaries(axes: Axes, outcome: Outcome) -> None:
    period = 2 * np.pi / outcome.best.boundary.field_periods
    parts = ((0.0, "0"), (0.25, "1/4"), (0.5, "1/2"))
    for (part, name), colour in zip(parts, COLOURS, strict=True):
        for candidate, style, who in (
            (outcome.start, ":", "start"),
            (outcome.best, "-", "best"),
        ):
            r, z = candidate.boundary.cross_section(part * period, points=200)
            axes.plot(
                np.append(r, r[0]),
                np.append(z, z[0]),
                style,
                color=colour,
                label=f"{who}, {name} of a period",
            )
    axes.set(title="Plasma boundary", xlabel="R [m]", ylabel="Z [m]")
    axes.set_aspect("equal")
    axes.legend(fontsize="small", loc="center left", bbox_to_anchor=(1.02, 0.5))
    axes.grid(alpha=0.3)


def _draw_convergence(axes: Axes, outcome: Outcome) -> None:
    points = [
        (c.generation, c.evaluation.objective)
        for c in [outcome.start, *outcome.candidates]
        if c.evaluation.converged
    ]
    generations, objectives = np.array(points).T
    axes.scatter(generations, objectives, s=12, alpha=0.5, label="candidates")
    last = int(generations.max())
    best = [objectives[generations <= g].min() for g in range(last + 1)]
    axes.step(
        range(last + 1), best, where="post", color=COLOURS[2], label="best so far"
    )
    axes.set(title="Convergence", xlabel="generation", ylabel="objective")
    axes.set_yscale("log")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(fontsize="small")
    axes.grid(alpha=0.3)

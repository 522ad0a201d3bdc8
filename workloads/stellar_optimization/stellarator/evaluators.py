"""Where candidates are evaluated: in this process, or as tasks on a Ray cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from stellarator.boundary import Boundary
from stellarator.equilibrium import solve
from stellarator.objective import Evaluation, Solver, Targets, evaluate, failed


class Evaluator(Protocol):
    """Evaluates boundaries, in any order."""

    def describe(self) -> str:
        """Where it works, for people."""

    def evaluate_all(
        self, boundaries: Sequence[Boundary], targets: Targets
    ) -> Iterator[tuple[int, Evaluation]]:
        """Each boundary's place in the sequence and its evaluation, as they come."""


class LocalEvaluator:
    """One after the other, in this process."""

    def __init__(self, solver: Solver = solve) -> None:
        """Any solver will do, as for a test."""
        self._solver = solver

    def describe(self) -> str:
        """Where it works, for people."""
        return "in this process, without Ray"

    def evaluate_all(
        self, boundaries: Sequence[Boundary], targets: Targets
    ) -> Iterator[tuple[int, Evaluation]]:
        """Each boundary's place in the sequence and its evaluation, in order."""
        for index, boundary in enumerate(boundaries):
            yield index, evaluate(boundary, targets, self._solver)


class RayEvaluator:
    """A Ray task with one CPU for each boundary."""

    def __init__(self, ray: Any) -> None:
        """Joins the cluster of RAY_ADDRESS, or starts one on this machine."""
        self._ray = ray
        ray.init()
        self._evaluate = ray.remote(num_cpus=1, max_retries=2)(evaluate)

    def describe(self) -> str:
        """Where it works, for people."""
        nodes = sum(1 for node in self._ray.nodes() if node["Alive"])
        cpus = self._ray.cluster_resources().get("CPU", 0)
        return f"Ray {self._ray.__version__}, {nodes} node(s), {cpus:g} CPU(s)"

    def evaluate_all(
        self, boundaries: Sequence[Boundary], targets: Targets
    ) -> Iterator[tuple[int, Evaluation]]:
        """Each boundary's place in the sequence and its evaluation, as they end."""
        places = {
            self._evaluate.remote(boundary, targets, solve): index
            for index, boundary in enumerate(boundaries)
        }
        pending = list(places)
        while pending:
            done, pending = self._ray.wait(pending, num_returns=1)
            for task in done:
                yield places[task], self._result(task)

    def _result(self, task: Any) -> Evaluation:
        try:
            evaluation: Evaluation = self._ray.get(task)
        except self._ray.exceptions.WorkerCrashedError as crash:
            # The solver is native code: what ends it must not end the search.
            return failed(f"the solver's process ended: {crash}")
        return evaluation

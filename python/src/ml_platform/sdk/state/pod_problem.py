"""Why a pod does not run as it should.

Source: Kubernetes' Pod lifecycle (container states, `PodScheduled`).
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from ml_platform.sdk.manifest.labels import RAY_LABEL_NODE_TYPE
from ml_platform.sdk.state.container_problem import container_problem
from ml_platform.sdk.state.disruption import disruption
from ml_platform.sdk.state.memory_problem import evicted
from ml_platform.sdk.state.objects import Cause, Json, Told, items, name_of, part, text
from ml_platform.sdk.state.plain_text import plain_text, shorten
from ml_platform.sdk.state.root_causes import CONTAINER_FAILED, CRASHES
from ml_platform.sdk.state.unschedulable import unschedulable

_LONGEST_MESSAGE = 300


def pods_problem(pods: Sequence[Json], phase: Literal["starting", "entrypoint"]) -> Cause | None:
    """The first problem among a job's pods, told once for all pods that have it.

    While the entrypoint runs, and after it, the submitter's exit code is left out: it
    repeats what the entrypoint did.
    """
    problems: list[tuple[Json, Told]] = []
    for pod in _current_pods(pods):
        problem = next(_problems_of(pod), None)
        if problem is None:
            continue
        own = _is_submitter(pod) and _is_ending(problem[0])
        if not (own and phase == "entrypoint"):
            problems.append((pod, problem))
    if not problems:
        return None
    roots = (problem for _, problem in problems if not _is_ending(problem[0]))
    reason, tell = next(roots, problems[0][1])
    same = [pod for pod, problem in problems if problem[1]("") == tell("")]
    return Cause(reason, shorten(plain_text(tell(_named(same))), _LONGEST_MESSAGE))


def _named(pods: Sequence[Json]) -> str:
    """Pods by name: the first, and how many there are beside it."""
    others = len(pods) - 1
    more = "1 more pod" if others == 1 else f"{others} more pods"
    return f"{name_of(pods[0])} and {more}" if others else name_of(pods[0])


def _is_ending(reason: str) -> bool:
    """A container that ended says less than what ended it, maybe in another pod."""
    return reason in (CONTAINER_FAILED, CRASHES)


def _is_submitter(pod: Json) -> bool:
    return not text(pod, "metadata", "labels", RAY_LABEL_NODE_TYPE)


def _created_at(pod: Json) -> str:
    return text(pod, "metadata", "creationTimestamp")


def _current_pods(pods: Sequence[Json]) -> list[Json]:
    """The pods that count.

    The last submitter, and none that is being removed, unless what removes it is the
    problem.
    """
    staying = [
        pod
        for pod in pods
        if not text(pod, "metadata", "deletionTimestamp") or disruption(pod) is not None
    ]
    last = max((_created_at(pod) for pod in staying if _is_submitter(pod)), default="")
    return [pod for pod in staying if not _is_submitter(pod) or _created_at(pod) == last]


def _problems_of(pod: Json) -> Iterator[Told]:
    status = part(pod, "status")
    for condition in items(status, "conditions"):
        fields = [condition.get(key) for key in ("type", "status", "reason")]
        if fields == ["PodScheduled", "False", "Unschedulable"]:
            yield "Unschedulable", unschedulable(pod, text(condition, "message"))
            break
    if status.get("reason") == "Evicted":
        yield "Evicted", evicted(text(status, "message"))
    taken = disruption(pod)
    if taken:
        yield taken
    for container in [
        *items(status, "initContainerStatuses"),
        *items(status, "containerStatuses"),
    ]:
        problem = container_problem(pod, container)
        if problem:
            yield problem

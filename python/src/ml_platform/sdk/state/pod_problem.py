"""Why a pod does not run as it should.

Source: Kubernetes' Pod lifecycle (container states, `PodScheduled`).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from ml_platform.sdk.manifest.labels import RAY_LABEL_NODE_TYPE
from ml_platform.sdk.state.exit_codes import describe_exit
from ml_platform.sdk.state.objects import Cause, Json, items, name_of, part, text
from ml_platform.sdk.state.plain_text import plain_text, shorten

_IMAGE_REASONS = frozenset(
    (
        "ImagePullBackOff",
        "ErrImagePull",
        "ErrImageNeverPull",
        "InvalidImageName",
        "ImageInspectError",
        "RegistryUnavailable",
    )
)
_START_REASONS = frozenset(
    (
        "CreateContainerConfigError",
        "CreateContainerError",
        "RunContainerError",
        "StartError",
        "ContainerCannotRun",
    )
)
_CRASHES = "CrashLoopBackOff"
_OUT_OF_MEMORY = "OOMKilled"

_ROOT_CAUSES = frozenset(
    (
        *_IMAGE_REASONS,
        *_START_REASONS,
        _CRASHES,
        _OUT_OF_MEMORY,
        "ContainerFailed",
        "Evicted",
        "RayUnreachable",
        "SubmitterEnded",
        "Unschedulable",
        "WaitingForRayCluster",
    )
)

_LONGEST_MESSAGE = 300
# The kubelet takes turns between trying and waiting; the cause stays the same.
_BACK_OFF = re.compile(r'\ABack-off pulling image "[^"]*": \w+: ', re.ASCII)
_RPC = re.compile(r"\Arpc error: code = \w+ desc = ", re.ASCII)


def is_root_cause(reason: str | None) -> bool:
    """True for the reason of a problem that explains a failure after it."""
    return reason in _ROOT_CAUSES


def pods_problem(pods: Sequence[Json], phase: Literal["starting", "entrypoint"]) -> Cause | None:
    """The first problem among a job's pods.

    While the entrypoint runs, and after it, the submitter's exit code is left out: it
    repeats what the entrypoint did.
    """
    for pod in _current_pods(pods):
        problem = next(_problems_of(pod), None)
        if problem is None:
            continue
        own = _is_submitter(pod) and problem[0] in ("ContainerFailed", _CRASHES)
        if not (own and phase == "entrypoint"):
            return Cause(problem[0], shorten(plain_text(problem[1]), _LONGEST_MESSAGE))
    return None


def _is_submitter(pod: Json) -> bool:
    return not text(pod, "metadata", "labels", RAY_LABEL_NODE_TYPE)


def _created_at(pod: Json) -> str:
    return text(pod, "metadata", "creationTimestamp")


def _current_pods(pods: Sequence[Json]) -> list[Json]:
    """The pods that count: none that is being removed, and the last submitter."""
    staying = [pod for pod in pods if not text(pod, "metadata", "deletionTimestamp")]
    last = max((_created_at(pod) for pod in staying if _is_submitter(pod)), default="")
    return [pod for pod in staying if not _is_submitter(pod) or _created_at(pod) == last]


def _problems_of(pod: Json) -> Iterator[tuple[str, str]]:
    name = name_of(pod)
    status = part(pod, "status")
    for condition in items(status, "conditions"):
        fields = [condition.get(key) for key in ("type", "status", "reason")]
        if fields == ["PodScheduled", "False", "Unschedulable"]:
            yield "Unschedulable", f"No node has room for {name}: {text(condition, 'message')}"
            break
    if status.get("reason") == "Evicted":
        yield "Evicted", f"{name} was evicted: {text(status, 'message')}"
    for container in [
        *items(status, "initContainerStatuses"),
        *items(status, "containerStatuses"),
    ]:
        problem = _container_problem(name, container)
        if problem:
            yield problem


def _container_problem(pod: str, status: Json) -> tuple[str, str] | None:
    """Reason and sentence of what is wrong with one container, if anything."""
    where = f"Container {status.get('name')} of {pod}"
    waiting = part(status, "state", "waiting")
    terminated = part(status, "state", "terminated")
    before = part(status, "lastState", "terminated")
    reason = text(waiting, "reason")
    last = terminated or before
    if reason in _IMAGE_REASONS:
        return reason, _image_problem(pod, status)
    if _OUT_OF_MEMORY in (terminated.get("reason"), before.get("reason")):
        sentence = f"{where} was killed because it was out of memory; ask for more memory"
        return _OUT_OF_MEMORY, sentence
    for start_reason in (reason, text(last, "reason")):
        if start_reason in _START_REASONS:
            cause = text(waiting, "message") or text(last, "message") or start_reason
            return start_reason, f"{where} can't start: {cause}"
    # Between two tries it waits, starts and ends in turn: one problem, not three.
    crashes = reason == _CRASHES or (status.get("restartCount") or 0) > 0
    failed = bool(last) and last.get("exitCode") != 0
    if crashes and not status.get("ready") and (failed or reason == _CRASHES):
        again = waiting.get("message") or _CRASHES
        return _CRASHES, _ending(status, where) or f"{where} ends again and again: {again}"
    if terminated and failed:
        return "ContainerFailed", _ending(status, where) or where
    return None


def _image_problem(pod: str, status: Json) -> str:
    waiting = part(status, "state", "waiting")
    cause = _RPC.sub("", _BACK_OFF.sub("", text(waiting, "message")))
    image = text(status, "image")
    return f"The image {image} of {pod} can't be pulled: {cause or text(waiting, 'reason')}"


def _ending(status: Json, where: str) -> str | None:
    """How a container ended last, whether or not it runs again by now."""
    ended = part(status, "state", "terminated") or part(status, "lastState", "terminated")
    if not ended:
        return None
    reason = text(ended, "reason")
    known = f", {reason}" if reason and reason not in ("Error", "Completed") else ""
    count = status.get("restartCount") or 0
    times = "once" if count == 1 else f"{count} times"
    again = f"; it was started again {times}" if count else ""
    message = f": {text(ended, 'message')}" if text(ended, "message") else ""
    return f"{where} ended with {describe_exit(ended.get('exitCode') or 0)}{known}{again}{message}"

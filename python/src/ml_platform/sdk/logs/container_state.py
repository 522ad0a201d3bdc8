"""What decides whether more can come in a container's log."""

from dataclasses import dataclass
from typing import Literal

from ml_platform.sdk.errors import NotFound
from ml_platform.sdk.kube.effects import Procedure, call
from ml_platform.sdk.kube.paths import pods
from ml_platform.sdk.state.objects import Json, items, part, text


@dataclass(frozen=True, slots=True)
class ContainerPlace:
    """A container, and the pod that it is in."""

    namespace: str
    pod: str
    container: str
    pod_uid: str


@dataclass(frozen=True, slots=True)
class ContainerState:
    """How a container is now."""

    kind: Literal["waiting", "running", "terminated"]
    pod_uid: str
    restart_count: int
    final: bool = False
    """True when the kubelet will not start the container again."""
    message: str = ""
    """What a container waits for."""


def read_container(place: ContainerPlace) -> Procedure[ContainerState | None]:
    """The state of a container; `None` when there is no such pod."""
    try:
        pod: Json = yield from call("GET", pods(place.namespace, place.pod))
    except NotFound:
        return None
    return container_state(pod, place.container)


def container_state(pod: Json, container: str) -> ContainerState:
    """The state of a container, as its pod tells it."""
    status = part(pod, "status")
    statuses = [*items(status, "containerStatuses"), *items(status, "initContainerStatuses")]
    own: Json = next((one for one in statuses if one.get("name") == container), {})
    uid = text(pod, "metadata", "uid")
    count: int = own.get("restartCount") or 0
    state = part(own, "state")
    if state.get("running") is not None:
        return ContainerState("running", uid, count)
    ended = state.get("terminated")
    phase_over = status.get("phase") in ("Succeeded", "Failed")
    if ended is not None or phase_over:
        final = phase_over or not _will_restart(pod, part(state, "terminated"))
        return ContainerState("terminated", uid, count, final)
    reason = text(state, "waiting", "reason")
    name = text(pod, "metadata", "name")
    message = f"{name} waits: {reason}" if reason else f"{name} waits for a node"
    return ContainerState("waiting", uid, count, message=message)


def _will_restart(pod: Json, terminated: Json) -> bool:
    if text(pod, "metadata", "deletionTimestamp"):
        return False
    policy = text(pod, "spec", "restartPolicy") or "Always"
    return policy == "Always" or (policy == "OnFailure" and terminated.get("exitCode") != 0)

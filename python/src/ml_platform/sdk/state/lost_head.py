"""A head of a Ray cluster that is gone, or can't be reached."""

from collections.abc import Sequence
from datetime import datetime

from ml_platform.sdk.manifest.labels import RAY_LABEL_NODE_TYPE
from ml_platform.sdk.state.objects import Cause, Json, items, part, text
from ml_platform.sdk.state.status_message import status_message

_HEAD_GONE = Cause(
    "RayUnreachable", "The pod of the Ray cluster's head is gone, and what ran there with it"
)


def unreachable_head(message: str) -> Cause:
    """A lost head's answer comes from the API server's proxy, which refuses."""
    detail = status_message(message)
    lost = "KubeRay can't reach the head of the Ray cluster"
    return Cause("RayUnreachable", f"{lost}: {detail}" if detail else lost)


def lost_head(job: Json, pods: Sequence[Json]) -> Cause | None:
    """That a job which runs has none of the head that its entrypoint was started on.

    KubeRay makes another head at once.
    """
    heads = (pod for pod in pods if text(pod, "metadata", "labels", RAY_LABEL_NODE_TYPE) == "head")
    head = next(heads, None)
    if head is None:
        own = not part(job, "spec").get("clusterSelector")
        return _HEAD_GONE if own and pods else None
    started = text(job, "status", "rayJobInfo", "startTime")
    created = text(head, "metadata", "creationTimestamp")
    if not started or not created:
        return None
    is_newer = datetime.fromisoformat(created) > datetime.fromisoformat(started)
    ready = any(one.get("ready") for one in items(head, "status", "containerStatuses"))
    return _HEAD_GONE if is_newer and not ready else None

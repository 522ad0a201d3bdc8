"""Listing jobs."""

from ml_platform.sdk.kube.effects import Procedure, call
from ml_platform.sdk.kube.paths import rayjobs
from ml_platform.sdk.manifest.labels import LABEL_WORKLOAD
from ml_platform.sdk.state.objects import Json, items, text

_PAGE = "500"


def list_jobs(namespace: str | None, workload: str | None) -> Procedure[list[Json]]:
    """RayJobs of a namespace, or of all, newest first.

    Args:
        namespace: `None` for all namespaces.
        workload: only runs of this one.
    """
    found: list[Json] = []
    query = {"limit": _PAGE}
    if workload is not None:
        query["labelSelector"] = f"{LABEL_WORKLOAD}={workload}"
    while True:
        answer: Json = yield from call("GET", rayjobs(namespace), query=query)
        found.extend(items(answer, "items"))
        rest = text(answer, "metadata", "continue")
        if not rest:
            found.sort(key=_order, reverse=True)
            return found
        query = {**query, "continue": rest}


def _order(job: Json) -> tuple[str, str]:
    return text(job, "metadata", "creationTimestamp"), text(job, "metadata", "name")

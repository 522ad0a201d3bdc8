"""Reading a job, and the pods that say how it does."""

from typing import NamedTuple

from ml_platform.sdk.errors import NotFound
from ml_platform.sdk.kube.effects import Procedure, call
from ml_platform.sdk.kube.paths import pods, rayjobs
from ml_platform.sdk.manifest.labels import (
    RAY_LABEL_CLUSTER,
    RAY_LABEL_NODE_TYPE,
    RAY_LABEL_ORIGIN_NAME,
)
from ml_platform.sdk.state.objects import Json, items, text
from ml_platform.sdk.state.submitter import submission_mode


class JobPlace(NamedTuple):
    """Names a job on its cluster."""

    namespace: str
    name: str


def read_job(place: JobPlace) -> Procedure[Json]:
    """The RayJob as the cluster has it. Raises `NotFound` when there is no such job."""
    try:
        job: Json = yield from call("GET", rayjobs(*place))
    except NotFound as error:
        raise NotFound(
            f"There is no job {place.name} in the namespace {place.namespace}: {error}"
        ) from error
    return job


def read_pods(job: Json) -> Procedure[list[Json]]:
    """The job's pods: submitter, head and workers of the current attempt."""
    found = yield from _labelled(job, f"{RAY_LABEL_ORIGIN_NAME}={text(job, 'metadata', 'name')}")
    cluster = text(job, "status", "rayClusterName")
    if cluster:
        found += yield from _labelled(job, f"{RAY_LABEL_CLUSTER}={cluster}")
    return found


def read_log_pods(place: JobPlace, job: Json) -> Procedure[list[Json]]:
    """The pods that may have the driver's log, or while there are none, all."""
    cluster = f"{RAY_LABEL_CLUSTER}={text(job, 'status', 'rayClusterName')}"
    drivers = yield from _labelled(
        job,
        f"{cluster},{RAY_LABEL_NODE_TYPE}=head"
        if submission_mode(job) == "SidecarMode"
        else f"{RAY_LABEL_ORIGIN_NAME}={place.name}",
    )
    # While there is no driver, the pods of the Ray cluster say why.
    if not drivers and text(job, "status", "rayClusterName"):
        drivers = yield from _labelled(job, cluster)
    return drivers


def _labelled(job: Json, selector: str) -> Procedure[list[Json]]:
    path = pods(text(job, "metadata", "namespace") or "default")
    answer = yield from call("GET", path, query={"labelSelector": selector})
    return items(answer, "items")

"""Where a job's driver log can be read now."""

from collections.abc import Sequence
from dataclasses import dataclass

from ml_platform.sdk.logs.container_state import ContainerPlace
from ml_platform.sdk.manifest.labels import RAY_LABEL_CLUSTER, RAY_LABEL_ORIGIN_NAME
from ml_platform.sdk.state.job_state import job_state
from ml_platform.sdk.state.objects import Json, items, name_of, text
from ml_platform.sdk.state.submitter import (
    SUBMISSION_ID,
    submission_mode,
    submitter_container,
)


@dataclass(frozen=True, slots=True)
class Submitters:
    """The submitters of the current run that are still there, in order; at least one."""

    places: Sequence[ContainerPlace]


@dataclass(frozen=True, slots=True)
class InRay:
    """Only Ray's own file has the log."""

    job_id: str


@dataclass(frozen=True, slots=True)
class Nowhere:
    """There is no log yet; says why."""

    message: str


def driver_place(job: Json, pods: Sequence[Json]) -> Submitters | InRay | Nowhere:
    """Where the driver's output goes, by the job's submission mode.

    That is the submitter's pod (K8sJobMode), the submitter beside the head (SidecarMode),
    or only Ray's own file (HTTPMode, InteractiveMode).
    """
    if submission_mode(job) in ("K8sJobMode", "SidecarMode"):
        places = _submitters(job, pods)
        if places:
            return Submitters(places)
        message = "The submitter has not started yet"
    else:
        if text(job, "status", "dashboardURL") and text(job, "status", "jobStatus"):
            return InRay(text(job, "status", "jobId"))
        message = "The entrypoint has not started yet"
    return Nowhere(job_state(job, pods).message or message)


def _submitters(job: Json, pods: Sequence[Json]) -> list[ContainerPlace]:
    namespace = text(job, "metadata", "namespace") or "default"
    own = [pod for pod in pods if _belongs(job, pod)]
    own.sort(key=lambda pod: text(pod, "metadata", "creationTimestamp"))
    found = [(pod, submitter_container(job, pod)) for pod in own]
    return [
        ContainerPlace(
            namespace, name_of(pod), container, text(pod, "metadata", "uid") or name_of(pod)
        )
        for pod, container in found
        if container
    ]


def _belongs(job: Json, pod: Json) -> bool:
    """False for a pod of another job, or of a run that is over."""
    job_id = text(job, "status", "jobId")
    variables = [
        variable
        for container in items(pod, "spec", "containers")
        for variable in items(container, "env")
        if variable.get("name") == SUBMISSION_ID
    ]
    submits = text(variables[0], "value") if variables else ""
    if job_id and submits and submits != job_id:
        return False
    labels = ("metadata", "labels")
    if submission_mode(job) == "SidecarMode":
        return text(pod, *labels, RAY_LABEL_CLUSTER) == text(job, "status", "rayClusterName")
    return text(pod, *labels, RAY_LABEL_ORIGIN_NAME) == name_of(job)

"""The row of a job."""

from dataclasses import dataclass
from datetime import datetime

from ml_platform.sdk.manifest.entrypoint import typed_entrypoint
from ml_platform.sdk.manifest.labels import (
    ANNOTATION_GITOPS_PATH,
    ANNOTATION_REQUESTER,
    KUEUE_LABEL_QUEUE,
    LABEL_VERSION,
    LABEL_WORKLOAD,
)
from ml_platform.sdk.state.objects import Json, items, name_of, part, text
from ml_platform.sdk.state.times import read_time
from ml_platform.sdk.status import JobStatus


@dataclass(frozen=True, slots=True)
class JobSummary:
    """What a list shows of a job."""

    namespace: str
    name: str
    status: JobStatus
    workload: str | None
    version: str | None
    image: str | None
    owner: str | None
    """Entity reference of who asked for the job, for example `user:default/ada`."""
    entrypoint: str
    """As it was typed."""
    created_at: datetime | None
    workers_desired: int
    workers_ready: int
    queue: str | None
    """Name of the Kueue LocalQueue."""
    gitops_path: str | None
    """Path of the manifest inside the GitOps repository, for a job of git."""


def job_summary(job: Json, status: JobStatus) -> JobSummary:
    """The row of a RayJob."""
    labels = part(job, "metadata", "labels")
    annotations = part(job, "metadata", "annotations")
    head = items(job, "spec", "rayClusterSpec", "headGroupSpec", "template", "spec", "containers")
    desired = _desired_workers(job)
    ready = part(job, "status", "rayClusterStatus").get("readyWorkerReplicas") or 0
    return JobSummary(
        namespace=text(job, "metadata", "namespace") or "default",
        name=name_of(job),
        status=status,
        workload=labels.get(LABEL_WORKLOAD),
        version=labels.get(LABEL_VERSION),
        image=head[0].get("image") if head else None,
        owner=annotations.get(ANNOTATION_REQUESTER),
        entrypoint=typed_entrypoint(text(job, "spec", "entrypoint")),
        created_at=read_time(text(job, "metadata", "creationTimestamp")),
        workers_desired=desired,
        # While a cluster shrinks, more are ready than are wanted.
        workers_ready=0 if status.is_over else min(ready, desired),
        queue=labels.get(KUEUE_LABEL_QUEUE),
        gitops_path=annotations.get(ANNOTATION_GITOPS_PATH),
    )


def _desired_workers(job: Json) -> int:
    """As KubeRay counts them once there is a cluster, before that as the job asks for."""
    live = part(job, "status", "rayClusterStatus")
    if live.get("state") or live.get("lastUpdateTime"):
        return int(live.get("desiredWorkerReplicas") or 0)
    groups = items(job, "spec", "rayClusterSpec", "workerGroupSpecs")
    return sum(_group_workers(group) for group in groups if not group.get("suspend"))


def _group_workers(group: Json) -> int:
    """Source: KubeRay 1.7, `GetWorkerGroupDesiredReplicas`."""
    replicas = max(group.get("replicas") or 0, group.get("minReplicas") or 0)
    most = group.get("maxReplicas")
    bounded: int = replicas if most is None else min(replicas, most)
    hosts: int = group.get("numOfHosts") or 1
    return bounded * hosts

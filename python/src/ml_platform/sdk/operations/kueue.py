"""What Kueue has to do with a job."""

from ml_platform.sdk.errors import NotFound, PlatformError
from ml_platform.sdk.kube.effects import Procedure, call
from ml_platform.sdk.kube.paths import kueue_workloads
from ml_platform.sdk.manifest.labels import KUEUE_LABEL_QUEUE
from ml_platform.sdk.state.objects import Json, items, name_of, text

_VERSIONS = ("v1beta2", "v1beta1")
# Kueue's label with the uid of the object that it admits.
_LABEL_JOB_UID = "kueue.x-k8s.io/job-uid"


def _workloads_of(job: Json) -> Procedure[tuple[str, list[Json]]]:
    """The newest version of Kueue's Workloads that the cluster has, and those of a job.

    There are none for a job without a queue, or where there is no Kueue.
    """
    if text(job, "metadata", "labels", KUEUE_LABEL_QUEUE):
        selector = {"labelSelector": f"{_LABEL_JOB_UID}={text(job, 'metadata', 'uid')}"}
        for version in _VERSIONS:
            try:
                answer: Json = yield from call(
                    "GET", kueue_workloads(version, _namespace(job)), query=selector
                )
            except NotFound:
                continue
            return version, items(answer, "items")
    return "", []


def leave_kueue(job: Json) -> Procedure[None]:
    """Takes a job out of its queue, which would start it again whatever its `suspend` says.

    Raises `Refused` when this user may not change Kueue's Workloads.
    """
    version, workloads = yield from _workloads_of(job)
    for workload in workloads:
        yield from call(
            "PATCH",
            kueue_workloads(version, _namespace(job), name_of(workload)),
            body={"spec": {"active": False}},
            content_type="application/merge-patch+json",
        )


def read_kueue_workload(job: Json) -> Procedure[Json | None]:
    """What Kueue made of a job; `None` where it can't be read, and without a queue."""
    try:
        _, workloads = yield from _workloads_of(job)
    except PlatformError:
        return None
    return workloads[0] if workloads else None


def _namespace(job: Json) -> str:
    return text(job, "metadata", "namespace") or "default"

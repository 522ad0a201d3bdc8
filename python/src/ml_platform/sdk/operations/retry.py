"""Running a job again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ml_platform.sdk.kube.effects import Procedure
from ml_platform.sdk.manifest.job_name import job_name, without_time
from ml_platform.sdk.manifest.labels import (
    ANNOTATION_ANOTHER_RUN_OF,
    ANNOTATION_REQUESTER,
    ANNOTATION_SOURCE_COMMIT,
    KUEUE_LABEL_PRIORITY,
    KUEUE_LABEL_QUEUE,
    LABEL_KUBERNETES_ID,
    LABEL_MANAGED_BY,
    LABEL_VERSION,
    LABEL_WORKLOAD,
)
from ml_platform.sdk.manifest.ray_pods import Manifest
from ml_platform.sdk.operations.before_admission import before_admission
from ml_platform.sdk.operations.git_claim import check_not_in_git
from ml_platform.sdk.operations.kueue import read_kueue_workload
from ml_platform.sdk.operations.read import JobPlace, read_job
from ml_platform.sdk.operations.submit import NAME_TRIES, create_first
from ml_platform.sdk.state.objects import Json, name_of, part, text

# Keys that a new run takes over, beside keys without a prefix. Others belong to controllers
# and deployment tools, which find what is theirs by them.
_COPIED = frozenset(
    (
        LABEL_WORKLOAD,
        LABEL_VERSION,
        LABEL_MANAGED_BY,
        LABEL_KUBERNETES_ID,
        "app.kubernetes.io/component",
        "app.kubernetes.io/part-of",
        KUEUE_LABEL_QUEUE,
        KUEUE_LABEL_PRIORITY,
        "kueue.x-k8s.io/max-exec-time-seconds",
        "ray.io/gang-scheduling-enabled",
        "ray.io/priority-class-name",
        ANNOTATION_SOURCE_COMMIT,
    )
)


def retry_job(place: JobPlace, now: datetime, requester: str | None) -> Procedure[Json]:
    """Starts a new run with the specification of a job, under a new name.

    Raises `Refused` when git owns the job, and `Conflict` when too many runs are started at
    once.
    """
    source = yield from read_job(place)
    check_not_in_git("retry", source)
    workload = yield from read_kueue_workload(source)
    asked = {**source, "spec": before_admission(part(source, "spec"), workload)}
    runs = [
        another_run(asked, now + timedelta(seconds=second), requester)
        for second in range(NAME_TRIES)
    ]
    return (yield from create_first(runs))


def another_run(source: Json, now: datetime, requester: str | None) -> Manifest:
    """A new RayJob with the specification of another.

    Of its metadata only what describes the run is copied: the rest belongs to whoever
    deployed the first one.
    """
    name = name_of(source)
    labels = _copied(part(source, "metadata", "labels"))
    annotations = _copied(part(source, "metadata", "annotations"))
    if requester:
        annotations[ANNOTATION_REQUESTER] = requester
    annotations[ANNOTATION_ANOTHER_RUN_OF] = name
    # KubeRay gives each run its own id; `suspend` belongs to the one before.
    own = ("jobId", "suspend")
    return {
        "apiVersion": "ray.io/v1",
        "kind": "RayJob",
        "metadata": {
            "name": job_name(labels.get(LABEL_WORKLOAD) or without_time(name), now),
            "namespace": text(source, "metadata", "namespace") or "default",
            "labels": labels,
            "annotations": annotations,
        },
        "spec": {key: value for key, value in part(source, "spec").items() if key not in own},
    }


def _copied(keys: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in keys.items() if "/" not in key or key in _COPIED}

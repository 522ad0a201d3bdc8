"""The `ray.io/v1` RayJob of one run. Source: KubeRay 1.7, `RayJob` v1."""

import json

from ml_platform.sdk.manifest.entrypoint import render_entrypoint
from ml_platform.sdk.manifest.labels import (
    ANNOTATION_GITOPS_PATH,
    ANNOTATION_REQUESTER,
    ANNOTATION_SOURCE_COMMIT,
    ANNOTATION_TASK,
    KUEUE_LABEL_PRIORITY,
    KUEUE_LABEL_QUEUE,
    LABEL_KUBERNETES_ID,
    LABEL_MANAGED_BY,
    LABEL_VERSION,
    LABEL_WORKLOAD,
    MANAGED_BY,
)
from ml_platform.sdk.manifest.ray_pods import (
    Manifest,
    coordinating_head,
    ray_template,
    submitter_template,
    worker_group,
)
from ml_platform.sdk.manifest.request import RunRequest, run_request
from ml_platform.sdk.manifest.spec import JobOrigin, JobSpec


def job_manifest(spec: JobSpec, origin: JobOrigin) -> Manifest:
    """The RayJob that a specification asks for.

    The TypeScript SDK writes the same bytes: `packages/rayjob/golden` has cases that the
    tests of both read. Raises `InvalidJob` that names each wrong field with the reason.
    """
    return render(run_request(spec, origin))


def render(request: RunRequest) -> Manifest:
    """The RayJob of a run.

    With workers the head only coordinates (`num-cpus: "0"`), so that a busy task can't
    starve the processes that hold the cluster together; with none it does the work itself
    and gets the workers' size. `suspend` stays out, since Kueue owns it.
    """
    spec = request.spec
    return {
        "apiVersion": "ray.io/v1",
        "kind": "RayJob",
        "metadata": _metadata(request),
        "spec": {
            "entrypoint": render_entrypoint(request.entrypoint),
            "submissionMode": "K8sJobMode",
            "shutdownAfterJobFinishes": True,
            "ttlSecondsAfterFinished": int(spec.ttl_seconds),
            "activeDeadlineSeconds": int(spec.deadline_seconds),
            **_number("backoffLimit", spec.retries),
            **_runtime_env(spec),
            "submitterPodTemplate": submitter_template(spec),
            "rayClusterSpec": _ray_cluster(request),
        },
    }


def _metadata(request: RunRequest) -> Manifest:
    origin, spec = request.origin, request.spec
    return {
        "name": request.name,
        "namespace": origin.namespace,
        "labels": {
            LABEL_WORKLOAD: spec.name,
            LABEL_VERSION: request.version,
            LABEL_MANAGED_BY: MANAGED_BY,
            LABEL_KUBERNETES_ID: spec.name,
            **_given(KUEUE_LABEL_QUEUE, spec.queue),
            **_given(KUEUE_LABEL_PRIORITY, spec.priority),
        },
        "annotations": {
            **_given(ANNOTATION_GITOPS_PATH, origin.gitops_path),
            **_given(ANNOTATION_TASK, origin.task_id),
            **_given(ANNOTATION_REQUESTER, origin.requester),
            **_given(ANNOTATION_SOURCE_COMMIT, origin.source_commit),
        },
    }


def _ray_cluster(request: RunRequest) -> Manifest:
    spec, all_groups = request.spec, request.groups
    groups = [group for index, group in enumerate(all_groups) if index or group.most]
    workers = int(sum(group.most for group in groups))
    autoscales = any(group.is_autoscaled for group in groups)
    cluster: Manifest = {
        **({"enableInTreeAutoscaling": True} if autoscales else {}),
        **_given("rayVersion", spec.ray_version),
        "headGroupSpec": {
            "rayStartParams": {
                "dashboard-host": "0.0.0.0",
                **({"num-cpus": "0"} if workers else {}),
            },
            "template": ray_template(
                spec,
                "ray-head",
                coordinating_head(workers) if workers else all_groups[0],
                ports=True,
                # Ray's autoscaler, which runs beside the head, makes workers.
                uses_kubernetes=autoscales,
            ),
        },
    }
    if workers:
        cluster["workerGroupSpecs"] = [worker_group(spec, group) for group in groups]
    return cluster


def _runtime_env(spec: JobSpec) -> dict[str, str]:
    """Ray's runtime environment as a RayJob has it: JSON, which is YAML as well."""
    if not spec.runtime_env:
        return {}
    text = json.dumps(spec.runtime_env, indent=2, ensure_ascii=False)
    return {"runtimeEnvYAML": f"{text}\n"}


def _given(key: str, value: str | None) -> dict[str, str]:
    return {key: value} if value else {}


def _number(key: str, value: int | None) -> dict[str, int]:
    return {} if value is None else {key: int(value)}

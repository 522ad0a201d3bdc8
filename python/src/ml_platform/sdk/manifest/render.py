"""The `ray.io/v1` RayJob of one run. Source: KubeRay 1.7, `RayJob` v1."""

import re
from dataclasses import dataclass
from typing import Any

from ml_platform.sdk.manifest.entrypoint import render_entrypoint
from ml_platform.sdk.manifest.labels import (
    ANNOTATION_GITOPS_PATH,
    ANNOTATION_REQUESTER,
    ANNOTATION_SOURCE_COMMIT,
    KUEUE_LABEL_PRIORITY,
    KUEUE_LABEL_QUEUE,
    LABEL_KUBERNETES_ID,
    LABEL_MANAGED_BY,
    LABEL_VERSION,
    LABEL_WORKLOAD,
    MANAGED_BY,
    SUBMITTER_CONTAINER,
)
from ml_platform.sdk.manifest.request import RunRequest, run_request
from ml_platform.sdk.manifest.spec import JobOrigin, JobSpec

Manifest = dict[str, Any]
"""A RayJob as a plain object, with its keys in the order in which it is written."""

_HEAD_PORTS = (("gcs-server", 6379), ("dashboard", 8265), ("client", 10001))


@dataclass(frozen=True, slots=True)
class _Resources:
    cpu: str
    memory: str
    gpu: int = 0


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
    return {
        "apiVersion": "ray.io/v1",
        "kind": "RayJob",
        "metadata": _metadata(request),
        "spec": {
            "entrypoint": render_entrypoint(request.entrypoint),
            "submissionMode": "K8sJobMode",
            "shutdownAfterJobFinishes": True,
            "ttlSecondsAfterFinished": int(request.ttl_seconds),
            **_number("activeDeadlineSeconds", request.deadline_seconds),
            **_number("backoffLimit", request.retries),
            "submitterPodTemplate": _submitter_template(request),
            "rayClusterSpec": _ray_cluster(request),
        },
    }


def _metadata(request: RunRequest) -> Manifest:
    origin = request.origin
    return {
        "name": request.name,
        "namespace": request.namespace,
        "labels": {
            LABEL_WORKLOAD: request.workload,
            LABEL_VERSION: request.version,
            LABEL_MANAGED_BY: MANAGED_BY,
            LABEL_KUBERNETES_ID: request.workload,
            **_given(KUEUE_LABEL_QUEUE, request.queue),
            **_given(KUEUE_LABEL_PRIORITY, request.priority),
        },
        "annotations": {
            **_given(ANNOTATION_GITOPS_PATH, origin.gitops_path),
            **_given(ANNOTATION_REQUESTER, origin.requester),
            **_given(ANNOTATION_SOURCE_COMMIT, origin.source_commit),
        },
    }


def _ray_cluster(request: RunRequest) -> Manifest:
    resources = _Resources(request.cpu, request.memory, int(request.gpu))
    workers = int(request.workers)
    head = _coordinating_head(workers) if workers else resources
    cluster: Manifest = {
        "headGroupSpec": {
            "rayStartParams": {
                "dashboard-host": "0.0.0.0",
                **({"num-cpus": "0"} if workers else {}),
            },
            "template": _ray_template(request, "ray-head", head, ports=True),
        }
    }
    if workers:
        cluster["workerGroupSpecs"] = [
            {
                "groupName": "workers",
                "replicas": workers,
                "minReplicas": workers,
                "maxReplicas": workers,
                "rayStartParams": {},
                "template": _ray_template(request, "ray-worker", resources, ports=False),
            }
        ]
    return cluster


def _coordinating_head(workers: int) -> _Resources:
    """Size of a head that only coordinates.

    It grows with the number of workers, as the object directory, the job's driver and the
    dashboard do.
    """
    if workers <= 8:
        return _Resources("1", "2Gi")
    return _Resources("2", "8Gi") if workers <= 64 else _Resources("4", "16Gi")


def _container_resources(resources: _Resources) -> Manifest:
    # Requests equal limits: the pod is of the guaranteed class, and Ray counts exactly
    # what the pod has, as KubeRay takes Ray's numbers from the limits.
    amounts = {"cpu": resources.cpu, "memory": resources.memory}
    if resources.gpu > 0:
        amounts["nvidia.com/gpu"] = str(resources.gpu)
    return {"requests": amounts, "limits": dict(amounts)}


def _pod_template(request: RunRequest, container: Manifest, **spec: str) -> Manifest:
    return {
        "metadata": {"labels": {LABEL_KUBERNETES_ID: request.workload}},
        "spec": {
            **spec,
            # Training code has no business with the Kubernetes API.
            "automountServiceAccountToken": False,
            "securityContext": {"seccompProfile": {"type": "RuntimeDefault"}},
            "containers": [
                {
                    **container,
                    "image": request.image,
                    # A version never changes, so what the node has is right.
                    "imagePullPolicy": "IfNotPresent",
                    "securityContext": {
                        "allowPrivilegeEscalation": False,
                        "capabilities": {"drop": ["ALL"]},
                    },
                }
            ],
        },
    }


def _ray_template(
    request: RunRequest, name: str, resources: _Resources, *, ports: bool
) -> Manifest:
    """A pod of the Ray cluster, which runs training code."""
    container: Manifest = {"name": name}
    if ports:
        container["ports"] = [
            {"containerPort": number, "name": port} for port, number in _HEAD_PORTS
        ]
    container["env"] = [
        {"name": key, "value": _verbatim(value)} for key, value in request.env.items()
    ]
    container["resources"] = _container_resources(resources)
    return _pod_template(request, container)


def _submitter_template(request: RunRequest) -> Manifest:
    """The pod that submits the entrypoint and prints what it writes.

    KubeRay's own asks for half a core, and is not held to what the other pods are held to.
    """
    resources = {
        "requests": {"cpu": "100m", "memory": "256Mi"},
        "limits": {"cpu": "1", "memory": "1Gi"},
    }
    container = {"name": SUBMITTER_CONTAINER, "resources": resources}
    return _pod_template(request, container, restartPolicy="Never")


def _verbatim(value: str) -> str:
    """A value that the process reads as it was typed.

    Kubernetes would replace `$(NAME)` by another variable, and `$$` by `$`.
    """
    return re.sub(r"\$(?=[$(])", "$$", value)


def _given(key: str, value: str | None) -> dict[str, str]:
    return {key: value} if value else {}


def _number(key: str, value: int | None) -> dict[str, int]:
    return {} if value is None else {key: int(value)}

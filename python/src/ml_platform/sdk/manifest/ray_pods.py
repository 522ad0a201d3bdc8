"""The pods of a RayJob."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ml_platform.sdk.manifest.labels import (
    BUCKET_VARIABLE,
    LABEL_KUBERNETES_ID,
    SUBMITTER_CONTAINER,
)
from ml_platform.sdk.manifest.pod_volumes import pod_volumes
from ml_platform.sdk.manifest.pods import Placement, WorkerGroup
from ml_platform.sdk.manifest.quantities import canonical_quantity
from ml_platform.sdk.manifest.spec import JobSpec

Manifest = dict[str, Any]
"""A RayJob, or a part of one, with its keys in the order in which they are written."""

_HEAD_PORTS = (("gcs-server", 6379), ("dashboard", 8265), ("client", 10001))
_HEAD_SIZES = ((8, "1", "2Gi"), (64, "2", "8Gi"))


def coordinating_head(workers: int) -> WorkerGroup:
    """Size of a head that only coordinates.

    It grows with the number of workers, as the object directory, the job's driver and the
    dashboard do.
    """
    for most, cpu, memory in _HEAD_SIZES:
        if workers <= most:
            return WorkerGroup("head", 1, cpu, memory)
    return WorkerGroup("head", 1, "4", "16Gi")


def worker_group(spec: JobSpec, group: WorkerGroup) -> Manifest:
    """A group of workers, which Ray's autoscaler changes between its bounds."""
    return {
        "groupName": group.name,
        "replicas": int(group.workers),
        "minReplicas": int(group.least),
        "maxReplicas": int(group.most),
        "rayStartParams": {},
        "template": ray_template(spec, "ray-worker", group),
    }


def ray_template(
    spec: JobSpec,
    name: str,
    size: WorkerGroup,
    *,
    ports: bool = False,
    uses_kubernetes: bool = False,
) -> Manifest:
    """A pod of the Ray cluster, which runs training code."""
    volumes = pod_volumes(spec)
    container: Manifest = {"name": name}
    if ports:
        container["ports"] = [
            {"containerPort": number, "name": port} for port, number in _HEAD_PORTS
        ]
    # An empty list is dropped by whoever writes the object next, and Argo CD would bring it
    # back each time.
    container.update(_optional("env", _environment(spec)))
    container.update(_optional("envFrom", _environment_sources(spec)))
    container["resources"] = _container_resources(size)
    container.update(_optional("volumeMounts", volumes.mounts))
    return _pod_template(
        spec,
        container,
        annotations=volumes.annotations,
        uses_kubernetes=uses_kubernetes,
        **_placement(size.placement),
        **_optional("volumes", volumes.volumes),
    )


def submitter_template(spec: JobSpec) -> Manifest:
    """The pod that submits the entrypoint and prints what it writes.

    KubeRay's own asks for half a core, and is not held to what the other pods are held to.
    """
    resources = {
        "requests": {"cpu": "100m", "memory": "256Mi"},
        "limits": {"cpu": "1", "memory": "1Gi"},
    }
    container = {"name": SUBMITTER_CONTAINER, "resources": resources}
    return _pod_template(spec, container, restartPolicy="Never")


def _pod_template(
    spec: JobSpec,
    container: Manifest,
    *,
    annotations: Mapping[str, str] | None = None,
    uses_kubernetes: bool = False,
    **pod: Any,
) -> Manifest:
    metadata: Manifest = {"labels": {LABEL_KUBERNETES_ID: spec.name}}
    if annotations:
        metadata["annotations"] = dict(annotations)
    return {
        "metadata": metadata,
        "spec": {
            **pod,
            **({"serviceAccountName": spec.service_account} if spec.service_account else {}),
            **_optional("imagePullSecrets", _named(spec.image_pull_secrets)),
            # Training code has no business with the Kubernetes API.
            "automountServiceAccountToken": uses_kubernetes,
            "securityContext": {"seccompProfile": {"type": "RuntimeDefault"}},
            "containers": [
                {
                    **container,
                    "image": spec.image,
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


def _container_resources(size: WorkerGroup) -> Manifest:
    # Requests equal limits: the pod is of the guaranteed class, and Ray counts exactly
    # what the pod has, as KubeRay takes Ray's numbers from the limits.
    amounts = {
        "cpu": canonical_quantity(size.cpu),
        "memory": canonical_quantity(size.memory),
    }
    if size.gpu > 0:
        amounts[size.accelerator or "nvidia.com/gpu"] = str(int(size.gpu))
    return {"requests": amounts, "limits": dict(amounts)}


def _placement(placement: Placement | None) -> Manifest:
    if placement is None:
        return {}
    selector = dict(placement.node_selector)
    return {
        **({"nodeSelector": selector} if selector else {}),
        **_optional("tolerations", [dict(each) for each in placement.tolerations]),
    }


def _environment(spec: JobSpec) -> list[Manifest]:
    """The variables of a container: values, and references to values."""
    references = (("secretKeyRef", spec.secret_env), ("configMapKeyRef", spec.config_env))
    return [
        *([{"name": BUCKET_VARIABLE, "value": spec.bucket}] if spec.bucket else []),
        *({"name": key, "value": _verbatim(value)} for key, value in spec.env.items()),
        *(
            {"name": key, "valueFrom": {kind: _key_of(reference)}}
            for kind, pairs in references
            for key, reference in pairs.items()
        ),
    ]


def _environment_sources(spec: JobSpec) -> list[Manifest]:
    return [
        *({"secretRef": name} for name in _named(spec.env_from_secrets)),
        *({"configMapRef": name} for name in _named(spec.env_from_config_maps)),
    ]


def _key_of(reference: str) -> dict[str, str]:
    name, _, key = reference.partition("/")
    return {"name": name, "key": key}


def _named(names: Sequence[str]) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


def _optional(key: str, values: list[Any]) -> dict[str, Any]:
    return {key: values} if values else {}


def _verbatim(value: str) -> str:
    """A value that the process reads as it was typed.

    Kubernetes would replace `$(NAME)` by another variable, and `$$` by `$`.
    """
    return re.sub(r"\$(?=[$(])", "$$", value)

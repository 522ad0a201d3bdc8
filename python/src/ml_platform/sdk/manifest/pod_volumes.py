"""The volumes of a pod."""

from dataclasses import dataclass
from typing import Any

from ml_platform.sdk.manifest.labels import LABEL_KUBERNETES_ID
from ml_platform.sdk.manifest.pods import Mount
from ml_platform.sdk.manifest.quantities import canonical_quantity
from ml_platform.sdk.manifest.spec import JobSpec

_GCSFUSE = "gcsfuse.csi.storage.gke.io"
_GCSFUSE_ANNOTATION = "gke-gcsfuse/volumes"
"""Makes GKE add the sidecar of Cloud Storage FUSE to a pod."""


@dataclass(frozen=True, slots=True)
class PodVolumes:
    """Volumes, where a container has them, and what the pod has to say of them."""

    annotations: dict[str, str]
    volumes: list[dict[str, Any]]
    mounts: list[dict[str, Any]]


def pod_volumes(spec: JobSpec) -> PodVolumes:
    """The volumes of each pod of the Ray cluster."""
    labels = {LABEL_KUBERNETES_ID: spec.name}
    volumes: list[dict[str, Any]] = []
    mounts: list[dict[str, Any]] = []
    if spec.shared_memory is not None:
        memory = {"medium": "Memory", "sizeLimit": canonical_quantity(spec.shared_memory)}
        volumes.append({"name": "shared-memory", "emptyDir": memory})
        mounts.append({"name": "shared-memory", "mountPath": "/dev/shm"})
    for index, mount in enumerate(spec.mounts, 1):
        name = f"mount-{index}"
        volumes.append({"name": name, **_source(mount, labels)})
        mounts.append({"name": name, "mountPath": mount.path, **_read_only(mount)})
    with_bucket = any(mount.bucket is not None for mount in spec.mounts)
    annotations = {_GCSFUSE_ANNOTATION: "true"} if with_bucket else {}
    return PodVolumes(annotations, volumes, mounts)


def _read_only(mount: Mount) -> dict[str, bool]:
    return {"readOnly": True} if mount.read_only else {}


def _source(mount: Mount, labels: dict[str, str]) -> dict[str, Any]:
    if mount.bucket is not None:
        only = [] if mount.folder is None else [f"only-dir={mount.folder}"]
        options = ",".join(["implicit-dirs", *only])
        attributes = {"bucketName": mount.bucket, "mountOptions": options}
        csi = {"driver": _GCSFUSE, **_read_only(mount), "volumeAttributes": attributes}
        return {"csi": csi}
    if mount.claim is not None:
        return {"persistentVolumeClaim": {"claimName": mount.claim, **_read_only(mount)}}
    storage_class = mount.storage_class
    claim: dict[str, Any] = {"accessModes": ["ReadWriteOnce"]}
    if storage_class is not None:
        claim["storageClassName"] = storage_class
    claim["resources"] = {"requests": {"storage": canonical_quantity(mount.size or "")}}
    template = {"metadata": {"labels": labels}, "spec": claim}
    return {"ephemeral": {"volumeClaimTemplate": template}}

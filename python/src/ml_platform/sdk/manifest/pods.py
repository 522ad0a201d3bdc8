"""What the pods of a Ray cluster get beside their image."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Toleration = Mapping[str, str]
"""As of a Kubernetes pod: `key`, `operator`, `value` and `effect`."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where pods may run."""

    node_selector: Mapping[str, str] = field(default_factory=dict)
    tolerations: tuple[Toleration, ...] | list[Toleration] = ()


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder of each pod that comes from elsewhere: a bucket, a claim, or a new volume."""

    path: str
    """Absolute path of the folder, for example `/data`."""
    bucket: str | None = None
    """Bucket of Google Cloud Storage, by the CSI driver of Cloud Storage FUSE."""
    folder: str | None = None
    """Folder of the bucket; all of it where absent."""
    claim: str | None = None
    """Name of a PersistentVolumeClaim in the job's namespace."""
    size: str | None = None
    """Of a volume of its own for each pod, gone with the pod."""
    storage_class: str | None = None
    """Of that volume. Default: the cluster's."""
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class WorkerGroup:
    """A further kind of workers."""

    name: str
    workers: int
    cpu: str
    memory: str
    gpu: int = 0
    min_workers: int | None = None
    """Pods that Ray's autoscaler leaves at least. Default: as many as at the start."""
    max_workers: int | None = None
    """Pods that Ray's autoscaler makes at most. Default: as many as at the start."""
    accelerator: str | None = None
    """Extended resource of the GPUs. Default: `nvidia.com/gpu`."""
    placement: Placement | None = None

    @property
    def least(self) -> int:
        """Workers of a group that is as small as it may become."""
        return self.workers if self.min_workers is None else self.min_workers

    @property
    def most(self) -> int:
        """Workers of a group that is as large as it may become."""
        return max(self.workers, self.workers if self.max_workers is None else self.max_workers)

    @property
    def is_autoscaled(self) -> bool:
        """True where Ray's autoscaler decides the number of workers."""
        most = self.workers if self.max_workers is None else self.max_workers
        return self.least != most

"""What a job is asked for with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

DEFAULT_ENTRYPOINT = "python train.py"


@dataclass(frozen=True, slots=True)
class JobSpec:
    """A training job as people ask for it. All but name and image has a default."""

    name: str
    """What is trained; the run is named after it and the time."""
    image: str
    """Full reference, for example `registry.example.com/model:v1`."""
    run_name: str | None = None
    """Name of the run itself, where it must be a certain one."""
    version: str | None = None
    """Default: the image's tag."""
    entrypoint: str = DEFAULT_ENTRYPOINT
    """Run as one shell command on Ray."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """Added to the entrypoint as options, for example `{"epochs": "10"}` as `--epochs=10`."""
    workers: int = 1
    """Number of worker pods; with 0, the head does the work."""
    cpu: str = "1"
    """Cores of each worker, for example `8` or `500m`."""
    memory: str = "2Gi"
    """Memory of each worker, for example `32Gi`."""
    gpu: int = 0
    """GPUs of each worker."""
    env: Mapping[str, str] = field(default_factory=dict)
    """Environment variables; each value reaches the process as it is."""
    ttl_seconds: int = 300
    """Seconds that the Ray cluster stays after the job's end."""
    deadline_seconds: int | None = None
    """Seconds that the job may take in all."""
    retries: int | None = None
    """Times that a failed job is tried again, each on a new Ray cluster."""
    queue: str | None = None
    """Name of a Kueue LocalQueue in the job's namespace."""
    priority: str | None = None
    """Name of a Kueue WorkloadPriorityClass."""


@dataclass(frozen=True, slots=True)
class JobOrigin:
    """What a job gets from where and by whom it is created."""

    namespace: str
    now: datetime
    """With a time zone."""
    requester: str | None = None
    """Entity reference of who asks, for example `user:default/ada`."""
    source_commit: str | None = None
    """Commit of the workload's source that the image was built from."""
    gitops_path: str | None = None
    """Path of the manifest inside the GitOps repository."""

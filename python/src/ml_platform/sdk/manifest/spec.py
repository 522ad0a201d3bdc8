"""What a job is asked for with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from typing_extensions import TypedDict

from ml_platform.sdk.manifest.pods import Mount, Placement, WorkerGroup
from ml_platform.sdk.parameters.values import ParameterValue

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
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    """Added to the entrypoint as options, for example `{"epochs": 10}` as `--epochs=10`."""
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
    deadline_seconds: int = 86_400
    """Seconds that the job may take in all; one day where nothing is said."""
    retries: int | None = None
    """Times that a failed job is tried again, each on a new Ray cluster."""
    queue: str | None = None
    """Name of a Kueue LocalQueue in the job's namespace."""
    priority: str | None = None
    """Name of a Kueue WorkloadPriorityClass."""
    service_account: str | None = None
    """Service account of the job's pods, in its namespace. Default: the namespace's own."""
    bucket: str | None = None
    """Address of the workload's bucket, for example `gs://my-bucket`. The job finds it in the
    variable `ML_PLATFORM_BUCKET`."""
    min_workers: int | None = None
    """Workers that Ray's autoscaler leaves at least. Default: `workers`."""
    max_workers: int | None = None
    """Workers that Ray's autoscaler makes at most. Default: `workers`."""
    accelerator: str | None = None
    """Extended resource of the GPUs. Default: `nvidia.com/gpu`."""
    placement: Placement | None = None
    """Where the workers may run."""
    groups: Sequence[WorkerGroup] = ()
    """Workers of other kinds."""
    secret_env: Mapping[str, str] = field(default_factory=dict)
    """Variables with values of Secrets in the job's namespace, as `{"TOKEN": "name/key"}`."""
    config_env: Mapping[str, str] = field(default_factory=dict)
    """Variables with values of ConfigMaps in the job's namespace, as `{"MODE": "name/key"}`."""
    env_from_secrets: Sequence[str] = ()
    """Secrets of which every key becomes a variable."""
    env_from_config_maps: Sequence[str] = ()
    """ConfigMaps of which every key becomes a variable."""
    image_pull_secrets: Sequence[str] = ()
    """Secrets with which the node pulls the image."""
    shared_memory: str | None = None
    """Size of `/dev/shm`, which counts as memory of the pod; 64Mi where absent."""
    mounts: Sequence[Mount] = ()
    """Folders of each pod that come from elsewhere."""
    runtime_env: Mapping[str, Any] | None = None
    """Ray's runtime environment of the job, for example `{"pip": ["scipy"]}`."""
    ray_version: str | None = None
    """Version of Ray in the image."""


class JobFields(TypedDict, total=False):
    """What a job is asked for with, beside name and image; see `JobSpec`."""

    run_name: str | None
    version: str | None
    entrypoint: str
    parameters: Mapping[str, ParameterValue]
    workers: int
    cpu: str
    memory: str
    gpu: int
    env: Mapping[str, str]
    ttl_seconds: int
    deadline_seconds: int
    retries: int | None
    queue: str | None
    priority: str | None
    service_account: str | None
    bucket: str | None
    min_workers: int | None
    max_workers: int | None
    accelerator: str | None
    placement: Placement | None
    groups: Sequence[WorkerGroup]
    secret_env: Mapping[str, str]
    config_env: Mapping[str, str]
    env_from_secrets: Sequence[str]
    env_from_config_maps: Sequence[str]
    image_pull_secrets: Sequence[str]
    shared_memory: str | None
    mounts: Sequence[Mount]
    runtime_env: Mapping[str, Any] | None
    ray_version: str | None


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
    task_id: str | None = None
    """Task of the portal's scaffolder that asks for the job."""

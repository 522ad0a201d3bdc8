"""The blocking client."""

from datetime import datetime, timezone
from types import TracebackType

from typing_extensions import Unpack

from ml_platform.sdk.job import Job
from ml_platform.sdk.kube.contexts import choose_place
from ml_platform.sdk.kube.run import run
from ml_platform.sdk.kube.transport import Transport
from ml_platform.sdk.manifest.spec import JobFields, JobOrigin, JobSpec
from ml_platform.sdk.operations.list_jobs import list_jobs
from ml_platform.sdk.operations.read import JobPlace
from ml_platform.sdk.operations.scale import scale_workers
from ml_platform.sdk.operations.submit import submit_job
from ml_platform.sdk.operations.watch import look_at_job
from ml_platform.sdk.parameters.checked_spec import checked_spec
from ml_platform.sdk.requester import requester_of
from ml_platform.sdk.status import JobState

# The client has a method of the name `list`.
Jobs = list[Job]


class PlatformClient:
    """Training jobs on one cluster, straight from Kubernetes.

    ```python
    client = PlatformClient(project_id="your-project")
    job = client.submit_job(name="training", image="registry.example.com/model:v1")
    for line in job.logs(follow=True):
        print(line)
    job.wait(timeout=3600)
    ```

    Args:
        project_id: Google Cloud project. Without it, and where the current context isn't a
            GKE cluster of another project, the current context of the kubeconfig is used.
        context: context of the kubeconfig; wins over `project_id`. Default:
            `ML_PLATFORM_CONTEXT`, else that of the settings files, else the current one.
        namespace: default: `ML_PLATFORM_NAMESPACE`, else that of the settings files, else the
            context's, else `default`.
        kubeconfig: path; default: `KUBECONFIG`, else `~/.kube/config`, and in a pod the
            pod's own cluster.
        requester: entity reference of who asks, for example `user:default/ada`. Default:
            `ML_PLATFORM_USER`, else the user of this machine.

    Raises `NotFound`, with the contexts to choose from, when there is no such context. Every
    method can raise `Refused` when the cluster refuses, and `Unreachable` when it can't be
    reached.
    """

    def __init__(
        self,
        project_id: str | None = None,
        *,
        context: str | None = None,
        namespace: str | None = None,
        kubeconfig: str | None = None,
        requester: str | None = None,
    ) -> None:
        self._cluster = choose_place(project_id, context, namespace, kubeconfig)
        self._transport = Transport(self._cluster)
        self._requester = requester_of(requester or self._cluster.user)

    @property
    def context(self) -> str | None:
        """Context of the kubeconfig; `None` for the cluster that this process runs on."""
        return self._cluster.context

    @property
    def namespace(self) -> str:
        """Namespace of jobs that don't name another."""
        return self._cluster.namespace

    def submit_job(
        self,
        name: str,
        image: str,
        *,
        namespace: str | None = None,
        **fields: Unpack[JobFields],
    ) -> Job:
        """Creates a training job.

        Args:
            name: what is trained; the run is named after it and the time.
            image: full reference, for example `registry.example.com/model:v1`.
            namespace: default: the client's.
            **fields: everything else that a job can be asked for with; `JobSpec` says what
                each means. Parameters are checked by the workload's
                `parameters.schema.json` where this checkout has it. To submit the same
                again under the same `run_name` is safe: it returns the job that is there.

        Raises `InvalidJob` that names each wrong field, and `Conflict` when another job has
        the name.
        """
        spec = checked_spec(JobSpec(name=name, image=image, **fields))
        now = datetime.now(timezone.utc)
        origin = JobOrigin(namespace or self.namespace, now, requester=self._requester)
        job = run(self._transport, submit_job(spec, origin))
        return Job(self._transport, self._cluster, job, self._requester)

    def get(self, name: str, *, namespace: str | None = None) -> Job:
        """The job of a name. Raises `NotFound` when there is none."""
        place = JobPlace(namespace or self.namespace, name)
        seen = run(self._transport, look_at_job(place))
        job = Job(self._transport, self._cluster, seen.job, self._requester)
        job._take(seen)
        return job

    def list(
        self,
        *,
        namespace: str | None = None,
        all_namespaces: bool = False,
        workload: str | None = None,
        state: JobState | None = None,
    ) -> Jobs:
        """Jobs of a namespace, newest first.

        Args:
            namespace: default: the client's.
            all_namespaces: jobs of all namespaces instead.
            workload: only runs of this one.
            state: only jobs in this state, as far as their objects tell without their pods.
        """
        place = None if all_namespaces else namespace or self.namespace
        found = run(self._transport, list_jobs(place, workload))
        jobs = [Job(self._transport, self._cluster, job, self._requester) for job in found]
        return [job for job in jobs if state in (None, job.last_status.state)]

    def scale(
        self,
        name: str,
        workers: int,
        *,
        group: str | None = None,
        namespace: str | None = None,
    ) -> None:
        """Sets the number of workers of a Ray cluster that no job made.

        Args:
            name: of the Ray cluster.
            workers: replicas of the worker group, within its bounds.
            group: needed where there are several.
            namespace: default: the client's.

        Raises `NotFound` when there is no such cluster or group, `Conflict` outside of the
        group's bounds and where Ray's autoscaler or a job decides, and `Refused` when git
        owns the cluster.
        """
        place = namespace or self.namespace
        run(self._transport, scale_workers(place, name, workers, group))

    def close(self) -> None:
        """Closes the connections."""
        self._transport.close()

    def __enter__(self) -> "PlatformClient":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

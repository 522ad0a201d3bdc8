"""The client for asyncio."""

from datetime import datetime, timezone
from types import TracebackType

from typing_extensions import Unpack

from ml_platform.sdk.aio.job import AsyncJob
from ml_platform.sdk.kube.contexts import choose_place
from ml_platform.sdk.kube.run_async import run_async
from ml_platform.sdk.kube.transport_async import AsyncTransport
from ml_platform.sdk.manifest.spec import JobFields, JobOrigin, JobSpec
from ml_platform.sdk.operations.list_jobs import list_jobs
from ml_platform.sdk.operations.read import JobPlace
from ml_platform.sdk.operations.scale import scale_workers
from ml_platform.sdk.operations.submit import submit_job
from ml_platform.sdk.operations.watch import look_at_job
from ml_platform.sdk.parameters.checked_spec import checked_spec
from ml_platform.sdk.requester import requester_of
from ml_platform.sdk.state.objects import Json
from ml_platform.sdk.status import JobState

# The client has a method of the name `list`.
AsyncJobs = list[AsyncJob]


class AsyncPlatformClient:
    """Training jobs on one cluster, for asyncio.

    ```python
    async with AsyncPlatformClient(project_id="your-project") as client:
        job = await client.submit_job("training", "registry.example.com/model:v1")
        async for line in job.logs(follow=True):
            print(line)
        await job.wait(timeout=3600)
    ```

    Arguments and methods are those of `ml_platform.sdk.PlatformClient`. A client belongs to
    the event loop that uses it first.
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
        self._transport = AsyncTransport(self._cluster)
        self._requester = requester_of(requester or self._cluster.user)

    @property
    def context(self) -> str | None:
        """Context of the kubeconfig; `None` for the cluster that this process runs on."""
        return self._cluster.context

    @property
    def namespace(self) -> str:
        """Namespace of jobs that don't name another."""
        return self._cluster.namespace

    async def submit_job(
        self,
        name: str,
        image: str,
        *,
        namespace: str | None = None,
        **fields: Unpack[JobFields],
    ) -> AsyncJob:
        """Creates a training job; see `PlatformClient.submit_job`."""
        spec = checked_spec(JobSpec(name=name, image=image, **fields))
        now = datetime.now(timezone.utc)
        origin = JobOrigin(namespace or self.namespace, now, requester=self._requester)
        return self._job(await run_async(self._transport, submit_job(spec, origin)))

    async def get(self, name: str, *, namespace: str | None = None) -> AsyncJob:
        """The job of a name. Raises `NotFound` when there is none."""
        place = JobPlace(namespace or self.namespace, name)
        seen = await run_async(self._transport, look_at_job(place))
        job = self._job(seen.job)
        job._take(seen)
        return job

    async def list(
        self,
        *,
        namespace: str | None = None,
        all_namespaces: bool = False,
        workload: str | None = None,
        state: JobState | None = None,
    ) -> AsyncJobs:
        """Jobs of a namespace, newest first; see `PlatformClient.list`."""
        place = None if all_namespaces else namespace or self.namespace
        found = await run_async(self._transport, list_jobs(place, workload))
        jobs = [self._job(job) for job in found]
        return [job for job in jobs if state in (None, job.last_status.state)]

    async def scale(
        self,
        name: str,
        workers: int,
        *,
        group: str | None = None,
        namespace: str | None = None,
    ) -> None:
        """Sets the number of workers; see `PlatformClient.scale`."""
        place = namespace or self.namespace
        await run_async(self._transport, scale_workers(place, name, workers, group))

    async def close(self) -> None:
        """Closes the connections."""
        await self._transport.close()

    def _job(self, job: Json) -> AsyncJob:
        return AsyncJob(self._transport, self._cluster, job, self._requester)

    async def __aenter__(self) -> "AsyncPlatformClient":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

"""A job, for asyncio."""

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime, timedelta, timezone

from ml_platform.sdk.errors import JobTimeout
from ml_platform.sdk.kube.contexts import Place
from ml_platform.sdk.kube.run_async import iterate_async, run_async
from ml_platform.sdk.kube.transport_async import AsyncTransport
from ml_platform.sdk.logs.driver_log import driver_log
from ml_platform.sdk.logs.log_options import log_options
from ml_platform.sdk.notebook.show import show_job
from ml_platform.sdk.operations.change import delete_job, stop_job
from ml_platform.sdk.operations.outcome import failure_of, last_lines
from ml_platform.sdk.operations.retry import retry_job
from ml_platform.sdk.operations.watch import look_at_job, watch_job
from ml_platform.sdk.state.objects import Json
from ml_platform.sdk.status import JobStatus
from ml_platform.sdk.view import JobView


class AsyncJob(JobView):
    """One run on its cluster. Comes from an `AsyncPlatformClient`.

    Methods do and raise what those of `ml_platform.sdk.Job` do. A task that is cancelled
    closes its connections; the job goes on.
    """

    def __init__(
        self, transport: AsyncTransport, cluster: Place, job: Json, requester: str | None
    ) -> None:
        super().__init__(cluster, job)
        self._transport = transport
        self._requester = requester

    async def status(self) -> JobStatus:
        """How the job does now."""
        return self._take(await run_async(self._transport, look_at_job(self._place)))

    async def refresh(self) -> "AsyncJob":
        """Reads the job again, for `summary` and the card of a notebook; returns itself."""
        await self.status()
        return self

    async def watch(self) -> AsyncGenerator[JobStatus, None]:
        """The status now, and each time that it changes, until the job has ended."""
        async with aclosing(iterate_async(self._transport, watch_job(self._place))) as all_seen:
            async for seen in all_seen:
                yield self._take(seen)

    async def wait(self, timeout: float | None = None) -> JobStatus:
        """Waits until the job has succeeded; see `Job.wait`.

        Args:
            timeout: seconds; `None` for no limit.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        procedure = watch_job(self._place, deadline)
        async with aclosing(iterate_async(self._transport, procedure)) as all_seen:
            async for seen in all_seen:
                self._take(seen)
        status = self._seen.status
        if not status.is_over:
            lines = await run_async(self._transport, last_lines(self._place))
            reason = status.reason or status.state
            raise JobTimeout(self.name, timeout or 0, status, reason, status.message or "", lines)
        failure = await run_async(self._transport, failure_of(self._seen))
        if failure:
            raise failure
        return status

    async def logs(
        self,
        *,
        follow: bool = False,
        tail: int | None = None,
        since: datetime | timedelta | float | None = None,
        timestamps: bool = False,
    ) -> AsyncGenerator[str, None]:
        """The lines of the driver's log, without line ends; see `Job.logs`."""
        options = log_options(follow, tail, since, timestamps)
        procedure = driver_log(self._place, options)
        async with aclosing(iterate_async(self._transport, procedure)) as lines:
            async for line in lines:
                yield line

    async def show(
        self, *, tail: int = 20, interval: float = 1.0, timeout: float | None = None
    ) -> JobStatus:
        """Shows the job in a notebook until it ends; see `Job.show`."""
        procedure = show_job(self._cluster, self._place, tail, interval, timeout)
        return self._take(await run_async(self._transport, procedure))

    async def stop(self) -> None:
        """Stops the job and keeps its record; see `Job.stop`."""
        await run_async(self._transport, stop_job(self._place, datetime.now(timezone.utc)))

    async def delete(self) -> None:
        """Deletes the job with everything that belongs to it; see `Job.delete`."""
        await run_async(self._transport, delete_job(self._place))

    async def retry(self) -> "AsyncJob":
        """Starts a new run with the specification of this one; returns the new job."""
        now = datetime.now(timezone.utc)
        procedure = retry_job(self._place, now, self._requester)
        created = await run_async(self._transport, procedure)
        return AsyncJob(self._transport, self._cluster, created, self._requester)

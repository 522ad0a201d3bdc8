"""A job, blocking."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from ml_platform.sdk.errors import JobTimeout
from ml_platform.sdk.kube.contexts import Place
from ml_platform.sdk.kube.run import iterate, run
from ml_platform.sdk.kube.transport import Transport
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


class Job(JobView):
    """One run on its cluster. Comes from a `PlatformClient`.

    Every method can raise `NotFound` when the job is gone, `Refused` when the cluster
    refuses, and `Unreachable` when it can't be reached.
    """

    def __init__(
        self, transport: Transport, cluster: Place, job: Json, requester: str | None
    ) -> None:
        super().__init__(cluster, job)
        self._transport = transport
        self._requester = requester

    def status(self) -> JobStatus:
        """How the job does now."""
        return self._take(run(self._transport, look_at_job(self._place)))

    def refresh(self) -> "Job":
        """Reads the job again, for `summary` and the card of a notebook; returns itself."""
        self.status()
        return self

    def watch(self) -> Iterator[JobStatus]:
        """The status now, and each time that it changes, until the job has ended."""
        for seen in iterate(self._transport, watch_job(self._place)):
            yield self._take(seen)

    def wait(self, timeout: float | None = None) -> JobStatus:
        """Waits until the job has succeeded.

        Args:
            timeout: seconds; `None` for no limit.

        Raises `JobFailed` or `JobStopped` with the reason and the last lines of the log, and
        `JobTimeout` (a `TimeoutError`) when the job hasn't ended in time.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        for seen in iterate(self._transport, watch_job(self._place, deadline)):
            self._take(seen)
        status = self._seen.status
        if not status.is_over:
            lines = run(self._transport, last_lines(self._place))
            reason = status.reason or status.state
            raise JobTimeout(self.name, timeout or 0, status, reason, status.message or "", lines)
        failure = run(self._transport, failure_of(self._seen))
        if failure:
            raise failure
        return status

    def logs(
        self,
        *,
        follow: bool = False,
        tail: int | None = None,
        since: datetime | timedelta | float | None = None,
        timestamps: bool = False,
    ) -> Iterator[str]:
        """The lines of the driver's log, without line ends.

        Args:
            follow: waits for a job that has not started, and for new lines until it ends.
                Goes on over broken connections, replaced pods and new attempts; no line is
                lost or repeated, and where one may be, a warning is logged.
            tail: at most so many lines from the end of what is there.
            since: leaves out what is older: a time, or an age in seconds. Without effect in
                HTTPMode, where Ray gives no times.
            timestamps: puts the time before each line, where the source has it.
        """
        options = log_options(follow, tail, since, timestamps)
        yield from iterate(self._transport, driver_log(self._place, options))

    def show(
        self, *, tail: int = 20, interval: float = 1.0, timeout: float | None = None
    ) -> JobStatus:
        """Shows the job in a notebook until it ends: state, links and the end of its log.

        What is shown is replaced in place. Outside of a notebook, each change of the status
        is printed. Interrupt it any time: the job goes on.

        Args:
            tail: lines of the log to show.
            interval: seconds between two looks.
            timeout: seconds; `None` for no limit.
        """
        procedure = show_job(self._cluster, self._place, tail, interval, timeout)
        return self._take(run(self._transport, procedure))

    def stop(self) -> None:
        """Stops the job and keeps its record.

        Raises `Conflict` when it has ended or can't be stopped in its state, and `Refused`
        when git owns it.
        """
        run(self._transport, stop_job(self._place, datetime.now(timezone.utc)))

    def delete(self) -> None:
        """Deletes the job with everything that belongs to it.

        Raises `Refused` when git owns it.
        """
        run(self._transport, delete_job(self._place))

    def retry(self) -> "Job":
        """Starts a new run with the specification of this one; returns the new job.

        Raises `Refused` when git owns this one.
        """
        now = datetime.now(timezone.utc)
        procedure = retry_job(self._place, now, self._requester)
        created = run(self._transport, procedure)
        return Job(self._transport, self._cluster, created, self._requester)

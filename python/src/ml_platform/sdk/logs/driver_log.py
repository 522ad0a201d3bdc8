"""The driver's log of a job, wherever its submission mode puts it."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ml_platform.sdk.errors import NotFound, PlatformError
from ml_platform.sdk.kube.effects import Emit, Pause, Procedure
from ml_platform.sdk.logs.container_state import ContainerPlace
from ml_platform.sdk.logs.driver_place import InRay, Nowhere, Submitters, driver_place
from ml_platform.sdk.logs.events import Gap, Lines, LogEnd, LogEvent, Waiting
from ml_platform.sdk.logs.patience import Patience
from ml_platform.sdk.logs.pod_log import PodLogReader
from ml_platform.sdk.logs.ray_job_log import RayJobLog
from ml_platform.sdk.logs.read_lines import ReadLines
from ml_platform.sdk.logs.submitter_log import SubmitterLog
from ml_platform.sdk.operations.read import JobPlace, read_job, read_log_pods
from ml_platform.sdk.state.attempts import run_name
from ml_platform.sdk.state.job_state import is_terminal, job_state
from ml_platform.sdk.state.objects import Json, text

_NEXT_RUN = "The job was submitted again; what follows is the log of the new attempt"

logger = logging.getLogger("ml_platform.logs")


@dataclass(frozen=True, slots=True)
class LogOptions:
    """What of a log is read."""

    follow: bool = False
    tail: int | None = None
    """Lines from the end."""
    since: str | None = None
    """In the form of `normalize_log_time`; leaves out what is older."""
    timestamps: bool = False
    poll: float = 1.0
    """Seconds between looks at what has not started."""


def driver_log(place: JobPlace, options: LogOptions) -> Procedure[LogEnd]:
    """Emits the lines of a job's driver log as texts without line ends.

    With `follow` it waits for a job that has not started, and goes on with the next run
    where KubeRay retries a job. What it waits for is logged as information, and where lines
    may be missing, a warning is.

    Raises `NotFound` when there is no such job.
    """
    return _DriverLog(place, options).run()


class _DriverLog:
    """The work of `driver_log`: one job, any number of runs and submitters."""

    def __init__(self, place: JobPlace, options: LogOptions) -> None:
        self._place = place
        self._options = options
        self._patience = Patience()
        self._run: str | None = None
        self._at: str | None = None
        """What of the run was read last: a pod, or Ray's own log."""
        self._log: SubmitterLog | None = None
        self._said = ""
        self._end: LogEnd | None = None
        self._is_new = options.since is None

    def run(self) -> Procedure[LogEnd]:
        follow = self._options.follow
        while True:
            try:
                job = yield from read_job(self._place)
                pods = yield from read_log_pods(self._place, job)
            except NotFound:
                if not self._said and not self._end:
                    raise
                return self._end or LogEnd.DELETED
            except PlatformError as error:
                if not follow or not self._patience.bears(error):
                    raise
                yield from self._wait_for(str(error))
                continue
            self._patience.answered()
            found = driver_place(job, pods)
            before = (self._run, self._at)
            if isinstance(found, InRay):
                yield from self._read_ray(job, found.job_id)
            elif isinstance(found, Submitters):
                yield from self._read_submitters(job, found.places)
            if self._end and not follow:
                return self._end
            if (self._run, self._at) != before:
                continue
            if not follow or _has_ended(job):
                return self._end or LogEnd.NOT_FOUND
            yield from self._wait_for(found.message if isinstance(found, Nowhere) else "")

    def _wait_for(self, message: str) -> Procedure[None]:
        if message and message != self._said:
            self._said = message
            logger.info("%s: %s", self._place.name, message)
        yield Pause(self._options.poll)

    def _sink(self, event: LogEvent) -> Iterator[str]:
        """The texts that go out for an event."""
        if isinstance(event, Waiting):
            logger.info("%s: %s", self._place.name, event.message)
        elif isinstance(event, Gap):
            logger.warning("%s: %s", self._place.name, event.reason)
        else:
            yield from self._texts(event)

    def _texts(self, lines: Lines) -> Iterator[str]:
        since = self._options.since
        for line in lines.lines:
            if since is not None and line.time is not None:
                self._is_new = line.time >= since
            # Ray's own file has no times: of its lines none is known to be older.
            if self._is_new or lines.cursor is None:
                stamped = self._options.timestamps and line.time
                yield f"{line.time} {line.text}" if stamped else line.text

    @property
    def _tail(self) -> int | None:
        """Lines from the end are asked for only of what is read first."""
        return None if self._end else self._options.tail

    def _enter_run(self, name: str) -> None:
        """To be called when there is something to read: a pod can outlive its run."""
        if self._run not in (None, name):
            self._log = None
            list(self._sink(Gap(_NEXT_RUN)))
        self._run = name

    def _read_ray(self, job: Json, job_id: str) -> Procedure[None]:
        if self._at == job_id:
            return
        self._enter_run(run_name(job))
        self._at = job_id
        self._end = yield from RayJobLog(
            job,
            self._sink,
            self._options.follow,
            self._tail,
            poll=self._options.poll / 2,
            patience=self._patience,
        ).run()

    def _read_submitters(self, job: Json, places: Sequence[ContainerPlace]) -> Procedure[None]:
        """Reads what the submitters of a run wrote since the place that was read."""
        uids = [place.pod_uid for place in places]
        # Without a place, the newest has all that the driver wrote.
        first = uids.index(self._at) + 1 if self._at in uids else len(places) - 1
        for place in places[first:]:
            self._enter_run(run_name(job))
            log = self._log = self._log or SubmitterLog(
                complete=self._tail is None and self._options.since is None
            )
            at = log.cursor.pod_uid if log.cursor else None
            if at in uids and at != place.pod_uid and not log.complete:
                log.recall((yield from self._read_all(places[uids.index(at)])))
            yield from self._read_submitter(log, place)

    def _read_submitter(self, log: SubmitterLog, place: ContainerPlace) -> Procedure[None]:
        def sink(event: LogEvent) -> Iterator[str]:
            for joined in log.take(event):
                yield from self._sink(joined)

        self._at = place.pod_uid
        self._end = yield from PodLogReader(
            place,
            sink,
            self._options.follow,
            self._tail,
            self._options.since,
            poll=self._options.poll,
            patience=self._patience,
        ).run()
        for event in log.finish():
            for line in self._sink(event):
                yield Emit(line)

    def _read_all(self, place: ContainerPlace) -> Procedure[ReadLines]:
        read = ReadLines()

        def sink(event: LogEvent) -> Iterator[str]:
            if isinstance(event, Lines):
                read.push(event.lines)
            yield from ()

        yield from PodLogReader(place, sink, follow=False, patience=self._patience).run()
        return read


def _has_ended(job: Json) -> bool:
    """True when no further run can write to the driver's log."""
    ended = text(job, "status", "jobStatus") in ("SUCCEEDED", "STOPPED")
    return ended or is_terminal(job_state(job).state)

"""Following a job by one watch."""

import json
import math
import time
from dataclasses import dataclass
from typing import Any

from ml_platform.sdk.errors import NotFound, PlatformError
from ml_platform.sdk.kube.effects import (
    Close,
    Connection,
    Emit,
    Open,
    Pause,
    Procedure,
    Read,
    Request,
)
from ml_platform.sdk.kube.failures import Expired
from ml_platform.sdk.kube.lines import WholeLines
from ml_platform.sdk.kube.paths import rayjobs
from ml_platform.sdk.logs.patience import Patience
from ml_platform.sdk.operations.read import JobPlace, read_job, read_pods
from ml_platform.sdk.state.attempts import job_attempt, keep_cause
from ml_platform.sdk.state.job_state import job_state
from ml_platform.sdk.state.objects import Json, StateResult, text
from ml_platform.sdk.status import JobStatus, job_status

_STARTING = 3
"""Seconds between looks at the pods of a job that has not started: only they say why."""
_RUNNING = 30
_ENDED = frozenset(("SUCCEEDED", "FAILED", "STOPPED"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A job as it was seen, with its status."""

    job: Json
    status: JobStatus


class Statuses:
    """Statuses of one job in the order in which it is seen; keeps causes that go away."""

    def __init__(self) -> None:
        self._before: tuple[StateResult, int] | None = None

    def of(self, job: Json, pods: list[Json]) -> Seen:
        """The status of a job and its pods."""
        attempt = job_attempt(job)
        result = keep_cause(job_state(job, pods), attempt, self._before)
        self._before = (result, attempt)
        return Seen(job, job_status(job, result))


def look_at_job(place: JobPlace) -> Procedure[Seen]:
    """A job as it is now. Raises `NotFound` when there is no such job."""
    job = yield from read_job(place)
    pods = yield from read_pods(job)
    return Statuses().of(job, pods)


def watch_job(place: JobPlace, deadline: float | None = None) -> Procedure[None]:
    """Emits a job as `Seen`: now, and each time that its status changes.

    Ends with the job, or at the deadline (of `time.monotonic`). Raises `NotFound` when
    there is no such job, or when it is deleted before its end is known.
    """
    yield from _Watch(place, deadline).run()


class _Watch:
    """The work of `watch_job`, over any number of connections."""

    def __init__(self, place: JobPlace, deadline: float | None) -> None:
        self._place = place
        self._deadline = deadline
        self._statuses = Statuses()
        self._patience = Patience()
        self._last: Seen | None = None
        self._deleted = False

    def run(self) -> Procedure[None]:
        job = yield from read_job(self._place)
        version = text(job, "metadata", "resourceVersion")
        while True:
            try:
                yield from self._tell(job)
                if self._is_over():
                    return
                job, version = yield from self._follow(job, version)
            except Expired:
                version = ""
            except PlatformError as error:
                if isinstance(error, NotFound) or not self._patience.bears(error):
                    raise
                yield Pause(min(self._patience.delay(), self._time_left()))
                version = ""
            else:
                self._patience.answered()
            if not version:
                job, version = yield from self._read_again(job)

    def _read_again(self, before: Json) -> Procedure[tuple[Json, str]]:
        try:
            job = yield from read_job(self._place)
        except NotFound:
            yield from self._tell_end(before)
            return before, ""
        except PlatformError as error:
            if not self._patience.bears(error):
                raise
            return before, ""
        if text(job, "metadata", "uid") != text(before, "metadata", "uid"):
            yield from self._tell_end(before)
            return before, ""
        return job, text(job, "metadata", "resourceVersion")

    def _is_over(self) -> bool:
        over = self._last is not None and self._last.status.is_over
        return over or self._deleted or self._time_left() <= 0

    def _time_left(self) -> float:
        return math.inf if self._deadline is None else self._deadline - time.monotonic()

    def _tell(self, job: Json) -> Procedure[None]:
        if not self._deleted:
            pods = yield from read_pods(job)
            yield from self._emit(self._statuses.of(job, pods))

    def _tell_end(self, job: Json) -> Procedure[None]:
        """The end of a job that is gone: Ray knows some seconds before KubeRay closes it."""
        status: dict[str, Any] = dict(job.get("status") or {})
        known = status.get("jobStatus") in _ENDED
        if not known or status.get("jobDeploymentStatus") == "Retrying":
            raise NotFound(f"{self._place.name} was deleted before it ended")
        self._deleted = True
        closed = {**job, "status": {**status, "jobDeploymentStatus": "Complete"}}
        yield from self._emit(self._statuses.of(closed, []))

    def _emit(self, seen: Seen) -> Procedure[None]:
        before, self._last = self._last, seen
        if before is None or _told(seen.status) != _told(before.status):
            yield Emit(seen)

    def _follow(self, job: Json, version: str) -> Procedure[tuple[Json, str]]:
        """One connection; answers with the job and the version to go on from."""
        seconds = max(1, math.ceil(min(self._look_after(), self._time_left())))
        connection: Connection = yield Open(self._request(version, seconds))
        lines = WholeLines()
        while data := (yield Read(connection)):
            for line in lines.take(data).splitlines():
                event = json.loads(line)
                job, version = yield from self._take(event, job)
                if self._is_over() or not version:
                    yield Close(connection)
                    return job, version
        yield Close(connection)
        return job, version

    def _look_after(self) -> int:
        """Seconds after which the pods are looked at, though the job is the same."""
        state = self._last.status.state if self._last else ""
        return _RUNNING if state in ("running", "queued", "suspended") else _STARTING

    def _request(self, version: str, seconds: int) -> Request:
        query = {
            "watch": "true",
            "fieldSelector": f"metadata.name={self._place.name}",
            "allowWatchBookmarks": "true",
            "resourceVersion": version,
            "timeoutSeconds": str(seconds),
        }
        path = rayjobs(self._place.namespace)
        # The server ends the watch itself; one that is silent for longer is lost.
        return Request("GET", path, query, timeout=seconds + 10)

    def _take(self, event: Json, job: Json) -> Procedure[tuple[Json, str]]:
        kind = event.get("type")
        thing: Json = event.get("object") or {}
        if kind == "ERROR":
            if thing.get("code") == 410:
                raise Expired(text(thing, "message"))
            raise PlatformError(f"The watch ended: {text(thing, 'message')}")
        version = text(thing, "metadata", "resourceVersion")
        if kind == "BOOKMARK":
            return job, version
        if kind == "DELETED":
            yield from self._tell_end(thing)
            return thing, ""
        yield from self._tell(thing)
        return thing, version


def _told(status: JobStatus) -> tuple[object, ...]:
    """What makes a status another one: times alone don't."""
    return status.state, status.reason, status.message, status.attempt

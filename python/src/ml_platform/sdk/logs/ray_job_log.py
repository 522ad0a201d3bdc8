"""The driver's log from Ray's own file, where no pod has it."""

import time
from dataclasses import dataclass, field

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
    call,
)
from ml_platform.sdk.kube.lines import WholeLines
from ml_platform.sdk.logs.events import Gap, Lines, LogEnd, LogEvent, LogLine, Waiting
from ml_platform.sdk.logs.patience import Patience
from ml_platform.sdk.logs.pod_log import Sink
from ml_platform.sdk.operations.ray_api import ray_file_path, ray_job_path
from ml_platform.sdk.state.objects import Json, text

_REST = 4
"""Times that the last read took to wait before the next one: all of a log comes each time."""
_WHOLE_FILE = "600"
"""Seconds that Ray may take to give out the file."""

_UNREAD = (
    "The Ray cluster was removed before the end of the log was read; the last lines may be missing"
)
_ENDED = frozenset(("SUCCEEDED", "FAILED", "STOPPED"))


@dataclass(slots=True)
class RayJobLog:
    """Reads the log of one run.

    It comes by Ray's State API, which reads the file piece by piece: the Job API puts all
    of it into the memory of the head, several times. Its lines have no times; the number
    of lines read is the place.
    """

    job: Json
    sink: Sink
    follow: bool
    tail: int | None = None
    poll: float = 0.5
    """Seconds between two looks at the job. KubeRay looks each 3 s, and when it sees the
    end, it may remove the cluster with the log."""
    patience: Patience = field(default_factory=Patience)
    _read: int = 0
    _last: str | None = None
    _rest_until: float = 0.0
    _said_silent: bool = False
    _begun: bool = False

    def run(self) -> Procedure[LogEnd]:
        """Reads to the end; emits what the sink makes of each event."""
        path = ray_job_path(self.job)
        if path is None:
            return LogEnd.NOT_FOUND
        while True:
            try:
                ended = yield from self._round(path)
            except NotFound:
                if self._begun:
                    yield from self._hand(Gap(_UNREAD))
                return LogEnd.DELETED
            except PlatformError as error:
                if not self.patience.bears(error):
                    raise
                ended = False
                if not self._said_silent:
                    self._said_silent = True
                    yield from self._hand(Waiting("The Ray cluster doesn't answer"))
            if ended:
                return LogEnd.COMPLETED
            if not self.follow:
                return LogEnd.READ
            yield Pause(self.poll)

    def _round(self, path: str) -> Procedure[bool]:
        """One look at the job, and at its log where it is time for that."""
        # Status first: what is written after it is seen in the next round.
        answer = (yield from call("GET", path)) or {}
        self.patience.answered()
        self._begun = True
        ended = answer.get("status") in _ENDED
        node = answer.get("driver_node_id")
        begun = time.monotonic()
        # KubeRay may remove the cluster any moment: the end doesn't wait.
        if not node or (self.follow and not ended and begun < self._rest_until):
            return ended
        if ended or not self.follow or (yield from self._has_grown(node)):
            yield from self._read_file(node, ended)
        self._rest_until = begun + _REST * (time.monotonic() - begun)
        return ended

    def _has_grown(self, node: str) -> Procedure[bool]:
        """False where the last line is the one that was read last."""
        if self._last is None:
            return True
        lines = WholeLines()
        connection: Connection = yield Open(self._request(node, 1))
        last = ""
        while data := (yield Read(connection)):
            last += lines.take(data)
        yield Close(connection)
        return f"{self._last}\n" != last + lines.finish()

    def _read_file(self, node: str, ended: bool) -> Procedure[None]:
        """Reads the file from its first line; hands on those that were not read."""
        lines = WholeLines()
        at = 0
        kept: list[str] = []
        connection: Connection = yield Open(self._request(node, -1))
        while data := (yield Read(connection)):
            new = lines.take(data).split("\n")[:-1]
            at += len(new)
            if self.tail is None:
                yield from self._take(new, at)
            else:
                kept = _last_of([*kept, *new], self.tail)
        yield Close(connection)
        rest = lines.finish()
        if ended and rest:
            kept.append(rest)
            at += 1
        if self.tail is not None:
            kept = _last_of(kept, self.tail)
            self._read = at - len(kept)
            self.tail = None
        yield from self._take(kept, at)

    def _request(self, node: str, lines: int) -> Request:
        query = {
            "node_id": node,
            "submission_id": text(self.job, "status", "jobId"),
            "lines": str(lines),
            "timeout": _WHOLE_FILE,
            # Ray before 2.50 puts a mark before each piece otherwise.
            "format": "text",
        }
        return Request("GET", ray_file_path(self.job), query)

    def _take(self, lines: list[str], at: int) -> Procedure[None]:
        """Hands on those that were not read; `at` is the number of the last one."""
        fresh = min(len(lines), at - self._read)
        if fresh > 0:
            self._read = at
            self._last = lines[-1]
            yield from self._hand(Lines([LogLine(line) for line in lines[-fresh:]]))

    def _hand(self, event: LogEvent) -> Procedure[None]:
        for value in self.sink(event):
            yield Emit(value)


def _last_of(lines: list[str], count: int) -> list[str]:
    return lines[max(0, len(lines) - count) :]

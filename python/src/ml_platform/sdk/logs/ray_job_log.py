"""The driver's log from Ray's Job API."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from ml_platform.sdk.errors import NotFound, PlatformError
from ml_platform.sdk.kube.effects import Emit, Pause, Procedure, call
from ml_platform.sdk.logs.events import Gap, Lines, LogEnd, LogEvent, LogLine, Waiting
from ml_platform.sdk.logs.patience import Patience
from ml_platform.sdk.logs.pod_log import Sink
from ml_platform.sdk.operations.ray_api import ray_job_path
from ml_platform.sdk.state.objects import Json

_WINDOW = 16 * 1024 * 1024
"""Ray gives out at most this many bytes, the last ones."""
_RECENT = 20
"""Lines by which the place is found again in a log that was cut at its head."""
_LOOKS = 3
"""Looks at the job for each of which the log is read."""
_REST = 4
"""Times that the last read took to wait before the next one: all of a log comes each time."""

_CUT = "Ray keeps only the last 16 MiB of this log; earlier lines may be missing or repeated"
_UNREAD = (
    "The Ray cluster was removed before the end of the log was read; the last lines may be missing"
)
_ENDED = frozenset(("SUCCEEDED", "FAILED", "STOPPED"))


@dataclass(slots=True)
class RayJobLog:
    """Reads the log of one run.

    Ray gives the whole text each time (at most its last 16 MiB) and neither times nor
    offsets: the number of lines read is the place. Once the text reaches the window, the
    place is found again by the last lines read; where that fails, a `Gap` says so.
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
    _recent: list[str] = field(default_factory=list)
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
        answer = yield from call("GET", path)
        self.patience.answered()
        self._begun = True
        ended = (answer or {}).get("status") in _ENDED
        begun = time.monotonic()
        # KubeRay may remove the cluster any moment: the end doesn't wait.
        if self.follow and not ended and begun < self._rest_until:
            return False
        answer = yield from call("GET", f"{path}/logs")
        took = time.monotonic() - begun
        self._rest_until = begun + max(_LOOKS * self.poll, _REST * took)
        for event in self._take((answer or {}).get("logs") or "", ended):
            yield from self._hand(event)
        return ended

    def _hand(self, event: LogEvent) -> Procedure[None]:
        for value in self.sink(event):
            yield Emit(value)

    def _take(self, text: str, ended: bool) -> list[LogEvent]:
        lines = text.split("\n")
        rest = lines.pop()
        if ended and rest:
            lines.append(rest)
        if self.tail is not None:
            self._read = max(0, len(lines) - self.tail)
            self.tail = None
        cut = len(text) * 4 >= _WINDOW and len(text.encode("utf-8", "replace")) >= _WINDOW
        start = _after_recent(lines, self._recent) if cut else self._read
        new = lines[start or 0 :]
        self._read = self._read + len(new) if cut else max(self._read, len(lines))
        self._recent = [*self._recent, *new[-_RECENT:]][-_RECENT:]
        events: list[LogEvent] = [Gap(_CUT)] if start is None else []
        if new:
            events.append(Lines([LogLine(line) for line in new]))
        return events


def _after_recent(lines: Sequence[str], recent: Sequence[str]) -> int | None:
    """Index after the last occurrence of the lines that were read last."""
    if not recent:
        return None
    for end in range(len(lines), len(recent) - 1, -1):
        if list(lines[end - len(recent) : end]) == list(recent):
            return end
    return None

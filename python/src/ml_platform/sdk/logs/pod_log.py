"""The log of one container over as many connections as it takes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ml_platform.sdk.errors import PlatformError
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
from ml_platform.sdk.kube.failures import Broken
from ml_platform.sdk.kube.lines import WholeLines
from ml_platform.sdk.kube.paths import pods
from ml_platform.sdk.logs.container_state import ContainerPlace, ContainerState, read_container
from ml_platform.sdk.logs.events import Gap, Lines, LogEnd, LogEvent, PodCursor, Waiting
from ml_platform.sdk.logs.log_time import floor_to_second
from ml_platform.sdk.logs.patience import Patience
from ml_platform.sdk.logs.position import LogPosition

_ROTATED = "The node rotated the log away while the connection was down; lines may be missing"
_REPLACED = "The container was replaced; the end of its log is lost"
_MOST_FAILURES = 6
"""Tries for the log of a container that has ended."""

Sink = Callable[[LogEvent], Iterable[object]]
"""What is handed on for an event."""


@dataclass(slots=True)
class PodLogReader:
    """Reads one container: no line is lost or repeated when a connection breaks.

    An end of the stream is believed only once the container's state confirms it. Where the
    source itself lost lines, it says so with a `Gap`.
    """

    place: ContainerPlace
    sink: Sink
    follow: bool
    tail: int | None = None
    since: str | None = None
    """In the form of `normalize_log_time`."""
    idle: float = 60.0
    """Seconds of silence after which a new connection is made."""
    poll: float = 1.0
    """Seconds between looks at a container that has not started."""
    patience: Patience = field(default_factory=Patience)
    _position: LogPosition | None = None
    _said: str = ""
    _failures: int = 0

    def run(self) -> Procedure[LogEnd]:
        """Reads to the end; emits what the sink makes of each event."""
        seen = False
        while True:
            # Read before the log: if the container had ended by then, the log is complete,
            # and the end of the stream is the end.
            try:
                state = yield from read_container(self.place)
            except PlatformError as error:
                if not self.patience.bears(error):
                    raise
                yield Pause(self.patience.delay())
                continue
            self.patience.answered()
            if state is None:
                return LogEnd.DELETED if seen else LogEnd.NOT_FOUND
            seen = True
            if state.kind == "waiting" and state.restart_count == 0:
                if not self.follow:
                    return LogEnd.READ
                yield from self._wait_for(state.message)
                continue
            end = yield from self._read(state)
            if end:
                return end

    def _read(self, state: ContainerState) -> Procedure[LogEnd | None]:
        """One connection; the end, when there is nothing to read after it."""
        yield from self._enter(state)
        whole = yield from self._connect(state, previous=False)
        self._failures = 0 if whole else self._failures + 1
        ended = state.kind == "terminated"
        if not whole and ended and self._failures > _MOST_FAILURES:
            yield from self._hand(Gap("The node no longer has the log"))
            return LogEnd.COMPLETED
        if whole and not self.follow:
            return LogEnd.READ
        if whole and ended and state.final:
            return LogEnd.COMPLETED
        if whole and ended:
            yield from self._wait_for("The container has ended and will be restarted")
        else:
            yield Pause(self.patience.delay())
        return None

    def _hand(self, event: LogEvent) -> Procedure[None]:
        for value in self.sink(event):
            yield Emit(value)

    def _wait_for(self, message: str) -> Procedure[None]:
        if message != self._said:
            self._said = message
            yield from self._hand(Waiting(message))
        yield Pause(self.poll)

    def _enter(self, state: ContainerState) -> Procedure[None]:
        """Moves on to the container that runs now, after a restart or another pod."""
        start = (state.pod_uid, state.restart_count)
        last = self._position.cursor.start if self._position else None
        if last == start:
            return
        if last == (state.pod_uid, state.restart_count - 1):
            try:
                yield from self._connect(state, previous=True)
            except PlatformError:
                yield from self._hand(Gap(_REPLACED))
        elif last:
            yield from self._hand(Gap(_REPLACED))
        container = self.place.container
        self._position = LogPosition(
            PodCursor(state.pod_uid, container, state.restart_count, "", 0)
        )

    def _request(self, state: ContainerState, time: str, previous: bool) -> Request:
        place = self.place
        since = time or self.since
        query = {"container": place.container, "timestamps": "true"}
        if previous:
            query["previous"] = "true"
        elif self.follow and state.kind == "running":
            query["follow"] = "true"
        if since:
            query["sinceTime"] = floor_to_second(since)
        if self.tail is not None and not time:
            query["tailLines"] = str(self.tail)
        path = pods(place.namespace, place.pod, "log")
        return Request("GET", path, query, timeout=self.idle)

    def _connect(self, state: ContainerState, *, previous: bool) -> Procedure[bool]:
        """One connection; true when it was read to an orderly end."""
        position = self._position
        if position is None:
            return False
        position.reopen()
        lines = WholeLines()
        try:
            request = self._request(state, position.cursor.time, previous)
            connection: Connection = yield Open(request)
            while data := (yield Read(connection)):
                yield from self._take(position, lines.take(data))
            yield Close(connection)
            # An unfinished last line counts only when nothing can follow it.
            if previous or state.kind == "terminated":
                yield from self._take(position, lines.finish())
            return True
        except Broken:
            return False
        except PlatformError as error:
            missing = previous and not self.patience.bears(error)
            if missing or not self.patience.bears_for_log(error):
                raise
            return False

    def _take(self, position: LogPosition, text: str) -> Procedure[None]:
        lines = position.read(text)
        if position.take_gap():
            yield from self._hand(Gap(_ROTATED))
        if lines:
            self.patience.progressed()
            yield from self._hand(Lines(lines, position.cursor))

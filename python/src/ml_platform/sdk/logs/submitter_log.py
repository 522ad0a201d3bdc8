"""One log of what the submitters of one run write."""

from collections.abc import Iterator

from ml_platform.sdk.logs.events import Gap, Lines, LogEvent, PodCursor, Waiting
from ml_platform.sdk.logs.read_lines import ReadLines
from ml_platform.sdk.logs.replay import Replay, Replayed

_ANEW = "Ray ran the entrypoint again; what follows is what it wrote this time"
_TORN = (
    "The submitter was replaced, and its log doesn't continue where the last one ended; "
    "lines may be missing or repeated"
)


class SubmitterLog:
    """Joins the logs of submitters: each that is started again repeats the driver's log.

    Args:
        complete: false when only the end of the first submitter's log is read.
    """

    def __init__(self, *, complete: bool) -> None:
        self._complete = complete
        self._known = ReadLines()
        self._read = self._known
        self._start: tuple[str, int] | None = None
        self._replay: Replay | None = None
        self._gaps: list[Gap] = []
        self.cursor: PodCursor | None = None
        """The place up to which the submitter's log was read."""

    @property
    def complete(self) -> bool:
        """False when what the submitter wrote first is not known."""
        return self._complete

    def recall(self, read: ReadLines) -> None:
        """Takes up all that the submitter wrote, in place of what was read of it."""
        self._known = read
        self._complete = True

    def take(self, event: LogEvent) -> Iterator[LogEvent]:
        """What a piece of a submitter's log adds to the driver's log."""
        if isinstance(event, Waiting):
            yield event
        elif isinstance(event, Gap):
            # Whether lines are missing shows with those that come next.
            self._gaps.append(event)
        elif event.cursor is not None:
            yield from self._enter(event.cursor)
            self._read.push(event.lines)
            self.cursor = event.cursor
            if self._replay:
                yield from self._join(self._replay.take(event.lines))
            else:
                yield from self._take_gaps()
                yield event

    def finish(self) -> Iterator[LogEvent]:
        """What was held back, when no more lines come."""
        if self._replay:
            yield from self._join(self._replay.finish())

    def _enter(self, cursor: PodCursor) -> Iterator[LogEvent]:
        """Begins with another start of a container, where the cursor is of one."""
        before, self._start = self._start, cursor.start
        if before in (None, cursor.start):
            return
        yield from self.finish()
        self._read = ReadLines()
        if self._complete:
            self._replay = Replay(self._known)
            return
        yield Gap(_TORN)
        self._gaps = []
        self._settle()

    def _take_gaps(self) -> list[Gap]:
        gaps, self._gaps = self._gaps, []
        return gaps

    def _settle(self) -> None:
        """From now on, all lines of the submitter are new."""
        self._replay = None
        self._known = self._read
        self._complete = True

    def _join(self, replayed: Replayed) -> Iterator[LogEvent]:
        if replayed.state == "undecided":
            return
        gaps = self._take_gaps()
        if replayed.state == "anew":
            yield from (*gaps, Gap(_ANEW))
        elif replayed.state == "torn":
            yield Gap(_TORN)
        if replayed.state != "repeats":
            self._settle()
        if replayed.lines:
            yield Lines(replayed.lines, self.cursor)

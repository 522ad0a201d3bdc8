"""The place in one container's log over any number of connections."""

from dataclasses import replace

from ml_platform.sdk.logs.events import LogLine, PodCursor
from ml_platform.sdk.logs.log_time import normalize_log_time


class LogPosition:
    """Follows the reading of one container's log.

    Each reread begins at a whole second before the cursor, and what was read already is
    dropped.
    """

    def __init__(self, start: PodCursor) -> None:
        self._start = start
        self._time = start.time
        self._count = start.count
        self._gap = False
        self.reopen()

    @property
    def cursor(self) -> PodCursor:
        """The place after the last line that was read."""
        return replace(self._start, time=self._time, count=self._count)

    def reopen(self) -> None:
        """To be called before each connection."""
        self._resuming = self._time != ""
        self._reached = False
        self._to_skip = self._count

    def take_gap(self) -> bool:
        """True once after lines were found missing between two connections."""
        gap, self._gap = self._gap, False
        return gap

    def read(self, text: str) -> list[LogLine]:
        """The lines of a text that are new: those that were read before are left out."""
        raw = text.split("\n")
        if raw[-1] == "":
            raw.pop()
        accepted = (self._accept(line) for line in raw)
        return [line for line in accepted if line is not None]

    def _accept(self, raw: str) -> LogLine | None:
        stamp, _, text = raw.partition(" ")
        time = normalize_log_time(stamp.removesuffix("\r"))
        if self._resuming and not self._is_past(time):
            return None
        if time is None:
            # Not stamped: the rest of a line that the runtime wrote in pieces.
            self._count += 1
            return LogLine(raw.removesuffix("\r"))
        if time > self._time:
            self._time = time
            self._count = 1
        else:
            self._count += 1
        return LogLine(text.removesuffix("\r"), time)

    def _is_past(self, time: str | None) -> bool:
        """True for a line after those that were read before.

        A line without a time, or with an earlier one, counts to the time before it.
        """
        self._reached = self._reached or time == self._time
        counted = time is None or time <= self._time
        if self._reached and self._to_skip > 0 and counted:
            self._to_skip -= 1
            # With the last of them the cursor is passed, whatever times follow.
            self._resuming = self._to_skip > 0
            return False
        if time is None or time < self._time:
            return False
        # The reread begins before the cursor, so the cursor's own line has to be in it;
        # otherwise the node rotated the file in the meantime.
        self._gap = self._to_skip > 0
        self._resuming = False
        return True

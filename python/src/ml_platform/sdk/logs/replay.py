"""How the lines of a submitter go on from those of the one before."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from ml_platform.sdk.logs.events import LogLine
from ml_platform.sdk.logs.read_lines import ReadLines

_OWN = 30
"""Lines at the head of a submitter's log that may be its own, at most."""
_SURE = 3
"""Lines that are no accident: equal ones, or other ones after a single equal one."""

# Lines that are equal in the logs of submitters though the driver wrote nothing.
_SAME_ANYWHERE = re.compile(
    r"\A\s*\Z|\bcli\.py:\d+ -- |\AWaiting for Ray Dashboard GCS to become healthy"
)
# What Ray's CLI prints when Ray did not know the job: its driver runs anew.
_SUBMITTED = re.compile(r"Job '.*' submitted successfully")

ReplayState = Literal["undecided", "repeats", "joined", "anew", "torn"]


class Replayed(NamedTuple):
    """What of a submitter's lines nobody has read.

    The state is `undecided` until it is known where to go on, `repeats` until the last
    line that was read has come again. Then all lines are new: `joined` to those before,
    `anew` where Ray ran the entrypoint again, or `torn` where they have nothing in common.
    """

    lines: Sequence[LogLine]
    state: ReplayState


class _Alignment(NamedTuple):
    """Where equal lines begin, in what was read and in what comes, and how many."""

    before: int
    now: int
    length: int


class Replay:
    """Finds where the lines of a submitter go on from those that were read.

    A submitter that is started again follows the driver's log from its first line. Only
    lines that are equal to those that were read, in the same order, are left out.
    """

    def __init__(self, read: ReadLines) -> None:
        self._read = read
        self._held: list[LogLine] = []
        self._expected = 0
        self._state: ReplayState = "undecided"

    def take(self, lines: Sequence[LogLine]) -> Replayed:
        """The new ones among the lines that come next."""
        if self._state == "undecided":
            self._held.extend(lines)
            return self._decide(finished=False)
        new = self._follow(lines)
        return Replayed(new, self._state)

    def finish(self) -> Replayed:
        """What is still held back when no more lines come."""
        if self._state == "undecided":
            return self._decide(finished=True)
        return Replayed((), self._state)

    def _decide(self, *, finished: bool) -> Replayed:
        held = self._held
        if any(_SUBMITTED.search(line.text) for line in held[:_OWN]):
            return self._release("anew")
        if all(_is_own(line) for line in self._read.head):
            return self._release("joined")
        best = self._align()
        if not finished and not self._is_sure(best):
            return Replayed((), "undecided")
        if best.length == 0:
            return self._release("torn")
        self._held = []
        self._expected = best.before
        self._state = "repeats"
        lines = [*held[: best.now], *self._follow(held[best.now :])]
        return Replayed(lines, self._state)

    def _is_sure(self, best: _Alignment) -> bool:
        head, held = self._read.head, self._held
        equal = [line for line in held[best.now : best.now + best.length] if not _is_own(line)]
        others = len(held) - best.now - best.length
        return (
            (best.length > 0 and best.before + best.length == len(head))
            or (len(equal) >= _SURE and others > 0)
            or (len(equal) > 0 and others >= _SURE)
            or len(held) >= len(head) + _OWN
        )

    def _release(self, state: ReplayState) -> Replayed:
        lines, self._held = self._held, []
        self._state = state
        return Replayed(lines, state)

    def _align(self) -> _Alignment:
        """The longest piece that the heads of both logs have in common."""
        head, held = self._read.head, self._held
        best = _Alignment(0, 0, 0)
        for now in range(min(_OWN, len(held))):
            for before in range(min(_OWN, len(head))):
                length = 0
                for old, new in zip(head[before:], held[now:], strict=False):
                    if old.text != new.text:
                        break
                    length += 1
                if length > best.length:
                    best = _Alignment(before, now, length)
        return best

    def _follow(self, lines: Sequence[LogLine]) -> Sequence[LogLine]:
        """Leaves out the lines that were read, up to the first that was not."""
        if self._state != "repeats":
            return lines
        for index, line in enumerate(lines):
            known = self._expected < self._read.count
            if not known or not self._read.is_at(self._expected, line):
                # What was read besides is the submitter's own end.
                self._state = "joined"
                return lines[index:]
            self._expected += 1
        return ()


def _is_own(line: LogLine) -> bool:
    return bool(_SAME_ANYWHERE.search(line.text))

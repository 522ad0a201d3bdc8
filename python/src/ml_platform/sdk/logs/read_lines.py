"""What was read of one log, to know it again."""

from array import array
from collections.abc import Sequence
from zlib import crc32

from ml_platform.sdk.logs.events import LogLine

_HEAD = 300
"""Lines from the beginning that are kept."""
_MARKS = 4_000_000
"""Lines of which a mark is kept, at 4 bytes each."""


def _mark(line: LogLine) -> int:
    """A number for a line: the same for equal lines, hardly ever for others."""
    return crc32(line.text.encode("utf-8", "surrogatepass"))


class ReadLines:
    """The first lines, and enough to know the others again."""

    def __init__(self) -> None:
        self._head: list[LogLine] = []
        self._marks = array("I")
        self._count = 0

    @property
    def count(self) -> int:
        """Number of lines that were read."""
        return self._count

    @property
    def head(self) -> Sequence[LogLine]:
        """The first lines."""
        return self._head

    def is_at(self, index: int, line: LogLine) -> bool:
        """Whether the line with a number from 0 is this one, as far as it is known."""
        if index < len(self._head):
            return self._head[index].text == line.text
        return index >= len(self._marks) or self._marks[index] == _mark(line)

    def push(self, lines: Sequence[LogLine]) -> None:
        """Adds lines that were read."""
        self._head.extend(lines[: max(0, _HEAD - len(self._head))])
        room = max(0, _MARKS - len(self._marks))
        self._marks.extend(_mark(line) for line in lines[:room])
        self._count += len(lines)

"""What comes out of a log, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class LogLine(NamedTuple):
    """One line of a log, without its line end."""

    text: str
    time: str | None = None
    """RFC 3339 with nanoseconds, where the source has it."""


@dataclass(frozen=True, slots=True)
class PodCursor:
    """A place in the log of one container: everything up to it has been read.

    Kubernetes doesn't number lines, so the place is a time and how many lines from exactly
    that time were read.
    """

    pod_uid: str
    container: str
    restart_count: int
    time: str
    """RFC 3339 in UTC with nine digits of fraction; empty before the first line."""
    count: int
    """Lines from that time that were read, from 1."""

    @property
    def start(self) -> tuple[str, int]:
        """Names one start of one container."""
        return self.pod_uid, self.restart_count


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a log, and from a pod the place after the last of them."""

    lines: Sequence[LogLine]
    cursor: PodCursor | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """There is nothing to read yet."""

    message: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Lines may be missing here, or another run begins."""

    reason: str


LogEvent = Lines | Waiting | Gap


class LogEnd(Enum):
    """Why a log ended."""

    COMPLETED = "completed"
    DELETED = "deleted"
    NOT_FOUND = "not-found"
    READ = "read"
    """Only what is there was asked for."""

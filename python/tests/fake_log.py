"""The log of one container of the fake cluster."""

from collections.abc import Iterator, Mapping
from functools import partial
from threading import Condition


class FakeLog:
    """Lines with their times; followers get those that come until the container ends."""

    def __init__(self, changed: Condition) -> None:
        self.changed = changed
        self.lines: list[str] = []
        self.ended = False
        self.cuts = 0
        """Times that all connections were cut."""
        self.tail = ""
        """What is written of a line that has no end yet."""

    def write(self, *lines: str, time: str = "2026-11-28T10:00:00.000000001Z") -> None:
        """Writes lines that all have the same time."""
        with self.changed:
            self.lines.extend(f"{time} {line}" for line in lines)
            self.changed.notify_all()

    def rotate(self) -> None:
        """Forgets what was written so far."""
        with self.changed:
            self.lines.clear()

    def end(self) -> None:
        """The container has ended."""
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def cut(self) -> None:
        """Breaks all connections in the middle."""
        with self.changed:
            self.cuts += 1
            self.changed.notify_all()

    def serve(self, query: Mapping[str, str]) -> Iterator[bytes]:
        """What the kubelet answers; raises `ConnectionError` where it is cut."""
        since = query.get("sinceTime", "")
        follow = query.get("follow") == "true"
        cuts = self.cuts
        with self.changed:
            lines = [line for line in self.lines if line[:19] >= since[:19]]
            at = len(self.lines)
        if "tailLines" in query:
            count = int(query["tailLines"])
            lines = lines[-count:] if count else []
        yield self._bytes(lines, query)
        while follow:
            with self.changed:
                self.changed.wait_for(partial(self._has_news, at, cuts), 10)
                new, ended, cut = self.lines[at:], self.ended, self.cuts > cuts
                at = len(self.lines)
            if cut:
                raise ConnectionError
            yield self._bytes(new, query)
            if ended:
                break
        if self.tail:
            yield self.tail.encode()

    def _has_news(self, at: int, cuts: int) -> bool:
        return len(self.lines) > at or self.ended or self.cuts > cuts

    @staticmethod
    def _bytes(lines: list[str], query: Mapping[str, str]) -> bytes:
        stamped = query.get("timestamps") == "true"
        texts = lines if stamped else [line.split(" ", 1)[1] for line in lines]
        return "".join(f"{line}\n" for line in texts).encode()

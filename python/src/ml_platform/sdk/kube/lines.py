"""Whole lines out of a stream of bytes."""


class WholeLines:
    """Puts lines together that arrive in pieces."""

    def __init__(self) -> None:
        self._rest = b""

    def take(self, data: bytes) -> str:
        """The lines that are whole now, each with its end; broken UTF-8 becomes U+FFFD."""
        end = data.rfind(b"\n") + 1
        if end == 0:
            self._rest += data
            return ""
        whole, self._rest = self._rest + data[:end], data[end:]
        return whole.decode("utf-8", "replace")

    def finish(self) -> str:
        """What came after the last end of a line."""
        rest, self._rest = self._rest, b""
        return rest.decode("utf-8", "replace")

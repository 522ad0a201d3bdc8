"""Which failures another try may cure."""

import time
from collections.abc import Callable

from ml_platform.sdk.errors import NotFound, PlatformError, Refused, Unreachable
from ml_platform.sdk.kube.failures import BadRequest, ServerFault

_REFUSAL = 60.0
_LEAST = 0.2
_MOST = 10.0


class Patience:
    """Tells what will pass from what is meant, and how long to wait.

    An API server that has just started refuses everybody until it has read the rules of
    access, and so does one whose rules are being replaced: a reader that was let in before
    waits for a minute.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._let_in = False
        self._since: float | None = None
        self._next = _LEAST

    def answered(self) -> None:
        """The cluster has answered."""
        self._let_in = True
        self._since = None

    def progressed(self) -> None:
        """There was something to read."""
        self._next = _LEAST

    def delay(self) -> float:
        """Seconds to wait before the next try: more each time, up to ten."""
        delay = self._next
        self._next = min(_MOST, 2 * delay)
        return delay

    def bears(self, error: PlatformError) -> bool:
        """True for a refusal that may pass, and for a cluster that doesn't answer."""
        if isinstance(error, Unreachable | ServerFault):
            return True
        if not isinstance(error, Refused) or not self._let_in:
            return False
        now = self._clock()
        self._since = now if self._since is None else self._since
        return now - self._since < _REFUSAL

    def bears_for_log(self, error: PlatformError) -> bool:
        """Like `bears`, and for a log that the kubelet has not made yet or just removed."""
        return isinstance(error, BadRequest | NotFound) or self.bears(error)

"""What the work on a cluster asks for, apart from how it is carried out.

All that this package does on a cluster is written once, as generators that yield an
effect and are sent its answer (`Procedure`). `run.py` carries effects out with the
blocking client of Kubernetes, `run_async.py` with the one for asyncio.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the API server."""

    method: str
    path: str
    """Begins with a slash; its segments are encoded."""
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    content_type: str = "application/json"
    timeout: float = 30.0
    """Seconds without a byte after which the request is given up."""


class Connection(Protocol):
    """An open stream of bytes; which kind is up to who opened it."""


@dataclass(frozen=True, slots=True)
class Call:
    """Answers with the JSON of a response; an answer that isn't JSON is an error."""

    request: Request


@dataclass(frozen=True, slots=True)
class Open:
    """Answers with a `Connection` once the response has begun."""

    request: Request


@dataclass(frozen=True, slots=True)
class Read:
    """Answers with the next bytes, as soon as there are some; `b""` at the end."""

    connection: Connection


@dataclass(frozen=True, slots=True)
class Close:
    """Closes a connection. One that is left open ends with the procedure."""

    connection: Connection


@dataclass(frozen=True, slots=True)
class Pause:
    """Waits for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Emit:
    """Hands a value to whoever iterates over the procedure."""

    value: Any


Effect = Call | Open | Read | Close | Pause | Emit

T = TypeVar("T")

Procedure = Generator[Effect, Any, T]
"""Work on a cluster that ends with a `T`."""


def call(
    method: str,
    path: str,
    *,
    query: Mapping[str, str] | None = None,
    body: Any = None,
    content_type: str = "application/json",
    timeout: float = 30.0,
) -> Procedure[Any]:
    """One request; answers with its JSON."""
    request = Request(method, path, query or {}, body, content_type, timeout)
    return (yield Call(request))

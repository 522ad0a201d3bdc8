"""Carries procedures out, one effect after the other, blocking."""

from collections.abc import Generator
from typing import Any

from ml_platform.sdk.errors import PlatformError
from ml_platform.sdk.kube.effects import Close, Emit, Open, Procedure, T
from ml_platform.sdk.kube.transport import Transport


def run(transport: Transport, procedure: Procedure[T]) -> T:
    """Carries a procedure out and answers with its result."""
    steps = iterate(transport, procedure)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result


def iterate(transport: Transport, procedure: Procedure[T]) -> Generator[Any, None, T]:
    """The values that a procedure emits; whoever stops early closes its connections."""
    connections: list[Any] = []
    answer: Any = None
    error: PlatformError | None = None
    try:
        while True:
            try:
                effect = procedure.throw(error) if error else procedure.send(answer)
            except StopIteration as end:
                result: T = end.value
                return result
            answer, error = None, None
            if isinstance(effect, Emit):
                yield effect.value
                continue
            try:
                answer = transport.perform(effect)
            except PlatformError as failure:
                error = failure
            if isinstance(effect, Open) and error is None:
                connections.append(answer)
            elif isinstance(effect, Close):
                connections.remove(effect.connection)
    finally:
        procedure.close()
        for connection in connections:
            transport.close_connection(connection)

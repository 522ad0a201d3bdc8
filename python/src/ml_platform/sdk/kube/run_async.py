"""Carries procedures out, one effect after the other, with asyncio."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

from ml_platform.sdk.errors import PlatformError
from ml_platform.sdk.kube.effects import Close, Effect, Emit, Open, Procedure, T
from ml_platform.sdk.kube.transport_async import AsyncTransport


@dataclass(frozen=True, slots=True)
class _End:
    """What a procedure ended with: `StopIteration` can't leave a coroutine."""

    result: Any


async def run_async(transport: AsyncTransport, procedure: Procedure[T]) -> T:
    """Carries a procedure out and answers with its result."""
    steps = _steps(transport, procedure)
    try:
        while True:
            step = await anext(steps)
            if isinstance(step, _End):
                result: T = step.result
                return result
    finally:
        await steps.aclose()


async def iterate_async(
    transport: AsyncTransport, procedure: Procedure[Any]
) -> AsyncGenerator[Any, None]:
    """The values that a procedure emits; whoever stops early closes its connections."""
    steps = _steps(transport, procedure)
    try:
        async for step in steps:
            if isinstance(step, Emit):
                yield step.value
    finally:
        await steps.aclose()


async def _steps(
    transport: AsyncTransport, procedure: Procedure[Any]
) -> AsyncGenerator[Emit | _End, None]:
    connections: list[Any] = []
    answer: Any = None
    error: PlatformError | None = None
    try:
        while True:
            effect = _next_effect(procedure, answer, error)
            answer, error = None, None
            if isinstance(effect, Emit | _End):
                yield effect
                if isinstance(effect, _End):
                    return
                continue
            try:
                answer = await transport.perform(effect)
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


def _next_effect(
    procedure: Procedure[Any], answer: Any, error: PlatformError | None
) -> Effect | _End:
    try:
        return procedure.throw(error) if error else procedure.send(answer)
    except StopIteration as end:
        return _End(end.value)

"""How a job ended, with the end of its log."""

from collections.abc import Sequence
from typing import Any

from ml_platform.sdk.errors import JobEnded, JobFailed, JobStopped, PlatformError
from ml_platform.sdk.kube.effects import Emit, Procedure
from ml_platform.sdk.logs.driver_log import LogOptions, driver_log
from ml_platform.sdk.operations.read import JobPlace
from ml_platform.sdk.operations.watch import Seen
from ml_platform.sdk.state.exit_codes import exit_code_in
from ml_platform.sdk.state.objects import name_of, text
from ml_platform.sdk.state.status_message import log_of

LAST_LINES = 20


def last_lines(place: JobPlace, count: int = LAST_LINES) -> Procedure[list[str]]:
    """The end of the driver's log; none where it can't be read."""
    lines: list[str] = []
    try:
        yield from _collect(driver_log(place, LogOptions(tail=count)), lines)
    except PlatformError:
        return []
    return lines[-count:]


def _collect(log: Procedure[Any], lines: list[str]) -> Procedure[None]:
    answer: Any = None
    error: PlatformError | None = None
    while True:
        try:
            effect = log.throw(error) if error else log.send(answer)
        except StopIteration:
            return
        answer, error = None, None
        if isinstance(effect, Emit):
            lines.append(effect.value)
            continue
        try:
            answer = yield effect
        except PlatformError as failure:
            error = failure


def failure_of(seen: Seen) -> Procedure[JobEnded | None]:
    """The error that a job's end stands for; `None` for success."""
    status = seen.status
    if status.state not in ("failed", "stopped"):
        return None
    name = name_of(seen.job)
    place = JobPlace(text(seen.job, "metadata", "namespace") or "default", name)
    told = text(seen.job, "status", "message")
    lines: Sequence[str] = yield from last_lines(place)
    lines = lines or log_of(told)[-LAST_LINES:]
    reason = status.reason or ("Failed" if status.state == "failed" else "Stopped")
    message = status.message or ""
    if status.state == "stopped":
        return JobStopped(name, "was stopped", reason, message, lines)
    return JobFailed(name, "failed", reason, message, lines, exit_code_in(told))

"""What is wrong with one container of a pod.

Source: Kubernetes' container states.
"""

from ml_platform.sdk.state.exit_codes import describe_exit
from ml_platform.sdk.state.image_problem import image_problem
from ml_platform.sdk.state.memory_problem import out_of_memory
from ml_platform.sdk.state.objects import Json, Told, part, text
from ml_platform.sdk.state.root_causes import (
    CONTAINER_FAILED,
    CRASHES,
    IMAGE_REASONS,
    OUT_OF_MEMORY,
    START_REASONS,
)


def container_problem(pod: Json, status: Json) -> Told | None:
    """Reason and sentence of what is wrong with one container, if anything."""
    name = text(status, "name")
    waiting = part(status, "state", "waiting")
    terminated = part(status, "state", "terminated")
    before = part(status, "lastState", "terminated")
    reason = text(waiting, "reason")
    last = terminated or before
    if reason in IMAGE_REASONS:
        return reason, image_problem(status)
    if OUT_OF_MEMORY in (terminated.get("reason"), before.get("reason")):
        return OUT_OF_MEMORY, out_of_memory(pod, name)
    for start_reason in (reason, text(last, "reason")):
        if start_reason in START_REASONS:
            cause = text(waiting, "message") or text(last, "message") or start_reason
            return _told(start_reason, name, f"can't start: {cause}")
    # Between two tries it waits, starts and ends in turn: one problem, not three.
    crashes = reason == CRASHES or (status.get("restartCount") or 0) > 0
    failed = bool(last) and last.get("exitCode") != 0
    if crashes and not status.get("ready") and (failed or reason == CRASHES):
        again = waiting.get("message") or CRASHES
        return _told(CRASHES, name, _ending(status) or f"ends again and again: {again}")
    if terminated and failed:
        return _told(CONTAINER_FAILED, name, _ending(status) or "ended")
    return None


def _told(reason: str, name: str, what: str) -> Told:
    return reason, lambda where: f"Container {name} of {where} {what}"


def _ending(status: Json) -> str | None:
    """How a container ended last, whether or not it runs again by now."""
    ended = part(status, "state", "terminated") or part(status, "lastState", "terminated")
    if not ended:
        return None
    reason = text(ended, "reason")
    known = f", {reason}" if reason and reason not in ("Error", "Completed") else ""
    count = status.get("restartCount") or 0
    times = "once" if count == 1 else f"{count} times"
    again = f"; it was started again {times}" if count else ""
    message = f": {text(ended, 'message')}" if text(ended, "message") else ""
    return f"ended with {describe_exit(ended.get('exitCode') or 0)}{known}{again}{message}"

"""Which run of a job is on, and the cause of a failure that came before."""

from ml_platform.sdk.state.ended_state import join_sentences
from ml_platform.sdk.state.objects import Json, StateResult, part, text
from ml_platform.sdk.state.root_causes import (
    failure_reason,
    is_root_cause,
    loses_node,
    tells_error,
)
from ml_platform.sdk.state.stop_mark import SUSPENDED

_WITHOUT_PODS = frozenset(("failed", "retrying", "stopped", "suspended"))
"""States of a job that its pods have left."""


def job_attempt(job: Json) -> int:
    """Number of the current attempt, from 1, as far as the object alone tells.

    Runs that were suspended are not counted.
    """
    failures: int = part(job, "status").get("failed") or 0
    # KubeRay counts the failure in the same step that names the outcome.
    if text(job, "status", "jobDeploymentStatus") in ("Failed", "Retrying"):
        return max(1, failures)
    return failures + 1


def run_name(job: Json) -> str:
    """Text that tells one run of a job from the others: KubeRay names each anew."""
    names = [text(job, "status", "rayClusterName"), text(job, "status", "jobId")]
    return "/".join(name for name in names if name) or str(job_attempt(job))


def keep_cause(
    result: StateResult, attempt: int, before: tuple[StateResult, int] | None
) -> StateResult:
    """A job's state with the cause that was known before.

    When a job fails, or is stopped or suspended, its pods go, and KubeRay says no more than
    that; what was seen of the pods stays. The reason of a suspended job stays too. That a
    head can't be reached any more says less than what took it away.

    Args:
        result: the state now, of an attempt.
        attempt: number of that attempt.
        before: the answer for the change before, and the number of its attempt.
    """
    if before is None:
        return result
    earlier, earlier_attempt = before
    if not earlier.message or earlier_attempt != attempt:
        return result
    if result.reason == "RayUnreachable" and loses_node(earlier.reason):
        return result._replace(reason=earlier.reason, message=earlier.message)
    if result.state not in _WITHOUT_PODS:
        return result
    is_cause = is_root_cause(earlier.reason)
    if earlier.state == result.state:
        if not result.message or result.message not in earlier.message:
            return result
        reason = earlier.reason if is_cause else result.reason
        return result._replace(reason=reason, message=earlier.message)
    return _with_cause(result, earlier, earlier.message) if is_cause else result


def _with_cause(result: StateResult, earlier: StateResult, seen: str) -> StateResult:
    """A job that ended, with the cause that was seen before it did."""
    told = tells_error(result.message)
    reason = _reason_after(result, earlier, told)
    if seen in (result.message or ""):
        return result._replace(reason=reason)
    # As in the state itself: the program's own error is closer to the cause.
    if told and reason == result.reason:
        return result._replace(reason=reason, message=join_sentences(result.message, seen))
    # A job that has ended is not suspended any more.
    cause = seen.replace(f". {SUSPENDED}", "", 1)
    return result._replace(reason=reason, message=join_sentences(cause, result.message))


def _reason_after(result: StateResult, earlier: StateResult, told: bool) -> str | None:
    """The reason of a job that has left its pods, whose cause was seen of them."""
    if result.state == "suspended":
        return earlier.reason
    if result.state not in ("failed", "retrying"):
        return result.reason
    return failure_reason(
        result.reason,
        earlier.reason,
        message=result.message,
        told=told,
        ran=earlier.state == "running",
    )

"""Which run of a job is on, and the cause of a failure that came before."""

from ml_platform.sdk.state.ended_state import join_sentences
from ml_platform.sdk.state.objects import Json, StateResult, part, text
from ml_platform.sdk.state.pod_problem import is_root_cause
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
    that; what was seen of the pods stays first. The reason of a suspended job stays too.

    Args:
        result: the state now, of an attempt.
        attempt: number of that attempt.
        before: the answer for the change before, and the number of its attempt.
    """
    if result.state not in _WITHOUT_PODS or before is None:
        return result
    earlier, earlier_attempt = before
    if not earlier.message or earlier_attempt != attempt:
        return result
    is_cause = is_root_cause(earlier.reason)
    reason = earlier.reason if is_cause and result.state == "suspended" else result.reason
    if earlier.state == result.state:
        ends = result.message and earlier.message.endswith(result.message)
        return result._replace(reason=reason, message=earlier.message) if ends else result
    if not is_cause or (result.message or "").startswith(earlier.message):
        return result
    # A job that has ended is not suspended any more.
    cause = earlier.message.replace(f". {SUSPENDED}", "", 1)
    return result._replace(reason=reason, message=join_sentences(cause, result.message))

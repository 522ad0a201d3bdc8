"""What a user is told of a job that is on its cluster.

KubeRay's deployment status and reason decide; Ray's job status refines them; the pods say
why a job does not get on, which KubeRay itself never does.

Source: KubeRay 0.3 to 1.7 `RayJobStatus`, and recordings of its operator.
"""

from collections.abc import Sequence

from ml_platform.sdk.manifest.labels import KUEUE_LABEL_QUEUE
from ml_platform.sdk.state.causes import starting_cause
from ml_platform.sdk.state.ended_state import ended_state
from ml_platform.sdk.state.job_manager import job_manager, managed_elsewhere
from ml_platform.sdk.state.lost_head import lost_head, unreachable_head
from ml_platform.sdk.state.objects import Cause, Json, StateResult, part, text
from ml_platform.sdk.state.older_status import OLDER_STATUSES
from ml_platform.sdk.state.pod_problem import pods_problem
from ml_platform.sdk.state.refusals import refused_pod
from ml_platform.sdk.state.status_message import status_message
from ml_platform.sdk.state.stop_mark import is_stopping, stopped_at, suspended_state

_TERMINAL = frozenset(("succeeded", "failed", "stopped"))
# What is told of a job that was asked to stop, until it shows what came of it.
_STOPPING = Cause("Stopping", "It was asked to stop, and has not ended yet")


def is_terminal(state: str) -> bool:
    """True for a state that a job does not leave again."""
    return state in _TERMINAL


def job_state(job: Json, pods: Sequence[Json] = ()) -> StateResult:
    """State, reason and message of a job.

    Args:
        job: the RayJob as its cluster has it.
        pods: its submitter, and the pods of its current Ray cluster.
    """
    word = text(job, "status", "jobDeploymentStatus")
    if word == "":
        return _fresh(job, pods)
    if word in ("Complete", "Failed", "ValidationFailed"):
        return ended_state(job, pods)
    if word in ("Suspending", "Suspended"):
        return _suspended(job)
    if word == "Retrying":
        reason = text(job, "status", "reason") or "Retrying"
        return StateResult("retrying", reason, status_message(text(job, "status", "message")))
    if word == "Running":
        return _running(job, pods)
    if word == "Waiting":
        sentence = "The Ray cluster is ready and waits for a job to be submitted to it"
        return _starting(job, pods, "Waiting", sentence)
    if word == "Initializing":
        return _starting(job, pods, "Initializing", "The Ray cluster is starting")
    return _foreign(job, pods, word)


def _suspended(job: Json) -> StateResult:
    # Kueue suspends and resumes the jobs of its queues, whoever else does, but for those
    # that the platform stopped: it deactivates what Kueue has of them.
    queue = text(job, "metadata", "labels", KUEUE_LABEL_QUEUE)
    if queue and not stopped_at(job):
        return StateResult("queued", "Queued", status_message(f"Waits in the queue {queue}"))
    return suspended_state(job)


def _starting(job: Json, pods: Sequence[Json], reason: str, message: str) -> StateResult:
    cause = _STOPPING if is_stopping(job) else starting_cause(job, pods)
    return StateResult("pending", *(cause or (reason, message)))


def _fresh(job: Json, pods: Sequence[Json]) -> StateResult:
    """A job that KubeRay has not begun with, or is about to begin with again."""
    if part(job, "spec").get("suspend"):
        return _suspended(job)
    if (part(job, "status").get("failed") or 0) > 0:
        sentence = "The last attempt failed; the next one is being prepared"
        return StateResult("retrying", "Retrying", sentence)
    manager = job_manager(job)
    if manager:
        return StateResult("pending", "ManagedElsewhere", managed_elsewhere(manager))
    return _starting(job, pods, "Created", "KubeRay has not started this job yet")


def _running(job: Json, pods: Sequence[Json]) -> StateResult:
    job_status = text(job, "status", "jobStatus")
    message = text(job, "status", "message")
    if is_stopping(job) and job_status not in ("SUCCEEDED", "FAILED"):
        return StateResult("running", *_STOPPING)
    refused = refused_pod(part(job, "status", "rayClusterStatus"))
    problem = pods_problem(pods, "entrypoint") or refused
    if job_status == "RUNNING":
        told = problem or lost_head(job, pods) or (None, status_message(message))
        return StateResult("running", *told)
    if job_status in ("SUCCEEDED", "FAILED", "STOPPED"):
        ended = f"The entrypoint has ended ({job_status.lower()}); KubeRay closes the job"
        return StateResult("running", "Finishing", ended)
    if job_status in ("", "PENDING"):
        sentence = "The Ray cluster is ready; the entrypoint is being submitted"
        return _starting(job, pods, "Submitting", sentence)
    if problem:
        return StateResult("running", *problem)
    if job_status == "Failure":
        return StateResult("running", *unreachable_head(message))
    return StateResult("running", job_status, f"Ray gives the entrypoint the status {job_status}")


def _foreign(job: Json, pods: Sequence[Json], word: str) -> StateResult:
    """A status of an operator that is older or newer than this package knows."""
    job_status = text(job, "status", "jobStatus")
    detail = status_message(text(job, "status", "message"))
    older = OLDER_STATUSES.get(word)
    known = (
        older.sentence if older else ("This job has a status that this portal does not know yet")
    )
    sentence = f"{known} ({f'{word}: {detail}' if detail else word})"
    if older and older.phase == "failed":
        return StateResult("failed", "Failed", sentence)
    if older and older.phase == "starting":
        return _starting(job, pods, "Initializing", sentence)
    if job_status == "RUNNING":
        reason = "RayUnreachable" if older else word
        running = f"{sentence}; Ray last reported the entrypoint as running"
        return StateResult("running", reason, running)
    if job_status in ("", "PENDING"):
        if older:
            return StateResult("pending", "Submitting", sentence)
        return StateResult("unknown", word, sentence)
    last = f"{sentence}; Ray last gave the entrypoint the status {job_status}"
    return StateResult("unknown", word, last)

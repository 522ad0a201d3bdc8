"""How a job ended that KubeRay is done with."""

from collections.abc import Sequence

from ml_platform.sdk.state.objects import Json, StateResult, text
from ml_platform.sdk.state.pod_problem import pods_problem
from ml_platform.sdk.state.status_message import error_of, status_message


def join_sentences(*sentences: str | None) -> str | None:
    """Sentences one after the other, each of them once."""
    known = dict.fromkeys(sentence for sentence in sentences if sentence)
    return ". ".join(known).replace(".. ", ". ") or None


def ended_state(job: Json, pods: Sequence[Json]) -> StateResult:
    """State of a job that is Complete, Failed or ValidationFailed."""
    job_status = text(job, "status", "jobStatus")
    deployment = text(job, "status", "jobDeploymentStatus")
    reason = text(job, "status", "reason")
    message = status_message(text(job, "status", "message"))
    if deployment == "ValidationFailed":
        return StateResult("failed", reason or "ValidationFailed", message)
    if deployment == "Failed" or job_status == "FAILED":
        return _failed(job, pods)
    if job_status == "SUCCEEDED":
        return StateResult("succeeded", reason or None, message)
    if job_status == "STOPPED":
        return StateResult("stopped", reason or "Stopped", message)
    told = (
        f"gives the entrypoint the status {job_status}"
        if job_status
        else "reports nothing about its entrypoint"
    )
    sentence = f"KubeRay calls the job complete, but Ray {told}"
    return StateResult("unknown", reason or "Complete", sentence)


def _failed(job: Json, pods: Sequence[Json]) -> StateResult:
    job_status = text(job, "status", "jobStatus")
    entrypoint = job_status == "FAILED"
    problem = pods_problem(pods, "entrypoint" if entrypoint else "starting")
    message = text(job, "status", "message")
    general = status_message(message)
    # The program's own error is closer to the cause than what its pods say.
    first = general if error_of(message) else None
    # KubeRay does not stop the Ray job when a deadline passes (kuberay#2314).
    contradiction = (
        "Ray still reports the entrypoint as running"
        if job_status in ("RUNNING", "PENDING")
        else None
    )
    reason = text(job, "status", "reason") or ("AppFailed" if entrypoint else "Failed")
    pods_say = problem.message if problem else None
    return StateResult("failed", reason, join_sentences(first, pods_say, general, contradiction))

"""How a job ended that KubeRay is done with."""

from collections.abc import Sequence

from ml_platform.sdk.state.objects import Json, StateResult, part, text
from ml_platform.sdk.state.pod_problem import pods_problem
from ml_platform.sdk.state.refusals import refused_pod
from ml_platform.sdk.state.root_causes import (
    cause_in_error,
    failure_reason,
    loses_node,
    tells_error,
    tells_loss,
)
from ml_platform.sdk.state.status_message import status_message


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
    if problem is None and not job_status:
        problem = refused_pod(part(job, "status", "rayClusterStatus"))
    cause = problem.reason if problem else None
    general = status_message(text(job, "status", "message"))
    told = tells_error(general)
    # The program's own error is closer to the cause than what its pods say, unless it tells
    # no more than that it lost one of them.
    lost = loses_node(cause) and tells_loss(general)
    first = general if told and not lost else None
    # KubeRay does not stop the Ray job when a deadline passes (kuberay#2314).
    contradiction = (
        "Ray still reports the entrypoint as running"
        if job_status in ("RUNNING", "PENDING")
        else None
    )
    reason = failure_reason(
        text(job, "status", "reason") or ("AppFailed" if entrypoint else None),
        cause or cause_in_error(general),
        message=general,
        told=told,
        ran=job_status in ("FAILED", "RUNNING"),
    )
    pods_say = problem.message if problem else None
    message = join_sentences(first, pods_say, general, contradiction)
    return StateResult("failed", reason or "Failed", message)

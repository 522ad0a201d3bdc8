"""Stopping and deleting jobs that git doesn't own."""

from contextlib import suppress
from datetime import datetime

from ml_platform.sdk.errors import Conflict, PlatformError
from ml_platform.sdk.kube.effects import Procedure, call
from ml_platform.sdk.kube.paths import rayjobs
from ml_platform.sdk.operations.git_claim import check_not_in_git
from ml_platform.sdk.operations.kueue import leave_kueue
from ml_platform.sdk.operations.ray_api import ray_job_path
from ml_platform.sdk.operations.read import JobPlace, read_job
from ml_platform.sdk.state.job_state import is_terminal, job_state
from ml_platform.sdk.state.objects import Json, part, text
from ml_platform.sdk.state.stop_mark import stop_mark


def stop_job(place: JobPlace, now: datetime) -> Procedure[None]:
    """Stops a job and keeps its record.

    While its entrypoint runs, Ray is asked to stop it, so that it ends as STOPPED, and the
    job is marked. Before that only the RayJob itself can be stopped: it is suspended when
    KubeRay allows that, taken out of its Kueue queue, and marked as stopped.

    Raises `Conflict` when the job has ended or can't be stopped in its state, and `Refused`
    when git owns it.
    """
    job = yield from read_job(place)
    state = job_state(job).state
    if is_terminal(state):
        raise Conflict(f"{place.name} has ended ({state}); there is nothing to stop")
    check_not_in_git("stop", job)
    run = ray_job_path(job) if text(job, "status", "jobId") else None
    if state == "running" and run:
        yield from call("POST", f"{run}/stop")
        # Ray has taken the stop; that nobody can see it yet makes it no failure.
        with suppress(PlatformError):
            yield from _patch(place, {"metadata": {"annotations": stop_mark(job, now)}})
        return
    # KubeRay's rule: suspend needs shutdownAfterJobFinishes, and no selector.
    spec = part(job, "spec")
    if not spec.get("shutdownAfterJobFinishes") or spec.get("clusterSelector"):
        raise Conflict(
            f"{place.name} is {state} and can't be stopped before its entrypoint runs; "
            "wait, or delete it"
        )
    yield from leave_kueue(job)
    mark = {"annotations": stop_mark(job, now)}
    yield from _patch(place, {"metadata": mark, "spec": {"suspend": True}})


def _patch(place: JobPlace, body: Json) -> Procedure[None]:
    yield from call(
        "PATCH", rayjobs(*place), body=body, content_type="application/merge-patch+json"
    )


def delete_job(place: JobPlace) -> Procedure[None]:
    """Deletes a job with everything that belongs to it.

    Raises `NotFound` when there is no such job, and `Refused` when git owns it.
    """
    job = yield from read_job(place)
    check_not_in_git("delete", job)
    # Of a job that was deleted and created again meanwhile, nothing is deleted.
    yield from call(
        "DELETE",
        rayjobs(*place),
        body={
            "propagationPolicy": "Background",
            "preconditions": {"uid": text(job, "metadata", "uid")},
        },
    )

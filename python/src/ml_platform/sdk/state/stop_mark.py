"""What tells a job that the platform stops from one that somebody suspends."""

from datetime import datetime, timezone

from ml_platform.sdk.manifest.labels import ANNOTATION_STOPPED_AT
from ml_platform.sdk.state.objects import Json, StateResult, part, text
from ml_platform.sdk.state.times import read_time

SUSPENDED = "Suspended; it starts when spec.suspend is set to false"
_STOPPED = "Stopped while Ray was not running it; to train, run it again"


def stop_mark(job: Json, now: datetime) -> dict[str, str]:
    """Annotations to set when a job is stopped.

    Together with `spec.suspend` they tell such a job from one that somebody suspends to
    resume it later; without, a job that Ray was asked to stop from one that simply runs.

    Args:
        job: the job that is to be stopped.
        now: with a time zone.
    """
    # The operator's clock may be ahead of ours.
    started = read_time(text(job, "status", "startTime"))
    at = max(now, started) if started else now
    stamp = at.astimezone(timezone.utc).isoformat(timespec="milliseconds")
    return {ANNOTATION_STOPPED_AT: stamp.replace("+00:00", "Z")}


def stopped_at(job: Json) -> datetime | None:
    """When the platform stopped a job by suspending it.

    `None` for a job that is not stopped so, or has been resumed since: then it was started
    after the mark. Source: KubeRay 1.7 sets `status.startTime` for each run that it begins,
    and keeps it when it suspends the run.
    """
    word = text(job, "status", "jobDeploymentStatus")
    suspended = part(job, "spec").get("suspend") is True
    return _mark_of(job) if suspended and word in ("", "Suspending", "Suspended") else None


def is_stopping(job: Json) -> bool:
    """True for a job that was asked to stop, and that has not ended yet."""
    word = text(job, "status", "jobDeploymentStatus")
    suspended = part(job, "spec").get("suspend") is True
    waits = word in ("Initializing", "Waiting") and suspended
    return (word == "Running" or waits) and _mark_of(job) is not None


def _mark_of(job: Json) -> datetime | None:
    """When the run of a job that is on was asked to stop."""
    at = read_time(text(job, "metadata", "annotations", ANNOTATION_STOPPED_AT))
    started = read_time(text(job, "status", "startTime"))
    return None if at is None or (started and at < started) else at


def suspended_state(job: Json) -> StateResult:
    """State of a suspended job that no queue has."""
    if stopped_at(job):
        return StateResult("stopped", "Stopped", _STOPPED)
    return StateResult("suspended", "Suspended", SUSPENDED)

"""How a job does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from ml_platform.sdk.state.attempts import job_attempt
from ml_platform.sdk.state.job_state import is_terminal
from ml_platform.sdk.state.objects import Json, StateResult, text
from ml_platform.sdk.state.stop_mark import stopped_at
from ml_platform.sdk.state.times import read_time

JobState = Literal[
    "queued",
    "pending",
    "running",
    "succeeded",
    "failed",
    "stopped",
    "suspended",
    "retrying",
    "unknown",
]
"""What a user is told of a job, in one word."""


@dataclass(frozen=True, slots=True)
class JobStatus:
    """State of a job with its reason. Times are those of the current attempt."""

    state: JobState
    reason: str | None
    """CamelCase word as Kubernetes or KubeRay gives it."""
    message: str | None
    """A sentence for people."""
    attempt: int
    """From 1; counts KubeRay's retries."""
    started_at: datetime | None
    """When Ray started the entrypoint."""
    ended_at: datetime | None

    @property
    def is_over(self) -> bool:
        """True for a state that a job does not leave again."""
        return is_terminal(self.state)

    def __str__(self) -> str:
        reason = f" ({self.reason})" if self.reason else ""
        return f"{self.state}{reason}{f': {self.message}' if self.message else ''}"


def job_status(job: Json, result: StateResult) -> JobStatus:
    """The status of a job, from its object and its state."""
    over = is_terminal(result.state)
    started = text(job, "status", "rayJobInfo", "startTime")
    if not started and over and text(job, "status", "jobStatus"):
        # Ray says when; where it does not, the attempt's start is the next best.
        started = text(job, "status", "startTime")
    ended = text(job, "status", "endTime") or text(job, "status", "rayJobInfo", "endTime")
    return JobStatus(
        state=cast(JobState, result.state),
        reason=result.reason,
        message=result.message,
        attempt=job_attempt(job),
        started_at=read_time(started),
        ended_at=(stopped_at(job) or read_time(ended)) if over else None,
    )

"""What can go wrong. Each message says what happened and what to do next."""

from collections.abc import Sequence


class PlatformError(Exception):
    """Base of every error of this package."""


class InvalidJob(PlatformError):
    """A job that can't be created as it is asked for; names each wrong field."""


class NotFound(PlatformError):
    """There is no such job, cluster or context."""


class Conflict(PlatformError):
    """The name is taken, or the job is in a state that doesn't allow the change."""


class Refused(PlatformError):
    """The cluster refuses, or git owns the job, so that it can't be changed from here."""


class Unreachable(PlatformError):
    """The cluster, or the Ray cluster on it, doesn't answer."""


class JobEnded(PlatformError):
    """A job that ended without success.

    Attributes:
        reason: CamelCase word as Kubernetes or KubeRay gives it, for example `OOMKilled`.
        message: a sentence for people; empty where nothing is known.
        last_lines: the end of the driver's log, oldest first.
        exit_code: exit code of the entrypoint, where it is known.
    """

    def __init__(
        self,
        name: str,
        outcome: str,
        reason: str,
        message: str,
        last_lines: Sequence[str] = (),
        exit_code: int | None = None,
    ) -> None:
        self.reason = reason
        self.message = message
        self.last_lines = tuple(last_lines)
        self.exit_code = exit_code
        text = f"{name} {outcome} ({reason})"
        if message:
            text += f": {message}"
        if last_lines:
            text += "\nLast lines of its log:\n" + "\n".join(f"  {line}" for line in last_lines)
        super().__init__(text)


class JobFailed(JobEnded):
    """The job failed, or KubeRay gave it up."""


class JobStopped(JobEnded):
    """Somebody stopped the job."""


class JobTimeout(PlatformError, TimeoutError):
    """A job that has not ended in the time that somebody waits for it.

    Attributes:
        reason: CamelCase word, or the state where there is none.
        message: a sentence for people; empty where nothing is known.
        last_lines: the end of the driver's log so far, oldest first.
    """

    def __init__(
        self,
        name: str,
        timeout: float,
        status: object,
        reason: str,
        message: str,
        last_lines: Sequence[str] = (),
    ) -> None:
        self.reason = reason
        self.message = message
        self.last_lines = tuple(last_lines)
        super().__init__(
            f"{name} has not ended after {timeout:g} s: it is {status}. It goes on; wait "
            "again, or stop it"
        )


class InvalidSettings(PlatformError):
    """A settings file is wrong; the message names it."""

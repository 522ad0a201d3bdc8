"""The words by which a problem of a job is known: `reason` of its state."""

import re

CRASHES = "CrashLoopBackOff"
CONTAINER_FAILED = "ContainerFailed"
OUT_OF_MEMORY = "OOMKilled"

IMAGE_REASONS = frozenset(
    (
        "ImagePullBackOff",
        "ErrImagePull",
        "ErrImageNeverPull",
        "InvalidImageName",
        "ImageInspectError",
        "RegistryUnavailable",
    )
)
START_REASONS = frozenset(
    (
        "CreateContainerConfigError",
        "CreateContainerError",
        "RunContainerError",
        "StartError",
        "ContainerCannotRun",
    )
)
_TAKEN_AWAY = frozenset(
    (
        "DeletionByPodGC",
        "EvictionByEvictionAPI",
        "Evicted",
        "NodeLost",
        "NodeShutdown",
        "PreemptionByScheduler",
        "SpotNodeReclaimed",
    )
)
_REFUSALS = frozenset(("PodRefused", "PolicyRefused", "QuotaExceeded"))
_ROOT_CAUSES = frozenset(
    (
        *IMAGE_REASONS,
        *START_REASONS,
        *_TAKEN_AWAY,
        *_REFUSALS,
        CRASHES,
        OUT_OF_MEMORY,
        CONTAINER_FAILED,
        "RayUnreachable",
        "SubmitterEnded",
        "Unschedulable",
        "WaitingForRayCluster",
    )
)
# KubeRay's reasons for a job that did not get as far as it should in time.
_TOO_LATE = frozenset(
    (
        "DeadlineExceeded",
        "JobDeploymentStatusTransitionGracePeriodExceeded",
        "JobStatusCheckTimeoutExceeded",
        "PreRunningDeadlineExceeded",
        "SubmissionFailed",
    )
)
# Reasons that say no more than that a job failed.
_GENERAL = frozenset(("AppFailed", "Failed"))
# What a program says that lost a process, a node or what it had in memory.
_LOST_PROCESS = re.compile(
    r"\b(?:\w*(?:WorkerCrashed|ActorDied|RayActor|ActorUnavailable|NodeDied|RayletDied|"
    r"ObjectLost|ObjectReconstructionFailed\w*|OwnerDied)Error|"
    r"ray\.exceptions\.OutOfMemoryError|Killed)\b|exit code (?:137|-9)\b",
    re.ASCII,
)
_TELLS_ERROR = re.compile(r"\bexit code -?\d+(?: \([^)]*\))?: .", re.ASCII)
# Ray's memory monitor killed a task, before the kernel would have.
_RAY_OUT_OF_MEMORY = re.compile(r"\bray\.exceptions\.OutOfMemoryError\b", re.ASCII)


def is_root_cause(reason: str | None) -> bool:
    """True for the reason of a problem that explains a failure after it."""
    return reason in _ROOT_CAUSES


def loses_node(reason: str | None) -> bool:
    """True for a problem that makes a Ray node go away, and with it what ran there."""
    return reason == OUT_OF_MEMORY or reason in _TAKEN_AWAY


def tells_error(message: str | None) -> bool:
    """True for a message of KubeRay that goes on with the program's own error."""
    return bool(_TELLS_ERROR.search(message or ""))


def tells_loss(message: str | None) -> bool:
    """True for a message of a program that failed as something was taken from it."""
    return bool(_LOST_PROCESS.search(message or ""))


def cause_in_error(message: str | None) -> str | None:
    """The cause that a program's own error tells."""
    return OUT_OF_MEMORY if _RAY_OUT_OF_MEMORY.search(message or "") else None


def failure_reason(
    reason: str | None, cause: str | None, *, message: str | None, told: bool, ran: bool
) -> str | None:
    """The reason to show for a failure whose cause is known.

    It is the cause, where KubeRay tells only what came of it. That a deadline passed while
    an image could not be pulled is a problem of the image.

    Args:
        reason: KubeRay's word.
        cause: reason of what is known of the pods.
        message: what KubeRay or the program said of the failure.
        told: true where the program told an error of its own.
        ran: true where the entrypoint ran until then.
    """
    if not is_root_cause(cause):
        return reason
    if not reason or (reason in _TOO_LATE and not ran):
        return cause
    explains = loses_node(cause) and (not told or tells_loss(message))
    return cause if reason in _GENERAL and explains else reason

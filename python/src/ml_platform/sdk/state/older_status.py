"""The deployment statuses of KubeRay before 1.1.

They live on in jobs that an older operator left behind. Source: `rayjob_types.go` and the
controller of KubeRay 0.3 to 1.0.
"""

from typing import Literal, NamedTuple


class OlderStatus(NamedTuple):
    """The phase that a status means, and a sentence."""

    phase: Literal["starting", "asking", "failed"]
    sentence: str


OLDER_STATUSES = {
    "WaitForDashboard": OlderStatus("starting", "The Ray cluster's dashboard has no address yet"),
    "WaitForDashboardReady": OlderStatus("starting", "The Ray cluster's dashboard is starting"),
    "WaitForK8sJob": OlderStatus(
        "starting", "The submitter is starting; it submits the entrypoint to Ray"
    ),
    "FailedToGetJobStatus": OlderStatus("asking", "KubeRay couldn't ask Ray about the job"),
    "FailedToGetOrCreateRayCluster": OlderStatus(
        "failed", "KubeRay couldn't create the Ray cluster"
    ),
    "FailedJobDeploy": OlderStatus("failed", "KubeRay couldn't submit the job"),
}

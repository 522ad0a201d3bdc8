"""What keeps a job from starting, as far as it can be known."""

from collections.abc import Sequence

from ml_platform.sdk.manifest.labels import RAY_LABEL_CLUSTER
from ml_platform.sdk.state.exit_codes import describe_exit
from ml_platform.sdk.state.objects import Cause, Json, items, name_of, part, text
from ml_platform.sdk.state.pod_problem import pods_problem
from ml_platform.sdk.state.refusals import refused_pod
from ml_platform.sdk.state.submitter import submission_mode, submitter_container


def starting_cause(job: Json, pods: Sequence[Json]) -> Cause | None:
    """The first of: an ended submitter, a pod's problem, a refusal, a missing Ray cluster."""
    return (
        _ended_submitter(job, pods)
        or pods_problem(pods, "starting")
        or refused_pod(part(job, "status", "rayClusterStatus"))
        or _missing_cluster(job)
    )


def _ended_submitter(job: Json, pods: Sequence[Json]) -> Cause | None:
    """A SidecarMode submitter is never started again: KubeRay then waits for ever."""
    if submission_mode(job) != "SidecarMode":
        return None
    for pod in pods:
        name = submitter_container(job, pod)
        statuses = items(pod, "status", "containerStatuses")
        status = next((one for one in statuses if name and one.get("name") == name), None)
        ended = part(status, "state", "terminated")
        if ended:
            return Cause(
                "SubmitterEnded",
                f"The submitter in {name_of(pod)} ended with "
                f"{describe_exit(ended.get('exitCode') or 0)} before the Ray cluster was "
                "ready, and KubeRay doesn't start it again; look at its log, then delete "
                "the job and run it again",
            )
    return None


def _missing_cluster(job: Json) -> Cause | None:
    """A job that runs on a Ray cluster which exists, as its selector claims.

    Nothing in the object says whether it does; KubeRay looks for it without end.
    """
    selector = part(job, "spec", "clusterSelector")
    begun = text(job, "status", "jobDeploymentStatus") == "Initializing"
    live = part(job, "status", "rayClusterStatus")
    reported = live.get("state") or live.get("lastUpdateTime")
    if RAY_LABEL_CLUSTER not in selector or not begun or reported:
        return None
    return Cause(
        "WaitingForRayCluster",
        f"Waits for the Ray cluster {selector[RAY_LABEL_CLUSTER]}, which KubeRay has not "
        "found so far; check that it exists in this namespace, or correct "
        "spec.clusterSelector and run the job again",
    )

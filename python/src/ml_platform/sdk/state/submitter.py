"""The container that submits a job's entrypoint and prints what it writes."""

from ml_platform.sdk.manifest.labels import RAY_LABEL_NODE_TYPE, SUBMITTER_CONTAINER
from ml_platform.sdk.state.objects import Json, items, text

SUBMISSION_ID = "RAY_JOB_SUBMISSION_ID"
"""Variable that KubeRay sets on the container that submits, and on no other."""


def submission_mode(job: Json) -> str:
    """K8sJobMode, SidecarMode, HTTPMode or InteractiveMode."""
    return text(job, "spec", "submissionMode") or "K8sJobMode"


def submitter_container(job: Json, pod: Json) -> str | None:
    """Name of the container in a pod that submits; `None` for a pod that doesn't submit.

    In K8sJobMode KubeRay submits from the first container of the job's own
    `submitterPodTemplate`, whatever its name. The pod can't be asked for its first
    container: a webhook may have put another before it, as Istio does. In SidecarMode
    KubeRay adds a container of a fixed name to the head's pod.

    Source: KubeRay 1.7, `getSubmitterTemplate` and `constructRayClusterForRayJob`.
    """
    containers = items(pod, "spec", "containers")
    names = [container.get("name") for container in containers]
    node_type = text(pod, "metadata", "labels", RAY_LABEL_NODE_TYPE)
    mode = submission_mode(job)
    if mode == "SidecarMode":
        found = node_type == "head" and SUBMITTER_CONTAINER in names
        return SUBMITTER_CONTAINER if found else None
    if mode != "K8sJobMode" or node_type:
        return None
    template = items(job, "spec", "submitterPodTemplate", "spec", "containers")
    wanted = (template[0].get("name") if template else None) or SUBMITTER_CONTAINER
    marked = next((one for one in containers if _submits(one)), None)
    chosen = marked or (containers[0] if containers else {})
    return wanted if wanted in names else chosen.get("name")


def _submits(container: Json) -> bool:
    return any(variable.get("name") == SUBMISSION_ID for variable in items(container, "env"))

"""Jobs that another controller manages in KubeRay's place."""

from ml_platform.sdk.state.objects import Json, text

_KUBERAY = "ray.io/kuberay-operator"
_MULTIKUEUE = "kueue.x-k8s.io/multikueue"


def job_manager(job: Json) -> str | None:
    """Who manages a job in KubeRay's place, in words; `None` for KubeRay."""
    manager = text(job, "spec", "managedBy")
    if not manager or manager == _KUBERAY:
        return None
    return "MultiKueue" if manager == _MULTIKUEUE else manager


def managed_elsewhere(manager: str) -> str:
    """Why nothing happens to a job here that another controller manages."""
    if manager == "MultiKueue":
        return (
            "MultiKueue manages this job: it starts the job on another cluster, and will "
            "report here how the job does"
        )
    return f"{manager} manages this job, not KubeRay, and has reported nothing about it yet"

"""Ray's own Job API, through the API server's service proxy."""

from urllib.parse import quote

from ml_platform.sdk.kube.paths import service_proxy
from ml_platform.sdk.state.objects import Json, text

_DASHBOARD_PORT = 8265
"""Port of Ray's dashboard, as KubeRay's head service names it."""


def ray_job_path(job: Json) -> str | None:
    """Path of a job's current run; `None` before there is a head service."""
    # `<service>.<namespace>.svc.cluster.local:8265`
    service = text(job, "status", "dashboardURL").split(".")[0]
    if not service:
        return None
    namespace = text(job, "metadata", "namespace") or "default"
    run = quote(text(job, "status", "jobId"), safe="")
    return service_proxy(namespace, service, _DASHBOARD_PORT, f"/api/jobs/{run}")

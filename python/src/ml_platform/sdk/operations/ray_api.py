"""Ray's own APIs, through the API server's service proxy."""

from urllib.parse import quote

from ml_platform.sdk.kube.paths import service_proxy
from ml_platform.sdk.state.objects import Json, text

_DASHBOARD_PORT = 8265
"""Port of Ray's dashboard, as KubeRay's head service names it."""


def ray_job_path(job: Json) -> str | None:
    """Path of a job's current run; `None` before there is a head service."""
    run = quote(text(job, "status", "jobId"), safe="")
    return _path(job, f"/api/jobs/{run}")


def ray_file_path(job: Json) -> str:
    """Path of the file that a driver writes; only where there is a head service."""
    return _path(job, "/api/v0/logs/file") or ""


def _path(job: Json, path: str) -> str | None:
    # `<service>.<namespace>.svc.cluster.local:8265`
    service = text(job, "status", "dashboardURL").split(".")[0]
    namespace = text(job, "metadata", "namespace") or "default"
    return service_proxy(namespace, service, _DASHBOARD_PORT, path) if service else None

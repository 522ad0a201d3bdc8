"""Paths of the API server."""

from urllib.parse import quote


def _segment(text: str) -> str:
    return quote(text, safe="")


def _path(root: str, namespace: str | None, *segments: str) -> str:
    place = () if namespace is None else ("namespaces", namespace)
    parts = [_segment(segment) for segment in (*place, *segments)]
    return "/".join((root, *parts))


def rayjobs(namespace: str | None, *name: str) -> str:
    """Path of RayJobs, or of one; without a namespace, of all namespaces."""
    return _path("/apis/ray.io/v1", namespace, "rayjobs", *name)


def rayclusters(namespace: str, *name: str) -> str:
    """Path of RayClusters, or of one."""
    return _path("/apis/ray.io/v1", namespace, "rayclusters", *name)


def pods(namespace: str, *name: str) -> str:
    """Path of pods, of one, or of a part of one (`log`)."""
    return _path("/api/v1", namespace, "pods", *name)


def kueue_workloads(version: str, namespace: str, *name: str) -> str:
    """Path of Kueue's Workloads, or of one."""
    return _path(f"/apis/kueue.x-k8s.io/{version}", namespace, "workloads", *name)


def service_proxy(namespace: str, service: str, port: int, path: str) -> str:
    """Path of a service's own HTTP through the API server; `path` begins with a slash."""
    return f"{_path('/api/v1', namespace, 'services', service)}:{port}/proxy{path}"

"""Scaling the workers of a Ray cluster."""

from ml_platform.sdk.errors import Conflict, NotFound
from ml_platform.sdk.kube.effects import Procedure, call
from ml_platform.sdk.kube.paths import rayclusters
from ml_platform.sdk.operations.git_claim import check_cluster_not_in_git
from ml_platform.sdk.state.objects import Json, items, part, text


def scale_workers(namespace: str, name: str, workers: int, group: str | None) -> Procedure[None]:
    """Sets the number of workers of one group of a Ray cluster.

    Args:
        namespace: of the Ray cluster.
        name: of the Ray cluster.
        workers: replicas, within the group's bounds.
        group: needed where the cluster has several.

    Raises `NotFound` when there is no such cluster or group, `Conflict` outside of the
    group's bounds and where Ray's autoscaler or a job decides, and `Refused` when git owns
    the cluster.
    """
    cluster: Json = yield from call("GET", rayclusters(namespace, name))
    _check_decider(name, cluster)
    check_cluster_not_in_git(cluster)
    groups = items(cluster, "spec", "workerGroupSpecs")
    index = _group_index(name, groups, group)
    _check_bounds(groups[index], workers)
    at = f"/spec/workerGroupSpecs/{index}"
    patch = [
        # Fails when the groups were changed meanwhile.
        {"op": "test", "path": f"{at}/groupName", "value": groups[index].get("groupName")},
        {"op": "add", "path": f"{at}/replicas", "value": workers},
    ]
    kind = "application/json-patch+json"
    yield from call("PATCH", rayclusters(namespace, name), body=patch, content_type=kind)


def _check_decider(name: str, cluster: Json) -> None:
    if part(cluster, "spec").get("enableInTreeAutoscaling"):
        raise Conflict(
            f"{name} is scaled by Ray's autoscaler; change the group's minReplicas and "
            "maxReplicas instead"
        )
    for owner in items(cluster, "metadata", "ownerReferences"):
        if owner.get("kind") == "RayJob":
            raise Conflict(
                f"{name} belongs to the job {owner.get('name')}; ask for other workers when "
                "you submit it"
            )


def _check_bounds(group: Json, workers: int) -> None:
    least = group.get("minReplicas") or 0
    most = group.get("maxReplicas")
    if workers < least or (most is not None and workers > most):
        bounds = f"{least} or more" if most is None else f"from {least} to {most}"
        name = text(group, "groupName")
        raise Conflict(f"{name} may have {bounds} workers, not {workers}")


def _group_index(cluster: str, groups: list[Json], group: str | None) -> int:
    names = [text(each, "groupName") for each in groups]
    if group in names:
        return names.index(group)
    if group is None and len(names) == 1:
        return 0
    has = ", ".join(names) or "none"
    if group is None:
        raise Conflict(f"Name the worker group of {cluster} that you mean; it has {has}")
    raise NotFound(f"{cluster} has no worker group {group}; it has {has}")

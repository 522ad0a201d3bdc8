"""Scaling the workers of a Ray cluster."""

from ml_platform.sdk.errors import Conflict, InvalidJob, NotFound
from ml_platform.sdk.kube.effects import Procedure, call
from ml_platform.sdk.kube.paths import rayclusters
from ml_platform.sdk.manifest.request import MOST_WORKERS
from ml_platform.sdk.manifest.validation import whole_number_problem
from ml_platform.sdk.operations.git_claim import check_not_in_git
from ml_platform.sdk.operations.read import JobPlace, read_job
from ml_platform.sdk.state.objects import Json, items, part, text


def scale_workers(place: JobPlace, workers: int, group: str | None) -> Procedure[str]:
    """Sets the replicas of a worker group, and answers with the Ray cluster's name.

    Args:
        place: names a job that has a Ray cluster, or a Ray cluster.
        workers: replicas, from 0 to 1000.
        group: needed where the cluster has several.

    Raises `Conflict` where an autoscaler decides or the group is not clear, and `Refused`
    when git owns the cluster.
    """
    problem = whole_number_problem(workers, 0, MOST_WORKERS)
    if problem:
        raise InvalidJob(f"Can't scale {place.name}: workers: {problem}")
    cluster = yield from _find_cluster(place)
    name = text(cluster, "metadata", "name")
    check_not_in_git("scale", "RayCluster", cluster)
    if part(cluster, "spec").get("enableInTreeAutoscaling"):
        raise Conflict(
            f"Ray's autoscaler decides how many workers {name} has; change the bounds of the "
            "worker group instead"
        )
    groups = items(cluster, "spec", "workerGroupSpecs")
    index = _group_index(name, groups, group)
    at = f"/spec/workerGroupSpecs/{index}"
    own = groups[index]
    patch = [
        # Another group may have come before it meanwhile.
        {"op": "test", "path": f"{at}/groupName", "value": own.get("groupName")},
        {"op": "add", "path": f"{at}/replicas", "value": workers},
    ]
    # KubeRay keeps replicas within the bounds.
    if workers < (own.get("minReplicas") or 0):
        patch.append({"op": "add", "path": f"{at}/minReplicas", "value": workers})
    most = own.get("maxReplicas")
    if most is not None and workers > most:
        patch.append({"op": "add", "path": f"{at}/maxReplicas", "value": workers})
    yield from call(
        "PATCH",
        rayclusters(place.namespace, name),
        body=patch,
        content_type="application/json-patch+json",
    )
    return name


def _find_cluster(place: JobPlace) -> Procedure[Json]:
    name = place.name
    try:
        job = yield from read_job(place)
        name = text(job, "status", "rayClusterName")
    except NotFound:
        pass
    if not name:
        raise Conflict(f"{place.name} has no Ray cluster yet; wait until it is pending")
    try:
        cluster: Json = yield from call("GET", rayclusters(place.namespace, name))
    except NotFound as error:
        raise NotFound(
            f"There is no job and no Ray cluster {name} in the namespace {place.namespace}"
        ) from error
    return cluster


def _group_index(cluster: str, groups: list[Json], group: str | None) -> int:
    names = [text(each, "groupName") for each in groups]
    if group in names:
        return names.index(group)
    if group is None and len(names) == 1:
        return 0
    if not names:
        raise Conflict(f"{cluster} has no worker group: its head does the work")
    what = f"has no group {group}" if group else "has several worker groups"
    raise Conflict(f"{cluster} {what}; pass group= with one of {', '.join(names)}")

"""A job's specification as it was before Kueue admitted the job."""

from typing import Any

from ml_platform.sdk.state.objects import Json, items, part, text

# Name of the part of a job that a template is, as Kueue writes it on an admitted one.
_LABEL_PODSET = "kueue.x-k8s.io/podset"

# What Kueue writes on the templates of a job that it admits.
_ADDED = frozenset(
    (
        _LABEL_PODSET,
        "kueue.x-k8s.io/workload",
        "kueue.x-k8s.io/cluster-queue-name",
        "kueue.x-k8s.io/local-queue-name",
    )
)

# What Kueue sets in the pods of a job that it admits, by the flavors that it takes.
_SET = frozenset(("nodeSelector", "tolerations", "schedulingGates"))


def before_admission(spec: Json, workload: Json | None) -> dict[str, Any]:
    """The specification without the nodes of the flavors that Kueue took.

    Another run may not get them. Source: Kueue 0.17, pkg/podset, `Merge` and
    `RestorePodSpec`; a Workload's `podSets` hold the templates as they were. Without a
    Workload, the nodes stay as they are.
    """
    restored = dict(spec)
    if "submitterPodTemplate" in spec:
        restored["submitterPodTemplate"] = _template(spec["submitterPodTemplate"], workload)
    if "rayClusterSpec" in spec:
        cluster = dict(spec["rayClusterSpec"] or {})
        if "headGroupSpec" in cluster:
            cluster["headGroupSpec"] = _group(cluster["headGroupSpec"] or {}, workload)
        if "workerGroupSpecs" in cluster:
            groups = cluster["workerGroupSpecs"] or []
            cluster["workerGroupSpecs"] = [_group(group, workload) for group in groups]
        restored["rayClusterSpec"] = cluster
    return restored


def _group(group: Json, workload: Json | None) -> dict[str, Any]:
    if "template" not in group:
        return dict(group)
    return {**group, "template": _template(group["template"], workload)}


def _template(template: Json | None, workload: Json | None) -> Json | None:
    podset = text(template, "metadata", "labels", _LABEL_PODSET)
    if template is None or not podset:
        return template
    metadata = dict(part(template, "metadata"))
    for kind in ("labels", "annotations"):
        if metadata.get(kind):
            metadata[kind] = {
                key: value for key, value in metadata[kind].items() if key not in _ADDED
            }
    pod = dict(part(template, "spec"))
    for first in items(workload, "spec", "podSets"):
        if first.get("name") == podset:
            asked = part(first, "template", "spec")
            pod = {key: value for key, value in pod.items() if key not in _SET}
            pod.update({key: value for key, value in asked.items() if key in _SET})
    return {**template, "metadata": metadata, "spec": pod}

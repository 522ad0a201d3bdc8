"""Reads recordings of the KubeRay operator; see packages/recordings/README.md."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "packages/recordings/src/scenarios"
Object = dict[str, Any]


def patched(target: Any, patch: Any) -> Any:
    """An object with a JSON merge patch applied to it (RFC 7386)."""
    if not isinstance(patch, dict):
        return patch
    old = target if isinstance(target, dict) else {}
    merged = {**old, **{key: patched(old.get(key), value) for key, value in patch.items()}}
    return {key: value for key, value in merged.items() if value is not None}


def moments(scenario: str) -> Iterator[tuple[float, Object, list[Object]]]:
    """The RayJob and the pods of its Ray cluster, one for each change."""
    known: dict[str, Object] = {}
    pods: dict[str, Object] = {}
    job: Object | None = None
    for raw in (FOLDER / f"{scenario}.ndjson").read_text("utf-8").splitlines():
        line = json.loads(raw)
        if line["type"] not in ("ADDED", "MODIFIED", "DELETED"):
            continue
        new = line.get("object") or line["patch"]
        name = new["metadata"]["name"]
        key = f"{new['kind']}/{name}"
        thing = new if "object" in line else patched(known[key], new)
        known[key] = thing
        deleted = line["type"] == "DELETED"
        if thing["kind"] == "RayJob":
            job = None if deleted else thing
        elif thing["kind"] != "Pod":
            continue
        elif deleted:
            pods.pop(name, None)
        else:
            pods[name] = thing
        if job:
            cluster = job.get("status", {}).get("rayClusterName")
            own = [pod for pod in pods.values() if cluster_of(pod) in (None, cluster)]
            yield line["t"], job, own


def cluster_of(pod: Object) -> Any:
    return pod["metadata"].get("labels", {}).get("ray.io/cluster")

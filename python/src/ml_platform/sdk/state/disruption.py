"""What took a pod away that did nothing wrong.

Source: Kubernetes' pod disruption conditions and graceful node shutdown; the labels and
taints of spot nodes of GKE, EKS, AKS and Karpenter.
"""

import re
from collections.abc import Iterator
from typing import Literal

from ml_platform.sdk.state.objects import Json, Told, items, part, text

# How clouds and autoscalers mark nodes that they may take back.
_SPOT = re.compile(r"(?:\A|[/-])(?:spot|preemptible)\b|scalesetpriority", re.I | re.ASCII)
_CAPACITY = re.compile(
    r"(?:capacity-?type|gke-provisioning|lifecycle|scalesetpriority)\Z", re.I | re.ASCII
)
_SPOT_VALUE = re.compile(r"(?:.*[-_])?(?:spot|preemptible)", re.I | re.ASCII)
_SHUTDOWN = re.compile(r"node shutdown|node is shutting", re.I | re.ASCII)


def disruption(pod: Json) -> Told | None:
    """A node that was lost, shut down or drained, or a pod of higher priority."""
    status = part(pod, "status")
    targets = (
        one
        for one in items(status, "conditions")
        if one.get("type") == "DisruptionTarget" and one.get("status") == "True"
    )
    target = next(targets, None)
    reason = text(status, "reason")
    name = text(pod, "spec", "nodeName")
    node = f" {name}" if name else ""
    spot = on_spot(pod)
    said = f"{text(status, 'message')} {text(target, 'message')}"
    if reason in ("NodeShutdown", "Shutdown") or _SHUTDOWN.search(said):
        return _reclaimed(node) if spot == "always" else _shut_down(node, bool(spot))
    why = reason if reason == "NodeLost" else text(target, "reason")
    if why in ("NodeLost", "DeletionByTaintManager", "DeletionByPodGC"):
        return _reclaimed(node) if spot == "always" else _lost(node)
    if why == "PreemptionByScheduler":
        room = f"had to make room on the node{node} for a pod of higher priority"
        return why, lambda where: f"{where} {room}"
    if why == "EvictionByEvictionAPI":
        left = f"was evicted from the node{node}, which is drained or removed"
        return why, lambda where: f"{where} {left}"
    return None


def on_spot(pod: Json) -> Literal["always", "maybe"] | None:
    """Whether a pod runs on nodes that may be taken back.

    `always` where it selects them, `maybe` where it only tolerates them.
    """
    if any(_marks_spot(key, value) for key, value in _selected(part(pod, "spec"))):
        return "always"
    tolerations = items(pod, "spec", "tolerations")
    tolerated = (_marks_spot(text(one, "key"), text(one, "value")) for one in tolerations)
    return "maybe" if any(tolerated) else None


def _selected(spec: Json) -> Iterator[tuple[str, str]]:
    """The labels that a pod selects its nodes by."""
    yield from part(spec, "nodeSelector").items()
    affinity = part(spec, "affinity", "nodeAffinity")
    required = part(affinity, "requiredDuringSchedulingIgnoredDuringExecution")
    for term in items(required, "nodeSelectorTerms"):
        for expression in items(term, "matchExpressions"):
            if expression.get("operator") in ("In", "Exists"):
                yield text(expression, "key"), str(next(iter(items(expression, "values")), ""))


def _marks_spot(key: str, value: str) -> bool:
    """True for a label, or the key of a toleration, that only spot nodes have."""
    if _CAPACITY.search(key):
        return bool(_SPOT_VALUE.fullmatch(value))
    return bool(_SPOT.search(key)) and value != "false"


def _reclaimed(node: str) -> Told:
    """The node is the one that a spot pod ran on: it was taken back, in all likelihood."""
    return (
        "SpotNodeReclaimed",
        lambda where: f"The spot node{node} was taken back while it ran {where}",
    )


def _shut_down(node: str, maybe_spot: bool) -> Told:
    hint = "; it may have been a spot node, which can be taken back at any time"
    end = hint if maybe_spot else ""
    return (
        "NodeShutdown",
        lambda where: f"The node{node} was shut down while it ran {where}{end}",
    )


def _lost(node: str) -> Told:
    return (
        "NodeLost",
        lambda where: (
            f"The node{node} was lost while it ran {where}: it can't be reached, or was removed"
        ),
    )

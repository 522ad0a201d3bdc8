"""Why the scheduler finds no node for a pod, in words.

Source: `FitError` and the plugins of the scheduler of Kubernetes 1.34.
"""

import re
from collections.abc import Sequence

from ml_platform.sdk.manifest.quantities import (
    NO_QUANTITY,
    add_quantities,
    format_quantity,
    read_quantity,
)
from ml_platform.sdk.state.objects import Json, Tell, items, part

_NODES = re.compile(r"\A\d+/(\d+) nodes are available: ", re.ASCII)
_FURTHER = re.compile(r"[.,]? *(?:no new claims to deallocate, )?preemption: .*\Z", re.DOTALL)
_INSUFFICIENT = re.compile(r"\AInsufficient (\S+)\Z")
_TAINT = re.compile(r"\Anode\(s\) had (?:untolerated )?taints? \{([^:}]*)(?:: ?([^}]*))?\}")
_REASON = re.compile(r"\A(\d+) (.+)\Z", re.ASCII | re.DOTALL)

# What the scheduler says of some nodes, and what that means.
_WORDS = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (r"\AToo many pods", "can't run another pod"),
        (r"had untolerated taint", "{have} taints that the pod doesn't tolerate"),
        (
            r"didn't match Pod's node affinity|didn't match node selector",
            "{do}n't have the labels that the pod selects",
        ),
        (r"were unschedulable", "{are} closed to new pods"),
        (
            r"volume node affinity conflict",
            "can't reach the pod's volume, which is in another zone",
        ),
        (
            r"didn't find available persistent volumes",
            "{do}n't have a volume for the pod's claim",
        ),
        (r"exceed max volume count", "can't take another volume"),
        (r"free ports", "{have} the pod's port in use"),
        (r"anti-affinity", "{have} pods that can't run beside this one"),
        (r"pod affinity", "{do}n't have the pods that this one has to run beside"),
        (r"topology spread", "{have} too many such pods (topology spread)"),
    )
)
# Taints that say how a node is, whoever tolerates what.
_CONDITIONS = {
    "node.kubernetes.io/not-ready": "{are}n't ready",
    "node.kubernetes.io/unreachable": "can't be reached",
    "node.kubernetes.io/unschedulable": "{are} closed to new pods",
    "node.kubernetes.io/memory-pressure": "{are} short of memory",
    "node.kubernetes.io/disk-pressure": "{are} short of disk space",
    "cloud.google.com/impending-node-termination": "{are} about to shut down",
}
_ONE = {"have": "has", "do": "does", "are": "is"}
_RESOURCES = {"cpu": "CPU", "ephemeral-storage": "local disk (ephemeral-storage)"}


def unschedulable(pod: Json, message: str) -> Tell:
    """What is lacking on how many of the nodes, and how much of it the pod asks for."""
    start = _NODES.match(message)
    told = _FURTHER.sub("", message[start.end() :] if start else message)
    reasons = _reasons_of(told)
    if not start or not reasons:
        cause = told.removesuffix(".")
        return lambda where: f"No node takes {where}: {cause}"
    total = start[1]
    nodes: list[str] = []
    for count, words in reasons:
        first = "the only node" if total == "1" else f"{count} of {total} nodes"
        which = str(count) if nodes else first
        nodes.append(f"{which} {_inflect(_fault(words), count == 1)}")
    matches = [_INSUFFICIENT.match(words) for _, words in reasons]
    lacking = dict.fromkeys(match[1] for match in matches if match)
    amounts = [(resource, _requested(pod, resource)) for resource in lacking]
    asks = [f"{amount} {_resource_name(resource)}" for resource, amount in amounts if amount]
    asked = f"; each pod asks for {_list(asks)}" if asks else ""
    begin = "No node has room for" if lacking else "No node takes"
    return lambda where: f"{begin} {where}: {_list(nodes)}{asked}"


def _reasons_of(told: str) -> list[tuple[int, str]]:
    """The scheduler's reasons, each with the number of nodes that it holds for."""
    matches = [_REASON.match(one) for one in re.split(r", (?=[0-9]+ )", told)]
    return [(int(match[1]), match[2].removesuffix(".")) for match in matches if match]


def _fault(words: str) -> str:
    """What is wrong with some nodes, with its verb as `{have}`, `{do}` or `{are}`."""
    resource = _INSUFFICIENT.match(words)
    if resource:
        return f"{{have}} too little {_resource_name(resource[1])} free"
    taint = _TAINT.match(words)
    if taint and taint[1]:
        key, value = taint.groups()
        name = f"{key}={value}" if value else key
        other = f"{{have}} a taint that the pod doesn't tolerate ({name})"
        return _CONDITIONS.get(key, other)
    known = (meaning for pattern, meaning in _WORDS if pattern.search(words))
    return next(known, f"{{do}}n't fit: {words}")


def _inflect(phrase: str, is_one: bool) -> str:
    return re.sub(
        r"\{(have|do|are)\}", lambda match: _ONE[match[1]] if is_one else match[1], phrase
    )


def _resource_name(resource: str) -> str:
    return _RESOURCES.get(resource, resource)


def _requested(pod: Json, resource: str) -> str | None:
    """What the containers of a pod ask for together; `None` for nothing."""
    total = NO_QUANTITY
    for container in items(pod, "spec", "containers"):
        requests = part(container, "resources", "requests")
        limits = part(container, "resources", "limits")
        amount = requests.get(resource, limits.get(resource, 0))
        try:
            total = add_quantities(total, read_quantity(str(amount)))
        except ValueError:
            return None
    return format_quantity(total) if total.nano > 0 else None


def _list(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)

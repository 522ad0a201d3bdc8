"""What ran out of memory, and how much to ask for."""

import re

from ml_platform.sdk.manifest.quantities import (
    describe_bytes,
    format_quantity,
    parse_quantity,
    read_quantity,
)
from ml_platform.sdk.state.objects import Json, Tell, items, part

_MIB = 1024**2
_NODE_LOW = re.compile(r"The node was low on resource: memory\b", re.ASCII)
_USED = re.compile(r"Container (\S+) was using (\d+\w*), request is (\d+\w*)", re.ASCII)


def more_memory(quantity: object) -> str | None:
    """The next sensible amount of memory for what was too little.

    Half as much again at least, rounded up to a power of two or the middle between two:
    `8Gi` makes `12Gi`, `10Gi` makes `16Gi`. `None` where the amount is none.
    """
    amount = _bytes_of(quantity)
    if not amount or amount < 0:
        return None
    least = amount * 1.5
    size: float = _MIB
    while size < least and size * 1.5 < least:
        size *= 2
    mebibytes = (size * 1.5 if size < least else size) / _MIB
    return format_quantity(read_quantity(f"{mebibytes:g}Mi"))


def _bytes_of(quantity: object) -> float | None:
    """Bytes of a quantity that somebody else wrote; `None` for none."""
    try:
        return None if quantity is None else parse_quantity(str(quantity))
    except ValueError:
        return None


def out_of_memory(pod: Json, name: str) -> Tell:
    """The sentence about a container that ran out of memory, of each of the pods."""
    containers = [*items(pod, "spec", "containers"), *items(pod, "spec", "initContainers")]
    spec = next((one for one in containers if one.get("name") == name), None)
    limit = part(spec, "resources", "limits").get("memory")
    more = more_memory(limit)
    advice = f"ask for {more} of memory" if more else "ask for more memory"
    room = f" (its limit is {limit})" if more else ""
    return lambda where: (
        f"Container {name} of {where} was killed because it was out of memory{room}; {advice}"
    )


def evicted(message: str) -> Tell:
    """The sentence about a pod that its node evicted.

    Where memory was short, the kubelet tells what the largest container used.

    Source: messages of `pkg/kubelet/eviction` of Kubernetes 1.34.
    """
    match = _USED.search(message) if _NODE_LOW.search(message) else None
    peak = _bytes_of(match[2]) if match else None
    more = more_memory(match[2]) if match else None
    if not match or peak is None or not more:
        return lambda where: f"{where} was evicted: {message}"
    asked = "none" if match[3] == "0" else match[3]
    return lambda where: (
        f"{where} was evicted because its node was low on memory: container {match[1]} used "
        f"{describe_bytes(peak)} and had asked for {asked}; ask for {more} of memory"
    )

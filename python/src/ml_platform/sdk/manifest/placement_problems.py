"""What is wrong with where pods are to run, by the rules of Kubernetes."""

import re
from collections.abc import Iterator, Mapping

from ml_platform.sdk.manifest.pods import Placement
from ml_platform.sdk.manifest.validation import label_value_problem

_PART = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?"
_KEY = re.compile(rf"({_PART}(\.{_PART})*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{{0,61}}[A-Za-z0-9])?")
_LONGEST_KEY = 253 + 1 + 63
"""Of a prefix, a slash and a name."""

_OPERATORS = ("Exists", "Equal")
_EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")


def placement_problems(placement: Placement) -> Iterator[str | None]:
    """What is wrong with where pods are to run."""
    for key, value in placement.node_selector.items():
        yield _key_problem(key)
        yield label_value_problem(value)
    for toleration in placement.tolerations:
        yield from _toleration_problems(toleration)


def _toleration_problems(toleration: Mapping[str, str]) -> Iterator[str | None]:
    operator = toleration.get("operator", "Equal")
    yield _choice_problem("an operator", operator, _OPERATORS)
    key = toleration.get("key")
    if key:
        yield _key_problem(key)
    elif operator != "Exists":
        yield "A toleration without a key needs the operator Exists"
    value = toleration.get("value")
    if value:
        yield (
            "A toleration with the operator Exists takes no value"
            if operator == "Exists"
            else label_value_problem(value)
        )
    effect = toleration.get("effect")
    if effect:
        yield _choice_problem("an effect", effect, _EFFECTS)


def _key_problem(key: str) -> str | None:
    if len(key) <= _LONGEST_KEY and _KEY.fullmatch(key):
        return None
    return (
        f"'{key}' can't be the key of a label or taint; write name or prefix/name, for example "
        "nvidia.com/gpu"
    )


def _choice_problem(what: str, value: str, known: tuple[str, ...]) -> str | None:
    if value in known:
        return None
    return f"'{value}' is not {what} of a toleration; use {', '.join(known)}"

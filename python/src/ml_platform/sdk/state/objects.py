"""Reading of Kubernetes objects, whose fields may all be missing or null."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Json = Mapping[str, Any]
"""A Kubernetes object as JSON has it."""


Tell = Callable[[str], str]
"""The sentence about a problem, for the names of the pods that have it."""

Told = tuple[str, Tell]
"""Reason of a problem, and its sentence."""


class StateResult(NamedTuple):
    """State of a job with the reason and the sentence that people are shown."""

    state: str
    reason: str | None = None
    message: str | None = None


class Cause(NamedTuple):
    """Why a job does not get on: a CamelCase word and a sentence."""

    reason: str
    message: str


def part(value: Json | None, *path: str) -> Json:
    """An object inside an object; an empty one where it is missing."""
    for name in path:
        value = (value or {}).get(name)
    return value or {}


def items(value: Json | None, *path: str) -> list[Json]:
    """A list of objects inside an object; an empty one where it is missing."""
    *folder, name = path
    found = part(value, *folder).get(name)
    return list(found or [])


def text(value: Json | None, *path: str) -> str:
    """A text inside an object; an empty one where it is missing."""
    *folder, name = path
    return part(value, *folder).get(name) or ""


def name_of(value: Json) -> str:
    """The name of an object."""
    return text(value, "metadata", "name")

"""What a workload's `parameters.schema.json` says."""

import json
import re
from collections.abc import Mapping
from importlib import resources
from typing import Any, Literal, TypedDict

from jsonschema import Draft7Validator
from typing_extensions import NotRequired

from ml_platform.sdk.errors import InvalidJob
from ml_platform.sdk.parameters.values import ParameterValue, is_exactly, takes

PARAMETERS_FILE = "parameters.schema.json"
"""Name of the file, beside the catalog file of the workload."""
MOST_SCHEMA_BYTES = 64 * 1024

Parameter = Mapping[str, Any]
"""One parameter, in the words of JSON Schema draft-07."""


class ParameterSchema(TypedDict):
    """A flat JSON Schema; `packages/parameters/src/subset.json` says what it may hold."""

    title: NotRequired[str]
    description: NotRequired[str]
    type: Literal["object"]
    required: NotRequired[list[str]]
    properties: dict[str, dict[str, Any]]


_NUMBERS = ("number", "integer")
_LIMITS = {
    "minimum": _NUMBERS,
    "maximum": _NUMBERS,
    "minLength": ("string",),
    "maxLength": ("string",),
    "pattern": ("string",),
}
_BEYOND_RE2 = re.compile(r"\(\?(?:[=!>(#]|<[=!]|P=)|\\[1-9]|[*+?}]\+")
"""What Python's expressions have and RE2's don't: to look around and back."""


def read_parameter_schema(text: str, source: str) -> ParameterSchema:
    """Reads a workload's `parameters.schema.json`.

    Raises `InvalidJob` that names the source and what is wrong with it.
    """
    problem, schema = _read(text)
    if problem or schema is None:
        raise InvalidJob(f"{source}: {problem}")
    return schema


def _read(text: str) -> tuple[str | None, ParameterSchema | None]:
    if len(text) > MOST_SCHEMA_BYTES:
        return f"The file has more than {MOST_SCHEMA_BYTES} characters", None
    try:
        value = json.loads(text)
    except ValueError as error:
        return f"The file isn't JSON: {error}", None
    wrong = next(_subset().iter_errors(value), None)
    if wrong is not None:
        place = ".".join(str(part) for part in wrong.absolute_path) or "The file"
        return f"{place}: {wrong.message}", None
    schema: ParameterSchema = value
    properties = schema["properties"]
    for name, parameter in properties.items():
        problem = _parameter_problem(name, parameter)
        if problem:
            return problem, None
    for name in schema.get("required", []):
        if name not in properties:
            return f"'{name}' is required, and there is no such parameter", None
    return None, schema


def _subset() -> Draft7Validator:
    text = resources.files(__package__).joinpath("subset.json").read_text("utf-8")
    return Draft7Validator(json.loads(text))


def _parameter_problem(name: str, parameter: Parameter) -> str | None:
    """What in a parameter contradicts itself."""
    for keyword, types in _LIMITS.items():
        if keyword in parameter and parameter["type"] not in types:
            return f"{keyword} of {name} is for {' and '.join(types)} alone"
    pattern = parameter.get("pattern")
    if pattern is not None and not _is_re2(pattern):
        return f"The pattern of {name} is not one of RE2"
    alone = {key: parameter[key] for key in parameter if key != "enum"}
    for choice in parameter.get("enum", ()):
        if not is_exactly(alone, choice):
            return f"The choice '{choice}' of {name} is not {takes(alone)}"
    initial: ParameterValue | None = parameter.get("default")
    if initial is not None and not is_exactly(parameter, initial):
        return f"The default of {name} is not {takes(parameter)}"
    return None


def _is_re2(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return not _BEYOND_RE2.search(pattern)

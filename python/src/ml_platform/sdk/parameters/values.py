"""Whether a value is what its parameter takes."""

import math
import re
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft7Validator

from ml_platform.sdk.text import length, number_text

ParameterValue = str | int | float | bool
"""What a parameter can be set to."""

MOST_VALUE_LENGTH = 2_000
_SAFE_INTEGER = 2**53 - 1
_WHOLE = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)


def value_text(value: ParameterValue) -> str:
    """A value as a command line has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else number_text(value)


def is_valid(parameter: Mapping[str, Any], value: ParameterValue) -> bool:
    """True when a value, or the text of one, is what its parameter takes."""
    text = value_text(value)
    if length(text) > MOST_VALUE_LENGTH or "\0" in text:
        return False
    return Draft7Validator(parameter).is_valid(_read(parameter, value))


def is_exactly(parameter: Mapping[str, Any], value: ParameterValue) -> bool:
    """True for a value that is of the parameter's type as it stands."""
    is_text = parameter["type"] == "string"
    return isinstance(value, str) == is_text and is_valid(parameter, value)


def _read(parameter: Mapping[str, Any], value: ParameterValue) -> ParameterValue:
    """A value as its schema means it: a command line has only texts.

    A text that is no such value stays one, and so the schema refuses it.
    """
    kind = parameter["type"]
    if not isinstance(value, str) or kind == "string":
        return value
    if kind == "boolean":
        return {"true": True, "false": False}.get(value, value)
    if kind == "integer":
        whole = int(value) if _WHOLE.fullmatch(value) else None
        return value if whole is None or abs(whole) > _SAFE_INTEGER else whole
    number = float(value) if _NUMBER.fullmatch(value) else math.nan
    return number if math.isfinite(number) else value


def takes(parameter: Mapping[str, Any]) -> str:
    """What a parameter takes, as the end of a sentence: `a whole number from 1 to 10`."""
    if "enum" in parameter:
        return f"one of {', '.join(value_text(choice) for choice in parameter['enum'])}"
    kind = parameter["type"]
    if kind == "boolean":
        return "true or false"
    if kind == "string":
        pattern = parameter.get("pattern")
        matches = "" if pattern is None else f" that matches {pattern}"
        return f"a text{_length(parameter)}{matches}"
    return f"a {'whole ' if kind == 'integer' else ''}number{_range(parameter)}"


def _range(parameter: Mapping[str, Any]) -> str:
    least, most = (
        None if bound is None else number_text(bound)
        for bound in (parameter.get("minimum"), parameter.get("maximum"))
    )
    if least is not None and most is not None:
        return f" from {least} to {most}"
    if least is not None:
        return f" of at least {least}"
    return "" if most is None else f" of at most {most}"


def _length(parameter: Mapping[str, Any]) -> str:
    least, most = parameter.get("minLength", 0), parameter.get("maxLength")
    if least > 0 and most is not None:
        return f" of {least} to {most} characters"
    if least > 0:
        return f" of at least {least} characters"
    return "" if most is None else f" of at most {most} characters"

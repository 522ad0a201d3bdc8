"""Values of a workload's parameters, held to its schema."""

from collections.abc import Iterator, Mapping

from ml_platform.sdk.errors import InvalidJob
from ml_platform.sdk.parameters.closest_name import closest_name
from ml_platform.sdk.parameters.schema import ParameterSchema
from ml_platform.sdk.parameters.values import ParameterValue, is_valid, takes, value_text


def check_parameters(
    schema: ParameterSchema, values: Mapping[str, ParameterValue]
) -> dict[str, str]:
    """The values as texts, as a command line has them.

    What isn't set stays out: the program's own defaults belong to its image. Raises
    `InvalidJob` that names each parameter with what it takes.
    """
    problems = list(_problems(schema, values))
    if problems:
        raise InvalidJob(f"Can't use the parameters: {'; '.join(problems)}")
    return {name: value_text(value) for name, value in values.items()}


def _problems(schema: ParameterSchema, values: Mapping[str, ParameterValue]) -> Iterator[str]:
    properties = schema["properties"]
    for name, value in values.items():
        parameter = properties.get(name)
        if parameter is None:
            yield _unknown(name, list(properties))
        elif not is_valid(parameter, value):
            yield f"{name} takes {takes(parameter)}, not '{_shown(value)}'"
    for name in schema.get("required", []):
        if name not in values and "default" not in properties[name]:
            yield f"{name} is missing; it takes {takes(properties[name])}"


def _unknown(name: str, names: list[str]) -> str:
    meant = closest_name(name, names)
    known = f"The workload takes {', '.join(names)}" if names else "The workload takes none"
    end = f"; did you mean {meant}?" if meant else "."
    return f"There is no parameter {name}{end} {known}"


def _shown(value: ParameterValue) -> str:
    text = value_text(value)
    return f"{text[:60]}…" if len(text) > 60 else text

"""A specification whose parameters are checked by the workload of this checkout."""

from dataclasses import replace

from ml_platform.sdk.manifest.spec import JobSpec
from ml_platform.sdk.parameters.check import check_parameters
from ml_platform.sdk.parameters.find import find_parameters


def checked_spec(spec: JobSpec) -> JobSpec:
    """The specification with its parameters as texts.

    Outside of the workload's checkout, and for a workload without a
    `parameters.schema.json`, every parameter is let through. Raises `InvalidJob` that names
    each wrong parameter with what it takes.
    """
    schema = find_parameters(spec.name)
    if schema is None:
        return spec
    return replace(spec, parameters=check_parameters(schema, spec.parameters))

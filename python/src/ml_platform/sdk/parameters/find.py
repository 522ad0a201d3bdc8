"""The parameters of the workloads of a checkout."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ml_platform.sdk.errors import InvalidJob
from ml_platform.sdk.parameters.schema import (
    PARAMETERS_FILE,
    ParameterSchema,
    read_parameter_schema,
)

_CATALOG_FILE = "catalog-info.yaml"
_ANNOTATION = "ml-platform.dev/workload"


def find_parameters(workload: str, folder: str | Path | None = None) -> ParameterSchema | None:
    """What a workload of the checkout that a folder is in takes.

    It looks in the folder and its parents up to the root of the checkout, and in
    `workloads/` of each. `None` where no such workload is found, and for one that has no
    `parameters.schema.json`. Raises `InvalidJob` for a file that is wrong.
    """
    for place in _folders(Path(folder or Path.cwd()).resolve()):
        if workload in _names(place):
            file = place / PARAMETERS_FILE
            if not file.is_file():
                return None
            return read_parameter_schema(file.read_text("utf-8"), str(file))
    return None


def _folders(start: Path) -> Iterator[Path]:
    near = [start]
    while not (near[-1] / ".git").exists():
        if near[-1].parent == near[-1]:
            # Outside of any checkout, the folder alone counts.
            near = [start]
            break
        near.append(near[-1].parent)
    for folder in near:
        yield folder
        below = folder / "workloads"
        if below.is_dir():
            yield from sorted(entry for entry in below.iterdir() if entry.is_dir())


def _names(folder: Path) -> list[str]:
    """Names of the workloads that a folder's catalog file describes."""
    file = folder / _CATALOG_FILE
    if not file.is_file():
        return []
    try:
        documents = list(yaml.safe_load_all(file.read_text("utf-8")))
    except yaml.YAMLError as error:
        raise InvalidJob(f"{file}: Couldn't read the YAML: {error}") from error
    return [name for name in map(_name, documents) if name]


def _name(entity: Any) -> str | None:
    if not isinstance(entity, dict):
        return None
    spec = entity.get("spec") or {}
    if entity.get("kind") != "Component" or spec.get("type") != "training-workload":
        return None
    metadata = entity.get("metadata") or {}
    name = (metadata.get("annotations") or {}).get(_ANNOTATION) or metadata.get("name")
    return name if isinstance(name, str) else None

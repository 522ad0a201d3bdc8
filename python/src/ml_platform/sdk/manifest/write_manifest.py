"""The YAML of a manifest.

A small writer of its own: the TypeScript SDK writes with the `yaml` package of npm, and
neither PyYAML nor ruamel.yaml chooses quotes, blocks and escapes as that one does, nor
knows what Kubernetes reads differently from YAML's versions. It writes exactly what a
manifest is made of: mappings with plain keys, sequences, text, whole numbers and truth
values.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ml_platform.sdk.manifest.yaml_text import yaml_text


def write_manifest(manifest: Mapping[str, Any]) -> str:
    """The manifest as YAML, its keys in the order that they have.

    Raises `TypeError` for a key or a value that no manifest holds.
    """
    return "".join(f"{line}\n" for line in _mapping(manifest, ""))


def _mapping(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, item in value.items():
        if not isinstance(key, str) or yaml_text(key, indent) != key:
            raise TypeError(f"A manifest can't hold the key {key!r}")
        if isinstance(item, Mapping) and item:
            yield f"{indent}{key}:"
            yield from _mapping(item, f"{indent}  ")
        elif isinstance(item, list) and item:
            yield f"{indent}{key}:"
            yield from _sequence(item, f"{indent}  ")
        else:
            yield f"{indent}{key}: {_scalar(item, f'{indent}  ')}"


def _sequence(value: list[Any], indent: str) -> Iterator[str]:
    for item in value:
        if isinstance(item, Mapping) and item:
            first, *others = _mapping(item, f"{indent}  ")
            yield f"{indent}- {first.lstrip(' ')}"
            yield from others
        else:
            yield f"{indent}- {_scalar(item, f'{indent}  ')}"


def _scalar(value: object, indent: str) -> str:
    if isinstance(value, str):
        return yaml_text(value, indent)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if value == {} or value == []:
        return "{}" if value == {} else "[]"
    raise TypeError(f"A manifest can't hold {value!r}")

"""The settings files of the command line, as far as a client needs them."""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ml_platform.sdk.errors import InvalidSettings

PROJECT_FILE = ".ml-platform.yaml"
"""Name of a project's settings file."""
_RUNNING_FILE = Path(".local", "ml-platform.yaml")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the platform is. All of it is optional."""

    project_id: str | None = None
    kubeconfig: str | None = None
    context: str | None = None
    """Context of the cluster that jobs run on."""
    namespace: str | None = None
    cluster: str | None = None
    """The cluster's name in the portal and in git."""
    portal: str | None = None
    user: str | None = None


def load_settings(given: Settings) -> Settings:
    """The settings that hold in the current folder.

    Those given, of the environment, of the nearest `.ml-platform.yaml`, of the platform that
    `npm start` runs in this checkout, and of the user's own file; what comes first wins. The
    context of a file goes with its kubeconfig: it is left out where another was said before.

    Raises `InvalidSettings`, which names the file, for one that is wrong.
    """
    found = [given, _of_environment()]
    folders = (Path.cwd(), *Path.cwd().parents)
    files = [folder / PROJECT_FILE for folder in folders]
    files += [folder / _RUNNING_FILE for folder in folders]
    for file in (*files, user_folder() / "config.yaml"):
        found += _read(file)
    return _merged(found)


def user_folder() -> Path:
    """The folder of what is kept for the user."""
    home = Path.home() / ".config"
    appdata = os.environ.get("APPDATA") if sys.platform == "win32" else None
    return Path(os.environ.get("XDG_CONFIG_HOME") or appdata or home) / "ml-platform"


def _of_environment() -> Settings:
    env = os.environ.get
    return Settings(
        context=env("ML_PLATFORM_CONTEXT") or None,
        namespace=env("ML_PLATFORM_NAMESPACE") or None,
        cluster=env("ML_PLATFORM_CLUSTER") or None,
        portal=env("ML_PLATFORM_PORTAL") or None,
        user=env("ML_PLATFORM_USER") or None,
    )


def _read(file: Path) -> Iterator[Settings]:
    try:
        text = file.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        # The whole message quotes lines, which may hold a token.
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise InvalidSettings(f"{file}{line}: couldn't read the YAML") from None
    fields = {} if content is None else content
    contexts = fields.get("contexts", {}) if isinstance(fields, dict) else None
    if not isinstance(fields, dict) or not isinstance(contexts, dict):
        raise InvalidSettings(f"{file}: it and its contexts must be sections of settings")
    kubeconfig = _text(file, fields, "kubeconfig")
    yield Settings(
        project_id=_text(file, fields, "projectId"),
        kubeconfig=str(file.parent / kubeconfig) if kubeconfig else None,
        context=_text(file, contexts, "workload"),
        namespace=_text(file, fields, "namespace"),
        cluster=_text(file, fields, "cluster"),
        portal=_text(file, fields, "portal"),
        user=_text(file, fields, "user"),
    )


def _text(file: Path, fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not (isinstance(value, str) and value.strip()):
        raise InvalidSettings(f"{file}: {name} must be a text")
    return value


def _merged(found: list[Settings]) -> Settings:
    def first(name: str) -> str | None:
        return next((value for each in found if (value := getattr(each, name))), None)

    given, environment, *files = found
    contexts = [each.context for each in (given, environment) if each.context]
    kubeconfig = given.kubeconfig
    for each in files:
        if not kubeconfig and each.context:
            contexts.append(each.context)
        kubeconfig = kubeconfig or each.kubeconfig
    return Settings(
        project_id=first("project_id"),
        kubeconfig=kubeconfig,
        context=contexts[0] if contexts else None,
        namespace=first("namespace"),
        cluster=first("cluster"),
        portal=first("portal"),
        user=first("user"),
    )

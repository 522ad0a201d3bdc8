"""Which cluster a client talks to."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kubernetes import config
from ml_platform.sdk.errors import NotFound
from ml_platform.sdk.settings import Settings, load_settings

_GKE = re.compile(r"gke_([^_]+)_[^_]+_.+")
_OWN_NAMESPACE = Path("/var/run/secrets/kubernetes.io/serviceaccount/namespace")


@dataclass(frozen=True, slots=True)
class Place:
    """A cluster, and the namespace of jobs that don't name another."""

    context: str | None
    """Context of the kubeconfig; `None` for the cluster that this process runs on."""
    namespace: str
    kubeconfig: str | None
    cluster: str | None = None
    """The portal's name of the cluster, where it isn't the context's."""
    portal: str | None = None
    """Address of the portal."""
    user: str | None = None
    """Name that jobs are submitted under, where the settings have one."""


def choose_place(
    project_id: str | None,
    context: str | None,
    namespace: str | None,
    kubeconfig: str | None,
) -> Place:
    """The cluster that a client's arguments mean.

    What they leave open, the environment and the settings files say; see `load_settings`. It
    is the current context of the kubeconfig, unless another is named, or a project is and
    the current context is a GKE cluster (`gke_<project>_<region>_<name>`) of another
    project. In a pod without a kubeconfig, it is the pod's own cluster.

    Raises `NotFound`, with the contexts to choose from, when there is no such context, and
    `InvalidSettings` for a settings file that is wrong.
    """
    settings = load_settings(Settings(project_id, kubeconfig, context, namespace))
    about = {"cluster": settings.cluster, "portal": settings.portal, "user": settings.user}
    kubeconfig, wanted = settings.kubeconfig, settings.namespace
    try:
        contexts, current = config.list_kube_config_contexts(kubeconfig)
    except config.ConfigException as error:
        alone = kubeconfig is None and settings.context is None
        if alone and os.environ.get("KUBERNETES_SERVICE_HOST"):
            return Place(None, wanted or _own_namespace(), None, **about)
        raise NotFound(
            f"Couldn't read the kubeconfig: {error}; set KUBECONFIG, pass kubeconfig=, or "
            "run gcloud container clusters get-credentials"
        ) from error
    known: dict[str, dict[str, Any]] = {each["name"]: each["context"] for each in contexts}
    usual = settings.context or current["name"]
    name = context or _of_project(settings.project_id, usual, tuple(known))
    if name not in known:
        raise NotFound(f"There is no context {name} in the kubeconfig; {_choices(tuple(known))}")
    own = known[name].get("namespace")
    return Place(name, wanted or own or "default", kubeconfig, **about)


def _of_project(project_id: str | None, current: str, names: Sequence[str]) -> str:
    if project_id is None or _project_of(current) in (None, project_id):
        return current
    found = [name for name in names if _project_of(name) == project_id]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(f"Several contexts are of the project {project_id}; {_choices(found)}")
    raise NotFound(
        f"The context {current} is of another project, and none is of the project {project_id}; "
        f"get one with gcloud container clusters get-credentials CLUSTER --project {project_id}, "
        f"or {_choices(names)}"
    )


def _project_of(context: str) -> str | None:
    match = _GKE.fullmatch(context)
    return match[1] if match else None


def _choices(names: Sequence[str]) -> str:
    return f"pass context= with one of {', '.join(names)}" if names else "it has none"


def _own_namespace() -> str:
    try:
        return _OWN_NAMESPACE.read_text(encoding="utf-8").strip() or "default"
    except OSError:
        return "default"

"""Objects that git owns: what is done to them elsewhere, the GitOps engine undoes."""

import re
from typing import NoReturn

from ml_platform.sdk.errors import Refused
from ml_platform.sdk.manifest.labels import ANNOTATION_GITOPS_PATH, ARGOCD_ANNOTATION_TRACKING
from ml_platform.sdk.state.objects import Json, name_of, text

_INSTANCE = "app.kubernetes.io/instance"
"""Argo CD's label for tracking, unless its settings name another; Helm's, too."""
_HELM_RELEASE = "meta.helm.sh/release-name"
"""Helm writes it on what it installs by itself, and not on what Argo CD renders."""


def check_not_in_git(verb: str, job: Json) -> None:
    """Raises `Refused` when a job's own annotations say that it comes from git.

    Args:
        verb: what was asked for, for example `stop`.
        job: the job as its cluster has it.
    """
    owner = _application("RayJob", job) or _own_path(job)
    if owner:
        _refuse(verb, job, owner)


def check_cluster_not_in_git(cluster: Json) -> None:
    """Raises `Refused` when a Ray cluster's own metadata says that Argo CD has it."""
    helm = text(cluster, "metadata", "annotations", _HELM_RELEASE)
    instance = "" if helm else text(cluster, "metadata", "labels", _INSTANCE)
    owner = _application("RayCluster", cluster) or instance
    if owner:
        _refuse("scale", cluster, owner)


def _refuse(verb: str, thing: Json, owner: str) -> NoReturn:
    raise Refused(
        f"Can't {verb} {name_of(thing)} from here: git owns it ({owner}), and the GitOps engine "
        f"would undo the change; use ml-platform {verb}, which knows the repository, or the "
        "portal"
    )


def _application(kind: str, thing: Json) -> str | None:
    """Argo CD's application that tracks this very object.

    A tracking id is `<application>:<group>/<kind>:<namespace>/<name>`. The id of another
    object was copied along with it, and says nothing.
    """
    tracking = text(thing, "metadata", "annotations", ARGOCD_ANNOTATION_TRACKING)
    own = f":ray.io/{kind}:{text(thing, 'metadata', 'namespace')}/{name_of(thing)}"
    if not tracking.endswith(own) or tracking == own:
        return None
    return f"Argo CD's application {tracking.removesuffix(own)}"


def _own_path(job: Json) -> str | None:
    """The path of the job's manifest that its annotation names, if it is its own."""
    path = text(job, "metadata", "annotations", ANNOTATION_GITOPS_PATH)
    namespace = re.escape(text(job, "metadata", "namespace"))
    manifest = rf"(.*/)?[^/]+/jobs/{namespace}/{re.escape(name_of(job))}\.yaml"
    return path if re.fullmatch(manifest, path) else None

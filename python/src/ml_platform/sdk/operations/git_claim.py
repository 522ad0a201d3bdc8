"""Objects that git owns: what is done to them elsewhere, the GitOps engine undoes."""

import re

from ml_platform.sdk.errors import Refused
from ml_platform.sdk.manifest.labels import ANNOTATION_GITOPS_PATH, ARGOCD_ANNOTATION_TRACKING
from ml_platform.sdk.state.objects import Json, name_of, text


def check_not_in_git(verb: str, kind: str, thing: Json) -> None:
    """Raises `Refused` when an object's own annotations say that it comes from git.

    Args:
        verb: what was asked for, for example `stop`.
        kind: `RayJob` or `RayCluster`.
        thing: the object as its cluster has it.
    """
    owner = _owner(kind, thing)
    if owner:
        raise Refused(
            f"Can't {verb} {name_of(thing)} from here: git owns it ({owner}), and the GitOps "
            f"engine would undo the change; use ml-platform {verb}, which opens a pull "
            "request, or the portal"
        )


def _owner(kind: str, thing: Json) -> str | None:
    namespace = text(thing, "metadata", "namespace")
    name = name_of(thing)
    # `<application>:<group>/<kind>:<namespace>/<name>`: an id of another object was copied
    # along with the job, and says nothing.
    tracking = text(thing, "metadata", "annotations", ARGOCD_ANNOTATION_TRACKING)
    own = f":ray.io/{kind}:{namespace}/{name}"
    if tracking.endswith(own) and tracking != own:
        return f"Argo CD's application {tracking.removesuffix(own)}"
    path = text(thing, "metadata", "annotations", ANNOTATION_GITOPS_PATH)
    manifest = rf"(.*/)?[^/]+/jobs/{re.escape(namespace)}/{re.escape(name)}\.yaml"
    return path if kind == "RayJob" and re.fullmatch(manifest, path) else None

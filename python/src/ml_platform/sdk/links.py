"""Pages about a job."""

import re
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from ml_platform.sdk.kube.contexts import Place

_GKE = re.compile(r"gke_[^_]+_[^_]+_(.+)")


class Link(NamedTuple):
    """A page: an http or https address."""

    title: str
    url: str


def job_links(place: Place, namespace: str, name: str) -> list[Link]:
    """The pages about a job; none where no portal is configured."""
    portal = (place.portal or "").rstrip("/")
    address = urlsplit(portal)
    if address.scheme not in ("http", "https") or not address.netloc:
        return []
    parts = (cluster_name(place), namespace, name)
    path = "/".join(quote(part, safe="") for part in parts)
    return [Link("Open in the portal", f"{portal}/ray/jobs/{path}")]


def cluster_name(place: Place) -> str:
    """The portal's name of a cluster: of GKE's, the last part of the context."""
    context = place.context or "default"
    match = _GKE.fullmatch(context)
    return place.cluster or (match[1] if match else context)

"""Which cluster a client talks to."""

from pathlib import Path

import pytest
import yaml
from ml_platform.sdk import Link, NotFound
from ml_platform.sdk.kube.contexts import Place, choose_place
from ml_platform.sdk.links import job_links
from ml_platform.sdk.requester import requester_of

OWN = "gke_own_europe-west1_training"
OTHER = "gke_other_us-central1_training"
SECOND = "gke_other_us-central1_second"


def write(path: Path, current: str, *names: str, namespace: str | None = None) -> str:
    context = {"cluster": "c", "user": "u", **({"namespace": namespace} if namespace else {})}
    config = {
        "clusters": [{"name": "c", "cluster": {"server": "http://127.0.0.1:1"}}],
        "users": [{"name": "u", "user": {}}],
        "contexts": [{"name": name, "context": context} for name in names],
        "current-context": current,
    }
    file = path / "kubeconfig"
    file.write_text(yaml.safe_dump(config), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("project", "current", "chosen"),
    [
        (None, OWN, OWN),
        ("own", OWN, OWN),
        ("other", OWN, OTHER),
        # What isn't a cluster of GKE says nothing about its project.
        ("other", "kind-kind", "kind-kind"),
    ],
)
def test_takes_the_current_context_unless_it_is_of_another_project(
    tmp_path: Path, project: str | None, current: str, chosen: str
) -> None:
    file = write(tmp_path, current, OWN, OTHER, "kind-kind")
    assert choose_place(project, None, None, file) == Place(chosen, "default", file)


def test_says_which_contexts_there_are(tmp_path: Path) -> None:
    file = write(tmp_path, OWN, OWN, OTHER, SECOND)
    with pytest.raises(NotFound, match=f"Several contexts .* {OTHER}, {SECOND}$"):
        choose_place("other", None, None, file)
    with pytest.raises(NotFound, match=f"none is .* third; get one with gcloud.*{OWN}"):
        choose_place("third", None, None, file)
    with pytest.raises(NotFound, match=f"There is no context x in the kubeconfig.*{OWN}"):
        choose_place(None, "x", None, file)


def test_takes_the_context_that_is_named(tmp_path: Path) -> None:
    file = write(tmp_path, OWN, OWN, OTHER, namespace="team")
    assert choose_place("own", OTHER, None, file) == Place(OTHER, "team", file)
    assert choose_place("own", OTHER, "mine", file).namespace == "mine"


def test_takes_the_own_cluster_in_a_pod(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = str(tmp_path / "none")
    with pytest.raises(NotFound, match="Couldn't read the kubeconfig"):
        choose_place(None, None, None, missing)
    location = "kubernetes.config.kube_config.KUBE_CONFIG_DEFAULT_LOCATION"
    monkeypatch.setattr(location, missing)
    monkeypatch.setenv("KUBERNETES_SERVICE_HOST", "10.0.0.1")
    assert choose_place(None, None, None, None) == Place(None, "default", None)


def test_takes_what_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path, OWN, OWN, OTHER, SECOND, namespace="team")
    monkeypatch.setenv("ML_PLATFORM_CONTEXT", SECOND)
    monkeypatch.setenv("ML_PLATFORM_NAMESPACE", "usual")
    assert choose_place(None, None, None, file) == Place(SECOND, "usual", file)
    assert choose_place("other", None, None, file).context == SECOND
    assert choose_place("own", None, "mine", file) == Place(OWN, "mine", file)
    monkeypatch.setenv("ML_PLATFORM_USER", "Ada Lovelace")
    assert requester_of(None) == "user:default/ada-lovelace"
    assert requester_of("group:default/team") == "group:default/team"


def test_links_to_the_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(OTHER, "team", None)
    assert job_links(place, "team", "run") == []
    monkeypatch.setenv("ML_PLATFORM_PORTAL", "https://portal.example.com/")
    url = "https://portal.example.com/ray/jobs/training/team/a%2Fb"
    assert job_links(place, "team", "a/b") == [Link("Open in the portal", url)]
    monkeypatch.setenv("ML_PLATFORM_CLUSTER", "workload")
    assert "/jobs/workload/" in job_links(place, "team", "run")[0].url
    monkeypatch.setenv("ML_PLATFORM_PORTAL", "javascript:alert(1)")
    assert job_links(place, "team", "run") == []

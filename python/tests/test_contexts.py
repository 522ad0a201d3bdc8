"""Which cluster a client talks to."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from ml_platform.sdk import InvalidSettings, Link, NotFound
from ml_platform.sdk.kube.contexts import Place, choose_place
from ml_platform.sdk.links import job_links
from ml_platform.sdk.requester import requester_of
from ml_platform.sdk.settings import PROJECT_FILE, user_folder

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


def test_links_to_the_portal() -> None:
    place = Place(OTHER, "team", None)
    assert job_links(place, "team", "run") == []
    place = replace(place, portal="https://portal.example.com/")
    url = "https://portal.example.com/ray/jobs/training/team/a%2Fb"
    assert job_links(place, "team", "a/b") == [Link("Open in the portal", url)]
    assert "/jobs/workload/" in job_links(replace(place, cluster="workload"), "t", "r")[0].url
    assert job_links(replace(place, portal="javascript:alert(1)"), "team", "run") == []


def test_reads_the_settings_files(
    tmp_path: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, OWN, OWN, OTHER, SECOND)
    project = {
        "kubeconfig": "../kubeconfig",
        "contexts": {"workload": OTHER, "management": OWN},
        "namespace": "project",
        "git": {"repository": "https://github.com/owner/repo"},
    }
    (own_folder / PROJECT_FILE).write_text(yaml.safe_dump(project), encoding="utf-8")
    mine = {"namespace": "mine", "portal": "https://portal.example.com", "user": "ada"}
    config = user_folder() / "config.yaml"
    config.parent.mkdir(parents=True)
    config.write_text(yaml.safe_dump(mine), encoding="utf-8")
    inside = own_folder / "src"
    inside.mkdir()
    monkeypatch.chdir(inside)
    place = choose_place(None, None, None, None)
    assert (place.context, place.namespace) == (OTHER, "project")
    assert (place.portal, place.user) == ("https://portal.example.com", "ada")
    # The names of contexts belong to the kubeconfig that was said with them.
    file = write(tmp_path, SECOND, SECOND)
    assert choose_place(None, None, None, file).context == SECOND
    monkeypatch.setenv("ML_PLATFORM_NAMESPACE", "usual")
    assert choose_place(None, None, None, file).namespace == "usual"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("namespace: [a]", "namespace must be a text"),
        ("a: 'token", r":\d+: couldn't read the YAML"),
        ("- a", "must be sections"),
        ("contexts: a", "must be sections"),
    ],
)
def test_names_the_settings_file_that_is_wrong(own_folder: Path, text: str, words: str) -> None:
    (own_folder / PROJECT_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(InvalidSettings, match=rf"\.ml-platform\.yaml.*{words}") as raised:
        choose_place(None, None, None, None)
    assert "token" not in str(raised.value)

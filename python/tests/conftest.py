from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from ml_platform.sdk import PlatformClient

from .fake_kube import FakeKube


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, so that no settings of this machine or checkout hold."""
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return folder


@pytest.fixture
def kube() -> Iterator[FakeKube]:
    with FakeKube() as fake:
        yield fake


@pytest.fixture
def kubeconfig(kube: FakeKube, tmp_path: Path) -> str:
    """Path of a kubeconfig whose current context is the fake cluster."""
    path = tmp_path / "kubeconfig"
    context = {"cluster": "fake", "user": "fake", "namespace": "training"}
    path.write_text(
        yaml.safe_dump(
            {
                "apiVersion": "v1",
                "kind": "Config",
                "clusters": [{"name": "fake", "cluster": {"server": kube.url}}],
                "users": [{"name": "fake", "user": {"token": "secret"}}],
                "contexts": [{"name": "fake", "context": context}],
                "current-context": "fake",
            }
        ),
        encoding="utf-8",
    )
    return str(path)


@pytest.fixture
def client(kubeconfig: str) -> Iterator[PlatformClient]:
    with PlatformClient(kubeconfig=kubeconfig, requester="user:default/ada") as client:
        yield client

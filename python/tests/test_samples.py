"""The samples of Python in the documents run, on the fake cluster."""

import ast
import asyncio
import inspect
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from ml_platform.sdk import JobFailed

from .fake_kube import FakeKube
from .fake_operator import playing

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def documents() -> dict[str, list[str]]:
    """The samples of each document that has some of the SDK."""
    listed = subprocess.run(
        ["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = {
        name: _BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))
        for name in listed.stdout.split()
    }
    return {name: blocks for name, blocks in found.items() if "ml_platform" in "".join(blocks)}


SAMPLES = documents()


def run(block: str, names: dict[str, Any]) -> None:
    """Runs a sample, which may wait at its top level, as in a notebook."""
    code = compile(block, "sample", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    running = eval(code, names)
    if inspect.iscoroutine(running):
        asyncio.run(running)


@pytest.fixture(autouse=True)
def project(kubeconfig: str, own_folder: Path) -> None:
    """The fake cluster is the one of the project that the samples name."""
    path = Path(kubeconfig)
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    name = "gke_your-project_europe-west4_training"
    config["contexts"][0]["name"] = config["current-context"] = name
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    settings = yaml.safe_dump({"kubeconfig": kubeconfig})
    (own_folder / ".ml-platform.yaml").write_text(settings, encoding="utf-8")


@pytest.mark.parametrize("document", SAMPLES)
def test_runs_the_samples(
    document: str, kube: FakeKube, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, Any] = {}
    with playing(kube, "loss 0.4"):
        for block in SAMPLES[document]:
            run(block, names)
    submitted = kube.count(r"^POST .*/rayjobs")
    assert submitted == "".join(SAMPLES[document]).count("submit_job(")
    followed = "".join(SAMPLES[document]).count("logs(follow=True)")
    assert capsys.readouterr().out.count("loss 0.4\n") == followed


def test_handles_errors_as_the_guide_does(
    kube: FakeKube, capsys: pytest.CaptureFixture[str]
) -> None:
    submit, *others = SAMPLES["docs/sdk.md"]
    (handle,) = (block for block in others if "except JobFailed" in block)
    names: dict[str, Any] = {}
    with playing(kube, "out of memory", outcome="FAILED"):
        with pytest.raises(JobFailed):
            run(submit, names)
        capsys.readouterr()
        run(handle, names)
    assert capsys.readouterr().out == "AppFailed None\nout of memory\n"

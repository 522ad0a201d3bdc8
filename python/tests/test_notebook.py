"""Jobs in a notebook: a card that no text breaks out of, and the example that runs."""

from datetime import datetime, timezone
from pathlib import Path

import nbformat
import pytest
from ml_platform.sdk import Link, PlatformClient
from ml_platform.sdk.notebook.html import duration_text, job_html
from nbclient import NotebookClient

from .fake_job import RUN, end_job, put_job, start_job
from .fake_kube import FakeKube
from .fake_operator import playing

EXAMPLE = Path(__file__).parents[1] / "examples/training.ipynb"
NASTY = "<script>alert('1')</script>&\"'"


def test_lets_no_text_become_markup(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube, "<img>")
    thing = kube.objects["rayjobs", "training", "<img>"]
    container = {"image": NASTY}
    thing["spec"]["rayClusterSpec"] = {
        "headGroupSpec": {"template": {"spec": {"containers": [container]}}}
    }
    thing["metadata"]["labels"]["kueue.x-k8s.io/queue-name"] = NASTY
    thing["status"] = {
        "jobDeploymentStatus": "Failed",
        "jobStatus": "FAILED",
        "reason": NASTY,
        "message": NASTY,
    }
    job = client.list()[0]
    link = Link(NASTY, f"https://example.com/?{NASTY}")
    html = job_html(job.summary, [link], [NASTY, "\x1b[31mred\x1b[0m <b>", "10%\r20%"])
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>red" not in html
    assert "alert('" not in html
    assert html.count("&lt;script&gt;") == 7
    assert "red &lt;b&gt;\n20%</pre>" in html
    assert "\x1b" not in html


def test_shows_what_is_known_without_asking(
    kube: FakeKube, kubeconfig: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ML_PLATFORM_PORTAL", "https://portal.example.com")
    client = PlatformClient(kubeconfig=kubeconfig)
    put_job(kube)
    start_job(kube, failed=1)
    job = client.get(RUN)
    asked = len(kube.requests)
    html = job._repr_html_()
    assert len(kube.requests) == asked
    assert ">running</span>" in html
    assert "attempt 2" in html
    assert f'href="https://portal.example.com/ray/jobs/fake/training/{RUN}"' in html
    assert repr(job) == f"<Job training/{RUN}: running>"


def test_says_how_long_a_job_takes(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube)
    start_job(kube)
    now = datetime(2026, 11, 28, 10, 3, 10, tzinfo=timezone.utc)
    assert "3 min 5 s" in job_html(client.get(RUN).summary, [], now=now)
    assert [duration_text(each) for each in (-1, 59.9, 7_620)] == ["0 s", "59 s", "2 h 7 min"]


def test_prints_each_change_outside_of_a_notebook(
    kube: FakeKube, client: PlatformClient, capsys: pytest.CaptureFixture[str]
) -> None:
    put_job(kube)
    job = client.get(RUN)
    assert job.show(timeout=0.05, interval=0.01).state == "pending"
    start_job(kube)
    end_job(kube)
    assert job.show().state == "succeeded"
    told = capsys.readouterr().out.splitlines()
    assert told == [
        f"{RUN}: pending (Created): KubeRay has not started this job yet",
        f"{RUN}: succeeded",
    ]


def test_runs_the_example(
    kube: FakeKube, kubeconfig: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUBECONFIG", kubeconfig)
    notebook = nbformat.read(EXAMPLE, as_version=4)
    with playing(kube, "epoch 1: loss 0.9", "epoch 2: loss 0.4", "<b>done</b>"):
        NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    pages = [output["data"].get("text/html", "") for output in outputs if "data" in output]
    printed = "".join(output.get("text", "") for output in outputs)
    assert any(">succeeded</span>" in page and "epoch 2: loss 0.4" in page for page in pages)
    assert any("&lt;b&gt;done" in page for page in pages)
    assert "epoch 1: loss 0.9" in printed
    # `show` replaces one output in place.
    shown = [page for page in pages if "<pre" in page]
    assert len(shown) == 1


def test_keeps_the_example_free_of_outputs() -> None:
    notebook = nbformat.read(EXAMPLE, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert cells
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)

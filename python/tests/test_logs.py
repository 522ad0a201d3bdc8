"""The driver's log: every line once, whatever happens to connections, pods and attempts."""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from queue import Queue
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from ml_platform.sdk import Job, NotFound, PlatformClient, Refused

from .fake_job import RUN, end_job, end_submitter, put_job, put_submitter, start_job
from .fake_kube import FakeKube

T1, T2, T3 = (f"2026-11-28T10:00:0{second}.5Z" for second in (1, 2, 3))


class Reader:
    """Reads lines in a thread, so that a test can act between two of them."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._queue: Queue[str | BaseException | None] = Queue()
        Thread(target=self._read, args=(lines,), daemon=True).start()

    def _read(self, lines: Iterator[str]) -> None:
        try:
            for line in lines:
                self._queue.put(line)
            self._queue.put(None)
        except BaseException as error:
            self._queue.put(error)

    def take(self, count: int) -> list[Any]:
        return [self._queue.get(timeout=10) for _ in range(count)]

    def rest(self) -> list[Any]:
        return list(iter(lambda: self._queue.get(timeout=10), None))


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def job(kube: FakeKube, client: PlatformClient) -> Job:
    put_job(kube)
    start_job(kube)
    put_submitter(kube)
    kube.log("submitter")
    return client.get(RUN)


def test_reads_what_is_there(kube: FakeKube, job: Job) -> None:
    kube.log("submitter").write("one", "two", "", "größer ✓", time=T1)
    assert list(job.logs()) == ["one", "two", "", "größer ✓"]
    assert list(job.logs(tail=1)) == ["größer ✓"]
    assert list(job.logs(tail=0)) == []
    stamp = "2026-11-28T10:00:01.500000000Z"
    assert next(iter(job.logs(timestamps=True))) == f"{stamp} one"


def test_leaves_out_what_is_older(kube: FakeKube, job: Job) -> None:
    log = kube.log("submitter")
    log.write("old", time="2026-11-28T10:00:01.1Z")
    log.write("new", time="2026-11-28T10:00:01.7Z")
    since = datetime(2026, 11, 28, 10, 0, 1, 500_000, tzinfo=timezone.utc)
    assert list(job.logs(since=since)) == ["new"]
    assert list(job.logs(since=60)) == []


@pytest.mark.parametrize("bad", [{"tail": -1}, {"since": -1}])
def test_refuses_what_makes_no_sense(job: Job, bad: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="-1"):
        list(job.logs(**bad))


def test_follows_until_the_job_ends(kube: FakeKube, job: Job) -> None:
    reader = Reader(job.logs(follow=True))
    kube.log("submitter").write("one", time=T1)
    assert reader.take(1) == ["one"]
    kube.log("submitter").write("two", time=T2)
    assert reader.take(1) == ["two"]
    kube.log("submitter").tail = f"{T3} without an end"
    end_submitter(kube)
    end_job(kube)
    assert reader.rest() == ["without an end"]


def test_loses_and_repeats_no_line_when_connections_break(kube: FakeKube, job: Job) -> None:
    log = kube.log("submitter")
    reader = Reader(job.logs(follow=True))
    expected = []
    seen: list[str] = []
    for number in range(40):
        # Many lines of one moment, some equal: only their count tells them apart.
        lines = [f"line {number}", "same", "same"]
        log.write(*lines, time=f"2026-11-28T10:00:00.{number // 16:03d}Z")
        expected += lines
        if number % 10 == 3:
            seen += reader.take(len(expected) - len(seen))
            log.cut()
    end_submitter(kube)
    end_job(kube)
    assert seen + reader.rest() == expected
    assert kube.count(r"/log\?.*sinceTime") >= 4


def test_says_where_the_node_lost_lines(
    kube: FakeKube, job: Job, caplog: pytest.LogCaptureFixture
) -> None:
    log = kube.log("submitter")
    log.write("one", time=T1)
    reader = Reader(job.logs(follow=True))
    assert reader.take(1) == ["one"]
    with kube.changed:
        log.rotate()
        log.write("three", time=T3)
        log.cut()
    end_submitter(kube)
    end_job(kube)
    assert reader.rest() == ["three"]
    assert "rotated the log away" in caplog.text


def test_waits_for_a_job_that_has_not_started(
    kube: FakeKube, client: PlatformClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "ml_platform")
    put_job(kube)
    reader = Reader(client.get(RUN).logs(follow=True))
    until(lambda: "KubeRay has not started this job yet" in caplog.text)
    start_job(kube)
    waiting = {"waiting": {"reason": "ContainerCreating"}}
    put_submitter(kube, state=waiting, phase="Pending")
    kube.log("submitter").write("at last", time=T1)
    put_submitter(kube)
    assert reader.take(1) == ["at last"]
    end_submitter(kube)
    end_job(kube)
    assert reader.rest() == []


def test_joins_the_log_of_a_submitter_that_replaced_another(kube: FakeKube, job: Job) -> None:
    reader = Reader(job.logs(follow=True))
    lines = [f"step {number}" for number in range(10)]
    kube.log("submitter").write(*lines, time=T1)
    assert reader.take(10) == lines
    end_submitter(kube, code=1)
    # The new one follows the driver from its first line again.
    kube.log("other").write(*lines, "step 10", "step 11", time=T2)
    put_submitter(kube, "other", created="2026-11-28T10:00:02Z")
    assert reader.take(2) == ["step 10", "step 11"]
    end_submitter(kube, "other", created="2026-11-28T10:00:02Z")
    end_job(kube)
    assert reader.rest() == []


def test_joins_them_though_only_the_end_was_read(kube: FakeKube, job: Job) -> None:
    lines = [f"step {number}" for number in range(10)]
    for number, line in enumerate(lines):
        kube.log("submitter").write(line, time=f"2026-11-28T10:00:01.{number}Z")
    reader = Reader(job.logs(follow=True, tail=2))
    assert reader.take(2) == ["step 8", "step 9"]
    end_submitter(kube, code=1)
    kube.log("other").write(*lines, "step 10", time=T2)
    put_submitter(kube, "other", created="2026-11-28T10:00:02Z")
    end_submitter(kube, "other", created="2026-11-28T10:00:02Z")
    end_job(kube)
    assert reader.rest() == ["step 10"]


def test_goes_on_with_the_next_attempt(
    kube: FakeKube, job: Job, caplog: pytest.LogCaptureFixture
) -> None:
    reader = Reader(job.logs(follow=True))
    kube.log("submitter").write("first attempt", time=T1)
    assert reader.take(1) == ["first attempt"]
    end_submitter(kube, code=1)
    kube.remove("pods", "submitter")
    kube.change("rayjobs", RUN, jobDeploymentStatus="Retrying", jobStatus="FAILED", failed=1)
    start_job(kube, jobId="second", rayClusterName="second", failed=1)
    kube.log("again").write("second attempt", time=T2)
    put_submitter(kube, "again", created="2026-11-28T10:00:02Z")
    end_submitter(kube, "again", created="2026-11-28T10:00:02Z")
    end_job(kube)
    assert reader.rest() == ["second attempt"]
    assert "submitted again" in caplog.text


def test_reads_the_end_of_a_container_that_was_restarted(kube: FakeKube, job: Job) -> None:
    log = kube.log("submitter")
    log.write("begun", time=T1)
    reader = Reader(job.logs(follow=True))
    assert reader.take(1) == ["begun"]
    before = kube.log("submitter", "ray-job-submitter/previous")
    before.write("begun", "its end", time=T1)
    with kube.changed:
        log.rotate()
        log.write("begun", "its end", "anew", time=T2)
        put_submitter(kube, restarts=1, policy="OnFailure")
        log.cut()
    end_submitter(kube, restarts=1)
    end_job(kube)
    assert reader.rest() == ["its end", "anew"]


def test_reads_the_submitter_beside_the_head(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube, submissionMode="SidecarMode")
    start_job(kube)
    labels = {"ray.io/cluster": f"{RUN}-cluster", "ray.io/node-type": "head"}
    containers = [{"name": "ray-head"}, {"name": "ray-job-submitter"}]
    status = [{"name": each["name"], "state": {"running": {}}} for each in containers]
    kube.put(
        "pods",
        {
            "metadata": {"name": "head", "labels": labels},
            "spec": {"containers": containers},
            "status": {"phase": "Running", "containerStatuses": status},
        },
    )
    kube.log("head").write("beside the head", time=T1)
    assert list(client.get(RUN).logs()) == ["beside the head"]


class RayApi:
    """Ray's dashboard behind the API server's proxy."""

    def __init__(self, kube: FakeKube) -> None:
        self.log = ""
        self.status = "RUNNING"
        self.gone = False
        self.whole_reads = 0
        self.proxy = f"/services/{RUN}-head-svc:8265/proxy"
        kube.answer = self.answer

    def answer(self, method: str, path: str) -> tuple[int, Any] | None:
        url = urlsplit(path)
        if self.proxy not in url.path:
            return None
        if self.gone:
            return 404, {"message": "services not found"}
        if url.path.endswith(f"/api/jobs/{RUN}-id"):
            return 200, {"status": self.status, "driver_node_id": "n-1"}
        assert url.path.endswith("/api/v0/logs/file")
        query = dict(parse_qsl(url.query))
        assert (query["node_id"], query["submission_id"]) == ("n-1", f"{RUN}-id")
        if query["lines"] == "-1":
            self.whole_reads += 1
            return 200, self.log
        lines = self.log.splitlines(keepends=True)
        return 200, "".join(lines[-int(query["lines"]) :])


def test_follows_rays_own_log_where_no_pod_has_it(kube: FakeKube, client: PlatformClient) -> None:
    ray = RayApi(kube)
    put_job(kube, submissionMode="HTTPMode")
    start_job(kube)
    job = client.get(RUN)
    ray.log = "one\ntwo\nhal"
    assert list(job.logs()) == ["one", "two"]
    assert list(job.logs(tail=1)) == ["two"]
    reader = Reader(job.logs(follow=True))
    assert reader.take(2) == ["one", "two"]
    ray.log = "one\ntwo\nhalf\nlast"
    assert reader.take(1) == ["half"]
    ray.status = "SUCCEEDED"
    end_job(kube)
    assert reader.rest() == ["last"]


def test_reads_rays_file_again_only_when_it_has_grown(
    kube: FakeKube, client: PlatformClient
) -> None:
    ray = RayApi(kube)
    put_job(kube, submissionMode="HTTPMode")
    start_job(kube)
    lines = [f"line {number:03d}" for number in range(60)]
    ray.log = "".join(f"{line}\n" for line in lines[:30])
    reader = Reader(client.get(RUN).logs(follow=True))
    assert reader.take(30) == lines[:30]
    time.sleep(1.5)
    assert ray.whole_reads == 1
    ray.log = "".join(f"{line}\n" for line in lines)
    assert reader.take(30) == lines[30:]
    ray.status = "SUCCEEDED"
    end_job(kube)
    assert reader.rest() == []


def test_says_when_the_ray_cluster_went_with_the_end(
    kube: FakeKube, client: PlatformClient, caplog: pytest.LogCaptureFixture
) -> None:
    ray = RayApi(kube)
    put_job(kube, submissionMode="HTTPMode")
    start_job(kube)
    ray.log = "one\n"
    reader = Reader(client.get(RUN).logs(follow=True))
    assert reader.take(1) == ["one"]
    ray.gone = True
    end_job(kube)
    assert reader.rest() == []
    assert "last lines may be missing" in caplog.text


def test_ends_when_the_job_is_deleted(kube: FakeKube, job: Job) -> None:
    kube.log("submitter").write("one", time=T1)
    reader = Reader(job.logs(follow=True))
    assert reader.take(1) == ["one"]
    kube.remove("rayjobs", RUN)
    kube.remove("pods", "submitter")
    kube.log("submitter").cut()
    assert reader.rest() == []


def test_has_no_log_of_a_job_that_is_not_there(kube: FakeKube, job: Job) -> None:
    kube.remove("rayjobs", RUN)
    with pytest.raises(NotFound, match=f"There is no job {RUN}"):
        list(job.logs(follow=True))


def test_closes_its_connection_when_the_reader_stops(kube: FakeKube, job: Job) -> None:
    kube.log("submitter").write("one", "two", time=T1)
    lines = job.logs(follow=True)
    assert next(lines) == "one"
    lines.close()  # type: ignore[attr-defined]
    assert list(lines) == []


def test_waits_while_an_api_server_refuses_whom_it_let_in(kube: FakeKube, job: Job) -> None:
    log = kube.log("submitter")
    log.write("one", time=T1)
    reader = Reader(job.logs(follow=True))
    assert reader.take(1) == ["one"]
    answers = [(403, {"message": "no rules yet"}), (503, {"message": "starting"})]
    kube.answer = lambda method, path: answers.pop() if answers else None
    log.cut()
    log.write("two", time=T2)
    assert reader.take(1) == ["two"]
    assert answers == []


def test_raises_a_refusal_that_is_meant(kube: FakeKube, job: Job) -> None:
    kube.answer = lambda method, path: (403, {"message": "user can't get rayjobs"})
    with pytest.raises(Refused, match="can't get rayjobs"):
        list(job.logs(follow=True))

"""Submitting, following, changing and listing jobs, blocking."""

import threading
from typing import Any

import pytest
from ml_platform.sdk import (
    Conflict,
    InvalidJob,
    Job,
    JobFailed,
    JobStopped,
    JobTimeout,
    NotFound,
    PlatformClient,
    PlatformError,
    Refused,
    Unreachable,
)

from .fake_job import RUN, end_job, end_submitter, put_job, put_submitter, start_job
from .fake_kube import FakeKube

IMAGE = "registry.example.com/model:v1"


def later(*steps: Any) -> threading.Thread:
    """Does something to the cluster meanwhile, each step after a while."""

    def work() -> None:
        for step in steps:
            threading.Event().wait(0.15)
            step()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_submits_what_the_golden_files_say(kube: FakeKube, client: PlatformClient) -> None:
    job = client.submit_job(
        "training",
        IMAGE,
        parameters={"epochs": "10"},
        cpu="8",
        memory="32Gi",
        env={"SEED": "007"},
    )
    assert job.name.startswith("training-2")
    made = kube.objects["rayjobs", "training", job.name]
    worker = made["spec"]["rayClusterSpec"]["workerGroupSpecs"][0]["template"]["spec"]
    assert worker["containers"][0]["resources"]["limits"] == {"cpu": "8", "memory": "32Gi"}
    assert worker["containers"][0]["env"] == [{"name": "SEED", "value": "007"}]
    assert job.summary.entrypoint == "python train.py --epochs=10"
    assert job.summary.owner == "user:default/ada"
    assert (job.summary.workload, job.summary.version) == ("training", "v1")
    assert job.last_status.state == "pending"
    assert job.summary.workers_desired == 1


def test_takes_the_next_name_when_one_is_taken(kube: FakeKube, client: PlatformClient) -> None:
    jobs = [client.submit_job("training", IMAGE) for _ in range(3)]
    assert len({job.name for job in jobs}) == 3


def test_submits_once_under_a_run_name(kube: FakeKube, client: PlatformClient) -> None:
    first = client.submit_job("training", IMAGE, run_name="mine", env={"A": "1"})
    start_job(kube, "mine")
    again = client.submit_job("training", IMAGE, run_name="mine", env={"A": "1"})
    assert (again.name, again.last_status.state) == (first.name, "running")
    assert kube.count("^POST") == 2
    with pytest.raises(Conflict, match="There is another job mine"):
        client.submit_job("training", IMAGE, run_name="mine", env={"A": "2"})


def test_refuses_a_job_before_it_asks_the_cluster(kube: FakeKube, client: PlatformClient) -> None:
    with pytest.raises(InvalidJob, match="cpu: 'lots' is not a quantity"):
        client.submit_job("training", IMAGE, cpu="lots")
    assert kube.requests == []


def test_hands_on_why_a_cluster_refuses_a_job(kube: FakeKube, client: PlatformClient) -> None:
    kube.answer = lambda method, path: (422, {"message": "spec: no such queue"})
    with pytest.raises(InvalidJob, match="no such queue"):
        client.submit_job("training", IMAGE)
    kube.answer = lambda method, path: (403, {"message": "user can't create rayjobs"})
    with pytest.raises(Refused, match="can't create rayjobs"):
        client.submit_job("training", IMAGE)
    kube.answer = lambda method, path: (500, "<html>oops</html>")
    with pytest.raises(PlatformError, match="oops"):
        client.submit_job("training", IMAGE)


def test_watches_until_the_end_by_one_watch(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube)
    job = client.get(RUN)
    steps = (
        lambda: start_job(kube),
        lambda: kube.change("rayjobs", RUN, note="nothing that people are told"),
        lambda: end_job(kube),
    )
    thread = later(*steps)
    assert [status.state for status in job.watch()] == ["pending", "running", "succeeded"]
    thread.join()
    assert kube.count("watch=true") == 1
    assert job.summary.status.ended_at is not None


def test_watches_on_when_the_connection_breaks(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube)
    later(kube.break_watches, lambda: start_job(kube), kube.break_watches, lambda: end_job(kube))
    states = [status.state for status in client.get(RUN).watch()]
    assert states == ["pending", "running", "succeeded"]


def test_reads_the_job_again_when_its_version_is_too_old(
    kube: FakeKube, client: PlatformClient
) -> None:
    put_job(kube)
    job = client.get(RUN)
    expired = [(410, {"message": "too old resource version"})]
    kube.answer = lambda method, path: expired.pop() if "watch=" in path and expired else None
    later(lambda: end_job(kube))
    assert job.wait(timeout=10).state == "succeeded"
    assert expired == []


def test_tells_why_a_job_does_not_start(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube)
    kube.change("rayjobs", RUN, jobDeploymentStatus="Initializing")
    put_submitter(
        kube, state={"waiting": {"reason": "ImagePullBackOff", "message": "no such tag"}}
    )
    status = client.get(RUN).status()
    assert (status.state, status.reason) == ("pending", "ImagePullBackOff")
    assert "no such tag" in (status.message or "")


def test_waits_for_success(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube)
    later(lambda: start_job(kube), lambda: end_job(kube))
    status = client.get(RUN).wait(timeout=10)
    assert status.is_over
    assert status.started_at is not None


def test_raises_why_a_job_failed_with_its_last_lines(
    kube: FakeKube, client: PlatformClient
) -> None:
    put_job(kube)
    start_job(kube)
    lines = [f"line {number}" for number in range(30)]
    kube.log("submitter").write(*lines, "ValueError: bad boundary")
    end_submitter(kube, code=1)
    message = "Job entrypoint command failed with exit code 1"
    end_job(kube, "FAILED", reason="AppFailed", message=message)
    with pytest.raises(JobFailed, match="AppFailed") as caught:
        client.get(RUN).wait()
    failure = caught.value
    assert (failure.reason, failure.exit_code) == ("AppFailed", 1)
    assert failure.message.startswith(message)
    assert len(failure.last_lines) == 20
    assert failure.last_lines[-1] == "ValueError: bad boundary"
    assert "ValueError" in str(failure)


def test_takes_the_last_lines_from_the_message_where_pods_are_gone(
    kube: FakeKube, client: PlatformClient
) -> None:
    put_job(kube)
    start_job(kube)
    message = "Failed, last available logs (truncated to 20,000 chars):\nepoch 1\nKeyError: 'x'\n"
    end_job(kube, "FAILED", message=message)
    with pytest.raises(JobFailed) as caught:
        client.get(RUN).wait()
    assert caught.value.last_lines == ("epoch 1", "KeyError: 'x'")
    assert caught.value.exit_code is None


def test_raises_that_a_job_was_stopped(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube)
    end_job(kube, "STOPPED")
    with pytest.raises(JobStopped, match="was stopped"):
        client.get(RUN).wait()


def test_gives_up_waiting_in_time(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube)
    start_job(kube)
    put_submitter(kube)
    kube.log("submitter").write("so far")
    with pytest.raises(JobTimeout, match=r"has not ended after 0\.3 s: it is running") as caught:
        client.get(RUN).wait(timeout=0.3)
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.last_lines == ("so far",)


def test_knows_the_end_of_a_job_that_is_deleted_before_it_is_closed(
    kube: FakeKube, client: PlatformClient
) -> None:
    put_job(kube)
    start_job(kube, jobStatus="SUCCEEDED")
    later(lambda: kube.remove("rayjobs", RUN))
    assert client.get(RUN).wait(timeout=10).state == "succeeded"


def test_says_that_a_job_was_deleted(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube)
    start_job(kube)
    later(lambda: kube.remove("rayjobs", RUN))
    with pytest.raises(NotFound, match="was deleted before it ended"):
        client.get(RUN).wait(timeout=10)


def test_asks_ray_to_stop_what_runs(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube)
    start_job(kube)
    stop = f"/services/{RUN}-head-svc:8265/proxy/api/jobs/{RUN}-id/stop"
    kube.answer = lambda method, path: (200, {"stopped": True}) if stop in path else None
    client.get(RUN).stop()
    assert kube.count(f"^POST .*{stop}$") == 1


def test_suspends_what_has_not_started(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube)
    job = client.get(RUN)
    job.stop()
    status = job.status()
    assert (status.state, status.reason) == ("stopped", "Stopped")
    assert status.ended_at is not None
    with pytest.raises(JobStopped, match="was stopped"):
        job.wait()


def test_takes_what_it_stops_out_of_its_kueue_queue(
    kube: FakeKube, client: PlatformClient
) -> None:
    job = client.submit_job("training", IMAGE, run_name=RUN, queue="gpus")
    uid = kube.objects["rayjobs", "training", RUN]["metadata"]["uid"]
    for name, of in (("mine", uid), ("other", "another")):
        labels = {"kueue.x-k8s.io/job-uid": of}
        kube.put("workloads", {"metadata": {"name": name, "labels": labels}, "spec": {}})
    job.stop()
    assert kube.objects["workloads", "training", "mine"]["spec"] == {"active": False}
    assert kube.objects["workloads", "training", "other"]["spec"] == {}
    assert job.status().state == "stopped"


def test_stops_nothing_that_has_ended_or_can_not_be_stopped(
    kube: FakeKube, client: PlatformClient
) -> None:
    put_job(kube)
    end_job(kube)
    with pytest.raises(Conflict, match="nothing to stop"):
        client.get(RUN).stop()
    put_job(kube, "other", shutdownAfterJobFinishes=False)
    with pytest.raises(Conflict, match="can't be stopped before its entrypoint runs"):
        client.get("other").stop()


@pytest.mark.parametrize(
    ("annotation", "owner"),
    [
        (
            {"argocd.argoproj.io/tracking-id": f"jobs:ray.io/RayJob:training/{RUN}"},
            "Argo CD's application jobs",
        ),
        (
            {"ml-platform.dev/gitops-path": f"gitops/clusters/a/jobs/training/{RUN}.yaml"},
            "gitops/clusters",
        ),
    ],
)
def test_leaves_to_git_what_git_owns(
    kube: FakeKube, client: PlatformClient, annotation: dict[str, str], owner: str
) -> None:
    put_job(kube)
    thing = kube.objects["rayjobs", "training", RUN]
    thing["metadata"]["annotations"] = annotation
    job = client.get(RUN)
    for change in (job.stop, job.delete, job.retry):
        with pytest.raises(Refused, match=f"git owns it .{owner}"):
            change()
    assert kube.count("^(PATCH|DELETE|POST)") == 0


def test_takes_no_claim_that_was_copied_along(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube)
    tracking = {"argocd.argoproj.io/tracking-id": "jobs:ray.io/RayJob:training/another"}
    kube.objects["rayjobs", "training", RUN]["metadata"]["annotations"] = tracking
    client.get(RUN).delete()
    assert kube.objects == {}


def test_deletes_only_the_job_that_it_has_seen(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube)
    uid = kube.objects["rayjobs", "training", RUN]["metadata"]["uid"]
    client.get(RUN).delete()
    assert kube.bodies[-1]["preconditions"] == {"uid": uid}
    with pytest.raises(NotFound, match=f"There is no job {RUN} in the namespace training"):
        client.get(RUN)


def test_runs_a_job_again_under_a_new_name(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube, jobId="old", suspend=True)
    meta = kube.objects["rayjobs", "training", RUN]["metadata"]
    meta["labels"]["argocd.example.com/instance"] = "x"
    meta["annotations"] = {"note": "kept", "ml-platform.dev/requester": "user:default/bob"}
    again = client.get(RUN).retry()
    assert again.name != RUN
    made = kube.objects["rayjobs", "training", again.name]
    assert made["metadata"]["labels"] == {"app.kubernetes.io/name": "training"}
    assert made["metadata"]["annotations"] == {
        "note": "kept",
        "ml-platform.dev/requester": "user:default/ada",
        "ml-platform.dev/another-run-of": RUN,
    }
    assert "jobId" not in made["spec"]
    assert "suspend" not in made["spec"]


def test_runs_a_job_again_on_any_nodes(kube: FakeKube, client: PlatformClient) -> None:
    def admitted(podset: str) -> dict[str, Any]:
        return {
            "metadata": {
                "labels": {"team": "stars", "kueue.x-k8s.io/podset": podset},
                "annotations": {"kueue.x-k8s.io/workload": "w"},
            },
            "spec": {"containers": [], "nodeSelector": {"pool": "spot"}, "tolerations": [{}]},
        }

    workers = {"groupName": "workers", "template": admitted("workers")}
    put_job(
        kube,
        submitterPodTemplate=admitted("submitter"),
        rayClusterSpec={
            "headGroupSpec": {"template": admitted("head")},
            "workerGroupSpecs": [workers, {"groupName": "idle"}],
        },
    )
    meta = kube.objects["rayjobs", "training", RUN]["metadata"]
    meta["labels"]["kueue.x-k8s.io/queue-name"] = "gpu"
    plain = {"metadata": {"labels": {"team": "stars"}, "annotations": {}}}

    unknown = client.get(RUN).retry().name
    head = kube.objects["rayjobs", "training", unknown]["spec"]["rayClusterSpec"]["headGroupSpec"]
    assert head["template"] == {**plain, "spec": admitted("head")["spec"]}
    del kube.objects["rayjobs", "training", unknown]

    pod_sets: list[dict[str, Any]] = [
        {"name": name, "template": {"spec": {}}} for name in ("head", "submitter")
    ]
    disk = {"nodeSelector": {"disk": "fast"}}
    pod_sets.append({"name": "workers", "template": {"spec": {"image": "i", **disk}}})
    labels = {"kueue.x-k8s.io/job-uid": meta["uid"]}
    kube.put("workloads", {"metadata": {"name": "w", "labels": labels}})
    kube.objects["workloads", "training", "w"]["spec"] = {"podSets": pod_sets}
    spec = kube.objects["rayjobs", "training", client.get(RUN).retry().name]["spec"]
    alone = {**plain, "spec": {"containers": []}}
    assert spec["submitterPodTemplate"] == alone
    assert spec["rayClusterSpec"] == {
        "headGroupSpec": {"template": alone},
        "workerGroupSpecs": [
            {**workers, "template": {**plain, "spec": {"containers": [], **disk}}},
            {"groupName": "idle"},
        ],
    }


def test_lists_jobs_newest_first(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube, "a")
    put_job(kube, "b")
    start_job(kube, "b")
    kube.objects["rayjobs", "training", "b"]["metadata"]["creationTimestamp"] = (
        "2026-11-29T00:00:00Z"
    )
    kube.put("rayjobs", {"metadata": {"name": "c", "namespace": "other"}, "spec": {}})

    def names(jobs: list[Job]) -> list[str]:
        return [job.name for job in jobs]

    assert names(client.list()) == ["b", "a"]
    assert names(client.list(state="running")) == ["b"]
    assert names(client.list(workload="training")) == ["b", "a"]
    assert names(client.list(workload="else")) == []
    assert names(client.list(namespace="other")) == ["c"]
    assert names(client.list(all_namespaces=True)) == ["b", "c", "a"]


def test_reads_a_long_list_page_by_page(kube: FakeKube, client: PlatformClient) -> None:
    pages = {
        "": {"metadata": {"continue": "more/1"}, "items": [{"metadata": {"name": "a"}}]},
        "more/1": {"metadata": {}, "items": [{"metadata": {"name": "b"}}]},
    }
    kube.answer = lambda method, path: (200, pages[path.partition("&continue=")[2]])
    assert [job.name for job in client.list()] == ["b", "a"]


def put_cluster(kube: FakeKube, *groups: dict[str, Any], **more: Any) -> None:
    metadata = {"name": "shared", **more.pop("metadata", {})}
    kube.put("rayclusters", {"metadata": metadata, "spec": {"workerGroupSpecs": groups, **more}})


def test_scales_the_workers_of_a_ray_cluster(kube: FakeKube, client: PlatformClient) -> None:
    put_cluster(kube, {"groupName": "small", "replicas": 2, "maxReplicas": 5})
    client.scale("shared", 5)
    assert kube.bodies[-1] == [
        {"op": "test", "path": "/spec/workerGroupSpecs/0/groupName", "value": "small"},
        {"op": "add", "path": "/spec/workerGroupSpecs/0/replicas", "value": 5},
    ]
    put_cluster(kube, {"groupName": "small"}, {"groupName": "large"})
    client.scale("shared", 0, group="large")
    assert kube.bodies[-1][1]["path"] == "/spec/workerGroupSpecs/1/replicas"


def test_says_what_can_not_be_scaled(kube: FakeKube, client: PlatformClient) -> None:
    with pytest.raises(NotFound, match='rayclusters "shared" not found'):
        client.scale("shared", 1)
    group = {"groupName": "small", "minReplicas": 1, "maxReplicas": 2}
    put_cluster(kube, group, enableInTreeAutoscaling=True)
    with pytest.raises(Conflict, match="scaled by Ray's autoscaler"):
        client.scale("shared", 1)
    owner = {"kind": "RayJob", "name": RUN}
    put_cluster(kube, group, metadata={"ownerReferences": [owner]})
    with pytest.raises(Conflict, match=f"belongs to the job {RUN}"):
        client.scale("shared", 1)
    put_cluster(kube, group, metadata={"labels": {"app.kubernetes.io/instance": "ray"}})
    with pytest.raises(Refused, match=r"git owns it \(ray\)"):
        client.scale("shared", 1)
    put_cluster(kube, group)
    with pytest.raises(Conflict, match="small may have from 1 to 2 workers, not 3"):
        client.scale("shared", 3)
    with pytest.raises(NotFound, match="no worker group large; it has small"):
        client.scale("shared", 1, group="large")
    put_cluster(kube, group, {"groupName": "large"})
    with pytest.raises(Conflict, match=r"Name the worker group of shared .* small, large"):
        client.scale("shared", 1)
    assert kube.count("^PATCH") == 0


def test_says_when_a_cluster_can_not_be_reached(kubeconfig: str, kube: FakeKube) -> None:
    with PlatformClient(kubeconfig=kubeconfig) as client:
        kube._server.shutdown()
        kube._server.server_close()
        refused = r"Couldn't reach http://127\.0\.0\.1:\d+: .*refused"
        with pytest.raises(Unreachable, match=refused):
            client.list()


def test_signs_in_again_when_a_token_has_expired(kube: FakeKube, client: PlatformClient) -> None:
    put_job(kube)
    refusals = [(401, {"message": "Unauthorized"})]
    kube.answer = lambda method, path: refusals.pop() if refusals else None
    assert client.get(RUN).name == RUN
    kube.answer = lambda method, path: (401, {"message": "Unauthorized"})
    with pytest.raises(Refused, match="does not accept the credentials"):
        client.get(RUN)

"""Objects of the fake cluster, as KubeRay makes them."""

from typing import Any

from .fake_kube import FakeKube

RUN = "training-20261128-100000"


def put_job(kube: FakeKube, name: str = RUN, **spec: Any) -> None:
    """A RayJob that KubeRay has not begun with."""
    mode = {"submissionMode": "K8sJobMode", "shutdownAfterJobFinishes": True}
    kube.put(
        "rayjobs",
        {
            "apiVersion": "ray.io/v1",
            "kind": "RayJob",
            "metadata": {"name": name, "labels": {"app.kubernetes.io/name": "training"}},
            "spec": {"entrypoint": "python train.py", **mode, **spec},
        },
    )


def start_job(kube: FakeKube, name: str = RUN, **status: Any) -> None:
    """KubeRay has started the Ray cluster, and Ray the entrypoint."""
    fields = {
        "jobDeploymentStatus": "Running",
        "jobStatus": "RUNNING",
        "jobId": f"{name}-id",
        "rayClusterName": f"{name}-cluster",
        "dashboardURL": f"{name}-head-svc.training.svc.cluster.local:8265",
        "rayJobInfo": {"startTime": "2026-11-28T10:00:05Z"},
    }
    kube.change("rayjobs", name, **{**fields, **status})


def put_submitter(
    kube: FakeKube,
    pod: str = "submitter",
    job: str = RUN,
    *,
    state: dict[str, Any] | None = None,
    restarts: int = 0,
    created: str = "2026-11-28T10:00:01Z",
    phase: str = "Running",
    policy: str = "Never",
) -> None:
    """The pod that submits a job and prints what its entrypoint writes."""
    container = {
        "name": "ray-job-submitter",
        "restartCount": restarts,
        "state": state or {"running": {}},
    }
    kube.put(
        "pods",
        {
            "metadata": {
                "name": pod,
                "creationTimestamp": created,
                "labels": {"ray.io/originated-from-cr-name": job},
            },
            "spec": {"restartPolicy": policy, "containers": [{"name": "ray-job-submitter"}]},
            "status": {"phase": phase, "containerStatuses": [container]},
        },
    )


def end_submitter(kube: FakeKube, pod: str = "submitter", code: int = 0, **more: Any) -> None:
    """The submitter's container has ended."""
    phase = "Failed" if code else "Succeeded"
    put_submitter(kube, pod, state={"terminated": {"exitCode": code}}, phase=phase, **more)
    kube.log(pod).end()


def end_job(kube: FakeKube, outcome: str = "SUCCEEDED", name: str = RUN, **status: Any) -> None:
    """KubeRay has closed the job."""
    deployment = "Failed" if outcome == "FAILED" else "Complete"
    kube.change(
        "rayjobs",
        name,
        jobStatus=outcome,
        jobDeploymentStatus=deployment,
        endTime="2026-11-28T10:10:00Z",
        **status,
    )

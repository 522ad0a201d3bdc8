"""What KubeRay and the kubelet do for each job that is submitted, in its short form."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from .fake_job import end_job, end_submitter, put_submitter, start_job
from .fake_kube import FakeKube


def _play(kube: FakeKube, lines: tuple[str, ...], outcome: str, stopped: Event) -> None:
    while not stopped.wait(0.05):
        for _, _, name in [key for key in kube.objects if key[0] == "rayjobs"]:
            if kube.objects["rayjobs", "training", name].get("status"):
                continue
            pod = f"{name}-pod"
            stopped.wait(0.4)
            start_job(kube, name)
            put_submitter(kube, pod, name)
            kube.log(pod).write(*lines)
            stopped.wait(1.2)
            end_submitter(kube, pod, 0 if outcome == "SUCCEEDED" else 1, job=name)
            end_job(kube, outcome, name)


@contextmanager
def playing(kube: FakeKube, *lines: str, outcome: str = "SUCCEEDED") -> Iterator[None]:
    """Has each new job start, write the lines, and end."""
    stopped = Event()
    player = Thread(target=_play, args=(kube, lines, outcome, stopped), daemon=True)
    player.start()
    try:
        yield
    finally:
        stopped.set()
        player.join()

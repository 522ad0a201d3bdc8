"""Showing a job until it ends."""

import math
import time

from ml_platform.sdk.errors import PlatformError
from ml_platform.sdk.kube.contexts import Place
from ml_platform.sdk.kube.effects import Pause, Procedure
from ml_platform.sdk.links import job_links
from ml_platform.sdk.logs.patience import Patience
from ml_platform.sdk.notebook.display import JobDisplay
from ml_platform.sdk.operations.outcome import last_lines
from ml_platform.sdk.operations.read import JobPlace, read_job, read_pods
from ml_platform.sdk.operations.watch import Seen, Statuses
from ml_platform.sdk.summary import job_summary

_REST = 4
"""Times that a look took to wait before the next one: a log in Ray comes whole each time."""


def show_job(
    cluster: Place, place: JobPlace, tail: int, interval: float, timeout: float | None
) -> Procedure[Seen]:
    """Shows a job in place until it ends or the time is up; answers with what it saw last.

    Args:
        cluster: where the job is.
        place: names the job.
        tail: lines of the log's end to show.
        interval: seconds between two looks.
        timeout: seconds; `None` for no limit.
    """
    deadline = math.inf if timeout is None else time.monotonic() + timeout
    display = JobDisplay()
    statuses = Statuses()
    patience = Patience()
    seen: Seen | None = None
    while True:
        begun = time.monotonic()
        try:
            job = yield from read_job(place)
            pods = yield from read_pods(job)
        except PlatformError as error:
            if seen is None or not patience.bears(error):
                raise
            yield Pause(patience.delay())
            continue
        patience.answered()
        seen = statuses.of(job, pods)
        lines = yield from last_lines(place, tail)
        summary = job_summary(seen.job, seen.status)
        display.update(summary, job_links(cluster, *place), lines)
        left = deadline - time.monotonic()
        if seen.status.is_over or left <= 0:
            return seen
        yield Pause(min(left, max(interval, _REST * (time.monotonic() - begun))))

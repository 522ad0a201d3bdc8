"""Names of runs."""

import re
from datetime import datetime, timezone

LONGEST_JOB_NAME = 47
"""KubeRay's limit for the name of a RayJob: the names of its children grow from it."""

_TIME = re.compile(r"-[0-9]{8}-[0-9]{6}\Z")


def job_name(workload: str, now: datetime) -> str:
    """Name of one run: `<workload>-<yyyymmdd>-<hhmmss>` in UTC.

    The name is a DNS-1035 label of at most `LONGEST_JOB_NAME` characters. A long workload
    is shortened, the time never is.
    """
    suffix = now.astimezone(timezone.utc).strftime("-%Y%m%d-%H%M%S")
    words = re.sub(r"[^a-z0-9]+", "-", workload.lower())
    stem = re.sub(r"\A[^a-z]+", "", words)[: LONGEST_JOB_NAME - len(suffix)].rstrip("-")
    return f"{stem or 'job'}{suffix}"


def without_time(name: str) -> str:
    """The name of a run without its time, where it has one."""
    return _TIME.sub("", name)

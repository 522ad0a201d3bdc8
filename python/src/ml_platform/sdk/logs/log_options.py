"""What of a log somebody asks for."""

from datetime import datetime, timedelta, timezone

from ml_platform.sdk.logs.driver_log import LogOptions
from ml_platform.sdk.logs.log_time import log_time


def log_options(
    follow: bool,
    tail: int | None,
    since: datetime | timedelta | float | None,
    timestamps: bool,
) -> LogOptions:
    """The options of `Job.logs`; raises `ValueError` for a negative tail or age."""
    if tail is not None and tail < 0:
        raise ValueError(f"tail is {tail}; ask for 0 lines or more")
    return LogOptions(follow, tail, _since(since), timestamps)


def _since(since: datetime | timedelta | float | None) -> str | None:
    if since is None:
        return None
    if isinstance(since, datetime):
        return log_time(since)
    age = since if isinstance(since, timedelta) else timedelta(seconds=since)
    if age < timedelta(0):
        raise ValueError(f"since is an age of {age}; give one of 0 s or more, or a time")
    return log_time(datetime.now(timezone.utc) - age)

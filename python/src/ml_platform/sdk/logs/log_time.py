"""Timestamps of the kubelet in the one form in which text order is time order."""

import re
from datetime import datetime, timezone

_FORM = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)", re.ASCII)


def normalize_log_time(text: str) -> str | None:
    """RFC 3339 in UTC with nine digits of fraction; `None` for text that is no time."""
    match = _FORM.fullmatch(text)
    if not match:
        return None
    seconds, fraction, zone = match.groups("")
    if zone != "Z":
        moment = datetime.fromisoformat(f"{seconds}{zone}").astimezone(timezone.utc)
        seconds = moment.strftime("%Y-%m-%dT%H:%M:%S")
    return f"{seconds}.{fraction.ljust(9, '0')}Z"


def log_time(moment: datetime) -> str:
    """A moment in the form of `normalize_log_time`; one without a zone is local time."""
    utc = moment.astimezone(timezone.utc)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond:06d}000Z"


def floor_to_second(time: str) -> str:
    """The whole second at or before a time: `sinceTime` knows nothing finer."""
    return f"{time[:19]}Z"

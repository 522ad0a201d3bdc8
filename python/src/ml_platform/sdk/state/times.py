"""Times of Kubernetes."""

from datetime import datetime


def read_time(value: str) -> datetime | None:
    """A time in UTC; `None` for an empty or broken one."""
    try:
        time = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None
    return time if time.tzinfo else None

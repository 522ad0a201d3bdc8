"""Who asks for jobs."""

import getpass
import os
import re

USER_VARIABLE = "ML_PLATFORM_USER"
"""Environment variable: the name that jobs are submitted under."""


def requester_of(name: str | None) -> str | None:
    """The entity reference of who asks, for example `user:default/ada`.

    Args:
        name: an entity reference, or the name of a user. Default: `ML_PLATFORM_USER`, else
            the user of this machine, where it has one.
    """
    user = name or os.environ.get(USER_VARIABLE) or _machine_user()
    if user is None or ":" in user:
        return user
    return f"user:default/{re.sub(r'[^a-z0-9._-]+', '-', user.lower())}"


def _machine_user() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None

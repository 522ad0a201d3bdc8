"""Parameters of a run, as options of its command."""

import re
from collections.abc import Mapping

from ml_platform.sdk.errors import InvalidJob
from ml_platform.sdk.manifest.shell_words import quote_word
from ml_platform.sdk.text import trim

_SAFE = re.compile(r"[\w@%+=:,./-]+", re.ASCII)
"""A value that a shell leaves alone."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def with_parameters(command: str, parameters: Mapping[str, str]) -> str:
    """The command with its parameters as options.

    Raises `InvalidJob` for a name that can't be an option, and for a script of several
    lines, which has no one place for options.
    """
    for name in parameters:
        if not _NAME.fullmatch(name):
            raise InvalidJob(
                f"'{name}' can't name a parameter; use letters, digits, hyphens and "
                "underscores, and start with a letter"
            )
    if parameters and "\n" in trim(command):
        raise InvalidJob("An entrypoint of several lines takes no parameters; write them into it")
    options = (f"--{name}={_word(value)}" for name, value in parameters.items())
    return " ".join((command, *options))


def _word(value: str) -> str:
    return value if _SAFE.fullmatch(value) else quote_word(value)

"""Parameters of a run, as options of its command."""

import re
from collections.abc import Mapping

from ml_platform.sdk.errors import InvalidJob
from ml_platform.sdk.manifest.manifest_text import text_problem
from ml_platform.sdk.manifest.shell_words import quote_word
from ml_platform.sdk.parameters.values import ParameterValue, value_text
from ml_platform.sdk.text import BLANKS, trim

_SAFE = re.compile(r"[\w@%+=:,./-]+", re.ASCII)
"""A value that a shell leaves alone."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_TAKES_OPTIONS = re.compile(
    rf"""(?:[^'"\\;&|<>()#\n]|(?<=[^{BLANKS}])\#|\\[^\n]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")*"""
)
"""A command that options can be added to.

Nothing outside of quotes ends it, no comment swallows what follows, and no quote or
backslash is left open.
"""


def with_parameters(command: str, parameters: Mapping[str, ParameterValue]) -> str:
    """The command with parameters as options, for example `--epochs=10`.

    A value reaches the program as it is: nothing in it means anything to a shell. Raises
    `InvalidJob` for a name that can't be an option, a value that no program can be given,
    and a command that has no one place for options.
    """
    texts = {name: value_text(value) for name, value in parameters.items()}
    for name, text in texts.items():
        if not _NAME.fullmatch(name):
            raise InvalidJob(
                f"'{name}' can't name a parameter; use letters, digits, hyphens and "
                "underscores, and start with a letter"
            )
        problem = text_problem(f"The value of {name}", text)
        if problem:
            raise InvalidJob(problem)
    if texts and not _TAKES_OPTIONS.fullmatch(trim(command)):
        raise InvalidJob(
            "Parameters are added to the end of the entrypoint, and this one is more than one "
            "command; use one command, for example python train.py, or write the options into it"
        )
    return " ".join((command, *(f"--{name}={_word(text)}" for name, text in texts.items())))


def _word(value: str) -> str:
    return value if _SAFE.fullmatch(value) else quote_word(value)

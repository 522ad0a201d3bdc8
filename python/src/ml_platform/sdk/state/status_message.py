"""KubeRay's message of a job as one sentence."""

import re

from ml_platform.sdk.state.error_line import error_line
from ml_platform.sdk.state.exit_codes import explain_exit_codes
from ml_platform.sdk.state.plain_text import plain_lines, plain_text, shorten
from ml_platform.sdk.text import trim

_LONGEST = 300
_LOGS = re.compile(r",? last available logs[^\n]*:[ \t]*(?:\r?\n|\Z)")


def _parts(message: str | None) -> tuple[str, str]:
    """What happened, and the log that the message carries."""
    text = message or ""
    match = _LOGS.search(text)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


def _error_of(message: str | None) -> str | None:
    """The error in the log that a message carries, if there is one."""
    log = _parts(message)[1]
    return error_line(log) if log else None


def log_of(message: str | None) -> list[str]:
    """The lines of the log that a message carries."""
    log = _parts(message)[1]
    return [line for line in plain_lines(log) if trim(line)]


def status_message(message: str | None) -> str | None:
    """What happened, with the error of the log, in at most 300 characters.

    A failed entrypoint's message carries up to 20,000 characters of its log.
    """
    head = trim(plain_text(_parts(message)[0]))
    if not head:
        return None
    sentence = explain_exit_codes(head)
    error = _error_of(message)
    return shorten(f"{sentence}: {error}" if error else sentence, _LONGEST)

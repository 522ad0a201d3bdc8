"""Errors that an API server's answer, or its silence, stands for."""

import json
import re

from ml_platform.sdk.errors import Conflict, NotFound, PlatformError, Refused, Unreachable


class BadRequest(PlatformError):
    """The API server doesn't take the request as it is (HTTP 400, 422)."""


class Expired(PlatformError):
    """A version is too old to watch from (HTTP 410)."""


class ServerFault(PlatformError):
    """The API server refuses with a code that has no error of its own."""


class Broken(Unreachable):
    """A stream ended in the middle, or fell silent."""


def answer_error(code: int, body: bytes) -> PlatformError:
    """The error for a response, with the message of its `Status` object."""
    message = _message(code, body)
    if code in (400, 422):
        return BadRequest(message)
    if code == 401:
        return Refused(
            f"The cluster does not accept the credentials ({message}); "
            "sign in again, for example with gcloud auth login, and check your kubeconfig"
        )
    if code == 403:
        return Refused(message)
    if code == 404:
        return NotFound(message)
    if code == 409:
        return Conflict(message)
    if code == 410:
        return Expired(message)
    if code in (429, 502, 503, 504):
        return Unreachable(message)
    return ServerFault(message)


def connection_error(host: str, error: BaseException) -> Unreachable:
    """A failed connection as a sentence with the cause."""
    # urllib3 wraps the cause in how often it has tried.
    cause = getattr(error, "reason", None) or error
    return Unreachable(f"Couldn't reach {host}: {str(cause) or type(cause).__name__}")


def _message(code: int, body: bytes) -> str:
    text = body.decode("utf-8", "replace")
    try:
        status = json.loads(text)
    except ValueError:
        status = None
    if isinstance(status, dict) and isinstance(status.get("message"), str) and status["message"]:
        return str(status["message"])
    # Proxies answer in HTML or plain text.
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).strip()
    return words[:300] or f"HTTP {code}"

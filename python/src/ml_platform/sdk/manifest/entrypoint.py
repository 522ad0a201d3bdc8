"""Entrypoints that reach Ray as they were typed.

The way of an entrypoint is long. Kubernetes replaces `$(NAME)` and `$$` in it. KubeRay
puts it unquoted into the submitter's shell, so that in `a && b` Ray runs only `a`.
`ray job submit` joins the words again: up to Ray 2.55 by the rule of Windows, which knows
double quotes alone and only puts them around blanks, later by that of POSIX. At last Ray
hands it to `sh`.
"""

import re

from ml_platform.sdk.manifest.shell_words import quote_word, shell_words
from ml_platform.sdk.text import trim

_BARE = re.compile(r"[\w@%+=:,./-]*", re.ASCII)
"""Characters that no shell gives a meaning to."""
_BLANK = re.compile(r"[ \t]")
_CHANGED = re.compile(r"[$`]|\\[\\\n]|\\\Z")
_SCRIPT = re.compile(r'bash <\(printf "((?:[^"\\$`]|\\(?:n|[0-7]{3}))*)"\)')


def _arrives(word: str) -> bool:
    """True for a word that arrives as it was sent, whichever rule joins it."""
    if _BARE.fullmatch(word):
        return True
    return bool(_BLANK.search(word)) and not _CHANGED.search(word)


def _printf_escape(match: re.Match[str]) -> str:
    character = match.group()
    return "\\n" if character == "\n" else f"\\{ord(character):03o}"


def _wrap_script(script: str) -> str:
    """A script of any content, in characters that all shells leave alone."""
    text = re.sub(r'[\\"$`\n\t!]', _printf_escape, script).replace("%", "%%")
    return f'bash <(printf "{text}")'


def _unwrap_script(command: str) -> str:
    match = _SCRIPT.fullmatch(command)
    if not match:
        return command
    return re.sub(
        r"\\(?:n|([0-7]{3}))",
        lambda escape: chr(int(escape[1], 8)) if escape[1] else "\n",
        match[1].replace("%%", "%"),
    )


def render_entrypoint(typed: str) -> str:
    """The entrypoint of a RayJob that runs what was typed as one shell command on Ray.

    One simple command stays as it is; all else becomes `bash -c '…'`. What this function
    made stays as it is, too.
    """
    command = trim(re.sub(r"\r\n?", "\n", typed))
    words = shell_words(command)
    if words is not None and all(_arrives(word) for word in words):
        return command
    script = command if _arrives(command) else _wrap_script(command)
    return f"bash -c {quote_word(script)}"


def typed_entrypoint(entrypoint: str) -> str:
    """What was typed for an entrypoint that `render_entrypoint` made."""
    words = shell_words(entrypoint)
    if words is None or len(words) != 3 or words[:2] != ["bash", "-c"]:
        return entrypoint
    typed = _unwrap_script(words[2])
    return typed if render_entrypoint(typed) == entrypoint else entrypoint

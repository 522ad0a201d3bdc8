"""Text without what only a terminal understands."""

import re

from ml_platform.sdk.text import BLANKS, length, trim

# ESC ] … or its one-character form, up to BEL or ST: titles and links.
_OSC = re.compile("(?:\x1b\\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\\\|\x9c)?")
# ESC [ … or its one-character form: colours and movements.
_CSI = re.compile("(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?")
_OTHER_ESCAPE = re.compile("\x1b[ -/]*[0-~]?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# They turn the text that follows round.
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(f"[{BLANKS}]+")


def plain_text(text: str) -> str:
    """Text without escape codes, control characters and marks of direction."""
    for pattern in (_OSC, _CSI, _OTHER_ESCAPE, _CONTROL, _DIRECTION):
        text = pattern.sub("", text)
    return text


def plain_lines(text: str) -> list[str]:
    """The lines that a terminal would show in the end: a return writes over a line."""
    lines = re.split(r"\r?\n", plain_text(text))
    return [next((part for part in reversed(line.split("\r")) if part), "") for line in lines]


def shorten(text: str, most: int) -> str:
    """One line of at most so many characters."""
    line = trim(_SPACES.sub(" ", text))
    return f"{line[: most - 1]}…" if length(line) > most else line

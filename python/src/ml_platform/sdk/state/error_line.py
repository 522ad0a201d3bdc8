"""The line of a failed program's log that says what went wrong."""

import re

from ml_platform.sdk.state.plain_text import plain_lines
from ml_platform.sdk.text import BLANKS, trim

_TAIL = 64 * 1024
"""The end of a log, in characters: what went wrong stands there."""
_LONGEST_LINE = 2_000
_EPILOGUE = 25
"""Lines that may follow an error which ended the program."""

# Ray's prefix of what another process wrote: `(train pid=7, ip=10.0.0.1) `.
_RAY_PREFIX = re.compile(r"\A\([^()]*\bpid=\d+[^()]*\) ?", re.ASCII)
# What draws a box, and the margin of an exception group.
_BOX = re.compile(rf"\A[{BLANKS}│┃║|]+|[{BLANKS}│┃║]+\Z")
_INDENTED = re.compile(rf"\A[{BLANKS}│┃║╭╰]")

# Each is anchored, so that a sentence which merely mentions an error is none.
_ERRORS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        # Python: ValueError: …, torch.OutOfMemoryError: …, RayTaskError(KeyError): …
        r"\A(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Interrupt|SystemExit)"
        r"(?:\([\w.]*\))?(?:: .*|:)?\Z",
        r"\A(?:\w+\.)*(?:exceptions?|errors?|subprocess)\.(?:\w+\.)*[A-Z]\w*(?:: .*|:)?\Z",
        # Java
        r'\AException in thread ".*?" .+',
        r"\ACaused by: .+",
        # Go
        r"\Apanic: .+",
        r"\Afatal error: .+",
        # Rust, C++
        r"\Athread '.*?' (?:\(\d+\) )?panicked at .+",
        r"\Aterminate called after throwing an instance of .+",
        # Shells, and what they say of a program that a signal ended
        r"\A(?:[\w./-]*sh|env|exec): .+: (?:command not found|not found|"
        r"No such file or directory|Permission denied|Exec format error)\Z",
        r"\A[\w./-]*sh: .*\bsyntax error\b.*",
        r"\A(?:[\w./-]+: (?:line \d+: )?\s*\d+ )?(?:Segmentation fault|Bus error|Aborted|"
        r"Killed|Illegal instruction)(?: +\(core dumped\))?(?: {2,}.*)?\Z",
        # Command lines and tools; a number alone is a measure of training
        r"\A[\w./-]+: can't open file .+",
        r"\A(?i:(?:[\w./-]+: )?(?:fatal |internal )?error: (?![-+\d.e%]+\Z).+)",
        r"\ACUDA out of memory\b.*",
    )
)

# What Ray's memory monitor adds to the error of a task that it killed.
_RAY_MEMORY = re.compile(
    r"Memory on the node .{0,400}?(?:memory used=([\d.]+ ?\w+)\) )?"
    r"was running was ([\d.]+ ?\w+) / ([\d.]+ ?\w+)",
    re.ASCII,
)


def error_line(log: str) -> str | None:
    """The last exception or error of a log, or `None` where there is none near the end.

    The last line alone is no cause, since it may be a progress bar, a hint or a greeting.
    """
    later = 0
    nameless: str | None = None
    tail = log[-_TAIL:]
    for line in reversed(plain_lines(tail)):
        text = _BOX.sub("", _RAY_PREFIX.sub("", line[:_LONGEST_LINE]))
        if _is_error(text):
            if not text.endswith(":"):
                return _with_memory(text, tail)
            # Its message is a page of its own: an error above may say more.
            nameless = nameless or text[:-1]
        later += _is_ordinary(line)
        if later > _EPILOGUE:
            break
    return nameless


def _with_memory(error: str, log: str) -> str:
    """How much memory was used when Ray killed a task for it, where the log says so."""
    oom = re.search(r"\bOutOfMemoryError\b", error, re.ASCII)
    match = _RAY_MEMORY.search(log) if oom else None
    if not match:
        return error
    task, used, most = match.groups()
    own = f"the task used {task}, " if task else ""
    return f"{error.removesuffix('.')} ({own}its node {used} of {most})"


def _is_error(text: str) -> bool:
    if "warn" in text.split(":", 1)[0].lower():
        return False
    return any(error.search(text) for error in _ERRORS)


def _is_ordinary(line: str) -> bool:
    """False for an indented line: it belongs to what stands above it."""
    return trim(line) != "" and not _INDENTED.search(_RAY_PREFIX.sub("", line))

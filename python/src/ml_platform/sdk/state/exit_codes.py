"""What an exit code means, by the rule of POSIX shells: 128 and a signal."""

import re

_SIGNALS = {
    1: "SIGHUP",
    2: "SIGINT, interrupted",
    3: "SIGQUIT",
    4: "SIGILL, invalid instruction",
    5: "SIGTRAP, stopped by a trap",
    6: "SIGABRT, aborted by the program itself",
    7: "SIGBUS, invalid memory access",
    8: "SIGFPE, arithmetic error",
    9: "SIGKILL, killed from outside, often for lack of memory",
    10: "SIGUSR1",
    11: "SIGSEGV, invalid memory access",
    12: "SIGUSR2",
    13: "SIGPIPE, the reader went away",
    14: "SIGALRM, a timer ran out",
    15: "SIGTERM, asked to stop",
    24: "SIGXCPU, used more CPU time than it may",
    25: "SIGXFSZ, wrote a file larger than it may",
    31: "SIGSYS, called the system in a way that is not allowed",
}
_CODES = {126: "the command can't be executed", 127: "the command was not found"}
_IN_TEXT = re.compile(r"\bexit code (-?\d{1,3})\b(?! \()", re.ASCII)


def describe_exit(code: int) -> str:
    """An exit code with what it means: `exit code 139 (SIGSEGV, …)`."""
    # Python tells a signal as a negative code.
    words = _CODES.get(code) or _SIGNALS.get(-code if code < 0 else code - 128)
    return f"exit code {code} ({words})" if words else f"exit code {code}"


def explain_exit_codes(sentence: str) -> str:
    """A sentence in which exit codes are followed by what they mean."""
    return _IN_TEXT.sub(lambda match: describe_exit(int(match[1])), sentence)


def exit_code_in(text: str) -> int | None:
    """The exit code that a text tells, where it tells one."""
    match = re.search(r"\bexit code (-?\d{1,3})\b", text, re.ASCII)
    return int(match[1]) if match else None

"""Text as a YAML value, in the bytes that the TypeScript SDK writes."""

import json
import re

from ml_platform.sdk.text import BLANKS, length

# Kubernetes takes the first ones for a fault, and the others for line breaks.
_UNREADABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Fine by the specification, but some readers refuse it unless it is in quotes. Of a line
# that is one blank, the package of npm makes a backslash where it breaks quoted text.
_DISPUTED = re.compile(rf"\A=\Z|\t|\A[{BLANKS}]*\n|\n \n")
_NOT_PLAIN = re.compile(
    r"\A[\n\t ,\[\]{}#&*!|>'\"%@`]|\A[?-]\Z|\A[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]\Z"
)
_SPACE_AT_BREAK = re.compile(r"[ \t]\n|\n[ \t]")
_BLANK_LAST_LINE = re.compile(r"\n[\t ]+\Z")
_END_NEWLINES = re.compile(r"(?<!\n)\n+(?!\n|\Z)")

_OTHER_WORDS = re.compile(
    "|".join(
        (
            # What Kubernetes reads as no text.
            r"(?:~|[Nn]ull|NULL)?",
            r"[yYnN]|[Yy]es|YES|[Nn]o|NO|[Tt]rue|TRUE|[Ff]alse|FALSE|[Oo]n|ON|[Oo]ff|OFF",
            r"[-+]?(?:0[bB][01_]+|0[oO][0-7_]+|0[xX][0-9a-fA-F_]+|[0-9][0-9_]*)",
            r"[-+]?(?:\.[0-9][0-9_]*|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?",
            r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|<<",
            # What YAML 1.1 reads as no text besides: numbers with little in them, numbers
            # of base 60, times.
            r"[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+",
            r"[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*",
            r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?",
            r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:t|T|[ \t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}"
            r"(?:\.[0-9]+)?(?:[ \t]*(?:Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?",
        )
    )
)
"""Words that some reader of YAML takes for a number, a truth value, a time or nothing."""

_SHORTEST_FOLDED = 40
"""Length in quotes from which text with line breaks is written over several lines."""

_ESCAPES = {"0000": "\\0", "0007": "\\a", "000b": "\\v", "001b": "\\e"}


def yaml_text(text: str, indent: str) -> str:
    """Text as a YAML value that every reader takes for the same text.

    Args:
        text: half a surrogate pair in it becomes U+FFFD.
        indent: blanks before each further line of the value.
    """
    value = _SURROGATE.sub("\ufffd", text)
    if _UNREADABLE.search(value) or _DISPUTED.search(value):
        return _UNREADABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", _json(value))
    if _CONTROL.search(value):
        return _double_quoted(value, indent)
    if "\n" in value:
        return _block(value, indent)
    if _NOT_PLAIN.search(value) or _OTHER_WORDS.fullmatch(value):
        return _quoted(value, indent)
    return value


def _json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _quoted(value: str, indent: str) -> str:
    if '"' in value and "'" not in value and not _SPACE_AT_BREAK.search(value):
        broken = re.sub(r"\n+", lambda match: f"{match[0]}\n{indent}", value)
        return f"'{broken}'"
    return _double_quoted(value, indent)


def _double_quoted(value: str, indent: str) -> str:
    """Text in double quotes; long text is broken at its line breaks."""
    source = _json(value)
    short = length(source) < _SHORTEST_FOLDED
    result = ""
    at = 0
    while at < len(source):
        # A blank before a line break would be lost where the line is broken.
        if source.startswith(" \\n", at):
            result += "\\ "
            at += 1
        elif source[at] != "\\":
            result += source[at]
            at += 1
            continue
        if source.startswith("\\u", at):
            code = source[at + 2 : at + 6]
            result += _ESCAPES.get(code, f"\\x{code[2:]}")
            at += 6
        elif not source.startswith("\\n", at) or short or source[at + 2] == '"':
            result += source[at : at + 2]
            at += 2
        else:
            breaks = 2
            at += 2
            while source.startswith("\\n", at) and source[at + 2] != '"':
                breaks += 1
                at += 2
            result += "\n" * breaks + indent
            # A blank after a line break would be lost as well.
            if source[at] == " ":
                result += "\\"
    return result


def _block(value: str, indent: str) -> str:
    """Text of several lines, each on a line of its own after `|`."""
    if _BLANK_LAST_LINE.search(value):
        return _quoted(value, indent)
    body = value.rstrip("\n\t ")
    end = value[len(body) :]
    if "\n" not in end:
        chomp = "-"
    elif not body or end.index("\n") != len(end) - 1:
        chomp = "+"
    else:
        chomp = ""
    end = _END_NEWLINES.sub(lambda match: match[0] + indent, end.removesuffix("\n"))
    blanks = body[: len(body) - len(body.lstrip(" \n"))]
    header = ("2" if " " in blanks else "") + chomp
    lines = re.sub(r"\n+", lambda match: match[0] + indent, body)
    return f"|{header}\n{indent}{lines}{end}"

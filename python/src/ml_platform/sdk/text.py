"""Text as JavaScript sees it.

The TypeScript SDK writes the same manifests and messages, and JavaScript's idea of a
blank, of a length and of a number differs from Python's.
"""

from decimal import Decimal

BLANKS = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""The characters that `\\s` matches in JavaScript, for use in a character class too."""


def trim(text: str) -> str:
    """The text without blanks at its ends."""
    return text.strip(BLANKS)


def length(text: str) -> int:
    """Number of UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def number_text(value: int | float) -> str:
    """A number as JavaScript writes it: `2`, `0.5`, `1e-7`, `1e+21`."""
    if isinstance(value, int) or not abs(value) < 1e21:
        return str(value)
    if value and abs(value) < 1e-6:
        return repr(value).replace("e-0", "e-")
    return format(Decimal(repr(value)), "f").removesuffix(".0")

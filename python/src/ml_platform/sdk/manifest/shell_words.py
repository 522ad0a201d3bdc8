"""Words of a shell command. Source: POSIX, "Shell Command Language", Quoting."""

_SPECIAL = frozenset("|&;<>()$`*?[]#~{}!\n\r")
"""Characters that a shell gives a meaning to unless they are in quotes."""
_ESCAPED = frozenset('"\\$`\n')
"""What a backslash takes the meaning of inside double quotes."""


def shell_words(command: str) -> list[str] | None:
    """The words of a command that is one simple command.

    `None` for all others (a pipe, a second command, something that the shell expands) and
    for quotes that don't end.
    """
    words: list[str] = []
    word: str | None = None
    quote = ""
    at = 0
    while at < len(command):
        character = command[at]
        following = command[at + 1 : at + 2]
        if quote == "'":
            if character == quote:
                quote = ""
            else:
                word = (word or "") + character
        elif quote == '"':
            if character == quote:
                quote = ""
            elif character == "\\" and following in _ESCAPED:
                word = (word or "") + ("" if following == "\n" else following)
                at += 1
            elif character in "$`":
                return None
            else:
                word = (word or "") + character
        elif character in " \t":
            if word is not None:
                words.append(word)
            word = None
        elif character in "'\"":
            quote = character
            word = word or ""
        elif character == "\\" and following and following != "\n":
            word = (word or "") + following
            at += 1
        elif character in _SPECIAL or character == "\\":
            return None
        else:
            word = (word or "") + character
        at += 1
    if quote:
        return None
    return words if word is None else [*words, word]


def quote_word(word: str) -> str:
    """A word in single quotes, whatever it holds."""
    return "'" + word.replace("'", "'\\''") + "'"

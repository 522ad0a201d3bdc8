"""Texts that a manifest can carry."""

import re

_UNCARRIED = re.compile("[\0\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def text_problem(subject: str, text: str) -> str | None:
    """What is wrong with a text that goes into a manifest, or `None` for a good one.

    No program can be given NUL. The others are lost, or refused, between git and the
    cluster: Argo CD hands manifests on as JSON that is read as YAML, whose streams hold no
    such characters (YAML 1.1, section 4.1.1).

    `subject` is what the sentence calls the text, for example `The value of PATH`.
    """
    found = _UNCARRIED.search(text)
    if found is None:
        return None
    return (
        f"{subject} has a character that a manifest can't carry (U+{ord(found[0]):04X}); remove it"
    )

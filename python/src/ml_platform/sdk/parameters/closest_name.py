"""The name that somebody may have meant."""

from collections.abc import Sequence


def closest_name(typed: str, names: Sequence[str]) -> str | None:
    """The nearest name; the first of several as near, `None` where none is near."""
    near = [(_distance(_simple(typed), _simple(name)), name) for name in names]
    near = [(far, name) for far, name in near if far <= max(1, len(name) // 3)]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _simple(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _distance(start: str, end: str) -> int:
    """How many letters have to be put in, taken out or changed."""
    row = list(range(len(end) + 1))
    for i, letter in enumerate(start, 1):
        following = [i]
        for j, other in enumerate(end, 1):
            change = row[j - 1] + (letter != other)
            following.append(min(row[j] + 1, following[j - 1] + 1, change))
        row = following
    return row[-1]

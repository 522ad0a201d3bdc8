"""Kubernetes quantities, exactly.

https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
"""

import re
from typing import NamedTuple

from ml_platform.sdk.text import number_text, trim

_ONE = 1_000_000_000
_DECIMAL = ("n", "u", "m", "", "k", "M", "G", "T", "P", "E")
_BINARY = ("Ki", "Mi", "Gi", "Ti", "Pi", "Ei")
# A longer number or exponent is no amount that anything could have.
_FORM = re.compile(
    r"([+-]?)(\d{0,40})(?:\.(\d{0,40}))?(?:[eE]([+-]?\d{1,2})|([KMGTPE]i|[numkMGTPE]))?",
    re.ASCII,
)


def parse_quantity(quantity: str) -> float:
    """The number that a quantity stands for, in its base unit: cores, bytes, devices.

    Raises `ValueError` with a sentence when it is not a quantity.
    """
    return float(read_quantity(quantity).nano) / _ONE


class Quantity(NamedTuple):
    """An amount of cores, bytes or devices."""

    nano: int
    """Billionths of one."""
    binary: bool
    """Whether it is written with Ki, Mi, and so on."""


NO_QUANTITY = Quantity(0, binary=False)


def read_quantity(quantity: str) -> Quantity:
    """The exact amount of a quantity.

    Raises `ValueError` with a sentence when it is not a quantity.
    """
    match = _FORM.fullmatch(trim(quantity))
    sign, whole, fraction, exponent, suffix = match.groups("") if match else [""] * 5
    if not whole and not fraction:
        raise ValueError(
            f"'{quantity}' is not a quantity; use a number with or without a unit, "
            "for example 2, 500m or 4Gi"
        )
    scaled = int(whole + fraction) * _ONE
    divisor = 10 ** len(fraction)
    if suffix in _BINARY:
        scaled *= 1024 ** (_BINARY.index(suffix) + 1)
    else:
        power = int(exponent) if exponent else 3 * (_DECIMAL.index(suffix) - 3)
        scaled *= 10 ** max(0, power)
        divisor *= 10 ** max(0, -power)
    nano = -(-scaled // divisor)
    return Quantity(-nano if sign == "-" else nano, suffix in _BINARY)


def add_quantities(a: Quantity, b: Quantity) -> Quantity:
    """The sum; like the API server, in the form of the first one that is not zero."""
    return Quantity(a.nano + b.nano, a.binary if a.nano else b.binary)


def format_quantity(quantity: Quantity) -> str:
    """An amount in the shortest form without a fraction: `2248Mi`, `400m`."""
    nano, binary = quantity
    sign, magnitude = ("-" if nano < 0 else ""), abs(nano)
    if magnitude == 0:
        return "0"
    if binary and magnitude % _ONE == 0 and magnitude >= 1024 * _ONE:
        return sign + _reduce(magnitude // _ONE, 1024, ("", *_BINARY))
    return sign + _reduce(magnitude, 1000, _DECIMAL)


def canonical_quantity(quantity: str) -> str:
    """A quantity as the API server writes it, `1536Mi` for `1.5Gi`.

    Whoever compares a manifest with its object, as Argo CD does, would take any other form
    for a difference. Raises `ValueError` with a sentence when it is not a quantity.
    """
    return format_quantity(read_quantity(quantity))


def _reduce(value: int, base: int, suffixes: tuple[str, ...]) -> str:
    index = 0
    while index + 1 < len(suffixes) and value % base == 0:
        value //= base
        index += 1
    return f"{value}{suffixes[index]}"


def describe_bytes(amount: float) -> str:
    """Bytes for people, with at most one decimal: `1.5 GiB`."""
    units = ("", *_BINARY)
    unit = 0
    while amount >= 1024 and unit < len(units) - 1:
        amount /= 1024
        unit += 1
    return f"{number_text(float(f'{amount:.1f}'))} {units[unit]}B"

"""Kubernetes quantities, exactly.

https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
"""

import re

from ml_platform.sdk.text import trim

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
    return float(-nano if sign == "-" else nano) / _ONE

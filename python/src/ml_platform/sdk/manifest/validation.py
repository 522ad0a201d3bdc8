"""What is wrong with a value and what to do about it, or `None` for a good value."""

import re

from ml_platform.sdk.manifest.job_name import LONGEST_JOB_NAME
from ml_platform.sdk.manifest.quantities import parse_quantity
from ml_platform.sdk.text import length, number_text

_DNS_1035 = re.compile(r"[a-z]([-a-z0-9]*[a-z0-9])?")
_DNS_1123 = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
_ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_BUCKET = re.compile(r"gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]")
_LABEL_VALUE = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?")
_IMAGE = re.compile(
    r"[a-zA-Z0-9][a-zA-Z0-9.-]*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*"
    r"(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[a-f0-9]{64})?"
)


def job_name_problem(name: str) -> str | None:
    """Name of a RayJob: DNS-1035, at most 47 characters (KubeRay's own rule)."""
    if not name:
        return "The name is empty; give the job a name"
    if length(name) > LONGEST_JOB_NAME:
        return f"The name has {length(name)} characters; shorten it to {LONGEST_JOB_NAME}"
    if _DNS_1035.fullmatch(name):
        return None
    return (
        "Use lowercase letters, digits and hyphens; start with a letter, "
        "and end with a letter or digit"
    )


def namespace_problem(namespace: str) -> str | None:
    """Name of a namespace: DNS-1123 label, at most 63 characters."""
    if not namespace:
        return "The namespace is empty; name one, for example training"
    if length(namespace) > 63:
        return f"The namespace has {length(namespace)} characters; shorten it to 63"
    if _DNS_1123.fullmatch(namespace):
        return None
    return "Use lowercase letters, digits and hyphens; start and end with a letter or digit"


def quantity_problem(quantity: str) -> str | None:
    """A quantity above zero, for example `2`, `500m` or `4Gi`."""
    try:
        value = parse_quantity(quantity)
    except ValueError as error:
        return str(error)
    return None if value > 0 else "The quantity must be above zero"


def cpu_problem(quantity: str) -> str | None:
    """CPU for one pod: cores, or milliCPU with the suffix m."""
    problem = quantity_problem(quantity)
    if problem:
        return problem
    cores = parse_quantity(quantity)
    if cores > 1024:
        return (
            f"{quantity} means {number_text(cores)} cores; give cores, for example 2, "
            "or milliCPU, for example 500m"
        )
    return "Ask for at least 1m (a thousandth of a core)" if cores < 0.001 else None


def memory_problem(quantity: str) -> str | None:
    """Memory for one pod: bytes, with a unit."""
    problem = quantity_problem(quantity)
    if problem:
        return problem
    if parse_quantity(quantity) < 1024 * 1024:
        return f"{quantity} is less than one megabyte; add a unit, for example 512Mi or 4Gi"
    return None


def service_account_problem(name: str) -> str | None:
    """Name of a service account, as this platform gives them: a DNS-1123 label."""
    if _DNS_1123.fullmatch(name) and length(name) <= 63:
        return None
    return (
        f"'{name}' can't name a service account; use at most 63 lowercase letters, digits "
        "and hyphens, and start and end with a letter or digit"
    )


def bucket_problem(address: str) -> str | None:
    """Address of a bucket of Google Cloud Storage."""
    if _BUCKET.fullmatch(address):
        return None
    return f"'{address}' isn't the address of a bucket; write it as gs://my-bucket"


def env_name_problem(name: str) -> str | None:
    """Name of an environment variable, as a shell takes it."""
    if _ENV_NAME.fullmatch(name):
        return None
    return (
        f"'{name}' can't name an environment variable; use letters, digits and "
        "underscores, and don't start with a digit"
    )


def image_tag_problem(tag: str) -> str | None:
    """Tag of an image, by the rule of the OCI distribution specification."""
    if not tag:
        return "The version is empty; give one, for example 1.0.0"
    if _TAG.fullmatch(tag):
        return None
    return (
        f"'{tag}' can't be an image tag; use at most 128 letters, digits, dots, hyphens "
        "and underscores, and don't start with a dot or hyphen"
    )


def label_value_problem(value: str) -> str | None:
    """Value of a label: empty or at most 63 characters."""
    if _LABEL_VALUE.fullmatch(value):
        return None
    return (
        f"'{value}' can't be a label; use at most 63 letters, digits, dots, hyphens and "
        "underscores, and start and end with a letter or digit"
    )


def image_problem(image: str) -> str | None:
    """A reference to an image, by the rule of the OCI distribution specification."""
    if _IMAGE.fullmatch(image):
        return None
    return f"'{image}' is not an image reference; write registry/name:version"


def whole_number_problem(value: object, least: int, most: int) -> str | None:
    """A whole number between two bounds, both allowed."""
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value % 1 == 0
    if whole and least <= value <= most:  # type: ignore[operator]
        return None
    text = number_text(value) if isinstance(value, int | float) else str(value)
    return f"{text} is not a whole number from {least} to {most}"

"""Why an image can't be pulled: what the registry's answer means, and the answer.

Source: messages of the kubelet, containerd and the distribution specification.
"""

import re

from ml_platform.sdk.state.objects import Json, Tell, part, text

# The kubelet takes turns between trying and waiting; the cause stays the same.
_BACK_OFF = re.compile(r'\ABack-off pulling image "[^"]*": \w+: ', re.ASCII)
_RPC = re.compile(r"\A(?:rpc error: code = \w+ desc = )+", re.ASCII)
# Containerd tells each step on the way to the registry's answer.
_STEPS = re.compile(
    r'\A(?:failed to (?:pull(?: and unpack)?|resolve) (?:image|reference) "[^"]*": |'
    r'failed to do request: |(?:Head|Get) "[^"]*": |'
    r"unexpected status(?: code)? (?:from (?:HEAD|GET) request to )?(?=\S+: \d))+",
    re.ASCII,
)
_PLAIN = re.compile(r"[a-z ]+")

# What each answer of a registry means, the first that fits.
_ANSWERS = tuple(
    (re.compile(pattern, re.ASCII | re.IGNORECASE), meaning)
    for pattern, meaning in (
        (
            r"\btoomanyrequests\b|429 Too Many|rate limit",
            "the registry refuses more pulls for now",
        ),
        (
            r"no match for platform|no matching manifest",
            "the image was not built for the processor of the node",
        ),
        (
            r"no such host|server misbehaving|i/o timeout|connection (?:refused|reset)|"
            r"deadline exceeded|TLS handshake|x509|no route to host|network is unreachable|"
            r"\bEOF\b|\b50[0234] [A-Z]",
            "the node couldn't reach the registry",
        ),
        (
            r"pull access denied|may require .*login|unauthorized|denied|forbidden|"
            r"insufficient_scope|no basic auth|authorization failed",
            "the registry refuses it to this cluster, or has no such repository",
        ),
        (
            r"not found|manifest unknown|NAME_UNKNOWN|does not exist",
            "the registry has no such image or version",
        ),
        (
            r"invalid reference format|couldn't parse image",
            "the image's name is not valid",
        ),
        (r"no space left on device", "the node's disk is full"),
        (r"pull policy of Never", "it is not on the node, and its pull policy is Never"),
    )
)


def image_problem(status: Json) -> Tell:
    """The sentence about an image that can't be pulled, of each of the pods."""
    waiting = part(status, "state", "waiting")
    image = text(status, "image")
    told = _RPC.sub("", _BACK_OFF.sub("", text(waiting, "message")))
    answer = _STEPS.sub("", told) or told or text(waiting, "reason")
    # An image may be named like an error.
    said = answer.replace(image, "") if image else answer
    meaning = next((words for pattern, words in _ANSWERS if pattern.search(said)), None)
    plain = _PLAIN.fullmatch(answer)
    cause = f"{meaning} ({answer})" if meaning and not plain else answer
    return lambda where: f"The image {image} of {where} can't be pulled: {cause}"

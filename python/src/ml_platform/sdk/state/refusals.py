"""What a quota, limits or a policy of a namespace refuses.

Source: admission plugins of Kubernetes 1.34, its policies and webhooks; KubeRay 1.7,
`RayClusterReplicaFailure`.
"""

import re

from ml_platform.sdk.state.objects import Cause, Json, items, text
from ml_platform.sdk.state.plain_text import plain_text, shorten

_LONGEST_MESSAGE = 300
_AMOUNTS = r"([^\s,]+(?:,[^\s,]+)*)"
_QUOTA = re.compile(
    rf"exceeded quota: (\S+), requested: {_AMOUNTS}, used: {_AMOUNTS}, limited: {_AMOUNTS}"
)
_UNSET = re.compile(r"failed quota: (\S+): must specify (.+)")
_WEBHOOK = re.compile(r'admission webhook "([^"]+)" denied the request: (.+)', re.DOTALL)
_POLICY = re.compile(
    r"ValidatingAdmissionPolicy '([^']+)'(?: with binding '[^']+')? denied request: (.+)",
    re.DOTALL,
)
_POD_SECURITY = re.compile(r'violates PodSecurity "([^"]+)": (.+)', re.DOTALL)
_UNANSWERED = re.compile(r'failed calling webhook "([^"]+)": (.+)', re.DOTALL)
_RANGE = re.compile(
    r"(?:maximum|minimum) \S+ .+? per (?:Container|Pod|PersistentVolumeClaim) is .+", re.DOTALL
)
_FORBIDDEN = re.compile(r"\A.*? is forbidden: (.+)\Z", re.DOTALL)
_WHAT = {"FailedCreateHeadPod": "the head's pod", "FailedCreateWorkerPod": "a worker's pod"}
_MARKER = re.compile(r"\AFailedCreate(?:Head|Worker)Pod\s+")
# The API server's answer to a request for a pod, among KubeRay's words.
_ANSWER = re.compile(
    r'pods? "[^"]*" is forbidden|exceeded quota|admission webhook "|failed calling webhook'
)


def refused_pod(cluster: Json | None) -> Cause | None:
    """Why KubeRay can't create a pod of the Ray cluster: no pod exists that could tell.

    Before conditions, KubeRay put the answer in the cluster's reason.
    """
    for condition in items(cluster, "conditions"):
        fields = (condition.get("type"), condition.get("status"))
        if fields == ("RayClusterReplicaFailure", "True"):
            what = _WHAT.get(text(condition, "reason"))
            if what:
                return refusal(what, _MARKER.sub("", text(condition, "message")))
            break
    reason = text(cluster, "reason")
    if _ANSWER.search(reason):
        return refusal("a pod of the Ray cluster", _MARKER.sub("", reason))
    return None


def refusal(what: str, answer: str) -> Cause:
    """What a refusal of the API server to create something means."""
    reason, message = _meaning(what, answer)
    return Cause(reason, shorten(plain_text(message), _LONGEST_MESSAGE))


def _meaning(what: str, answer: str) -> tuple[str, str]:
    if match := _QUOTA.search(answer):
        return "QuotaExceeded", _quota_exceeded(match)
    if match := _UNSET.search(answer):
        wants = f"The quota {match[1]} of the namespace wants every pod to name {match[2]}"
        return "QuotaExceeded", wants
    if match := _POLICY.search(answer) or _WEBHOOK.search(answer):
        return "PolicyRefused", f"The policy {match[1]} refuses {what}: {match[2]}"
    if match := _POD_SECURITY.search(answer):
        security = f"The namespace's pod security ({match[1]})"
        return "PolicyRefused", f"{security} refuses {what}: {match[2]}"
    if match := _UNANSWERED.search(answer):
        webhook = f"because the webhook {match[1]} doesn't answer"
        return "PodRefused", f"The cluster can't check {what}, {webhook}: {match[2]}"
    match = _FORBIDDEN.search(answer)
    forbidden = match[1] if match else ""
    if _RANGE.search(forbidden):
        limits = forbidden.removeprefix("[").removesuffix("]")
        return "PolicyRefused", f"The limits of the namespace refuse {what}: {limits}"
    return "PodRefused", f"The cluster refuses {what}: {forbidden or answer}"


def _quota_exceeded(match: re.Match[str]) -> str:
    name, requested, used, limited = match.groups()
    in_use, most = _amounts(used), _amounts(limited)
    parts = "; ".join(
        f"{amount} more {_resource_name(resource)}, "
        f"with {in_use.get(resource)} of {most.get(resource)} in use"
        for resource, amount in _amounts(requested).items()
    )
    return f"The quota {name} of the namespace has no room for {parts}"


def _amounts(told: str) -> dict[str, str]:
    """Amounts by resource, as Kubernetes writes them: `cpu=4,memory=8Gi`."""
    pairs = (one.split("=", 1) for one in told.split(","))
    return {pair[0]: pair[-1] if len(pair) > 1 else "" for pair in pairs}


def _resource_name(resource: str) -> str:
    name = resource.removeprefix("requests.")
    limit = name.removeprefix("limits.")
    return f"{limit} (limits)" if limit != name and limit else name

"""Creating jobs."""

from dataclasses import replace
from datetime import timedelta

from ml_platform.sdk.errors import Conflict, InvalidJob, NotFound
from ml_platform.sdk.kube.effects import Procedure, call
from ml_platform.sdk.kube.failures import BadRequest
from ml_platform.sdk.kube.paths import rayjobs
from ml_platform.sdk.manifest.ray_pods import Manifest
from ml_platform.sdk.manifest.render import job_manifest
from ml_platform.sdk.manifest.spec import JobOrigin, JobSpec
from ml_platform.sdk.state.objects import Json

NAME_TRIES = 10
"""Names, a second apart each, that a new run tries."""


def submit_job(spec: JobSpec, origin: JobOrigin) -> Procedure[Json]:
    """Creates a job and answers with it as the cluster has it.

    Without a run name, the first free one of the next seconds is taken. With one, a job of
    that name that asks for the same is the answer: to submit it again is safe.

    Raises `InvalidJob` when the job or the cluster's rules don't allow it, and `Conflict`
    when another job has the name.
    """
    if spec.run_name is not None:
        manifest = job_manifest(spec, origin)
        return (yield from _create_once(manifest))
    manifests = [
        job_manifest(spec, replace(origin, now=origin.now + timedelta(seconds=second)))
        for second in range(NAME_TRIES)
    ]
    return (yield from create_first(manifests))


def create_first(manifests: list[Manifest]) -> Procedure[Json]:
    """Creates the first of several manifests whose name nobody has."""
    for manifest in manifests:
        try:
            return (yield from _create(manifest))
        except Conflict:
            # Somebody else took the name within the same second.
            continue
    name = manifests[0]["metadata"]["name"]
    raise Conflict(f"Too many runs like {name} were started at once; try again")


def _create(manifest: Manifest) -> Procedure[Json]:
    path = rayjobs(manifest["metadata"]["namespace"])
    try:
        created: Json = yield from call("POST", path, body=manifest)
    except BadRequest as error:
        raise InvalidJob(f"Can't create the job: {error}") from error
    return created


def _create_once(manifest: Manifest) -> Procedure[Json]:
    try:
        return (yield from _create(manifest))
    except Conflict as conflict:
        metadata = manifest["metadata"]
        try:
            there: Json = yield from call("GET", rayjobs(metadata["namespace"], metadata["name"]))
        except NotFound:
            raise conflict from None
        if _holds(there, {"metadata": metadata, "spec": manifest["spec"]}):
            return there
        raise Conflict(
            f"There is another job {metadata['name']} in the namespace "
            f"{metadata['namespace']}; choose another run_name, or delete that job"
        ) from conflict


def _holds(there: object, wanted: object) -> bool:
    """True when everything wanted is there; a cluster adds fields of its own."""
    if isinstance(wanted, dict):
        # The API server leaves out what is empty.
        return not wanted or (
            isinstance(there, dict)
            and all(_holds(there.get(key), value) for key, value in wanted.items())
        )
    if isinstance(wanted, list):
        same_length = isinstance(there, list) and len(there) == len(wanted)
        return not wanted or (
            same_length and all(map(_holds, there, wanted))  # type: ignore[call-overload]
        )
    return there == wanted

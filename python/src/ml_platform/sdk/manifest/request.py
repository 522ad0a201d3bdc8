"""The run that a specification asks for, with every default written out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ml_platform.sdk.errors import InvalidJob
from ml_platform.sdk.manifest.image_reference import image_version
from ml_platform.sdk.manifest.job_name import job_name
from ml_platform.sdk.manifest.parameters import with_parameters
from ml_platform.sdk.manifest.spec import JobOrigin, JobSpec
from ml_platform.sdk.manifest.validation import (
    cpu_problem,
    env_name_problem,
    image_problem,
    image_tag_problem,
    job_name_problem,
    label_value_problem,
    memory_problem,
    namespace_problem,
    whole_number_problem,
)
from ml_platform.sdk.text import trim

MOST_WORKERS = 1000
_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a run is rendered from."""

    name: str
    namespace: str
    workload: str
    version: str
    image: str
    entrypoint: str
    workers: int
    cpu: str
    memory: str
    gpu: int
    env: Mapping[str, str]
    ttl_seconds: int
    deadline_seconds: int | None
    retries: int | None
    queue: str | None
    priority: str | None
    origin: JobOrigin


def run_request(spec: JobSpec, origin: JobOrigin) -> RunRequest:
    """The run that a specification asks for.

    Raises `InvalidJob` that names each wrong field with the reason.
    """
    request = RunRequest(
        name=job_name(spec.name, origin.now) if spec.run_name is None else spec.run_name,
        namespace=origin.namespace,
        workload=spec.name,
        version=image_version(spec.image) if spec.version is None else spec.version,
        image=spec.image,
        entrypoint=with_parameters(spec.entrypoint, spec.parameters),
        workers=spec.workers,
        cpu=spec.cpu,
        memory=spec.memory,
        gpu=spec.gpu,
        env=spec.env,
        ttl_seconds=spec.ttl_seconds,
        deadline_seconds=spec.deadline_seconds,
        retries=spec.retries,
        queue=spec.queue,
        priority=spec.priority,
        origin=origin,
    )
    problems = [f"{field}: {problem}" for field, problem in _problems(request) if problem]
    if problems:
        raise InvalidJob(f"Can't create the job: {'; '.join(problems)}")
    return request


def _problems(request: RunRequest) -> Iterator[tuple[str, str | None]]:
    yield "name", job_name_problem(request.name)
    yield "namespace", namespace_problem(request.namespace)
    workload = request.workload
    yield "workload", label_value_problem(workload) if workload else "It is empty"
    version = request.version
    yield "version", image_tag_problem(version) or label_value_problem(version)
    yield "image", image_problem(request.image)
    if not trim(request.entrypoint):
        yield "entrypoint", "It is empty; give a command, for example python train.py"
    yield "workers", whole_number_problem(request.workers, 0, MOST_WORKERS)
    yield "cpu", cpu_problem(request.cpu)
    yield "memory", memory_problem(request.memory)
    yield "gpu", whole_number_problem(request.gpu, 0, 16)
    for name in request.env:
        yield "environment", env_name_problem(name)
    yield "ttlSecondsAfterFinished", whole_number_problem(request.ttl_seconds, 0, 30 * _DAY)
    if request.deadline_seconds is not None:
        yield (
            "activeDeadlineSeconds",
            whole_number_problem(request.deadline_seconds, 1, 365 * _DAY),
        )
    if request.retries is not None:
        yield "backoffLimit", whole_number_problem(request.retries, 0, 10)
    for field, value in (("queue", request.queue), ("priority", request.priority)):
        yield field, None if value is None else label_value_problem(value)

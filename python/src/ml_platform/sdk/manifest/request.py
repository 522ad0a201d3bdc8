"""The run that a specification asks for, with every default written out."""

from collections.abc import Iterator
from dataclasses import dataclass

from ml_platform.sdk.errors import InvalidJob
from ml_platform.sdk.manifest.image_reference import image_version
from ml_platform.sdk.manifest.job_name import job_name
from ml_platform.sdk.manifest.labels import BUCKET_VARIABLE
from ml_platform.sdk.manifest.manifest_text import text_problem
from ml_platform.sdk.manifest.parameters import with_parameters
from ml_platform.sdk.manifest.pod_problems import FieldProblem, group_problems, pod_problems
from ml_platform.sdk.manifest.pods import WorkerGroup
from ml_platform.sdk.manifest.spec import JobOrigin, JobSpec
from ml_platform.sdk.manifest.validation import (
    bucket_problem,
    env_name_problem,
    image_problem,
    image_tag_problem,
    job_name_problem,
    label_value_problem,
    namespace_problem,
    service_account_problem,
    whole_number_problem,
)
from ml_platform.sdk.text import trim

_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a run is rendered from: a specification with what follows from it."""

    name: str
    version: str
    entrypoint: str
    spec: JobSpec
    origin: JobOrigin

    @property
    def groups(self) -> list[WorkerGroup]:
        """All groups of workers; the first is that of the specification itself."""
        spec = self.spec
        own = WorkerGroup(
            name="workers",
            workers=spec.workers,
            cpu=spec.cpu,
            memory=spec.memory,
            gpu=spec.gpu,
            min_workers=spec.min_workers,
            max_workers=spec.max_workers,
            accelerator=spec.accelerator,
            placement=spec.placement,
        )
        return [own, *spec.groups]


def run_request(spec: JobSpec, origin: JobOrigin) -> RunRequest:
    """The run that a specification asks for.

    Raises `InvalidJob` that names each wrong field with the reason.
    """
    request = RunRequest(
        name=job_name(spec.name, origin.now) if spec.run_name is None else spec.run_name,
        version=image_version(spec.image) if spec.version is None else spec.version,
        entrypoint=with_parameters(spec.entrypoint, spec.parameters),
        spec=spec,
        origin=origin,
    )
    problems = [f"{field}: {problem}" for field, problem in _problems(request) if problem]
    if problems:
        raise InvalidJob(f"Can't create the job: {'; '.join(problems)}")
    return request


def _problems(request: RunRequest) -> Iterator[FieldProblem]:
    spec = request.spec
    yield "name", job_name_problem(request.name)
    yield "namespace", namespace_problem(request.origin.namespace)
    yield "workload", label_value_problem(spec.name) if spec.name else "It is empty"
    version = request.version
    yield "version", image_tag_problem(version) or label_value_problem(version)
    yield "image", image_problem(spec.image)
    if trim(request.entrypoint):
        yield "entrypoint", text_problem("It", request.entrypoint)
    else:
        yield "entrypoint", "It is empty; give a command, for example python train.py"
    yield from group_problems(request.groups, spec.queue)
    for name, text in spec.env.items():
        unfit = env_name_problem(name) or text_problem(f"The value of {name}", text)
        yield "environment", unfit
    if spec.bucket and BUCKET_VARIABLE in spec.env:
        problem = f"{BUCKET_VARIABLE} is the address of the workload's bucket; remove the variable"
        yield "environment", problem
    yield from pod_problems(spec)
    yield "ttlSecondsAfterFinished", whole_number_problem(spec.ttl_seconds, 0, 30 * _DAY)
    yield "activeDeadlineSeconds", whole_number_problem(spec.deadline_seconds, 1, 365 * _DAY)
    if spec.retries is not None:
        yield "backoffLimit", whole_number_problem(spec.retries, 0, 10)
    for field, value in (("queue", spec.queue), ("priority", spec.priority)):
        yield field, None if value is None else label_value_problem(value)
    if spec.service_account is not None:
        yield "serviceAccount", service_account_problem(spec.service_account)
    if spec.bucket is not None:
        yield "bucket", bucket_problem(spec.bucket)

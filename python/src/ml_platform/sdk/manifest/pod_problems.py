"""What is wrong with the pods that a run asks for."""

import re
from collections.abc import Iterator, Sequence

from ml_platform.sdk.manifest.placement_problems import placement_problems
from ml_platform.sdk.manifest.pods import Mount, WorkerGroup
from ml_platform.sdk.manifest.spec import JobSpec
from ml_platform.sdk.manifest.validation import (
    cpu_problem,
    env_name_problem,
    memory_problem,
    quantity_problem,
    whole_number_problem,
)
from ml_platform.sdk.text import number_text

MOST_WORKERS = 1000
MOST_GPUS = 16

FieldProblem = tuple[str, str | None]
"""A field, and what is wrong with it."""

_LABEL = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?"
_OBJECT = re.compile(rf"{_LABEL}(\.{_LABEL})*")
_REFERENCE = re.compile(r"([^/]+)/[-._a-zA-Z0-9]{1,253}")
_GROUP = re.compile(r"[a-z]([-a-z0-9]*[a-z0-9])?")
_RESOURCE = re.compile(r"[a-z0-9]([-a-z0-9.]*[a-z0-9])?/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?")
_FOLDER = re.compile(r"(/[A-Za-z0-9._-]+)+")
_BUCKET = re.compile(r"[a-z0-9][-a-z0-9._]{1,61}[a-z0-9]")
_BUCKET_FOLDER = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")


def group_problems(groups: Sequence[WorkerGroup], queue: str | None) -> Iterator[FieldProblem]:
    """What is wrong with the sizes and the numbers of pods; the first group is the run's."""
    names = {"workers"}
    for index, group in enumerate(groups):
        prefix = f"groups.{group.name}." if index else ""
        if index:
            yield "groups", _group_name_problem(group.name)
            taken = group.name in names
            yield (
                "groups",
                f"'{group.name}' is used twice; name each worker group differently"
                if taken
                else None,
            )
            names.add(group.name)
        workers = group.workers
        yield f"{prefix}workers", whole_number_problem(workers, 0, MOST_WORKERS)
        if group.least != workers:
            yield f"{prefix}minWorkers", whole_number_problem(group.least, 0, workers)
        if group.max_workers not in (None, workers):
            problem = whole_number_problem(group.max_workers, workers, MOST_WORKERS)
            yield f"{prefix}maxWorkers", problem
        yield f"{prefix}cpu", cpu_problem(group.cpu)
        yield f"{prefix}memory", memory_problem(group.memory)
        yield f"{prefix}gpu", whole_number_problem(group.gpu, 0, MOST_GPUS)
        if group.accelerator is not None:
            yield f"{prefix}accelerator", _resource_problem(group.accelerator)
        if group.placement is not None:
            for problem in placement_problems(group.placement):
                yield f"{prefix}placement", problem
    total = sum(group.most for group in groups)
    if len(groups) > 1 and total > MOST_WORKERS:
        text = number_text(total)
        yield "groups", f"{text} workers in all are more than {MOST_WORKERS}"
    if queue is not None and any(group.is_autoscaled for group in groups):
        yield (
            "maxWorkers",
            "Kueue admits only jobs with a fixed number of workers; leave out the queue, or "
            "minWorkers and maxWorkers",
        )


def pod_problems(spec: JobSpec) -> Iterator[FieldProblem]:
    """What is wrong with what the pods of a run get."""
    seen = set(spec.env)
    for field, references in (("secretEnv", spec.secret_env), ("configEnv", spec.config_env)):
        for name, reference in references.items():
            twice = f"'{name}' is set twice; keep one of the two"
            yield field, twice if name in seen else env_name_problem(name)
            seen.add(name)
            yield field, _reference_problem(reference)
    for field, names in (
        ("envFromSecrets", spec.env_from_secrets),
        ("envFromConfigMaps", spec.env_from_config_maps),
        ("imagePullSecrets", spec.image_pull_secrets),
    ):
        for name in names:
            yield field, _object_problem(name)
    if spec.shared_memory is not None:
        yield "sharedMemory", memory_problem(spec.shared_memory)
    yield from _mount_problems(spec.mounts)


def _mount_problems(mounts: Sequence[Mount]) -> Iterator[FieldProblem]:
    taken = {"/dev/shm"}
    for mount in mounts:
        path = mount.path
        parts = path.split("/")
        if not _FOLDER.fullmatch(path) or "." in parts or ".." in parts:
            yield "mounts", f"'{path}' is not the path of a folder; write it as /data/images"
        elif path in taken:
            yield "mounts", f"'{path}' is used twice; keep one of the two"
        taken.add(path)
        yield "mounts", _source_problem(mount)


def _source_problem(mount: Mount) -> str | None:
    if sum(part is not None for part in (mount.bucket, mount.claim, mount.size)) != 1:
        return f"Give '{mount.path}' one of bucket, claim and size"
    if mount.bucket is not None:
        if not _BUCKET.fullmatch(mount.bucket):
            return f"'{mount.bucket}' can't name a bucket; use its name without gs://"
        if mount.folder is None or _BUCKET_FOLDER.fullmatch(mount.folder):
            return None
        return f"'{mount.folder}' can't be a folder of a bucket; write it as data/images"
    if mount.claim is not None:
        return _object_problem(mount.claim)
    problem = quantity_problem(mount.size or "")
    if problem or mount.storage_class is None:
        return problem
    return _object_problem(mount.storage_class)


def _object_problem(name: str) -> str | None:
    if len(name) <= 253 and _OBJECT.fullmatch(name):
        return None
    return (
        f"'{name}' can't name a Kubernetes object; use lowercase letters, digits, dots and hyphens"
    )


def _reference_problem(text: str) -> str | None:
    match = _REFERENCE.fullmatch(text)
    if not match:
        return f"'{text}' is no reference; write NAME/KEY, for example credentials/token"
    return _object_problem(match[1])


def _resource_problem(name: str) -> str | None:
    if _RESOURCE.fullmatch(name):
        return None
    return f"'{name}' is not an extended resource; write vendor/name, for example nvidia.com/gpu"


def _group_name_problem(name: str) -> str | None:
    if _GROUP.fullmatch(name) and len(name) <= 40:
        return None
    return (
        f"'{name}' can't name a worker group; use lowercase letters, digits and hyphens, and "
        "start with a letter"
    )

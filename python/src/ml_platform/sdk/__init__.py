"""Training jobs on Ray and Kubernetes from Python.

`PlatformClient` blocks; `ml_platform.sdk.aio.AsyncPlatformClient` is the same for asyncio.
"""

from ml_platform.sdk.client import PlatformClient
from ml_platform.sdk.errors import (
    Conflict,
    InvalidJob,
    InvalidSettings,
    JobEnded,
    JobFailed,
    JobStopped,
    JobTimeout,
    NotFound,
    PlatformError,
    Refused,
    Unreachable,
)
from ml_platform.sdk.job import Job
from ml_platform.sdk.links import Link
from ml_platform.sdk.manifest.pods import Mount, Placement, WorkerGroup
from ml_platform.sdk.manifest.render import job_manifest
from ml_platform.sdk.manifest.spec import JobOrigin, JobSpec
from ml_platform.sdk.manifest.write_manifest import write_manifest
from ml_platform.sdk.parameters.check import check_parameters
from ml_platform.sdk.parameters.find import find_parameters
from ml_platform.sdk.parameters.schema import ParameterSchema, read_parameter_schema
from ml_platform.sdk.parameters.values import ParameterValue
from ml_platform.sdk.status import JobState, JobStatus
from ml_platform.sdk.summary import JobSummary

__all__ = [
    "Conflict",
    "InvalidJob",
    "InvalidSettings",
    "Job",
    "JobEnded",
    "JobFailed",
    "JobOrigin",
    "JobSpec",
    "JobState",
    "JobStatus",
    "JobStopped",
    "JobSummary",
    "JobTimeout",
    "Link",
    "Mount",
    "NotFound",
    "ParameterSchema",
    "ParameterValue",
    "Placement",
    "PlatformClient",
    "PlatformError",
    "Refused",
    "Unreachable",
    "WorkerGroup",
    "check_parameters",
    "find_parameters",
    "job_manifest",
    "read_parameter_schema",
    "write_manifest",
]

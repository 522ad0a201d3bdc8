"""What is known of a job without asking its cluster."""

from ml_platform.sdk.kube.contexts import Place
from ml_platform.sdk.links import Link, job_links
from ml_platform.sdk.notebook.html import job_html
from ml_platform.sdk.operations.read import JobPlace
from ml_platform.sdk.operations.watch import Seen, Statuses
from ml_platform.sdk.state.objects import Json, name_of, text
from ml_platform.sdk.status import JobStatus
from ml_platform.sdk.summary import JobSummary, job_summary


class JobView:
    """A job as it was last seen. Base of `Job` and `AsyncJob`."""

    def __init__(self, cluster: Place, job: Json) -> None:
        self._cluster = cluster
        namespace = text(job, "metadata", "namespace") or cluster.namespace
        self._place = JobPlace(namespace, name_of(job))
        self._seen = Statuses().of(job, [])

    @property
    def name(self) -> str:
        """Name of the run."""
        return self._place.name

    @property
    def namespace(self) -> str:
        """Namespace of the run."""
        return self._place.namespace

    @property
    def last_status(self) -> JobStatus:
        """The status when the job was last seen; asks nobody."""
        return self._seen.status

    @property
    def summary(self) -> JobSummary:
        """The row of the job when it was last seen; asks nobody."""
        return job_summary(self._seen.job, self._seen.status)

    @property
    def links(self) -> list[Link]:
        """Pages about the job; needs `ML_PLATFORM_PORTAL`, the portal's address."""
        return job_links(self._cluster, *self._place)

    def _take(self, seen: Seen) -> JobStatus:
        self._seen = seen
        return seen.status

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.namespace}/{self.name}: {self._seen.status}>"

    def _repr_html_(self) -> str:
        return job_html(self.summary, self.links)

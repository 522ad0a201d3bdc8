"""A place in a notebook, or in a terminal, that shows a job and is updated."""

import sys
from collections.abc import Sequence
from typing import Any

from ml_platform.sdk.links import Link
from ml_platform.sdk.notebook.html import job_html
from ml_platform.sdk.summary import JobSummary


def in_notebook() -> bool:
    """True in a Jupyter kernel, which can show HTML and replace it."""
    ipython: Any = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return bool(getattr(shell, "kernel", None))


class JobDisplay:
    """Shows a job in place in a notebook; elsewhere prints each change of its status."""

    def __init__(self) -> None:
        self._handle: Any = None
        self._notebook = in_notebook()
        self._said = ""

    def update(self, summary: JobSummary, links: Sequence[Link], lines: Sequence[str]) -> None:
        """Replaces what is shown."""
        if not self._notebook:
            self._print(summary)
            return
        from IPython.display import HTML, display

        card = HTML(job_html(summary, links, lines))
        if self._handle is None:
            self._handle = display(card, display_id=True)
        else:
            self._handle.update(card)

    def _print(self, summary: JobSummary) -> None:
        told = f"{summary.name}: {summary.status}"
        if told != self._said:
            self._said = told
            print(told, flush=True)

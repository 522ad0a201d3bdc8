"""A job as HTML. Nothing from a job, its messages or its log becomes markup."""

from collections.abc import Sequence
from datetime import datetime, timezone
from html import escape

from ml_platform.sdk.links import Link
from ml_platform.sdk.state.plain_text import plain_lines
from ml_platform.sdk.summary import JobSummary

_COLOURS = {
    "running": "#0969da",
    "succeeded": "#1a7f37",
    "failed": "#cf222e",
    "retrying": "#9a6700",
    "pending": "#9a6700",
    "queued": "#9a6700",
}
_OTHER = "#656d76"


def job_html(
    summary: JobSummary,
    links: Sequence[Link],
    lines: Sequence[str] | None = None,
    now: datetime | None = None,
) -> str:
    """A card with state, reason, facts and links, and the end of a log below it.

    Args:
        summary: the job.
        links: pages about it.
        lines: the end of its log, oldest first; `None` for a card without a log.
        now: with a time zone; for the duration of a job that runs.
    """
    status = summary.status
    colour = _COLOURS.get(status.state, _OTHER)
    badge = (
        f'<span style="background:{colour};color:#fff;border-radius:1em;padding:.1em .7em">'
        f"{escape(status.state)}</span>"
    )
    reason = f" <b>{escape(status.reason)}</b>" if status.reason else ""
    message = f"<div>{escape(status.message)}</div>" if status.message else ""
    anchors = " · ".join(
        f'<a href="{escape(link.url)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(link.title)}</a>"
        for link in links
    )
    return (
        '<div style="border:1px solid #8c959f80;border-radius:6px;padding:.7em 1em">'
        f"<div>{badge} <code>{escape(summary.namespace)}/{escape(summary.name)}</code>"
        f"{reason}</div>{message}"
        f'<div style="opacity:.75">{escape(_facts(summary, now))}</div>'
        f"{f'<div>{anchors}</div>' if anchors else ''}"
        f"{_log_html(lines)}</div>"
    )


def _facts(summary: JobSummary, now: datetime | None) -> str:
    status = summary.status
    facts = [summary.image or ""]
    if summary.workers_desired:
        facts.append(f"{summary.workers_ready} of {summary.workers_desired} workers ready")
    if status.attempt > 1:
        facts.append(f"attempt {status.attempt}")
    if summary.queue:
        facts.append(f"queue {summary.queue}")
    if status.started_at:
        end = status.ended_at or now or datetime.now(timezone.utc)
        facts.append(duration_text((end - status.started_at).total_seconds()))
    return " · ".join(fact for fact in facts if fact)


def duration_text(seconds: float) -> str:
    """A duration for people: `42 s`, `3 min 5 s`, `2 h 7 min`."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    if not minutes:
        return f"{whole} s"
    hours, minutes_rest = divmod(minutes, 60)
    return f"{hours} h {minutes_rest} min" if hours else f"{minutes} min {rest} s"


def _log_html(lines: Sequence[str] | None) -> str:
    if lines is None:
        return ""
    plain = [part for line in lines for part in plain_lines(line)]
    text = escape("\n".join(plain)) or "<i>Nothing is written yet</i>"
    return (
        '<pre style="margin:.6em 0 0;padding:.6em;max-height:24em;overflow:auto;'
        f'background:#0d1117;color:#e6edf3;border-radius:4px">{text}</pre>'
    )

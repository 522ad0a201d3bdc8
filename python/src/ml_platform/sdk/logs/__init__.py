"""The driver's log of a job, without a line lost or doubled."""

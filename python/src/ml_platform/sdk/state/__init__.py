"""Which state a job is in, and why."""

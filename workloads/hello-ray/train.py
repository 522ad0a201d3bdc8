"""A training job in miniature: a few Ray tasks for each step.

Environment:
    HELLO_STEPS    number of steps, 10 by default.
    HELLO_SECONDS  seconds that a step takes, 0.5 by default.
    HELLO_TASKS    Ray tasks in each step, 4 by default.
    HELLO_FAIL     `1` (or `true`, `yes`) makes the job fail at its middle step.

Runs in this process alone where Ray is not installed, and says so.
"""

from __future__ import annotations

import math
import os
import socket
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

ray: Any = None
try:
    ray = import_module("ray")
except ImportError:
    pass  # main() says so

GREEN, YELLOW, RED, BOLD, RESET = (
    "\x1b[32m",
    "\x1b[33m",
    "\x1b[31m",
    "\x1b[1m",
    "\x1b[0m",
)
BAR_CELLS = 30
BAR_UPDATES = 10

Step = Callable[[int], list[float]]


class PlannedFailure(Exception):
    """The failure that HELLO_FAIL asks for."""


def read_number(name: str, default: float, least: float) -> float:
    """The number in an environment variable; exits with a sentence if it is none."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= least):
        sys.exit(f"{name} is {text!r}: set it to a number of at least {least:g}.")
    return value


def say(text: str) -> None:
    """One line of the log, at once."""
    print(text, flush=True)


def partial_loss(step: int, task: int, seconds: float) -> float:
    """What one task computes: its share of a loss that falls with each step."""
    time.sleep(seconds)
    return math.exp(-step / 5) * (1 + 0.1 * math.sin(step * 7 + task))


def in_this_process(tasks: int, seconds: float) -> Step:
    """A step without Ray: the tasks one after the other, in the same time."""
    return lambda step: [partial_loss(step, t, seconds / tasks) for t in range(tasks)]


def with_ray(tasks: int, seconds: float) -> Step:
    """A step on the Ray cluster: all tasks at once."""
    ray.init(log_to_driver=True)
    nodes = [node for node in ray.nodes() if node["Alive"]]
    cpus = ray.cluster_resources().get("CPU", 0)
    say(f"Ray {ray.__version__}: {len(nodes)} node(s), {cpus:g} CPU(s)")
    # A quarter of a CPU each, so that the tasks of a step fit on one CPU.
    remote = ray.remote(num_cpus=0.25)(partial_loss)
    return lambda step: ray.get(
        [remote.remote(step, task, seconds) for task in range(tasks)]
    )


def draw_bar(label: str, seconds: float) -> None:
    """A progress bar that rewrites its line, as tqdm's does."""
    for update in range(BAR_UPDATES + 1):
        filled = BAR_CELLS * update // BAR_UPDATES
        bar = "█" * filled + " " * (BAR_CELLS - filled)
        print(
            f"\r{label}: {100 * update // BAR_UPDATES:3d}%|{bar}| "
            f"{update}/{BAR_UPDATES}",
            end="",
            flush=True,
        )
        if update < BAR_UPDATES:
            time.sleep(seconds / BAR_UPDATES)
    print(flush=True)


def train(run_step: Step, steps: int, fail: bool) -> float:
    """Runs all steps; returns the last loss, throws PlannedFailure if asked to."""
    loss = math.inf
    for step in range(1, steps + 1):
        parts = run_step(step)
        loss = sum(parts) / len(parts)
        say(f"step {step}/{steps} loss {loss:.4f} tasks {len(parts)}")
        if fail and step >= (steps + 1) // 2:
            raise PlannedFailure(f"HELLO_FAIL is set: failing at step {step}/{steps}.")
    return loss


def main() -> int:
    """Runs the job; the exit code is 0, or 1 for the failure that was asked for."""
    steps = int(read_number("HELLO_STEPS", 10, 1))
    seconds = read_number("HELLO_SECONDS", 0.5, 0)
    tasks = int(read_number("HELLO_TASKS", 4, 1))
    fail = os.environ.get("HELLO_FAIL", "").lower() in ("1", "true", "yes")

    say(f"{BOLD}hello-ray{RESET} on {socket.gethostname()}, {steps} steps")
    if ray is None:
        say(f"{YELLOW}Ray is not installed: running in this process alone.{RESET}")
    run_step = (in_this_process if ray is None else with_ray)(tasks, seconds)

    draw_bar("warming up", min(seconds, 1))
    try:
        loss = train(run_step, steps, fail)
    except PlannedFailure as failure:
        say(f"{RED}{failure}{RESET}")
        return 1
    draw_bar("saving", min(seconds, 1))
    say(f"{GREEN}done: loss {loss:.4f} after {steps} steps{RESET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

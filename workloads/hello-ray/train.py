"""A training job in miniature: a few Ray tasks for each step.

`python train.py --help` lists its settings. Each can be set by an environment variable
too: HELLO_STEPS for `--steps`, HELLO_SECONDS, HELLO_TASKS and HELLO_FAIL.

Runs in this process alone where Ray is not installed, and says so.
"""

from __future__ import annotations

import argparse
import math
import os
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Settings:
    """What a run depends on."""

    steps: int
    seconds: float
    """That a step takes."""
    tasks: int
    """In each step."""
    fail: bool


class PlannedFailure(Exception):
    """The failure that was asked for."""


def _number(convert: Callable[[str], float], least: float) -> Callable[[str], float]:
    what = "a whole number" if convert is int else "a number"

    def read(text: str) -> float:
        try:
            value = convert(text)
        except ValueError:
            value = math.nan
        if math.isfinite(value) and value >= least:
            return value
        raise argparse.ArgumentTypeError(
            f"takes {what} of at least {least:g}, not {text!r}"
        )

    return read


def _flag(text: str) -> bool:
    if text.lower() not in ("1", "true", "yes", "0", "false", "no"):
        raise argparse.ArgumentTypeError(f"takes true or false, not {text!r}")
    return text.lower() in ("1", "true", "yes")


def read_settings(arguments: Sequence[str]) -> Settings:
    """The settings of a run; exits with a sentence for values that make no sense."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])

    def add(name: str, read: Callable[[str], object], default: str, text: str) -> None:
        variable = f"HELLO_{name.upper()}"
        value = os.environ.get(variable, "").strip() or default
        help_text = f"{text}, {default} by default; or {variable}"
        parser.add_argument(f"--{name}", type=read, default=value, help=help_text)

    add("steps", _number(int, 1), "10", "number of steps")
    add("seconds", _number(float, 0), "0.5", "seconds that a step takes")
    add("tasks", _number(int, 1), "4", "Ray tasks in each step")
    add("fail", _flag, "false", "true makes the job fail at its middle step")
    return Settings(**vars(parser.parse_args(list(arguments))))


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
            raise PlannedFailure(f"fail is set: failing at step {step}/{steps}.")
    return loss


def main(arguments: Sequence[str] = ()) -> int:
    """Runs the job; the exit code is 0, or 1 for the failure that was asked for."""
    settings = read_settings(arguments)
    steps, seconds, tasks = settings.steps, settings.seconds, settings.tasks

    say(f"{BOLD}hello-ray{RESET} on {socket.gethostname()}, {steps} steps")
    if ray is None:
        say(f"{YELLOW}Ray is not installed: running in this process alone.{RESET}")
    run_step = (in_this_process if ray is None else with_ray)(tasks, seconds)

    draw_bar("warming up", min(seconds, 1))
    try:
        loss = train(run_step, steps, settings.fail)
    except PlannedFailure as failure:
        say(f"{RED}{failure}{RESET}")
        return 1
    draw_bar("saving", min(seconds, 1))
    say(f"{GREEN}done: loss {loss:.4f} after {steps} steps{RESET}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

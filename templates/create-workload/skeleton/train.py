"""Training of ${{ values.name }}: replace the loss with your own.

`parameters.schema.json` describes the options for the portal's form, the command line
and the SDKs.
"""

import argparse
import random
from collections.abc import Sequence


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options of a run, by default those of the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=10, help="number of steps")
    parser.add_argument("--tasks", type=int, default=4, help="Ray tasks in each step")
    return parser.parse_args(arguments)


def partial_loss(step: int, task: int) -> float:
    """Compute the part of the loss of one task."""
    return random.Random(f"{step}/{task}").uniform(0.9, 1.1) / step


def main() -> None:
    import ray  # Not at the top, so that the tests need no Ray.

    options = read_options()
    steps, tasks = options.steps, options.tasks
    ray.init()
    # Each task needs a quarter of a CPU, so that the tasks of a step fit on a small worker.
    remote = ray.remote(num_cpus=0.25)(partial_loss)
    for step in range(1, steps + 1):
        losses = ray.get([remote.remote(step, task) for task in range(tasks)])
        print(f"step {step}/{steps} loss {sum(losses) / tasks:.4f}", flush=True)


if __name__ == "__main__":
    main()

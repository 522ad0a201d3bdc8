"""Training of ${{ values.name }}: replace the loss with your own.

`parameters.schema.json` describes the options for the portal's form, the command line
and the SDKs.
"""

import argparse
import random

import ray


# Each task needs a quarter of a CPU, so that the tasks of a step fit on a small worker.
@ray.remote(num_cpus=0.25)
def partial_loss(step: int, task: int) -> float:
    """Compute the part of the loss of one task."""
    return random.Random(f"{step}/{task}").uniform(0.9, 1.1) / step


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=10, help="number of steps")
    parser.add_argument("--tasks", type=int, default=4, help="Ray tasks in each step")
    options = parser.parse_args()
    steps, tasks = options.steps, options.tasks
    ray.init()
    for step in range(1, steps + 1):
        losses = ray.get([partial_loss.remote(step, task) for task in range(tasks)])
        print(f"step {step}/{steps} loss {sum(losses) / tasks:.4f}", flush=True)


if __name__ == "__main__":
    main()

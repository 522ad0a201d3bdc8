"""Training of ${{ values.name }}: replace the loss with your own.

Environment:
    STEPS  Number of steps. Default: 10.
    TASKS  Number of Ray tasks in each step. Default: 4.
"""

import os
import random

import ray


# Each task needs a quarter of a CPU, so that the tasks of a step fit on a small worker.
@ray.remote(num_cpus=0.25)
def partial_loss(step: int, task: int) -> float:
    """Compute the part of the loss of one task."""
    return random.Random(f"{step}/{task}").uniform(0.9, 1.1) / step


def main() -> None:
    steps = int(os.environ.get("STEPS", "10"))
    tasks = int(os.environ.get("TASKS", "4"))
    ray.init()
    for step in range(1, steps + 1):
        losses = ray.get([partial_loss.remote(step, task) for task in range(tasks)])
        print(f"step {step}/{steps} loss {sum(losses) / tasks:.4f}", flush=True)


if __name__ == "__main__":
    main()

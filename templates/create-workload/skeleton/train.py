"""Training of ${{ values.name }}: replace the loss by your own.

Environment:
    STEPS  number of steps, 10 by default.
    TASKS  Ray tasks in each step, 4 by default.
"""

import os
import random

import ray


# A quarter of a CPU each, so that the tasks of a step fit on a small worker.
@ray.remote(num_cpus=0.25)
def partial_loss(step: int, task: int) -> float:
    """What one task computes, on whichever worker has room."""
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

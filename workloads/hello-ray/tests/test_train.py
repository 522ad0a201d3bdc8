"""The job without Ray: `python -m unittest discover -s tests`."""

from __future__ import annotations

import io
import os
import unittest
from contextlib import redirect_stdout
from unittest import mock

import train


def run(**environment: str) -> tuple[int, str]:
    """Exit code and output of the job under these variables."""
    settings = {"HELLO_STEPS": "3", "HELLO_SECONDS": "0", **environment}
    output = io.StringIO()
    with (
        mock.patch.dict(os.environ, settings),
        mock.patch.object(train, "ray", None),
        redirect_stdout(output),
    ):
        return train.main(), output.getvalue()


class TrainTest(unittest.TestCase):
    def test_runs_without_ray_and_says_so(self) -> None:
        code, output = run()
        self.assertEqual(code, 0)
        self.assertIn("Ray is not installed", output)
        for step in ("step 1/3", "step 2/3", "step 3/3"):
            self.assertIn(step, output)

    def test_draws_a_bar_that_rewrites_its_line(self) -> None:
        _, output = run()
        self.assertIn("\rwarming up: 100%", output)

    def test_the_loss_falls_and_is_the_same_each_time(self) -> None:
        self.assertEqual(run()[1], run()[1])
        step = train.in_this_process(2, 0)
        self.assertLess(sum(step(5)), sum(step(1)))

    def test_fails_at_the_middle_step_when_asked_to(self) -> None:
        code, output = run(HELLO_FAIL="1")
        self.assertEqual(code, 1)
        self.assertIn("failing at step 2/3", output)
        self.assertNotIn("step 3/3", output)

    def test_refuses_settings_that_are_no_numbers(self) -> None:
        with self.assertRaisesRegex(SystemExit, "HELLO_STEPS is 'many'"):
            run(HELLO_STEPS="many")


if __name__ == "__main__":
    unittest.main()

"""The job without Ray: `python -m unittest discover -s tests`."""

from __future__ import annotations

import io
import json
import os
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import train


SCHEMA = json.loads(Path(__file__).parents[1].joinpath("parameters.schema.json").read_text())


def run(*arguments: str, **environment: str) -> tuple[int, str]:
    """Exit code and output of the job with these options and variables."""
    settings = {"HELLO_STEPS": "3", "HELLO_SECONDS": "0", **environment}
    output = io.StringIO()
    with (
        mock.patch.dict(os.environ, settings),
        mock.patch.object(train, "ray", None),
        redirect_stdout(output),
    ):
        return train.main(arguments), output.getvalue()


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

    def test_options_win_over_variables(self) -> None:
        _, output = run("--steps=2", "--tasks=3", HELLO_STEPS="5")
        self.assertIn("step 2/2 loss", output)
        self.assertIn("tasks 3", output)
        code, _ = run("--fail=true")
        self.assertEqual(code, 1)

    def test_refuses_settings_that_make_no_sense(self) -> None:
        for arguments, environment, text in (
            ((), {"HELLO_STEPS": "many"}, "takes a whole number of at least 1, not 'many'"),
            (("--steps=0",), {}, "argument --steps"),
            (("--seconds=nan",), {}, "argument --seconds"),
            (("--fail=perhaps",), {}, "takes true or false"),
        ):
            errors = io.StringIO()
            with redirect_stderr(errors), self.assertRaises(SystemExit):
                run(*arguments, **environment)
            self.assertIn(text, errors.getvalue())

    def test_has_the_defaults_that_the_form_shows(self) -> None:
        with mock.patch.dict(os.environ, clear=True):
            settings = vars(train.read_settings([]))
        defaults = {name: each["default"] for name, each in SCHEMA["properties"].items()}
        self.assertEqual(settings, defaults)


if __name__ == "__main__":
    unittest.main()

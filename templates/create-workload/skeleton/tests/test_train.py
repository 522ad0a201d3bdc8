"""The training code without Ray: `python -m unittest discover -s tests`, or pytest."""

import json
import unittest
from pathlib import Path

import train


SCHEMA = json.loads(Path(__file__).parents[1].joinpath("parameters.schema.json").read_text())


class TrainTest(unittest.TestCase):
    def test_has_the_defaults_that_the_form_shows(self) -> None:
        options = vars(train.read_options([]))
        defaults = {name: each["default"] for name, each in SCHEMA["properties"].items()}
        self.assertEqual(options, defaults)

    def test_reads_options_as_the_platform_writes_them(self) -> None:
        options = train.read_options(["--steps=3", "--tasks=2"])
        self.assertEqual((options.steps, options.tasks), (3, 2))

    def test_the_loss_falls_and_is_the_same_each_time(self) -> None:
        self.assertEqual(train.partial_loss(2, 0), train.partial_loss(2, 0))
        self.assertLess(train.partial_loss(5, 0), train.partial_loss(1, 0))


if __name__ == "__main__":
    unittest.main()

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stellarator.settings import read_settings


def test_flags_win_over_the_environment() -> None:
    settings = read_settings(
        ["--population", "8"],
        {"POPULATION": "24", "GENERATIONS": "3", "TARGET_IOTA": "0.5", "LOCAL": "1"},
    )
    assert settings.plan.population == 8
    assert settings.plan.generations == 3
    assert settings.targets.iota == 0.5
    assert settings.targets.aspect_ratio == 6.0
    assert settings.output == Path("results")
    assert settings.local is True


@pytest.mark.parametrize(
    ("environment", "text"),
    [
        ({"GENERATIONS": "0"}, "0 is less than 1"),
        ({"GENERATIONS": "ten"}, "invalid whole number value: 'ten'"),
        ({"TARGET_IOTA": "-1"}, "-1 is no positive number"),
    ],
)
def test_refuses_settings_that_make_no_sense(
    environment: dict[str, str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        read_settings([], environment)
    assert text in capsys.readouterr().err


def test_has_the_defaults_that_the_form_shows() -> None:
    file = Path(__file__).parents[1] / "parameters.schema.json"
    parameters = json.loads(file.read_text())["properties"]
    options = [f"--{name}={each['default']}" for name, each in parameters.items()]
    assert read_settings(options, {}) == read_settings([], {})


def test_takes_the_least_and_the_most_that_the_form_lets_through() -> None:
    file = Path(__file__).parents[1] / "parameters.schema.json"
    parameters = json.loads(file.read_text())["properties"]
    for bound in ("minimum", "maximum"):
        for name, each in parameters.items():
            if bound in each:
                read_settings([f"--{name}={each[bound]}"], {})

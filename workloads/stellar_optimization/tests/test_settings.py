from __future__ import annotations

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

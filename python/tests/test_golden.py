"""Manifests, states and messages are those of the TypeScript SDK: both read these files."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from ml_platform.sdk import (
    InvalidJob,
    JobOrigin,
    JobSpec,
    Mount,
    Placement,
    WorkerGroup,
    job_manifest,
    write_manifest,
)
from ml_platform.sdk.state.attempts import keep_cause
from ml_platform.sdk.state.job_state import job_state
from ml_platform.sdk.state.objects import StateResult
from ml_platform.sdk.state.status_message import status_message

from .recordings import moments

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "packages/rayjob/golden"
CASES = sorted(path.stem for path in GOLDEN.glob("*.json"))
SCENARIOS = sorted(path.stem for path in (ROOT / "packages/recordings").rglob("*.ndjson"))


def snake_case(fields: dict[str, Any]) -> dict[str, Any]:
    return {re.sub("[A-Z]", lambda m: f"_{m[0].lower()}", key): fields[key] for key in fields}


def job_spec(fields: dict[str, Any]) -> JobSpec:
    """A specification of a golden file, whose parts are objects in Python."""
    spec = snake_case(fields)
    for parts, kind in (("mounts", Mount), ("groups", WorkerGroup)):
        if parts in spec:
            spec[parts] = [placed(kind, part) for part in spec[parts]]
    made: JobSpec = placed(JobSpec, spec)
    return made


def placed(kind: Any, fields: dict[str, Any]) -> Any:
    own = snake_case(fields)
    if "placement" in own:
        own["placement"] = Placement(**snake_case(own["placement"]))
    return kind(**own)


def rendered(name: str) -> tuple[str, str]:
    """What comes of a case, and the ending of the file that says what should."""
    case = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    origin = snake_case(case["origin"])
    origin["now"] = datetime.fromisoformat(origin["now"].replace("Z", "+00:00"))
    try:
        manifest = job_manifest(job_spec(case["spec"]), JobOrigin(**origin))
    except InvalidJob as error:
        return f"{error}\n", ".error.txt"
    return write_manifest(manifest), ".yaml"


@pytest.mark.parametrize("name", CASES)
def test_writes_the_golden_file(name: str) -> None:
    text, ending = rendered(name)
    assert text.encode() == (GOLDEN / f"{name}{ending}").read_bytes()


def test_has_cases_to_be_held_to() -> None:
    assert len(CASES) > 12
    assert len(SCENARIOS) > 15


def golden_lines(file: str) -> list[dict[str, Any]]:
    text = (GOLDEN / "states" / f"{file}.ndjson").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def result(told: dict[str, Any]) -> StateResult:
    return StateResult(told["state"], told.get("reason"), told.get("message"))


@pytest.mark.parametrize("case", golden_lines("cases"), ids=lambda case: case["is"]["state"])
def test_tells_the_state_of_an_object_and_its_pods(case: dict[str, Any]) -> None:
    assert job_state(case["job"], case["pods"]) == result(case["is"])


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_tells_the_states_of_a_recording(scenario: str) -> None:
    told: list[tuple[float, StateResult]] = []
    for t, job, pods in moments(scenario):
        state = job_state(job, pods)
        if not told or told[-1][1] != state:
            told.append((t, state))
    golden = [line for line in golden_lines("recordings") if line["scenario"] == scenario]
    assert told == [(line["t"], result(line)) for line in golden]


@pytest.mark.parametrize("case", golden_lines("causes"))
def test_keeps_the_cause_that_was_known(case: dict[str, Any]) -> None:
    before = case.get("before")
    known = (result(before), before["attempt"]) if before else None
    assert keep_cause(result(case["next"]), case["next"]["attempt"], known) == result(case["is"])


@pytest.mark.parametrize(
    "case", golden_lines("messages"), ids=range(len(golden_lines("messages")))
)
def test_keeps_a_sentence_of_a_message(case: dict[str, Any]) -> None:
    assert status_message(case["message"]) == case.get("is")

"""Parameters are read and checked as the TypeScript SDK does: both read the golden files."""

import json
from pathlib import Path
from typing import Any

import pytest
from ml_platform.sdk import InvalidJob, check_parameters, find_parameters, read_parameter_schema
from ml_platform.sdk.parameters.values import takes

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "packages/parameters/golden"
SCHEMA = read_parameter_schema((GOLDEN / "schema.json").read_text("utf-8"), "schema.json")


def lines(file: str) -> list[str]:
    return (GOLDEN / file).read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", lines("values.ndjson"))
def test_comes_to_what_is_said(line: str) -> None:
    case = json.loads(line)
    if "error" in case:
        with pytest.raises(InvalidJob) as refused:
            check_parameters(SCHEMA, case["values"])
        assert str(refused.value) == case["error"]
    else:
        texts = check_parameters(SCHEMA, case["values"])
        assert list(texts.items()) == list(case["is"].items())


@pytest.mark.parametrize("line", lines("takes.ndjson"))
def test_says_what_a_parameter_takes(line: str) -> None:
    case = json.loads(line)
    assert takes(case["parameter"]) == case["takes"]


@pytest.mark.parametrize("line", lines("schemas.ndjson"))
def test_refuses_what_is_no_schema(line: str) -> None:
    text = "not json" if line == '"not json"' else line
    with pytest.raises(InvalidJob, match=r"^a/parameters\.schema\.json: \S"):
        read_parameter_schema(text, "a/parameters.schema.json")


def test_has_the_subset_of_the_typescript_sdk() -> None:
    own = ROOT / "python/src/ml_platform/sdk/parameters/subset.json"
    assert own.read_bytes() == (ROOT / "packages/parameters/src/subset.json").read_bytes()


def write(folder: Path, name: str, schema: Any) -> Path:
    folder.mkdir(parents=True)
    catalog = {
        "kind": "Component",
        "metadata": {"name": "entity", "annotations": {"ml-platform.dev/workload": name}},
        "spec": {"type": "training-workload"},
    }
    (folder / "catalog-info.yaml").write_text(json.dumps(catalog))
    if schema is not None:
        (folder / "parameters.schema.json").write_text(json.dumps(schema))
    return folder


def test_finds_the_parameters_of_a_checkout(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    folder = write(tmp_path / "workloads/one", "one", schema)
    write(tmp_path / "workloads/two", "two", None)
    (tmp_path / "elsewhere").mkdir()
    for start in (tmp_path, tmp_path / "elsewhere", folder):
        assert find_parameters("one", start) == schema
    assert find_parameters("two", tmp_path) is None
    assert find_parameters("three", tmp_path) is None
    (folder / "parameters.schema.json").write_text("{")
    with pytest.raises(InvalidJob, match=r"parameters\.schema\.json: The file isn't JSON"):
        find_parameters("one", tmp_path)

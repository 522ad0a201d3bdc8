"""Text in manifests means the same to every reader, and entrypoints can be read again."""

import random
from typing import Any

import pytest
import yaml
from ml_platform.sdk import write_manifest
from ml_platform.sdk.manifest.entrypoint import render_entrypoint, typed_entrypoint
from ml_platform.sdk.manifest.quantities import parse_quantity

PIECES = [
    *("yes", "No", "null", "~", "", "1", "1e3", "012", "0x1F", "1:30", ".inf", "2026-01-01"),
    *("=", "<<", "@x", "%a", "---", "- x", "? x", "a: b", "a #b", "#c", "{", "[", "&a", "*a"),
    *("'", '"', "\\", "$(A)", " ", "  ", "\n", "\n\n", "\t", "\r", "\x00", "\x07", "\x1b[31m"),
    *("\x7f", "\x85", "\xa0", "\u2028", "\ufeff", "ünï ✓", "😀", "x" * 90, " \n", "\n ", "e"),
]


@pytest.mark.parametrize("seed", range(10))
def test_writes_text_that_reads_as_it_was(seed: int) -> None:
    chance = random.Random(seed)
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 6))) for _ in range(100)]
    value = {"texts": [{"text": text} for text in texts], "other": {"number": 1, "flag": True}}
    assert yaml.safe_load(write_manifest(value)) == value


def test_writes_half_a_surrogate_pair_as_a_replacement() -> None:
    assert write_manifest({"a": "x\ud800y"}) == "a: x\ufffdy\n"


@pytest.mark.parametrize("value", [None, 1.5, object()])
def test_writes_nothing_that_no_manifest_holds(value: Any) -> None:
    with pytest.raises(TypeError, match="A manifest can't hold"):
        write_manifest({"a": value})


@pytest.mark.parametrize("key", ["on", "1", "a: b", "", "a\nb", 1])
def test_writes_no_key_that_some_reader_takes_for_another(key: Any) -> None:
    with pytest.raises(TypeError, match="A manifest can't hold the key"):
        write_manifest({"a": {key: "x"}})


@pytest.mark.parametrize(
    "typed",
    [
        "python train.py",
        "python train.py --title 'a b'",
        "a && b",
        'set -e\nfor i in 1 2; do\n  echo "$i 100%"\ndone',
        "echo '\\n' `date` !",
        "bash -c 'echo hi'",
    ],
)
def test_reads_an_entrypoint_as_it_was_typed(typed: str) -> None:
    rendered = render_entrypoint(typed)
    assert typed_entrypoint(rendered) == typed
    # What was rendered once stays as it is.
    assert render_entrypoint(rendered) == rendered


@pytest.mark.parametrize(
    ("text", "value"),
    [("500m", 0.5), ("4Gi", 4 * 2**30), ("1.5Ki", 1536), ("2e3", 2000), (" -1k ", -1000)],
)
def test_reads_a_quantity(text: str, value: float) -> None:
    assert parse_quantity(text) == value


@pytest.mark.parametrize("text", ["", "lots", "1GB", "1 Gi", "1e100", "+"])
def test_refuses_what_is_no_quantity(text: str) -> None:
    with pytest.raises(ValueError, match="is not a quantity"):
        parse_quantity(text)

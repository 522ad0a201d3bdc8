"""The `ml-platform` command runs the CLI's file on the Node of a wheel."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from ml_platform import cli

BUNDLE = """
process.stdout.write(JSON.stringify(process.argv.slice(2)) + '\\n');
process.stdout.write(`${process.pid} ${process.versions.node.split('.')[0]}\\n`);
process.exitCode = 7;
"""


def package_in(folder: Path) -> Path:
    package = folder / "python/src/ml_platform"
    package.mkdir(parents=True)
    return package


def write(file: Path) -> Path:
    file.parent.mkdir(parents=True)
    file.write_text(BUNDLE, encoding="utf-8")
    return file


def test_finds_the_build_of_the_checkout(tmp_path: Path) -> None:
    package = package_in(tmp_path)
    assert cli.find_bundle(package) is None
    built = write(tmp_path / "packages/cli/dist/ml-platform.cjs")
    assert cli.find_bundle(package) == built


def test_takes_the_file_in_the_wheel_first(tmp_path: Path) -> None:
    package = package_in(tmp_path)
    write(tmp_path / "packages/cli/dist/ml-platform.cjs")
    inside = write(package / "_cli/ml-platform.cjs")
    assert cli.find_bundle(package) == inside


def test_builds_the_command_line_of_a_checkout_on_the_node_of_the_wheel(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "scripts/build-cli.mjs"
    script.parent.mkdir()
    script.write_text(
        "console.log(process.version.split('.')[0], process.cwd()); process.exitCode = 3;",
        encoding="utf-8",
    )
    assert cli.build_bundle(tmp_path) == 3
    out, err = capfd.readouterr()
    assert out == ""
    assert f"v24 {tmp_path}" in err


def test_says_that_a_package_has_no_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(cli, "_PACKAGE", tmp_path / "a/b/c")
    monkeypatch.setattr(cli, "find_bundle", lambda: None)
    assert cli.main() == 1
    assert "without the command line" in capsys.readouterr().err


def test_becomes_node_with_the_same_arguments(tmp_path: Path) -> None:
    bundle = write(tmp_path / "folder with blanks/ml-platform.cjs")
    script = (
        "from pathlib import Path; from ml_platform import cli;"
        f"cli.find_bundle = lambda: Path({str(bundle)!r}); cli.main()"
    )
    environment = {**os.environ, "PATH": ""}
    arguments = ["status", "--name", "a b", "größer"]
    process = subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    out, _ = process.communicate(timeout=30)
    assert out == f'["status","--name","a b","größer"]\n{process.pid} 24\n'
    assert process.returncode == 7

"""What the packages hold, and that the wheel works in an environment of its own."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ("pyproject.toml", "LICENSE", "python/hatch_build.py", "python/README.md")
BUNDLE = {
    "ml-platform.cjs": "require('./chunk-1.cjs').say('stand-in');",
    "chunk-1.cjs": "exports.say = word => console.log(word, ...process.argv.slice(2));",
}


def run(*command: str, **environment: str) -> str:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def build(folder: Path, out: Path, *options: str) -> None:
    # The build backend is in the tests' own environment: nothing is fetched.
    python = ("--no-build-isolation", "--python", sys.executable)
    run("uv", "build", *python, *options, "-o", str(out), str(folder))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the repository that the packages are made from, and a stand-in CLI."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in SOURCES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "python/src", folder / "python/src", ignore=ignore)
    bundle = folder / "packages/cli/dist"
    bundle.mkdir(parents=True)
    for name, text in BUNDLE.items():
        (bundle / name).write_text(text, encoding="utf-8")
    (folder / ".gitignore").write_text("dist/\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def packages(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which `uv build` puts the wheel and the sources."""
    out = tmp_path_factory.mktemp("packages")
    run(
        "uv",
        "build",
        "--no-build-isolation",
        "--python",
        sys.executable,
        "-o",
        str(out),
        str(checkout),
    )
    return out


def wheel(packages: Path) -> Path:
    (found,) = packages.glob("ml_platform-*-py3-none-any.whl")
    return found


def test_locks_packages_of_the_public_index_only() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text("utf-8")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_has_the_modules_and_the_cli_and_nothing_else(packages: Path) -> None:
    with zipfile.ZipFile(wheel(packages)) as archive:
        names = archive.namelist()
        metadata = archive.read(next(name for name in names if name.endswith("/METADATA")))
    own = [name for name in names if ".dist-info/" not in name]
    source = ROOT / "python/src"
    modules = {
        path.relative_to(source).as_posix()
        for kind in ("*.py", "*.json")
        for path in source.rglob(kind)
    }
    bundle = {f"ml_platform/_cli/{name}" for name in BUNDLE}
    assert set(own) == {*modules, *bundle, "ml_platform/py.typed"}
    assert b"Requires-Python: >=3.10" in metadata
    assert b"License-Expression: Apache-2.0" in metadata
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_has_what_a_wheel_is_built_from(packages: Path) -> None:
    (found,) = packages.glob("ml_platform-*.tar.gz")
    with tarfile.open(found) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames()}
    extra = {name for name in names if not name.startswith("python/src/ml_platform/")}
    bundle = {f"packages/cli/dist/{name}" for name in BUNDLE}
    assert extra == {*SOURCES, *bundle, ".gitignore", "PKG-INFO"}


def test_builds_without_a_cli_too(checkout: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(checkout, tmp_path / "checkout")
    shutil.rmtree(folder / "packages")
    run(
        "uv",
        "build",
        "--no-build-isolation",
        "--wheel",
        "--python",
        sys.executable,
        "-o",
        str(tmp_path),
        str(folder),
    )
    with zipfile.ZipFile(wheel(tmp_path)) as archive:
        assert not any("_cli" in name for name in archive.namelist())


def test_works_in_an_environment_of_its_own(packages: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    run("uv", "venv", "--python", sys.executable, str(environment))
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    locked = tmp_path / "requirements.txt"
    exported = run(
        "uv", "export", "--frozen", "--no-dev", "--no-emit-project", "--directory", str(ROOT)
    )
    locked.write_text(exported, encoding="utf-8")
    install = ("uv", "pip", "install", "--quiet", "--python", str(python))
    run(*install, "--no-deps", "--require-hashes", "-r", str(locked))
    run(*install, "--no-deps", str(wheel(packages)))
    command = python.with_name("ml-platform")
    assert run(str(command), "status", "--all", PATH="") == "stand-in status --all\n"
    script = "import ml_platform.sdk as sdk; print(sdk.PlatformClient.__name__, sdk.__file__)"
    said = run(str(python), "-I", "-c", script)
    assert said.startswith("PlatformClient ")
    assert str(environment) in said

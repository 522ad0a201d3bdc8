"""Puts the CLI's bundle into the packages, where it has been built."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = "packages/cli/dist/ml-platform.cjs"


class BundleHook(BuildHookInterface[Any]):
    """Adds the bundle to a wheel, and to the sources that a wheel is built from."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before each build; an editable one finds the bundle in the checkout."""
        bundle = Path(self.root, BUNDLE)
        if version == "editable" or not bundle.is_file():
            return
        inside = BUNDLE if self.target_name == "sdist" else "ml_platform/_cli/ml-platform.cjs"
        build_data["force_include"][str(bundle)] = inside

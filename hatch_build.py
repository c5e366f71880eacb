"""What the wheel holds beside the code: fonts and compiled translations, so that a server needs
neither Node.js nor gettext; and its dependencies, read from requirements.in, the only list."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


class Dependencies(MetadataHookInterface):
    def update(self, metadata: dict[str, Any]) -> None:
        lines = Path(self.root, "requirements.in").read_text(encoding="utf-8").splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith("#")]


class BrowserFilesAndTranslations(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        package = Path(self.root, "ancrage")
        catalogues = runpy.run_path(str(package / "kit" / "catalogues.py"))
        for compiled in catalogues["compile_catalogues"](package / "locale"):
            build_data["artifacts"].append(compiled.relative_to(self.root).as_posix())
        files = runpy.run_path(str(package / "config" / "assets.py"))["NPM_FILES"]
        for name, source in files.items():
            path = Path(self.root, "node_modules", source)
            if not path.is_file():
                raise FileNotFoundError(
                    f"{path} is missing: run « npm ci --ignore-scripts » first"
                )
            build_data["force_include"][str(path)] = f"ancrage/static/vendor/{name}"

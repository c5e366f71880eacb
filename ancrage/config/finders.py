"""Static files that come from npm packages, read in place: no bundler, no copy."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Warning
from django.core.files.storage import FileSystemStorage


class NpmFinder(BaseFinder):
    """Serve the files of `NPM_FILES` (name under vendor/ → path under `NPM_ROOT`)."""

    def __init__(self, app_names: object = None, *args: Any, **kwargs: Any) -> None:
        self.root = Path(settings.NPM_ROOT)
        self.files = {f"vendor/{name}": path for name, path in settings.NPM_FILES.items()}
        self.storage = _RenamedFiles(self.root, self.files)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Warn, without refusing to start: system fonts replace missing ones."""
        # An installed package carries them among its own static files.
        missing = sorted(path for name, path in self.files.items() if finders.find(name) is None)
        if not missing:
            return []
        return [
            Warning(
                "Browser files are missing from node_modules: " + ", ".join(missing),
                hint="Run `npm ci --ignore-scripts`.",
                id="ancrage.W001",
            )
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the absolute path of `path`, or an empty list when it is not one of ours."""
        source = self.files.get(path)
        if source is None or not (self.root / source).is_file():
            return []
        found = str(self.root / source)
        return [found] if find_all else found

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield every file present, under the name pages use."""
        for name, source in self.files.items():
            if (self.root / source).is_file():
                yield name, self.storage


class _RenamedFiles(FileSystemStorage):
    """The packages' folder, asked by the names that pages use."""

    # collectstatic asks a storage for the prefix its files take; ours carry it in their names.
    prefix = None

    def __init__(self, root: Path, files: dict[str, str]) -> None:
        super().__init__(location=root)
        self._files = files

    def path(self, name: str) -> str:
        return super().path(self._files.get(name, name))

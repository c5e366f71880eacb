"""Translation catalogues: what they are made from, where they lie, how they are compiled.

polib makes .mo files (not committed) of .po files (committed), so that nobody needs the gettext
programs. Imports no Django: `run` and the
wheel builder call it before there is a project to configure.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polib

LOCALE_ROOT = Path(__file__).resolve().parents[1] / "locale"
TEMPLATE_SUFFIXES = frozenset({".html", ".txt", ".xml", ".ics"})

# Functions that translate → which of their arguments are texts, "c" being the context.
KEYWORDS: Mapping[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "say")),
    **dict.fromkeys(("ngettext", "ngettext_lazy", "say_many"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


def message_files(package: Path) -> Iterator[Path]:
    """Yield the files of a package that may hold messages: Python sources and templates."""
    for path in sorted(package.rglob("*")):
        parts = path.relative_to(package).parts
        python = path.suffix == ".py" and "migrations" not in parts
        if python or (path.suffix in TEMPLATE_SUFFIXES and "templates" in parts):
            yield path


def catalogue(language: str, root: Path = LOCALE_ROOT) -> Path:
    """Return the path of the .po file of a language ("en", "fr")."""
    return root / language / "LC_MESSAGES" / "django.po"


def compile_catalogues(root: Path = LOCALE_ROOT) -> list[Path]:
    """Write a .mo file beside every .po file under `root`; return what was written."""
    written = []
    for po in sorted(root.glob("*/LC_MESSAGES/*.po")):
        polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo")))
        written.append(po.with_suffix(".mo"))
    return written


if __name__ == "__main__":
    compile_catalogues()

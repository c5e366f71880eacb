"""Translation catalogues: where they lie, and how .po files (committed) become .mo files (not).

polib does it, so that nobody needs the gettext programs. Imports no Django: `run` and the
wheel builder call it before there is a project to configure.
"""

from pathlib import Path

import polib

LOCALE_ROOT = Path(__file__).resolve().parents[1] / "locale"


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

"""Paper: a typst template and plain data become a tagged PDF that conforms to PDF/UA-1.

A template is a `.typ` file of the project that imports `/kit/printing/style.typ`. All that people
wrote reaches it as data (one JSON text among `sys.inputs`), never as source: a name made of
markup prints as itself. The templates hold no words either: they come translated in the data.
Nothing is read outside the package, and nothing is downloaded.

Why typst, and which fonts: docs/adr/0016-imprimer-avec-typst.md.
"""

import atexit
import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language

from ancrage.kit.brand import brand_colours

PACKAGE = Path(__file__).resolve().parents[1]
PAPERS = ("a4", "a5")

UNPRINTABLE = "□"
"""What is printed for a sign that no font draws."""

# One pass for what no font draws, one for what a reading system refuses; one more in reserve.
_PASSES = 4
_REFUSED = re.compile(r"the text (?:contains the disallowed codepoint )?`\"(.*?)\"`")
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
# A joiner shapes letters in Persian and in the scripts of India: it is part of the name.
_JOINERS = "\u200c\u200d"
_LINES = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
# Narrow no-break spaces have no glyph in the text font.
_SPACES = str.maketrans({"\t": " ", "\u202f": "\u00a0"})


class PrintFailed(Exception):
    """The template is at fault, never the data: the message is typst's."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and the signs of the data that no font draws here, printed as □."""

    content: bytes
    unprintable: frozenset[str] = frozenset()


def print_pdf(
    template: Path, data: Mapping[str, Any], *, title: str, now: datetime, paper: str = "a4"
) -> Printed:
    """Return the PDF that `template` makes of `data`.

    Args:
        template: a `.typ` file under the package.
        data: what the template reads as `data`: texts, numbers, booleans, lists, mappings.
        title: the title of the document, that a reader of screens says first.
        now: the date of making, written in the file: the same data at the same time give the
            same bytes.
        paper: one of `PAPERS`.

    Raises `PrintFailed`.
    """
    given = _clean({**data, "title": title})
    missing: frozenset[str] = frozenset()
    for _attempt in range(_PASSES):
        inputs = {
            **_without(given, missing),
            "lang": (get_language() or "fr")[:2],
            "paper": paper,
            "colours": brand_colours(),
            "unprintable": UNPRINTABLE if missing else "",
        }
        try:
            return Printed(_compile(template, inputs, now=now), missing)
        except typst.TypstError as refusal:
            found = refused_signs(refusal.diagnostic)
            if not found - missing:
                raise PrintFailed(refusal.diagnostic or refusal.message) from refusal
            missing |= found
    raise PrintFailed(f"no font draws: {sorted(missing)}")


def refused_signs(diagnostic: str) -> frozenset[str]:
    """Return the signs that the words of typst say it cannot print."""
    found = (
        _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
        for text in _REFUSED.findall(diagnostic)
    )
    # A cluster of several signs is named whole: what surrounds the stranger prints well alone.
    return frozenset(sign for text in found for sign in text if not sign.isascii())


def _compile(template: Path, inputs: Mapping[str, Any], *, now: datetime) -> bytes:
    compiler = typst.Compiler(
        input=template,
        root=PACKAGE,
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(inputs, ensure_ascii=False)},
    )
    made = compiler.compile(
        format="pdf", pdf_standards=["ua-1"], timestamp=now.replace(microsecond=0)
    )
    if not isinstance(made, bytes):
        raise PrintFailed(f"{template.name} made no PDF")
    return made


def _clean(value: Any) -> Any:
    """Compose letters, and take away what is no letter: controls, marks of order, directions.

    A mark of direction inside a name would turn over the words around it.
    """
    if isinstance(value, str):
        text = _LINES.sub("\n", unicodedata.normalize("NFC", value)).translate(_SPACES)
        return "".join(
            sign
            for sign in text
            if sign in {"\n", *_JOINERS} or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}
        )
    if isinstance(value, Mapping):
        return {str(key): _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value


def _without(value: Any, missing: frozenset[str]) -> Any:
    if not missing:
        return value
    if isinstance(value, str):
        return "".join(UNPRINTABLE if sign in missing else sign for sign in value)
    if isinstance(value, dict):
        return {key: _without(one, missing) for key, one in value.items()}
    if isinstance(value, list):
        return [_without(one, missing) for one in value]
    return value


@cache
def fonts() -> typst.Fonts:
    """Gather the fonts, once for the process."""
    folders = [_unpacked(), _cjk(), *map(Path, settings.PRINT_FONTS)]
    return typst.Fonts(
        include_system_fonts=False,
        font_paths=[str(folder) for folder in folders if folder.is_dir()],
    )


def _unpacked() -> Path:
    """Write FiraGO where typst reads it: its package holds it compressed, in modules."""
    folder = Path(tempfile.mkdtemp(prefix="ancrage-polices-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for style in ("Regular", "Bold"):
        # Decompressed when they are imported: only a process that prints pays for it.
        module = import_module(f"pymupdf_fonts.FiraGO_{style}")
        (folder / f"FiraGO-{style}.ttf").write_bytes(module.fontbuffer)
    return folder


def _cjk() -> Path:
    return Path(str(files("noto_cjk_sans_jp_regular")))

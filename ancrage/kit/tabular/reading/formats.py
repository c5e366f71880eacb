"""Which kind of table a file is: by its content first, its name must agree."""

import zipfile
from enum import Enum
from pathlib import PurePath
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.kit.tabular.errors import (
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    UnsupportedFile,
    WrongExtension,
    readable_size,
)
from ancrage.kit.tabular.limits import Limits
from ancrage.kit.tabular.reading import ole
from ancrage.kit.tabular.reading.archive import open_archive, translated_zip_errors

ODS_MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


class Format(Enum):
    """The kinds of table that can be read."""

    XLSX = "Excel (XLSX)"
    XLS = "Excel 97-2003 (XLS)"
    ODS = "LibreOffice (ODS)"
    TEXT = "CSV"

    @property
    def label(self) -> str | Promise:
        """How people name it."""
        return _("texte (CSV)") if self is Format.TEXT else self.value


EXTENSIONS: dict[str, Format] = {
    ".xlsx": Format.XLSX,
    ".xlsm": Format.XLSX,
    ".xltx": Format.XLSX,
    ".xls": Format.XLS,
    ".xlt": Format.XLS,
    ".ods": Format.ODS,
    ".ots": Format.ODS,
    ".csv": Format.TEXT,
    ".tsv": Format.TEXT,
    ".tab": Format.TEXT,
    ".txt": Format.TEXT,
}

_OTHER_SIGNATURES: tuple[tuple[bytes, str | Promise], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", _("image PNG")),
    (b"\xff\xd8\xff", _("image JPEG")),
    (b"GIF8", _("image GIF")),
    (b"{\\rtf", _("texte RTF")),
    (b"\x1f\x8b", _("archive GZIP")),
    (b"7z\xbc\xaf", _("archive 7z")),
    (b"Rar!", _("archive RAR")),
)
_MARKUP_STARTS = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta", b"<style")
_HEAD_BYTES = 4096


def size_of(stream: BinaryIO) -> int:
    """The number of bytes of a seekable stream, left at its start."""
    size = stream.seek(0, 2)
    stream.seek(0)
    return size


def detect_format(stream: BinaryIO, *, filename: str, limits: Limits) -> Format:
    """Return the format of the file, whose name and size must be acceptable.

    Raises EmptyFile, FileTooLarge, UnsupportedFile, WrongExtension, EncryptedFile, DamagedFile
    or, for an archive that would swell, ArchiveTooLarge and TooManyEntries.
    """
    size = size_of(stream)
    if size == 0:
        raise EmptyFile
    if size > limits.file_bytes:
        raise FileTooLarge(size=readable_size(size), limit=readable_size(limits.file_bytes))
    found = _by_content(stream, limits)
    stream.seek(0)
    extension = PurePath(filename).suffix.lower()
    expected = EXTENSIONS.get(extension)
    if expected is None:
        raise UnsupportedFile(found=extension or found.label)
    if expected is not found:
        raise WrongExtension(extension=extension, found=found.label)
    return found


def _by_content(stream: BinaryIO, limits: Limits) -> Format:
    head = stream.read(_HEAD_BYTES)
    stream.seek(0)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inside_archive(stream, limits)
    if head.startswith(ole.SIGNATURE):
        return _inside_compound(stream)
    for signature, name in _OTHER_SIGNATURES:
        if head.startswith(signature):
            raise UnsupportedFile(found=name)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_MARKUP_STARTS):
        # What many business tools call « export Excel » is a web page under another name.
        raise UnsupportedFile(found=_("page web ou XML"))
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise EmptyFile
    if not _looks_like_text(head):
        raise UnsupportedFile(found=_("fichier binaire"))
    return Format.TEXT


def _looks_like_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    zeros = head.count(0)
    if zeros:
        # UTF-16 without its mark: one byte of every two is zero in Western text.
        even, odd = head[::2].count(0), head[1::2].count(0)
        return max(even, odd) > 0.4 * len(head) / 2 and min(even, odd) < 0.05 * len(head)
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1a\x1b" for byte in head)
    return control <= len(head) * 0.02


def _inside_archive(stream: BinaryIO, limits: Limits) -> Format:
    with open_archive(stream, limits) as archive:
        names = set(archive.namelist())
        if "mimetype" in names:
            return _inside_open_document(archive)
        if "xl/workbook.bin" in names:
            raise UnsupportedFile(found=_("Excel binaire (XLSB)"))
        if any(name.startswith("xl/") and name.endswith(".xml") for name in names):
            return Format.XLSX
        if any(name.startswith("word/") for name in names):
            raise UnsupportedFile(found=_("document Word"))
        if any(name.startswith("ppt/") for name in names):
            raise UnsupportedFile(found=_("présentation PowerPoint"))
        if any(name.startswith("Index/") for name in names):
            raise UnsupportedFile(found="Numbers")
    raise UnsupportedFile(found=_("archive ZIP"))


def _inside_open_document(archive: zipfile.ZipFile) -> Format:
    with translated_zip_errors():
        media_type = archive.read("mimetype")[:200].strip()
        manifest = archive.read("META-INF/manifest.xml")
    if not media_type.startswith(ODS_MEDIA_TYPE):
        raise UnsupportedFile(found=_("document OpenDocument sans tableau"))
    if b"encryption-data" in manifest:
        raise EncryptedFile
    return Format.ODS


def _inside_compound(stream: BinaryIO) -> Format:
    streams = ole.CompoundFile(stream.read()).streams
    if "EncryptedPackage" in streams:
        raise EncryptedFile
    if "Workbook" in streams or "Book" in streams:
        return Format.XLS
    if "WordDocument" in streams:
        raise UnsupportedFile(found=_("document Word 97-2003"))
    raise UnsupportedFile(found=_("document Office 97-2003 sans tableau"))

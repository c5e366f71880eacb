"""ZIP archives (XLSX and ODS are some), judged by their directory before anything is unpacked."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from ancrage.kit.tabular.errors import (
    ArchiveTooLarge,
    DamagedFile,
    EncryptedFile,
    TooManyEntries,
    readable_size,
)
from ancrage.kit.tabular.limits import Limits

_ENCRYPTED_FLAG = 0x1
# What `zipfile` and the decompressors below it raise on a damaged archive: each its own.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
)


def open_archive(stream: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """Open the archive when its directory announces a reasonable content.

    A directory that lies about sizes does no harm: `zipfile` never unpacks more than announced.
    Raises DamagedFile, EncryptedFile, TooManyEntries, ArchiveTooLarge.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as problem:
        raise DamagedFile from problem
    entries = archive.infolist()
    if len(entries) > limits.archive_entries:
        raise TooManyEntries(count=len(entries), limit=limits.archive_entries)
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise EncryptedFile
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    allowed = limits.unpacked_bytes
    if unpacked > limits.ratio_from_bytes:
        allowed = min(allowed, max(packed * limits.ratio, limits.ratio_from_bytes))
    if unpacked > allowed:
        raise ArchiveTooLarge(size=readable_size(unpacked), limit=readable_size(allowed))
    return archive


@contextmanager
def open_entry(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """Open one entry for reading. Raises DamagedFile when it is absent or does not unpack."""
    with translated_zip_errors(), archive.open(name) as entry:
        yield entry


@contextmanager
def translated_zip_errors() -> Iterator[None]:
    """Turn what `zipfile` and `zlib` raise on a damaged archive into DamagedFile."""
    try:
        yield
    except _BROKEN as problem:
        raise DamagedFile from problem

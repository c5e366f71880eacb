import io
import zipfile

import pytest
from django.core.exceptions import ValidationError

from ancrage.kit.documents import MAX_DOCUMENT_BYTES, DocumentFormat, document_format

PDF = b"%PDF-1.7\nun document fictif"


def archive(**entries):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PDF, DocumentFormat.PDF),
        (b"\n\n%PDF-1.4", DocumentFormat.PDF),
        (b"\xff\xd8\xff\xe0fictif", DocumentFormat.JPEG),
        (b"\x89PNG\r\n\x1a\nfictif", DocumentFormat.PNG),
        (archive(**DOCX), DocumentFormat.DOCX),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text"), DocumentFormat.ODT),
    ],
)
def test_format_is_told_by_the_content(content, expected):
    assert document_format(content) == expected


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"#!/bin/sh\nrm -rf /", "format"),
        (b"MZ\x90\x00", "format"),
        (b"<html><script>alert(1)</script>", "format"),
        (b"x" * 2000 + b"%PDF-1.7", "format"),
        (b"%PDF-1.7 /OpenAction << /S /JavaScript /JS (app.alert(1)) >>", "active"),
        (b"%PDF-1.7 /Launch", "active"),
        (PDF + b"x" * MAX_DOCUMENT_BYTES, "too_large"),
        (archive(**{"a.exe": b"MZ"}), "format"),
        (archive(**DOCX, **{"word/vbaProject.bin": b"x"}), "active"),
        (archive(**DOCX, **{"word/embeddings/o.bin": b"x"}), "active"),
        (archive(**DOCX, **{"bomb": b"0" * 70_000_000}), "bomb"),
        (archive(**DOCX, **{f"n{rank}": b"" for rank in range(401)}), "bomb"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "format"),
        (b"PK\x03\x04 cut short", "format"),
    ],
)
def test_script_bomb_or_stranger_is_refused_with_its_reason(content, code):
    with pytest.raises(ValidationError) as refusal:
        document_format(content)

    assert refusal.value.code == code


def test_locked_archive_is_refused():
    packed = bytearray(archive(**DOCX))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        flags = 6 if mark == b"PK\x03\x04" else 8
        at = packed.find(mark)
        while at >= 0:
            packed[at + flags] |= 1
            at = packed.find(mark, at + 4)

    with pytest.raises(ValidationError) as refusal:
        document_format(bytes(packed))

    assert refusal.value.code == "locked"

"""The words of an office document, as far as its archive can be read without opening anything.

A Word or OpenDocument file is an archive whose text is one part, in XML: its tags are taken out,
nothing is interpreted, no entity is followed. The text of a PDF and of an image is not read.
"""

import html
import io
import re
import zipfile

from ancrage.kit.documents.formats import DocumentFormat

_PARTS = {DocumentFormat.DOCX: "word/document.xml", DocumentFormat.ODT: "content.xml"}
# A life told in full holds in far less.
_MOST_BYTES = 4 * 1024 * 1024
_PARAGRAPH_END = re.compile(r"</(?:w:p|text:p|text:h)>|<(?:w:br|w:tab|text:line-break|text:tab)/>")
_TAG = re.compile(r"<[^>]*>")


def words_of_document(content: bytes, kind: DocumentFormat) -> str:
    """Return the text of a file that `document_format` accepted, empty where it is not read."""
    part = _PARTS.get(kind)
    if part is None:
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as stream:
            markup = stream.read(_MOST_BYTES).decode("utf-8", errors="replace")
    except (zipfile.BadZipFile, EOFError, KeyError, OSError, RuntimeError, ValueError):
        return ""
    return html.unescape(_TAG.sub("", _PARAGRAPH_END.sub("\n", markup))).strip()

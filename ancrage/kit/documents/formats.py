"""What a file is, told by its content: never by its name, never by what the browser says.

Nothing is ever opened here beyond a signature and the directory of an archive: a stored file is
handed back to download, never shown inside a page.
"""

import io
import re
import zipfile

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MAX_DOCUMENT_BYTES = 8 * 1024 * 1024

# An office document is an archive: how much it may hold once unpacked.
_MAX_UNPACKED = 60 * 1024 * 1024
_MAX_ENTRIES = 400
_MAX_RATIO = 200
_RATIO_FROM = 4 * 1024 * 1024

# Readers accept a PDF whose signature is a little further than the first byte.
_PDF_WITHIN = 1024
_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)\b")
_JPEG = b"\xff\xd8\xff"
_PNG = b"\x89PNG\r\n\x1a\n"
_ZIP = b"PK\x03\x04"
_ODT = b"application/vnd.oasis.opendocument.text"
# Parts of an office document that run something or hold another file.
_ACTIVE_PART = re.compile(r"(?:vbaproject\.bin|/activex/|/embeddings/|^basic/|^scripts/)", re.I)

_REFUSED = _(
    "Ce fichier n’est ni un PDF, ni une image JPEG ou PNG, ni un document Word (.docx) ou"
    " OpenDocument (.odt). Enregistrez-le en PDF, puis joignez-le de nouveau."
)
_ACTIVE = _(
    "Ce fichier contient un programme, une macro ou un autre fichier : il est refusé par sécurité."
    " Imprimez-le en PDF, puis joignez ce PDF."
)
_BOMB = _("Une fois décompressé, ce document serait démesuré : il est refusé par sécurité.")
_LOCKED = _(
    "Ce document est protégé par un mot de passe : retirez-le, puis joignez-le de nouveau."
)


class DocumentFormat(TextChoices):
    """The formats accepted, told by the content of a file and never by its name."""

    PDF = "pdf", _("PDF")
    JPEG = "jpeg", _("Image JPEG")
    PNG = "png", _("Image PNG")
    DOCX = "docx", _("Document Word (.docx)")
    ODT = "odt", _("Document OpenDocument (.odt)")


def document_format(content: bytes) -> DocumentFormat:
    """Return the format of a file, or raise ValidationError saying how to mend it."""
    if not content:
        raise ValidationError(_("Ce fichier est vide."), code="empty")
    if len(content) > MAX_DOCUMENT_BYTES:
        raise ValidationError(
            _("Ce fichier dépasse 8 Mo : réduisez ses images, ou enregistrez-le en PDF."),
            code="too_large",
        )
    if content.startswith(_JPEG):
        return DocumentFormat.JPEG
    if content.startswith(_PNG):
        return DocumentFormat.PNG
    if content.startswith(_ZIP):
        return _office_format(content)
    if b"%PDF-" in content[:_PDF_WITHIN]:
        if _PDF_ACTIVE.search(content):
            raise ValidationError(_ACTIVE, code="active")
        return DocumentFormat.PDF
    raise ValidationError(_REFUSED, code="format")


def _office_format(content: bytes) -> DocumentFormat:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_unreasonable(entries, packed=len(content))
            names = {entry.filename for entry in entries}
            if any(_ACTIVE_PART.search(name) for name in names):
                raise ValidationError(_ACTIVE, code="active")
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return DocumentFormat.DOCX
            if "mimetype" in names and archive.read("mimetype")[: len(_ODT) + 1].strip() == _ODT:
                return DocumentFormat.ODT
    except (zipfile.BadZipFile, EOFError, KeyError, OSError, RuntimeError, ValueError):
        pass  # damaged: no format of ours
    raise ValidationError(_REFUSED, code="format")


def _refuse_unreasonable(entries: list[zipfile.ZipInfo], *, packed: int) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise ValidationError(_LOCKED, code="locked")
    unpacked = sum(entry.file_size for entry in entries)
    allowed = _MAX_UNPACKED
    if unpacked > _RATIO_FROM:
        allowed = min(allowed, max(packed * _MAX_RATIO, _RATIO_FROM))
    if len(entries) > _MAX_ENTRIES or unpacked > allowed:
        raise ValidationError(_BOMB, code="bomb")

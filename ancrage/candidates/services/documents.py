"""Files of a profile: taken in, handed back, withdrawn."""

import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from ancrage.candidates.enums import CandidateEvent, DocumentKind
from ancrage.candidates.models import Candidate, Document
from ancrage.candidates.services.errors import DocumentTwice, TooManyDocuments
from ancrage.candidates.services.profiles import current_candidate
from ancrage.kit.audit import record
from ancrage.kit.documents import delete_with_row, document_format, stored_with_row
from ancrage.privacy.services import touch_subject

MOST_DOCUMENTS = 20


def add_document(
    *,
    candidate: Candidate,
    kind: str,
    title: str,
    content: bytes,
    by: Any,
    now: datetime,
) -> Document:
    """Keep a file, under a drawn name, outside what the web server hands over.

    Raises ValidationError (what the file is, reasons by field), `TooManyDocuments`,
    `DocumentTwice`, `ProfileGone` or `SubjectFrozen`.
    """
    if kind not in DocumentKind.values:
        raise ValidationError({"kind": _("Choisissez la nature du document.")})
    name = " ".join(title.split())
    if not name or len(name) > 120:
        raise ValidationError({"title": _("Donnez un intitulé, de 120 signes au plus.")})
    document = Document(
        candidate=candidate,
        kind=kind,
        title=name,
        key=secrets.token_hex(16),
        format=document_format(content),
        size=len(content),
        digest=sha256(content).hexdigest(),
        added_at=now,
        added_by=by,
    )
    with stored_with_row(document.file):
        _write(document, content, by=by, now=now)
    return document


@transaction.atomic
def withdraw_document(*, document: Document, by: Any, now: datetime) -> None:
    """Delete a file and its row; proofs that it supported stay, without it.

    Raises `ProfileGone` or `SubjectFrozen`.
    """
    row = current_candidate(document.candidate)
    record(
        action=CandidateEvent.DOCUMENT_WITHDRAWN,
        target=document,
        by=by,
        now=now,
        scope=row.subject.home,
    )
    delete_documents([document])


def delete_documents(documents: list[Document]) -> None:
    """Delete rows now, and their files once the transaction holds."""
    for document in documents:
        delete_with_row(document.file)
    Document.objects.filter(pk__in=[document.pk for document in documents]).delete()


def _write(document: Document, content: bytes, *, by: Any, now: datetime) -> None:
    row = current_candidate(document.candidate)
    held = Document.objects.filter(candidate=row)
    if held.count() >= MOST_DOCUMENTS:
        raise TooManyDocuments
    if held.filter(digest=document.digest).exists():
        raise DocumentTwice
    document.file.save("", ContentFile(content), save=False)
    document.save(force_insert=True)
    record(
        action=CandidateEvent.DOCUMENT_ADDED,
        target=document,
        by=by,
        now=now,
        scope=row.subject.home,
        changes={"kind": ["", document.kind]},
    )
    if by is not None and by.pk == row.subject.user_id:
        touch_subject(subject=row.subject, now=now)

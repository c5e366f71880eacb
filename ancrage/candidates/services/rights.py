"""What happens to a profile when its person asks for their rights, or their term passes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, Q

from ancrage.candidates.enums import CandidateEvent, CandidateStatus, Origin, RppsState
from ancrage.candidates.models import (
    Candidate,
    CandidateMerge,
    CandidateProfession,
    CandidateWord,
    Career,
    ContactRequest,
    DistinctPair,
    Document,
    Proof,
    SearchEntry,
)
from ancrage.candidates.services.cards import draw_card, redraw_cards
from ancrage.candidates.services.documents import delete_documents
from ancrage.candidates.services.forgetting import forget_file_lines, remember_erased
from ancrage.candidates.services.profiles import follow_candidate
from ancrage.kit.audit import record
from ancrage.partners.models import Partner
from ancrage.privacy.models import DataSubject
from ancrage.privacy.queries import consent_holds
from ancrage.privacy.rights import (
    Address,
    Export,
    ExportedFile,
    columns_but,
    erases,
    exports,
    follows,
    holds,
    reaches,
    rows_told,
    withdraws,
)
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.services import NotPending, erase_subject, trace_access
from ancrage.privacy.terms import month_of

_BLOCK = 64 * 1024


@follows("candidates")
def follow_standing(*, subject: DataSubject, now: datetime) -> None:
    """Put the card among those that structures read, or take it away, at once."""
    follow_candidate(subject=subject, in_pool=consent_holds(subject, "talent_pool"), now=now)


@withdraws("candidates")
def forget_card(*, subject: DataSubject, purpose: str, scope: str, now: datetime) -> None:
    """Call the profile otherwise: whoever knew whose card it was must not know it again.

    A profile absorbed by another is shown by that other's card.
    """
    shown = Candidate.objects.filter(subject=subject, merged_into__isnull=False)
    redraw_cards(
        Candidate.objects.filter(
            Q(subject=subject) | Q(pk__in=shown.values("merged_into"))
        ).order_by("pk")
    )


@reaches("candidates")
def address_of_candidate(*, subject: DataSubject) -> Address | None:
    """Return the address of the profile, for a person who has no account."""
    candidate = Candidate.objects.filter(subject=subject).exclude(email="").order_by().first()
    return Address(candidate.email, candidate.language) if candidate else None


@holds("candidates")
def holds_candidate(*, subject: DataSubject) -> bool:
    """Say whether a profile names the person; one absorbed by another is that other's."""
    return Candidate.objects.filter(
        subject=subject, status__in=(CandidateStatus.PENDING, CandidateStatus.ACTIVE)
    ).exists()


@transaction.atomic
def refuse_candidate(*, candidate: Candidate, by: Any, now: datetime) -> None:
    """Erase a profile whose person does not want it, at once. Raises `NotPending`."""
    if candidate.status != CandidateStatus.PENDING:
        raise NotPending
    record(
        action=CandidateEvent.REFUSED,
        target=candidate,
        by=by,
        now=now,
        scope=candidate.subject.home,
    )
    erase_subject(subject=candidate.subject, by=by, now=now)


@transaction.atomic
def record_export(
    *, candidates: Sequence[Candidate], viewer: Viewer, reason: str, by: Any, now: datetime
) -> None:
    """Note that profiles left in a file: one line in the journal of each territory, and one for
    each person, who reads it back."""
    for candidate in candidates:
        trace_access(
            subject=candidate.subject,
            viewer=viewer,
            purpose="support",
            fields=["export"],
            now=now,
        )
    told: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        told.setdefault(candidate.territory_id, []).append(candidate)
    for territory, people in sorted(told.items()):
        record(
            action=CandidateEvent.EXPORTED,
            target=people[0],
            by=by,
            now=now,
            scope=f"territory:{territory}",
            changes={"count": [0, len(people)], "reason": ["", reason]},
        )


@erases("candidates")
def erase_candidate(*, subject: DataSubject, now: datetime) -> None:
    """Empty the profile: the territory, the main profession and two months remain.

    A profile its person never confirmed goes entirely. A profile absorbed by this one is the
    same person's: it is emptied too.
    """
    held = Candidate.objects.select_for_update(of=("self",), no_key=True)
    for candidate in held.filter(subject=subject).order_by("pk"):
        absorbed = held.filter(merged_into=candidate).select_related("subject")
        for other in absorbed.order_by("pk"):
            _erase(other, now=now)
            erase_subject(subject=other.subject, by=None, now=now)
        _erase(candidate, now=now)


@exports("candidates")
def export_candidate(*, subject: DataSubject) -> Export:
    """Hand over the profile, what hangs on it, and the files."""
    candidates = Candidate.objects.filter(subject=subject) | Candidate.objects.filter(
        merged_into__subject=subject
    )
    keys = list(candidates.order_by("pk").values_list("pk", flat=True))
    documents = Document.objects.filter(candidate__in=keys).order_by("pk")
    return Export(
        tables={
            "profil": _rows(Candidate, pk__in=keys),
            "autres_employeurs": [
                {"structure": name}
                for name in Partner.objects.filter(
                    pk__in=Candidate.other_employers.through.objects.filter(
                        candidate__in=keys
                    ).values("partner")
                )
                .order_by("name")
                .values_list("name", flat=True)
            ],
            "metiers": _rows(CandidateProfession, candidate__in=keys),
            "justificatifs": _rows(Proof, candidate__in=keys),
            "passerelles": _rows(Career, candidate__in=keys),
            "documents": _rows(Document, candidate__in=keys),
            "prises_de_contact": _rows(ContactRequest, candidate__in=keys),
        },
        files=[
            ExportedFile(
                name=f"documents/{document.pk}-{document.kind}.{document.format}",
                blocks=lambda document=document: _blocks(document),  # type: ignore[misc]
            )
            for document in documents
        ],
    )


def _rows(model: type[Model], **where: Any) -> list[Mapping[str, Any]]:
    """The rows, without what the platform alone uses."""
    inner = ("id", "search", "name_key", "subject", "candidate", "file", "key", "digest")
    return rows_told(model._default_manager.filter(**where), *columns_but(model, *inner))


def _blocks(document: Document) -> Iterator[bytes]:
    with document.file.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _erase(candidate: Candidate, *, now: datetime) -> None:
    if candidate.status == CandidateStatus.ERASED:
        return
    remember_erased(candidate=candidate, now=now)
    forget_file_lines(candidate)
    delete_documents(list(Document.objects.filter(candidate=candidate)))
    for model in (Proof, SearchEntry, CandidateWord, Career, ContactRequest):
        model.objects.filter(candidate=candidate).delete()
    CandidateMerge.objects.filter(kept=candidate).delete()
    CandidateMerge.objects.filter(absorbed=candidate).delete()
    DistinctPair.objects.filter(first=candidate).delete()
    DistinctPair.objects.filter(second=candidate).delete()
    if candidate.status == CandidateStatus.PENDING:
        candidate.delete()
        return
    candidate.other_employers.clear()
    candidate.professions.filter(is_main=False).delete()
    candidate.professions.update(specialty=None)
    blank = Candidate(
        pk=candidate.pk,
        subject_id=candidate.subject_id,
        territory_id=candidate.territory_id,
        status=CandidateStatus.ERASED,
        card=draw_card(),
        rpps_state=RppsState.NONE,
        origin=Origin(candidate.origin),
        created_at=month_of(candidate.created_at),
        updated_at=month_of(now),
        revision=candidate.revision + 1,
    )
    blank.save(force_update=True)
    record(
        action=CandidateEvent.ERASED,
        target=blank,
        by=None,
        now=now,
        scope=f"territory:{candidate.territory_id}",
    )

"""First contacts: written by anyone, answered by the coordination, then erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from ancrage.candidates.enums import ContactEvent, ContactRequestStatus
from ancrage.candidates.models import Candidate, ContactRequest
from ancrage.candidates.validators import validate_reachable
from ancrage.kit.audit import record
from ancrage.kit.mail import queue_mail
from ancrage.kit.text import words
from ancrage.privacy.retention import purges
from ancrage.privacy.services import recognise_subject
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, Territory
from ancrage.territory.queries import coordinators_of

# What the person was told; a new wording takes a new date.
NOTICE_VERSION = "2026-11"

# Three months after the answer, and never more than a year (register of purposes).
KEPT_AFTER_ANSWER = timedelta(days=91)
KEPT_AT_MOST = timedelta(days=365)


class AlreadyAnswered(Exception):
    """Somebody of the coordination dealt with the request in between."""


@dataclass(frozen=True)
class Contact:
    """What a person writes to be called back."""

    name: str
    email: str = ""
    phone: str = ""
    profession: Profession | None = None
    profession_text: str = ""
    commune: Commune | None = None
    radius_km: int | None = None
    horizon: str = ""
    message: str = ""
    offer_label: str = ""
    # The profile written at the same time.
    candidate: Candidate | None = None


@transaction.atomic
def send_contact_request(
    *, territory: Territory, contact: Contact, language: str, now: datetime
) -> ContactRequest:
    """Keep the request, tell the coordination, thank the person.

    Raises:
        ValidationError: neither an address nor a telephone was given.
    """
    validate_reachable(contact.email, contact.phone)
    request = ContactRequest.objects.create(
        territory=territory,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        profession=contact.profession,
        profession_text=contact.profession_text,
        commune=contact.commune,
        radius_km=contact.radius_km,
        horizon=contact.horizon,
        message=contact.message,
        search=" ".join(words(" ".join(_said(contact)))),
        offer_label=contact.offer_label,
        candidate=contact.candidate,
        notice_version=NOTICE_VERSION,
        created_at=now,
    )
    record(
        action="contact_requests.send",
        target=request,
        by=None,
        now=now,
        scope=f"territory:{territory.pk}",
    )
    for coordinator in coordinators_of(territory):
        # The mail says that somebody waits, never who: it may be read anywhere.
        queue_mail(
            key=f"contact-request:{request.pk}:to:{coordinator.pk}",
            to=coordinator.email,
            template="candidates/email/contact_request_received",
            context={
                "territory_name": territory.name,
                "profession": contact.profession,
                "request_pk": request.pk,
            },
            language=coordinator.language,
            now=now,
        )
    if contact.email:
        queue_mail(
            key=f"contact-request:{request.pk}:thanks",
            to=contact.email,
            template="candidates/email/contact_request_thanks",
            context={
                "name": contact.name,
                "territory_name": territory.name,
                "has_profile": contact.candidate is not None,
            },
            language=language,
            now=now,
        )
    return request


def _said(contact: Contact) -> list[str]:
    """What a request is looked for by."""
    told = [contact.name, contact.email, contact.profession_text]
    if contact.profession is not None:
        told += [contact.profession.label_fr, contact.profession.label_en]
    return [*told, contact.commune.name if contact.commune else ""]


@transaction.atomic
def close_contact_request(
    *, request: ContactRequest, answered: bool, by: Any, now: datetime
) -> None:
    """Mark a request answered, or closed without follow-up.

    Whoever the coordination answered is somebody: their profile counts among the others.

    Raises:
        AlreadyAnswered: it no longer waits.
    """
    status = ContactRequestStatus.ANSWERED if answered else ContactRequestStatus.CLOSED
    changed = ContactRequest.objects.filter(pk=request.pk, status=ContactRequestStatus.NEW).update(
        status=status, answered_at=now, answered_by=by
    )
    if not changed:
        raise AlreadyAnswered
    if answered and request.candidate is not None:
        recognise_subject(subject=request.candidate.subject, now=now)
    record(
        action="contact_requests.answer",
        target=request,
        by=by,
        now=now,
        scope=f"territory:{request.territory_id}",
        changes={"status": [ContactRequestStatus.NEW.value, status.value]},
    )


@transaction.atomic
def reopen_contact_request(*, request: ContactRequest, by: Any, now: datetime) -> None:
    """Put a request back among those that wait: undoes `close_contact_request`, but for what it
    told of the person, who is known since."""
    changed = (
        ContactRequest.objects.filter(pk=request.pk)
        .exclude(status=ContactRequestStatus.NEW)
        .update(status=ContactRequestStatus.NEW, answered_at=None, answered_by=None)
    )
    if changed:
        record(
            action="contact_requests.reopen",
            target=request,
            by=by,
            now=now,
            scope=f"territory:{request.territory_id}",
            changes={"status": [request.status, ContactRequestStatus.NEW.value]},
        )


@purges("contact_requests")
@transaction.atomic
def purge_contact_requests(*, now: datetime) -> int:
    """Erase what has been kept as long as the register allows; return how many."""
    over = Q(answered_at__lt=now - KEPT_AFTER_ANSWER) | Q(created_at__lt=now - KEPT_AT_MOST)
    count, _details = ContactRequest.objects.filter(over).delete()
    return count


@transaction.atomic
def record_contact_export(
    *, requests: Sequence[ContactRequest], reason: str, by: Any, now: datetime
) -> None:
    """Note that first contacts left in a file: one line in the journal of each territory."""
    told: dict[int, list[ContactRequest]] = {}
    for request in requests:
        told.setdefault(request.territory_id, []).append(request)
    for territory, theirs in sorted(told.items()):
        record(
            action=ContactEvent.EXPORTED,
            target=theirs[0],
            by=by,
            now=now,
            scope=f"territory:{territory}",
            changes={"count": [0, len(theirs)], "reason": ["", reason]},
        )

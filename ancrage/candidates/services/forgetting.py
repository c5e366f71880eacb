"""What follows an erasure: files that named the person forget them, and cannot bring them back
unseen. And what is kept of files of people: a month, as long as their answer is awaited."""

from datetime import datetime, timedelta

from django.utils import timezone

from ancrage.candidates.models import Candidate, ErasedContact
from ancrage.candidates.models.erased import contact_digest
from ancrage.candidates.services.imports.marks import IMPORT_KIND, mark_of
from ancrage.kit.imports.services import forget_imports, forget_marked
from ancrage.privacy.retention import purges

# Proposed to the data protection officer: as long as an objection is usually kept in mind.
ERASED_KEPT = timedelta(days=3 * 365)
# R10: those who did not answer are gone by then; their copies must not outlive them.
FILES_KEPT = timedelta(days=30)


def remember_erased(*, candidate: Candidate, now: datetime) -> None:
    """Keep the keyed digests of a person's address and telephone, for entries to come."""
    ErasedContact.objects.bulk_create(
        [
            ErasedContact(
                territory_id=candidate.territory_id,
                digest=contact_digest(contact),
                erased_on=timezone.localdate(now),
            )
            for contact in (candidate.email, candidate.phone)
            if contact
        ],
        ignore_conflicts=True,
    )


def forget_file_lines(candidate: Candidate) -> None:
    """Empty the lines of the files that brought this person in."""
    marks = [
        mark_of(name, contact)
        for name, contact in (("email", candidate.email), ("phone", candidate.phone))
        if contact
    ]
    owner_key = f"territory:{candidate.territory_id}"
    forget_marked(kind=IMPORT_KIND, owner_key=owner_key, marks=marks)


@purges("erased_contacts")
def forget_erased_contacts(*, now: datetime) -> int:
    """Forget the digests of people erased long ago; return how many."""
    over = timezone.localdate(now) - ERASED_KEPT
    count, _rows = ErasedContact.objects.filter(erased_on__lt=over).delete()
    return count


@purges("candidate_imports")
def forget_candidate_files(*, now: datetime) -> int:
    """Forget the files of people deposited a month ago, with their reports; return how many."""
    return forget_imports(before=now - FILES_KEPT, kind=IMPORT_KIND)

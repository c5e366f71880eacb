"""Who exercises a right, as far as whoever answers may know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate
from ancrage.candidates.services import fields_seen, note_reading
from ancrage.privacy.models import RightsRequest
from ancrage.privacy.scopes import viewer_of

_NAME = frozenset({"first_name", "last_name"})


@dataclass(frozen=True)
class Requester:
    """A name or a reference to look for, and the profile that its reader may open, if any."""

    label: str
    profile_pk: int | None = None


def references_of(requests: Iterable[RightsRequest]) -> dict[int, str]:
    """Return whom each request comes from, by its number, in words that name nobody who has a
    profile: the name of its card. One query."""
    asked = list(requests)
    subjects = [one.subject_id for one in asked if one.subject_id]
    cards = dict(
        Candidate.objects.filter(subject__in=subjects)
        .order_by("pk")
        .values_list("subject", "card")
    )
    return {one.pk: one.requester or _reference(one.subject_id, cards) for one in asked}


def _reference(subject: int | None, cards: Mapping[int, str]) -> str:
    if subject is None:
        return ""
    if subject in cards:
        return _("Profil %(card)s") % {"card": cards[subject]}
    return reference_of(subject)


def reference_of(subject: int) -> str:
    """Return what a person of whom nothing else may be said is called."""
    return _("Personne n° %(number)d") % {"number": subject}


def who_asks(user: Any, filed: RightsRequest, *, now: datetime) -> Requester:
    """Return whom a request comes from; an empty label once the person is erased.

    A name that the reader may read is shown, and the reading is noted; where they may not, the
    profile is called by its card, or the person by the reference of their requests.
    """
    if filed.requester or filed.subject is None:
        return Requester(filed.requester)
    rows = Candidate.objects.filter(subject=filed.subject).select_related("subject")
    candidate = rows.order_by("pk").first()
    if candidate is None:
        return Requester(_reference(filed.subject.pk, {}))
    label = _reference(filed.subject.pk, {filed.subject.pk: candidate.card})
    if not permitted(user, "candidates.view", rows).exists():
        return Requester(label)
    viewer = viewer_of(user)
    seen = fields_seen(candidate=candidate, viewer=viewer) & _NAME
    note_reading(candidate=candidate, viewer=viewer, fields=seen, now=now)
    return Requester(candidate.full_name if seen == _NAME else label, candidate.pk)

"""Whom somebody has to tell that their data will be erased, as the coordination reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate, CandidateWord
from ancrage.events.models import Participant
from ancrage.kit.text import words
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import end_of, trace_list
from ancrage.web.privacy.requesters import reference_of

_READ = ("first_name", "last_name", "phone")
_MOST_WORDS = 6


@dataclass(frozen=True)
class Line:
    """One person: what they are called, how to reach them, until when they may be told."""

    subject: DataSubject
    label: str
    phone: str
    profile_pk: int | None
    end_at: datetime


def named_like(subjects: QuerySet[DataSubject], text: str) -> QuerySet[DataSubject]:
    """Narrow to those whose name, telephone or commune begins with each word of `text`."""
    for word in words(text)[:_MOST_WORDS]:
        profiles = CandidateWord.objects.filter(word__startswith=word)
        guests = Participant.objects.filter(
            Q(last_name__istartswith=word) | Q(first_name__istartswith=word)
        )
        subjects = subjects.filter(
            Q(pk__in=profiles.values("candidate__subject")) | Q(pk__in=guests.values("subject"))
        )
    return subjects


def lines_of(user: Any, subjects: Iterable[DataSubject], *, now: datetime) -> list[Line]:
    """Return the lines of the list; the name and telephone read on each are noted.

    Four queries at most, whatever the number of people.
    """
    asked = list(subjects)
    keys = [one.pk for one in asked]
    profiles = {
        one.subject_id: one
        for one in permitted(user, "candidates.view", Candidate.objects.filter(subject__in=keys))
    }
    guests = {
        one.subject_id: one
        for one in Participant.objects.filter(subject__in=set(keys) - set(profiles))
        .exclude(last_name="")
        .order_by("registered_at", "pk")
    }
    for found, purpose in ((profiles, "identity"), (guests, "events")):
        shown = [(one.pk, one.home) for one in asked if one.pk in found]
        trace_list(shown=shown, purpose=purpose, fields=_READ, by=user, now=now)
    return [_line(one, profiles.get(one.pk), guests.get(one.pk)) for one in asked]


def _line(subject: DataSubject, profile: Candidate | None, guest: Participant | None) -> Line:
    known = profile or guest
    return Line(
        subject=subject,
        label=reference_of(subject.pk) if known is None else known.full_name,
        phone="" if known is None else known.phone,
        profile_pk=None if profile is None else profile.pk,
        end_at=end_of(subject),
    )

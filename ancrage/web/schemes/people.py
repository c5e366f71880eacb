"""Whose requests they are: names stand in profiles, which the aids do not know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate, CandidateWord
from ancrage.kit.text import words
from ancrage.privacy.models import DataSubject
from ancrage.schemes.models import AidRequest
from ancrage.schemes.queries.requests import SILENT_AFTER, RequestFilter, requests_matching
from ancrage.schemes.services.requests import note_listed
from ancrage.web.schemes.forms.requests import RequestFilters

_MOST_WORDS = 6


@dataclass(frozen=True)
class Line:
    """A request and whose it is; `candidate` only for a person."""

    request: AidRequest
    candidate: Candidate | None
    is_silent: bool

    @property
    def who(self) -> str:
        """The name of the person or of the structure."""
        if self.request.partner is not None:
            return self.request.partner.name
        return str(self.candidate or "")


def lines_of(request: HttpRequest, rows: Iterable[AidRequest], *, on: date) -> list[Line]:
    """Name the requests of a list to its reader, who is noted as having read them."""
    listed = list(rows)
    people = {one.subject_id for one in listed if one.subject_id is not None}
    followed = permitted(request.user, "candidates.view", Candidate.objects.all())
    names = {one.subject_id: one for one in followed.filter(subject__in=people)}
    note_listed(requests=listed, by=request.user, now=timezone.now())
    return [Line(one, names.get(one.subject_id or 0), _is_silent(one, on)) for one in listed]


def found(
    request: HttpRequest, rows: QuerySet[AidRequest], form: RequestFilters, *, on: date
) -> QuerySet[AidRequest]:
    """Return what the address asks for; what it says wrongly is as if it were not said."""
    form.is_valid()
    asked = form.cleaned_data
    text = asked.get("q", "")
    wanted = RequestFilter(
        text=text,
        subjects=_named(request, text).values("pk"),
        state=asked.get("etat", ""),
        scheme=asked.get("aide"),
        who=asked.get("qui", ""),
    )
    return requests_matching(rows, wanted, on=on)


def _named(request: HttpRequest, text: str) -> QuerySet[DataSubject]:
    people = permitted(request.user, "candidates.view", Candidate.objects.all())
    for word in words(text)[:_MOST_WORDS]:
        named = CandidateWord.objects.filter(word__startswith=word)
        people = people.filter(pk__in=named.values("candidate"))
    return DataSubject.objects.filter(pk__in=people.values("subject"))


def _is_silent(request: AidRequest, on: date) -> bool:
    return request.state == "asked" and request.state_on <= on - SILENT_AFTER

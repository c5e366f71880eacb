"""What the figures are made of: one line a person, one line a post; no name."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate, CandidateProfession
from ancrage.journeys.enums import MilestoneKind
from ancrage.journeys.models import Milestone, Stay
from ancrage.kit.days import midnight
from ancrage.matching.models import Introduction
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.schemes.enums import AidState
from ancrage.schemes.models import AidRequest
from ancrage.territory.models import Territory


@dataclass(frozen=True)
class FigureFilter:
    """Of whom the figures are: people known in `year` (None: ever), and more if asked.

    Whole years only on the pages: two periods a day apart would tell what one person did. `since`
    and `until`, both included, are those of a report, whose months are whole.
    """

    territory: Territory
    year: int | None = None
    since: date | None = None
    until: date | None = None
    profession: Profession | None = None
    origin: str = ""
    partner: Partner | None = None
    # Leave out whoever is not known to be somebody: small numbers are not made of the invented.
    confirmed: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Say whether fewer than the people of the year are asked about."""
        return bool(self.profession or self.origin or self.partner)


class PersonLine(NamedTuple):
    """When one person came to be known, and accompanied; None where they have not been."""

    pk: int
    profession: int | None
    origin: str
    known_on: date
    accompanied_on: date | None


class StayLine(NamedTuple):
    """One post of one person."""

    person: int
    partner: int | None
    started_on: date
    followed_since: date
    known_on: date
    ended_on: date | None
    leave_reason: str


class NamedLine(NamedTuple):
    """The day on which one person first agreed to be named to one structure."""

    person: int
    partner: int
    on: date


def cohort(search: FigureFilter) -> list[PersonLine]:
    """Return the people the figures are about, erased ones among them, in no order. One query."""
    rows = _people(search).annotate(
        main_profession=Subquery(
            CandidateProfession.objects.filter(candidate=OuterRef("pk"), is_main=True).values(
                "profession"
            )[:1]
        ),
        accompanied_on=Subquery(
            Milestone.objects.filter(
                journey__candidate=OuterRef("pk"), kind=MilestoneKind.ACCOMPANIED
            )
            .order_by()
            .values("journey__candidate")
            .annotate(first=Min("on"))
            .values("first")
        ),
    )
    found = rows.order_by().values_list(
        "pk", "main_profession", "origin", "created_at", "accompanied_on"
    )
    here = timezone.get_current_timezone()
    return [
        PersonLine(pk, profession, origin, known.astimezone(here).date(), accompanied_on)
        for pk, profession, origin, known, accompanied_on in found
    ]


class Reaching(NamedTuple):
    """How many people are known; who was accompanied; who agreed to be named."""

    known: int
    accompanied: set[int]
    named: set[int]


def people_reaching(search: FigureFilter) -> Reaching:
    """Return who reached which step before any post, without days. Three queries."""
    people = _people(search)
    accompanied = Milestone.objects.filter(
        journey__candidate__in=people.values("pk"), kind=MilestoneKind.ACCOMPANIED
    )
    named = Introduction.objects.filter(candidate__in=people.values("pk"), agreed_at__isnull=False)
    return Reaching(
        people.count(),
        set(accompanied.order_by().values_list("journey__candidate", flat=True)),
        set(named.order_by().values_list("candidate", flat=True)),
    )


def stay_lines(search: FigureFilter) -> list[StayLine]:
    """Return the posts of the people the figures are about. One query."""
    stays = Stay.objects.filter(journey__candidate__in=_people(search).values("pk"))
    if search.partner is not None:
        stays = stays.filter(partner=search.partner)
    found = stays.order_by("started_on", "pk").values_list(
        "journey__candidate",
        "partner",
        "started_on",
        "followed_since",
        "known_on",
        "ended_on",
        "leave_reason",
    )
    return [StayLine._make(line) for line in found]


def aided_people(territory: Territory) -> dict[int, set[int]]:
    """Return the people who were granted an aid, by scheme. One query."""
    rows = AidRequest.objects.filter(
        territory=territory,
        state__in=[AidState.GRANTED, AidState.PAID],
        subject__candidate__isnull=False,
    )
    found: dict[int, set[int]] = defaultdict(set)
    for scheme, person in rows.order_by("scheme").values_list("scheme", "subject__candidate"):
        found[scheme].add(person)
    return dict(found)


def named_lines(search: FigureFilter) -> list[NamedLine]:
    """Return when the people the figures are about first agreed to be named, structure by
    structure, in no order. One query."""
    rows = Introduction.objects.filter(
        candidate__in=_people(search).values("pk"), agreed_at__isnull=False
    )
    found = rows.order_by().values_list("candidate", "partner").annotate(first=Min("agreed_at"))
    here = timezone.get_current_timezone()
    return [
        NamedLine(person, partner, first.astimezone(here).date())
        for person, partner, first in found
    ]


def years_of(territory: Territory, *, on: date) -> list[int]:
    """Return the years in which people came to be known, the latest first."""
    first = Candidate.objects.filter(territory=territory).aggregate(first=Min("created_at"))
    start = first["first"]
    return list(range(on.year, (timezone.localdate(start).year if start else on.year) - 1, -1))


def partners_hiring(territory: Territory) -> QuerySet[Partner]:
    """Return the structures of which the figures say something, by name."""
    introduced = Introduction.objects.filter(territory=territory, agreed_at__isnull=False)
    hiring = Stay.objects.filter(journey__territory=territory)
    return Partner.objects.filter(
        Q(pk__in=introduced.order_by().values("partner"))
        | Q(pk__in=hiring.order_by().values("partner"))
    ).order_by("name", "pk")


def _people(search: FigureFilter) -> QuerySet[Candidate]:
    # The same person twice is one: the profile that was absorbed does not count.
    rows = Candidate.objects.filter(territory=search.territory).exclude(
        status=CandidateStatus.MERGED
    )
    if search.confirmed:
        rows = rows.filter(subject__is_confirmed=True)
    if search.year is not None:
        rows = rows.filter(created_at__year=search.year)
    if search.since is not None:
        rows = rows.filter(created_at__gte=midnight(search.since))
    if search.until is not None:
        rows = rows.filter(created_at__lt=midnight(search.until + timedelta(days=1)))
    if search.origin:
        rows = rows.filter(origin=search.origin)
    if search.profession is not None:
        main = CandidateProfession.objects.filter(profession=search.profession, is_main=True)
        rows = rows.filter(pk__in=main.values("candidate"))
    if search.partner is not None:
        agreed = Introduction.objects.filter(partner=search.partner, agreed_at__isnull=False)
        hired = Stay.objects.filter(partner=search.partner)
        rows = rows.filter(
            Q(pk__in=agreed.values("candidate")) | Q(pk__in=hired.values("journey__candidate"))
        )
    return rows

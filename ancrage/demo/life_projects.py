"""Ten households of the demo, and what they ask of its partners: requests in every state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.demo.people import PEOPLE
from ancrage.privacy import services as privacy
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.models import DataSubject
from ancrage.privacy.notices import current_notice
from ancrage.resources.models import Resource
from ancrage.territory.models import Commune, Territory
from ancrage.welcome import services as welcome
from ancrage.welcome.enums import ClosingReason
from ancrage.welcome.enums import WelcomeKind as For
from ancrage.welcome.models import LifeProject, WelcomeTerms

# A night, as care homes plan it: day from 0, first minute, last minute.
_NIGHT = (2, 1245, 1845)
_STAY = timedelta(days=60)


@dataclass(frozen=True)
class Household:
    """Who comes; `asks` are offers by rank in `demo.welcome.OFFERS` and what became of each."""

    insee: str
    needs: tuple[For, ...]
    adults: int = 1
    ages: tuple[int, ...] = ()
    has_vehicle: bool | None = True
    shifts: tuple[tuple[int, int, int], ...] = ()
    rent: int | None = 40_000
    minutes: int = 30
    trade: str = ""
    asks: tuple[tuple[int, str], ...] = ()


HOUSEHOLDS = (
    Household("44131", (For.HOUSING,), asks=((1, "granted"),)),
    Household("44131", (For.HOUSING, For.MOBILITY), has_vehicle=False,
              asks=((1, "granted"), (9, "sent"))),
    Household("44116", (For.HOUSING,), asks=((3, "cancelled"),)),
    Household("44186", (For.HOUSING,), rent=26_000, asks=((4, "refused"),)),
    Household("44131", (For.HOUSING, For.SPOUSE_JOB), adults=2, rent=75_000,
              trade="menuisier", asks=((2, "seen"),)),
    Household("44186", (For.CHILDCARE,), ages=(8,), asks=((6, "granted"),)),
    Household("44186", (For.CHILDCARE, For.SCHOOL), adults=2, ages=(30, 74),
              asks=((7, "late"),)),
    Household("44154", (For.MOBILITY, For.FORMALITIES), has_vehicle=False,
              asks=((12, "closed"),)),
    # Nobody answers these two yet: a family above what is free, a night that no nursery covers.
    Household("44154", (For.HOUSING,), adults=2, ages=(50, 90, 130), rent=55_000, minutes=20),
    Household("44131", (For.CHILDCARE,), ages=(14,), shifts=(_NIGHT,)),
)  # fmt: skip


def load_life_projects(
    territory: Territory,
    users: dict[str, User],
    offers: Sequence[Resource],
    *,
    now: datetime,
) -> int:
    """Open the projects of `HOUSEHOLDS` and carry their requests; return how many projects."""
    communes = {commune.insee: commune for commune in Commune.objects.order_by("insee")}
    hands = {person.structure: users[person.email] for person in PEOPLE if person.structure}
    for rank, (household, subject) in enumerate(
        zip(HOUSEHOLDS, _people(territory, users), strict=False)
    ):
        _settle(household, subject, communes, offers, hands, now=now - timedelta(hours=rank))
    return len(HOUSEHOLDS)


def _people(territory: Territory, users: dict[str, User]) -> list[DataSubject]:
    """Return people of the territory whom nobody plays in the demo."""
    rows = Candidate.objects.filter(
        territory=territory,
        status=CandidateStatus.ACTIVE,
        subject__pending_until__isnull=True,
        subject__limited_at__isnull=True,
        subject__anonymised_at__isnull=True,
        subject__is_confirmed=True,
    ).exclude(subject__user__in=[user.pk for user in users.values()])
    found = rows.select_related("subject").order_by("-pk")[: len(HOUSEHOLDS)]
    return [row.subject for row in found]


def _settle(
    household: Household,
    subject: DataSubject,
    communes: dict[str, Commune],
    offers: Sequence[Resource],
    hands: dict[str, User],
    *,
    now: datetime,
) -> None:
    opened = now - timedelta(days=9)
    _agree(subject, "", now=opened)
    first = timezone.localdate(now) + timedelta(days=30)
    project = welcome.open_project(
        subject=subject,
        by=subject.user,
        now=opened,
        needs=[need.value for need in household.needs],
        arrives_on=first,
        leaves_on=first + _STAY,
        workplace=communes[household.insee],
        max_minutes=household.minutes,
        adults=household.adults,
        child_ages=list(household.ages),
        has_vehicle=household.has_vehicle,
        spouse_trade=household.trade,
        shifts=[list(shift) for shift in household.shifts],
        max_price_cents=household.rent,
    )
    for rank, fate in household.asks:
        offer = offers[rank - 1]
        _agree(subject, welcome.scope_of(offer.partner), now=opened)
        _ask(project, offer, fate, by=hands.get("habitat-du-retz"), now=now)


def _ask(
    project: LifeProject, offer: Resource, fate: str, *, by: User | None, now: datetime
) -> None:
    """Send a request for what the offer has free, and let it become what is wished."""
    sent = now - timedelta(days=5 if fate == "late" else 2)
    terms = WelcomeTerms.objects.get(resource=offer)
    arrival = project.arrives_on or timezone.localdate(now)
    opening = next(
        period for period in welcome.calendar_of(terms) if period.ends_on >= arrival + _STAY
    )
    starts_on = max(opening.starts_on, arrival)
    request = welcome.send_request(
        project=project,
        partner=offer.partner,
        resource=offer,
        kind=For(terms.kind),
        starts_on=starts_on,
        ends_on=starts_on + _STAY,
        by=project.subject.user,
        now=sent,
    )
    then = now - timedelta(hours=20)
    if fate == "seen":
        welcome.see_request(request=request, by=by, now=then)
    elif fate in ("granted", "cancelled"):
        granted = welcome.grant_request(
            request=request, by=by, now=then, answer="Bienvenue. Appelez-nous avant de venir."
        )
        if fate == "cancelled":
            welcome.cancel_place(request=granted, by=by, now=now - timedelta(hours=2))
    elif fate == "refused":
        welcome.refuse_request(
            request=request,
            reason=ClosingReason.FULL,
            answer="Rien de libre avant la prochaine saison.",
            by=by,
            now=then,
        )
    elif fate == "closed":
        welcome.close_request(
            request=request,
            reason=ClosingReason.NO_LONGER_NEEDED,
            by=project.subject.user,
            now=then,
        )


def _agree(subject: DataSubject, scope: str, *, now: datetime) -> None:
    privacy.give_consent(
        subject=subject,
        purpose=welcome.PURPOSE,
        scope=scope,
        notice=current_notice(welcome.PURPOSE),
        channel=ConsentChannel.SELF,
        by=subject.user,
        now=now,
    )

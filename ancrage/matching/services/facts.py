"""People and needs as the fit sees them: rows turned into facts, unknown ones left unknown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q

from ancrage.candidates.enums import (
    DiplomaState,
    Experience,
    ProofKind,
    ProofState,
    RegistrationState,
)
from ancrage.candidates.models import Candidate, CandidateProfession, Proof
from ancrage.candidates.queries import CardGroup
from ancrage.core.fit import facts
from ancrage.core.fit.facts import Credential, Held
from ancrage.needs.models import Need
from ancrage.privacy.queries import subjects_shown_to
from ancrage.privacy.scopes import Viewer
from ancrage.professions.enums import ContractKind, Registration

_DIPLOMA = {
    DiplomaState.HELD: Held.YES,
    DiplomaState.IN_TRAINING: Held.EXPECTED,
    # An authorisation may come: nobody can say no yet.
    DiplomaState.ABROAD: Held.EXPECTED,
    DiplomaState.AIMED_AT: Held.NO,
    DiplomaState.UNKNOWN: Held.UNKNOWN,
}
_REGISTRATION = {
    RegistrationState.REGISTERED: Held.YES,
    RegistrationState.NOT_REQUIRED: Held.YES,
    RegistrationState.PENDING: Held.EXPECTED,
    RegistrationState.NOT_YET: Held.NO,
    RegistrationState.UNKNOWN: Held.UNKNOWN,
}
# The least of each band, in years.
_YEARS: dict[str, int] = {
    Experience.TRAINING: 0,
    Experience.UNDER_2: 0,
    Experience.YEARS_2_5: 2,
    Experience.YEARS_5_10: 5,
    Experience.YEARS_10_20: 10,
    Experience.OVER_20: 20,
}
_ALL_CONTRACTS = frozenset(ContractKind.values)
_LOCUM_LICENCE = ProofKind.LOCUM_LICENCE.value
# A post without an end can begin that long after the day it was hoped for.
PATIENCE = timedelta(days=90)


class PersonValues(NamedTuple):
    """What a profile says of use to the fit: columns, by their names in a query."""

    pk: int
    commune__insee: str | None
    latitude: float | None
    longitude: float | None
    reach_minutes: int | None
    reach_km: int | None
    available_from: date | None
    available_until: date | None
    contracts: Sequence[str]
    fte_min_hundredths: int | None
    fte_max_hundredths: int | None
    works_days: bool
    works_nights: bool
    works_12h: bool
    works_weekends: bool
    experience: str


class PracticeValues(NamedTuple):
    """One profession of a profile, in the same way."""

    profession__code: str
    specialty__code: str | None
    diploma: str
    registration: str
    is_main: bool


def person_facts(
    candidate: Candidate, practices: Iterable[CandidateProfession], proofs: Iterable[Proof]
) -> facts.Person:
    """Return what is known of a person. No query: `commune` and what practices point to are read.

    No wish said about contracts means open to all of them.
    """
    commune = candidate.commune
    said = [getattr(candidate, name) for name in PersonValues._fields[2:]]
    rows = [
        PracticeValues(
            one.profession.code,
            one.specialty.code if one.specialty else None,
            one.diploma,
            one.registration,
            one.is_main,
        )
        for one in practices
    ]
    values = PersonValues(candidate.pk, commune.insee if commune else None, *said)
    return facts_from(values, rows, proofs)


def facts_from(
    person: PersonValues, practices: Sequence[PracticeValues], proofs: Iterable[Proof]
) -> facts.Person:
    """Return what is known of a person, as `person_facts` does, from what was read of them."""
    main = next((one for one in practices if one.is_main), None)
    return facts.Person(
        key=str(person.pk),
        practices=tuple(_practice(*one[:4]) for one in practices),
        licences=tuple(
            facts.Licence(
                kind=_LOCUM_LICENCE,
                profession=main.profession__code,
                specialty=None,
                contracts=frozenset({ContractKind.LOCUM.value}),
                valid_from=proof.issued_on,
                valid_to=proof.expires_on or facts.NEVER,
            )
            for proof in proofs
            if main is not None
            and proof.kind == _LOCUM_LICENCE
            and proof.state != ProofState.REFUSED
            and proof.replaced_by_id is None
        ),
        zones=None
        if person.commune__insee is None
        else (
            facts.Zone(
                commune=person.commune__insee,
                latitude=person.latitude,
                longitude=person.longitude,
                max_minutes=person.reach_minutes,
                max_km=person.reach_km,
            ),
        ),
        available_from=person.available_from,
        available_to=person.available_until or facts.NEVER,
        contracts=frozenset(person.contracts) or _ALL_CONTRACTS,
        fte_min=person.fte_min_hundredths,
        fte_max=person.fte_max_hundredths,
        hours_accepted=_hours(
            person.works_days, person.works_nights, person.works_12h, person.works_weekends
        ),
        years_of_experience=_YEARS.get(person.experience),
    )


def people_facts(keys: Sequence[int], *, viewer: Viewer) -> dict[int, facts.Person]:
    """Return what is known of these people, by key, of those whose identity the reader may see.

    Three queries, whatever their number, and no column that the fit does not read.
    """
    shown = subjects_shown_to(viewer, "identity").values("pk")
    own = Q(subject__user=viewer.user_pk, subject__user__isnull=False)
    rows = [
        PersonValues._make(values)
        for values in Candidate.objects.filter(own | Q(subject__in=shown), pk__in=keys)
        .values_list(*PersonValues._fields)
        .order_by("pk")
    ]
    read = [row.pk for row in rows]
    practices: dict[int, list[PracticeValues]] = defaultdict(list)
    for person, *values in (
        CandidateProfession.objects.filter(candidate__in=read)
        .values_list("candidate", *PracticeValues._fields)
        .order_by("-is_main", "pk")
    ):
        practices[person].append(PracticeValues._make(values))
    proofs: dict[int, list[Proof]] = defaultdict(list)
    # The only papers that open a way into a post.
    for proof in Proof.objects.filter(candidate__in=read, kind=_LOCUM_LICENCE).order_by("pk"):
        proofs[proof.candidate_id].append(proof)
    return {row.pk: facts_from(row, practices[row.pk], proofs[row.pk]) for row in rows}


def card_facts(group: CardGroup, *, profession: str, key: str) -> facts.Person:
    """Return what a card prints, as facts, and nothing else: the rest is to ask.

    A month is that of its first day, a place the middle of its grouping of communes. What the
    person told the coordination (diploma, hours, how far they go) is unknown here.
    """
    placed = group.latitude is not None
    return facts.Person(
        key=key,
        practices=(facts.Practice(profession=profession, specialty=None),),
        licences=None,
        zones=(facts.Zone("", group.latitude, group.longitude),) if placed else None,
        available_from=group.month,
        available_to=None,
        contracts=group.contracts,
        years_of_experience=_YEARS[Experience(group.experience)] if group.experience else None,
    )


def need_facts(need: Need, *, on: date) -> facts.Need:
    """Return what a post asks, on that day: one whose start is past begins at once."""
    starts_on = max(need.starts_on, on)
    hours = frozenset(
        name
        for name, asked in (
            ("days", need.works_days),
            ("nights", need.works_nights),
            ("12h", need.works_12h),
            ("weekends", need.works_weekends),
        )
        if asked
    )
    registered = need.profession.registration in (Registration.ORDER, Registration.ARS)
    return facts.Need(
        key=str(need.pk),
        profession=need.profession.code,
        fte=need.fte_hundredths,
        specialty=need.specialty.code if need.specialty else "",
        registration_required=registered,
        licences=frozenset({_LOCUM_LICENCE})
        if need.contract == ContractKind.LOCUM
        else frozenset(),
        commune=need.commune.insee,
        latitude=need.commune.latitude,
        longitude=need.commune.longitude,
        starts_on=starts_on,
        latest_start=starts_on + PATIENCE if need.ends_on is None else starts_on,
        ends_on=need.ends_on or facts.NEVER,
        contract=need.contract,
        hours=hours or None,
        # A need does not say which days are worked: none in particular is asked.
        days=frozenset(),
    )


# Few are different: thousands of people share them.
@lru_cache(maxsize=4_096)
def _practice(
    profession: str, specialty: str | None, diploma: str, registration: str
) -> facts.Practice:
    return facts.Practice(
        profession=profession,
        specialty=specialty or "",
        diploma=Credential(_DIPLOMA[DiplomaState(diploma)]),
        registration=Credential(_REGISTRATION[RegistrationState(registration)]),
    )


@lru_cache(maxsize=16)
def _hours(days: bool, nights: bool, twelve: bool, weekends: bool) -> frozenset[str]:
    said = (("days", days), ("nights", nights), ("12h", twelve), ("weekends", weekends))
    return frozenset(name for name, accepts in said if accepts)

"""People and needs as the fit sees them: rows turned into facts, unknown ones left unknown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

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
_YEARS = {
    Experience.TRAINING: 0,
    Experience.UNDER_2: 0,
    Experience.YEARS_2_5: 2,
    Experience.YEARS_5_10: 5,
    Experience.YEARS_10_20: 10,
    Experience.OVER_20: 20,
}
_ALL_CONTRACTS = frozenset(ContractKind.values)
_READ_OF_PEOPLE = (
    "commune__insee",
    "latitude",
    "longitude",
    "reach_minutes",
    "reach_km",
    "available_from",
    "available_until",
    "contracts",
    "fte_min_hundredths",
    "fte_max_hundredths",
    "works_days",
    "works_nights",
    "works_12h",
    "works_weekends",
    "experience",
)
_LOCUM_LICENCE = ProofKind.LOCUM_LICENCE.value
# A post without an end can begin that long after the day it was hoped for.
PATIENCE = timedelta(days=90)


def person_facts(
    candidate: Candidate, practices: Iterable[CandidateProfession], proofs: Iterable[Proof]
) -> facts.Person:
    """Return what is known of a person. No query: `commune` and what practices point to are read.

    No wish said about contracts means open to all of them.
    """
    known = list(practices)
    main = next((one for one in known if one.is_main), None)
    commune = candidate.commune
    hours = frozenset(
        name
        for name, accepts in (
            ("days", candidate.works_days),
            ("nights", candidate.works_nights),
            ("12h", candidate.works_12h),
            ("weekends", candidate.works_weekends),
        )
        if accepts
    )
    return facts.Person(
        key=str(candidate.pk),
        practices=tuple(_practice(one) for one in known),
        licences=tuple(
            facts.Licence(
                kind=_LOCUM_LICENCE,
                profession=main.profession.code,
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
        if commune is None
        else (
            facts.Zone(
                commune=commune.insee,
                latitude=candidate.latitude,
                longitude=candidate.longitude,
                max_minutes=candidate.reach_minutes,
                max_km=candidate.reach_km,
            ),
        ),
        available_from=candidate.available_from,
        available_to=candidate.available_until or facts.NEVER,
        contracts=frozenset(candidate.contracts) or _ALL_CONTRACTS,
        fte_min=candidate.fte_min_hundredths,
        fte_max=candidate.fte_max_hundredths,
        hours_accepted=hours,
        years_of_experience=_YEARS.get(Experience(candidate.experience))
        if candidate.experience
        else None,
    )


def people_facts(keys: Sequence[int], *, viewer: Viewer) -> dict[int, facts.Person]:
    """Return what is known of these people, by key, of those whose identity the reader may see.

    Three queries, whatever their number, and no column that the fit does not read.
    """
    shown = subjects_shown_to(viewer, "identity").values("pk")
    own = Q(subject__user=viewer.user_pk, subject__user__isnull=False)
    rows = list(
        Candidate.objects.filter(own | Q(subject__in=shown), pk__in=keys)
        .select_related("commune")
        .only(*_READ_OF_PEOPLE)
        .order_by("pk")
    )
    practices: dict[int, list[CandidateProfession]] = defaultdict(list)
    for practice in (
        CandidateProfession.objects.filter(candidate__in=rows)
        .select_related("profession", "specialty")
        .only(
            "candidate_id",
            "diploma",
            "registration",
            "is_main",
            "profession__code",
            "specialty__code",
        )
        .order_by("-is_main", "pk")
    ):
        practices[practice.candidate_id].append(practice)
    proofs: dict[int, list[Proof]] = defaultdict(list)
    # The only papers that open a way into a post.
    for proof in Proof.objects.filter(candidate__in=rows, kind=_LOCUM_LICENCE).order_by("pk"):
        proofs[proof.candidate_id].append(proof)
    return {row.pk: person_facts(row, practices[row.pk], proofs[row.pk]) for row in rows}


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


def _practice(row: CandidateProfession) -> facts.Practice:
    return facts.Practice(
        profession=row.profession.code,
        specialty=row.specialty.code if row.specialty else "",
        diploma=Credential(_DIPLOMA[DiplomaState(row.diploma)]),
        registration=Credential(_REGISTRATION[RegistrationState(row.registration)]),
    )

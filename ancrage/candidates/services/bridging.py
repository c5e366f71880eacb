"""What a profile tells the bridges: titles held, work done, employer, certificates.

Read by `professions.services.paths_for` and the questions beside it. Whatever the profile does
not say stays unknown there, and is to check.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from ancrage.candidates.enums import DiplomaState, Experience, ProofKind, ProofState
from ancrage.candidates.models import Candidate, CandidateProfession, Career, Proof
from ancrage.core.bridges.reach import Alike
from ancrage.core.bridges.values import Holding, Paper, Person, Practice, Sector
from ancrage.partners.enums import PartnerKind
from ancrage.professions.enums import Registration

# A band of experience tells the least that was worked; the rest stays unknown.
LEAST_MONTHS: Mapping[str, int] = {
    Experience.UNDER_2: 0,
    Experience.YEARS_2_5: 24,
    Experience.YEARS_5_10: 60,
    Experience.YEARS_10_20: 120,
    Experience.OVER_20: 240,
}

# Others (practices, authorities…) employ under several rules: unknown.
SECTORS: Mapping[str, Sector] = {
    PartnerKind.PUBLIC_HOSPITAL: Sector.HOSPITAL_SERVICE,
    PartnerKind.PUBLIC_CARE_HOME: Sector.HOSPITAL_SERVICE,
    PartnerKind.LOCAL_AUTHORITY: Sector.OTHER_PUBLIC,
    PartnerKind.PRIVATE: Sector.PRIVATE,
    PartnerKind.ASSOCIATION: Sector.PRIVATE,
}

_CERTIFICATES = (ProofKind.AFGSU_1, ProofKind.AFGSU_2)


class _Work(NamedTuple):
    """A profession of a profile: its code, how it is registered, how far its diploma is."""

    profession: str
    registration: str
    diploma: str


class _Told(NamedTuple):
    """What a profile says, in plain values: many say the same, and are read once."""

    experience: str
    employer: str
    works: tuple[_Work, ...]
    papers: tuple[Paper, ...]


def bridge_facts(
    *, candidate: Candidate, on: date, words: frozenset[tuple[str, bool]] = frozenset()
) -> Person:
    """Return what a profile and the facts told for the bridges say, from a day.

    `words` are the answers known besides: see `professions.services.fact_key`.
    """
    works = sorted(candidate.professions.all(), key=lambda work: (not work.is_main, work.pk))
    told = _Told(
        experience=candidate.experience,
        employer=candidate.employer.kind if candidate.employer else "",
        works=tuple(
            _Work(work.profession.code, work.profession.registration, work.diploma)
            for work in works
        ),
        papers=tuple(
            Paper(proof.kind, proof.expires_on)
            for proof in sorted(candidate.proofs.all(), key=lambda proof: proof.pk)
            if _is_certificate(proof.kind, proof.state)
        ),
    )
    facts = _person(told, getattr(candidate, "career", None) or Career(), on)
    return replace(facts, key=f"c{candidate.pk}", words=facts.words | words)


def bridge_people(*, candidates: QuerySet[Candidate, Candidate], on: date) -> tuple[Alike, ...]:
    """Return what these profiles tell, those that tell the same together. Four queries."""
    chosen = candidates.order_by().values("pk")
    works = defaultdict(list)
    for key, *work in (
        CandidateProfession.objects.filter(candidate__in=chosen)
        .order_by("-is_main", "pk")
        .values_list("candidate", "profession__code", "profession__registration", "diploma")
    ):
        works[key].append(_Work(*work))
    papers = defaultdict(list)
    for key, kind, state, expires_on in (
        Proof.objects.filter(candidate__in=chosen, kind__in=_CERTIFICATES)
        .order_by("pk")
        .values_list("candidate", "kind", "state", "expires_on")
    ):
        if _is_certificate(kind, state):
            papers[key].append(Paper(kind, expires_on))
    careers = {one.candidate_id: one for one in Career.objects.filter(candidate__in=chosen)}
    people: dict[Person, list[str]] = defaultdict(list)
    nothing_told: dict[_Told, list[str]] = {}
    rows = candidates.order_by("pk").values_list("pk", "experience", "employer__kind")
    for key, experience, employer in rows:
        told = _Told(experience, employer or "", tuple(works[key]), tuple(papers[key]))
        if key in careers:
            same = people[_person(told, careers[key], on)]
        else:
            if told not in nothing_told:
                nothing_told[told] = people[_person(told, Career(), on)]
            same = nothing_told[told]
        same.append(f"c{key}")
    return tuple(Alike(facts, tuple(keys)) for facts, keys in people.items())


def _person(told: _Told, career: Career, on: date) -> Person:
    # A profession aimed at, or being learnt, is no title yet.
    held = [work for work in told.works if work.diploma in _HELD]
    return Person(
        key="",
        starts_on=on,
        titles=(
            *(Holding(work.profession, sure=_is_sure(work, career.practices)) for work in held),
            *(Holding(title) for title in career.titles),
        ),
        practices=_practices(
            told.experience, [work.profession for work in held], career.practices
        ),
        sector=Sector(career.sector) if career.sector else SECTORS.get(told.employer),
        papers=told.papers,
        words=frozenset(career.words.items()),
    )


def _is_certificate(kind: str, state: str) -> bool:
    return kind in _CERTIFICATES and state != ProofState.REFUSED


_HELD = (DiplomaState.HELD, DiplomaState.ABROAD, DiplomaState.UNKNOWN)


def _is_sure(work: _Work, told: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a title is held: by its diploma, or by the work where there is no diploma."""
    if work.diploma == DiplomaState.HELD:
        return True
    needs_none = work.registration == Registration.NONE
    return needs_none and any(one["title"] == work.profession for one in told)


def _practices(
    experience: str, professions: list[str], told: Sequence[Mapping[str, Any]]
) -> tuple[Practice, ...] | None:
    """Return the work done: what is told, and for the rest what the band of experience says.

    The band tells the least worked in the main profession; None where nothing is told at all.
    """
    exact = tuple(
        Practice(
            one["title"],
            one["months"],
            date.fromisoformat(one["until"]) if one["until"] else None,
        )
        for one in told
    )
    if experience == Experience.TRAINING:
        return exact
    known = {one.profession for one in exact}
    untold = tuple(Practice(profession) for profession in professions if profession not in known)
    if not experience or not professions:
        return (*exact, *untold) if exact else None
    least = 0 if professions[0] in known else LEAST_MONTHS[experience]
    return (*exact, *([Practice(professions[0], least)] if least else []), *untold)

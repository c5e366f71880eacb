"""What a profile tells the bridges: titles held, work done, employer, certificates.

Read by `professions.services.paths_for` and the questions beside it. Whatever the profile does
not say stays unknown there, and is to check.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from ancrage.candidates.enums import DiplomaState, Experience, ProofKind, ProofState
from ancrage.candidates.models import Candidate, CandidateProfession, Career
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


def bridge_facts(
    *, candidate: Candidate, on: date, words: frozenset[tuple[str, bool]] = frozenset()
) -> Person:
    """Return what a profile and the facts told for the bridges say, from a day.

    `words` are the answers known besides: see `professions.services.fact_key`.
    """
    career = getattr(candidate, "career", None) or Career()
    works = sorted(candidate.professions.all(), key=lambda work: (not work.is_main, work.pk))
    # A profession aimed at, or being learnt, is no title yet.
    held = [work for work in works if work.diploma in _HELD]
    return Person(
        key=f"c{candidate.pk}",
        starts_on=on,
        titles=(
            *(
                Holding(work.profession.code, sure=_is_sure(work, career.practices))
                for work in held
            ),
            *(Holding(title) for title in career.titles),
        ),
        practices=_practices(
            candidate.experience, [work.profession.code for work in held], career.practices
        ),
        sector=Sector(career.sector) if career.sector else _sector_of(candidate),
        papers=tuple(
            Paper(proof.kind, proof.expires_on)
            for proof in sorted(candidate.proofs.all(), key=lambda proof: proof.pk)
            if proof.kind in _CERTIFICATES and proof.state != ProofState.REFUSED
        ),
        words=words | frozenset(career.words.items()),
    )


def bridge_people(*, candidates: QuerySet[Candidate, Candidate], on: date) -> list[Person]:
    """Return what each of these profiles tells, in the order of their keys. Four queries."""
    read = candidates.select_related("employer", "career").prefetch_related(
        "professions__profession", "proofs"
    )
    return [bridge_facts(candidate=candidate, on=on) for candidate in read.order_by("pk")]


_HELD = (DiplomaState.HELD, DiplomaState.ABROAD, DiplomaState.UNKNOWN)


def _is_sure(work: CandidateProfession, told: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a title is held: by its diploma, or by the work where there is no diploma."""
    if work.diploma == DiplomaState.HELD:
        return True
    needs_none = work.profession.registration == Registration.NONE
    return needs_none and any(one["title"] == work.profession.code for one in told)


def _sector_of(candidate: Candidate) -> Sector | None:
    return SECTORS.get(candidate.employer.kind) if candidate.employer else None


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

"""What a profile tells the bridges: titles held, work done, employer, certificates.

Read by `professions.services.paths_for` and the questions beside it. Whatever the profile does
not say stays unknown there, and is to check.
"""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from ancrage.candidates.enums import DiplomaState, Experience, ProofKind, ProofState
from ancrage.candidates.models import Candidate
from ancrage.core.bridges.values import Holding, Paper, Person, Practice, Sector
from ancrage.partners.enums import PartnerKind

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
    """Return what a profile tells, for paths that would begin on a day.

    `words` are the answers known besides: see `professions.services.fact_key`.
    """
    works = sorted(candidate.professions.all(), key=lambda work: (not work.is_main, work.pk))
    # A profession aimed at, or being learnt, is no title yet.
    held = [work for work in works if work.diploma in _HELD]
    return Person(
        key=f"c{candidate.pk}",
        starts_on=on,
        titles=tuple(
            Holding(work.profession.code, sure=work.diploma == DiplomaState.HELD) for work in held
        ),
        practices=_practices(candidate.experience, [work.profession.code for work in held]),
        sector=SECTORS.get(candidate.employer.kind) if candidate.employer else None,
        papers=tuple(
            Paper(proof.kind, proof.expires_on)
            for proof in sorted(candidate.proofs.all(), key=lambda proof: proof.pk)
            if proof.kind in _CERTIFICATES and proof.state != ProofState.REFUSED
        ),
        words=words,
    )


def bridge_people(*, candidates: QuerySet[Candidate, Candidate], on: date) -> list[Person]:
    """Return what each of these profiles tells, in the order of their keys. Four queries."""
    read = candidates.select_related("employer").prefetch_related(
        "professions__profession", "proofs"
    )
    return [bridge_facts(candidate=candidate, on=on) for candidate in read.order_by("pk")]


_HELD = (DiplomaState.HELD, DiplomaState.ABROAD, DiplomaState.UNKNOWN)


def _practices(experience: str, professions: list[str]) -> tuple[Practice, ...] | None:
    """Return the work in the main profession, known in part; None where nothing is told."""
    if experience == Experience.TRAINING:
        return ()
    if not experience or not professions:
        return None
    untold = [Practice(profession) for profession in professions]
    least = LEAST_MONTHS[experience]
    return (*([Practice(professions[0], least)] if least else []), *untold)

"""The people of the demo who look for a post: some ninety profiles, at every stage. Invented."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.candidates import services as candidates
from ancrage.candidates.enums import DiplomaState, Experience, ProofKind, RegistrationState
from ancrage.candidates.models import Candidate
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.professions.enums import ContractKind
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, Department, Territory

FIRST_NAMES = (
    "Maëlys", "Gwenaël", "Inès", "Titouan", "Solène", "Youn", "Fatou", "Malo", "Aïcha", "Erwan",
    "Lina", "Corentin", "Awa", "Nolwenn", "Samir", "Rozenn", "Ilyes", "Bleuenn", "Tanguy", "Zélie",
)  # fmt: skip
LAST_NAMES = (
    "Bernard", "Guillou", "Traoré", "Lemaire", "Kerbrat", "Ouali", "Prigent", "Marchand", "Diallo",
    "Josse", "Haddad", "Rousseau", "Tanguy", "Benoît", "Legrand", "Morvan", "Sow", "Chauvin",
)  # fmt: skip
# Code of the profession → how many people.
SHARES: Mapping[str, int] = {
    "nurse": 26,
    "care_assistant": 26,
    "general_practitioner": 12,
    "physiotherapist": 10,
    "care_and_support_worker": 8,
    "hospital_orderly": 8,
}
_CONTRACTS = ((ContractKind.CDI,), (ContractKind.CDI, ContractKind.CDD), (ContractKind.VACATION,))
_LOCUMS = (ContractKind.LOCUM, ContractKind.ASSOCIATE)
_NOTICE = "talent_pool"


def load_candidates(
    territory: Territory, users: Mapping[str, User], *, draws: Random, now: datetime
) -> int:
    """Write the profiles: most were met and answered, some wait, a few came by themselves."""
    coordinator = users["coordination@demo.example"]
    communes = list(territory.communes.select_related("epci").order_by("insee"))
    known = {row.code: row for row in Profession.objects.filter(code__in=SHARES)}
    wanted = [
        known[code] for code, count in SHARES.items() if code in known for _n in range(count)
    ]
    for rank, profession in enumerate(wanted):
        facts = _facts(profession, communes, rank, draws=draws, now=now)
        met = now - timedelta(days=draws.randint(20, 420))
        if rank % 15 == 7:
            waiting = now - timedelta(days=draws.randint(1, 20))
            _enter(territory, facts, by=coordinator, now=waiting)
        else:
            _follow(territory, facts, profession, by=coordinator, draws=draws, now=met)
    _spontaneous(territory, known, communes, users, now=now)
    return Candidate.objects.filter(territory=territory).count()


def _facts(
    profession: Profession,
    communes: Sequence[Commune],
    rank: int,
    *,
    draws: Random,
    now: datetime,
) -> dict[str, Any]:
    today = timezone.localdate(now)
    is_doctor = profession.is_doctor
    return {
        "first_name": FIRST_NAMES[rank % len(FIRST_NAMES)],
        "last_name": f"{LAST_NAMES[rank % len(LAST_NAMES)]} (fictif)",
        # Without an address: the demo writes to nobody. Numbers that Arcep keeps for fiction.
        "phone": f"+3326191{rank:04d}",
        "commune": draws.choice(communes),
        "reach_km": draws.choice((None, 10, 20, 30)),
        "experience": draws.choice(Experience.values),
        "available_from": today + timedelta(days=draws.randint(-20, 240)),
        "contracts": list(_LOCUMS if is_doctor else draws.choice(_CONTRACTS)),
        "fte_min_hundredths": draws.choice((None, 50, 80)),
        "works_days": True,
        "works_nights": draws.random() < 0.3,
        "works_weekends": draws.random() < 0.5,
        "professions": [
            {
                "profession": profession,
                "diploma": DiplomaState.HELD,
                "registration": RegistrationState.REGISTERED
                if is_doctor
                else RegistrationState.UNKNOWN,
            }
        ],
    }


def _enter(territory: Territory, facts: dict[str, Any], *, by: User, now: datetime) -> Candidate:
    return candidates.enter_candidate(
        territory=territory,
        information_proof="Dit lors d’un entretien (démonstration)",
        by=by,
        now=now,
        **facts,
    )


def _follow(
    territory: Territory,
    facts: dict[str, Any],
    profession: Profession,
    *,
    by: User,
    draws: Random,
    now: datetime,
) -> None:
    candidate = _enter(territory, facts, by=by, now=now)
    candidates.confirm_candidate(
        candidate=candidate,
        user=None,
        by=by,
        now=now + timedelta(days=2),
        agreed=[current_notice(_NOTICE)] if draws.random() < 0.8 else [],
        channel=ConsentChannel.MEETING,
        proof="Compte rendu d’entretien (démonstration)",
    )
    if draws.random() < 0.4:
        _prove(candidate, profession, by=by, draws=draws, now=now + timedelta(days=3))


def _prove(
    candidate: Candidate, profession: Profession, *, by: User, draws: Random, now: datetime
) -> None:
    issued = timezone.localdate(now)
    if profession.is_doctor:
        faculty = Department.objects.get(code="44")
        candidates.add_proof(
            candidate=candidate,
            kind=ProofKind.LOCUM_LICENCE,
            department=faculty,
            issued_on=issued - timedelta(days=10),
            by=by,
            now=now,
        )
        return
    candidates.add_proof(
        candidate=candidate,
        kind=ProofKind.AFGSU_2,
        issued_on=issued - timedelta(days=draws.randint(30, 1400)),
        by=by,
        now=now,
    )


def _spontaneous(
    territory: Territory,
    known: Mapping[str, Profession],
    communes: Sequence[Commune],
    users: Mapping[str, User],
    *,
    now: datetime,
) -> None:
    nurse = known["nurse"]
    person = users["professionnelle@demo.example"]
    candidates.register_candidate(
        territory=territory,
        by=person,
        now=now - timedelta(days=12),
        agreed=[current_notice(_NOTICE)],
        first_name=person.first_name,
        last_name=person.last_name,
        phone="+33261910900",
        commune=communes[0],
        reach_km=20,
        experience=Experience.YEARS_5_10,
        available_from=timezone.localdate(now) + timedelta(days=45),
        contracts=[ContractKind.CDI],
        works_days=True,
        professions=[{"profession": nurse, "registration": RegistrationState.REGISTERED}],
    )
    # Twice the same person: what the coordination finds among the duplicates.
    for days in (9, 3):
        candidates.register_candidate(
            territory=territory,
            by=None,
            now=now - timedelta(days=days),
            message="Je m’installe dans la région au printemps (démonstration).",
            first_name="Rozenn",
            last_name="Josse (fictive)",
            phone="+33261910901",
            commune=communes[1],
            professions=[{"profession": known["care_assistant"]}],
        )

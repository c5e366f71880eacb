"""Who looks for a post in the demo: professions, diplomas, and what each one wishes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from ancrage.candidates.enums import DiplomaState, Experience, RegistrationState
from ancrage.professions.enums import ContractKind, Registration
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune

_CDI, _CDD, _VACATION = ContractKind.CDI, ContractKind.CDD, ContractKind.VACATION
_POSTS = ((_CDI,), (_CDI, _CDD), (_CDI, ContractKind.CIVIL_SERVANT), (_CDD, _VACATION))
_PRACTICE = ((ContractKind.LOCUM, ContractKind.ASSOCIATE), (ContractKind.LOCUM, _CDI), (_CDI,))
_DOCTORS = (
    (ContractKind.LOCUM, ContractKind.ASSOCIATE),
    (ContractKind.SALARIED,),
    (ContractKind.PARTNER_DOCTOR, ContractKind.ASSOCIATE),
)
_TRAINEES = ((ContractKind.LOCUM,),)


@dataclass(frozen=True)
class Kind:
    """How many people of a profession, on what terms; `aim` is the profession some train for."""

    people: int
    contracts: Sequence[Sequence[ContractKind]] = _POSTS
    aim: str = ""
    # One in so many is still in training; none when 0.
    trainee_each: int = 0


# In all 197, beside those whose story is told apart.
KINDS: Mapping[str, Kind] = {
    "care_assistant": Kind(44, aim="nurse"),
    "nurse": Kind(42, trainee_each=7),
    "hospital_orderly": Kind(16, aim="care_assistant"),
    "general_practitioner": Kind(18, _DOCTORS, trainee_each=3),
    "physiotherapist": Kind(13, _PRACTICE, trainee_each=6),
    "care_and_support_worker": Kind(12, trainee_each=6),
    "midwife": Kind(8, _PRACTICE),
    "radiographer": Kind(8, trainee_each=8),
    "dietitian": Kind(7),
    "psychologist": Kind(6),
    "occupational_therapist": Kind(6),
    "medical_secretary": Kind(6),
    "home_care_assistant": Kind(8),
    "advanced_practice_nurse": Kind(3),
}
_PRACTISED = (
    Experience.UNDER_2,
    Experience.YEARS_2_5,
    Experience.YEARS_5_10,
    Experience.YEARS_10_20,
    Experience.OVER_20,
)
_NOTES = (
    "Disponible pour visiter deux établissements dans la même journée.",
    "Préfère être rappelée en fin d’après-midi.",
    "A travaillé trois étés sur le littoral, souhaite s’y installer.",
    "Cherche une équipe où partager les gardes.",
)


@dataclass(frozen=True)
class Somebody:
    """One person of the demo: a profession, and whether they are still in training."""

    profession: Profession
    kind: Kind
    is_trainee: bool
    aim: Profession | None


def everybody(known: Mapping[str, Profession], draws: Random) -> list[Somebody]:
    """Return the people of `KINDS`, professions mixed."""
    people = [
        Somebody(
            known[code],
            kind,
            is_trainee=bool(kind.trainee_each) and rank % kind.trainee_each == 1,
            aim=known[kind.aim] if kind.aim and rank % 9 == 4 else None,
        )
        for code, kind in KINDS.items()
        for rank in range(kind.people)
    ]
    draws.shuffle(people)
    return people


def facts_of_somebody(
    somebody: Somebody, communes: Sequence[Commune], *, today: date, draws: Random
) -> dict[str, Any]:
    """Draw what the profile of this person says, name and telephone apart."""
    contracts = _TRAINEES if _is_young_doctor(somebody) else somebody.kind.contracts
    reach = draws.choice(({"reach_km": 15}, {"reach_km": 30}, {"reach_minutes": 30}, {}))
    least = draws.choice((None, 50, 80, 100))
    return {
        "commune": draws.choice(communes),
        **reach,
        "experience": (
            Experience.TRAINING
            if somebody.is_trainee
            else draws.choices(_PRACTISED, (20, 25, 25, 20, 10))[0]
        ),
        "available_from": today + timedelta(days=draws.randint(-20, 240)),
        "contracts": list(draws.choice(contracts)),
        "fte_min_hundredths": least,
        "fte_max_hundredths": 80 if least == 50 else None,
        "works_days": True,
        "works_nights": draws.random() < 0.3,
        "works_12h": draws.random() < 0.25,
        "works_weekends": draws.random() < 0.5,
        "note": draws.choice(_NOTES) if draws.random() < 0.15 else "",
        "professions": _professions(somebody, draws),
    }


def _is_young_doctor(somebody: Somebody) -> bool:
    return somebody.is_trainee and somebody.profession.is_doctor


def _professions(somebody: Somebody, draws: Random) -> list[dict[str, Any]]:
    main = somebody.profession
    own: dict[str, Any] = {"profession": main, "diploma": DiplomaState.HELD}
    if somebody.is_trainee:
        own["diploma"] = DiplomaState.IN_TRAINING
    registers = main.registration in (Registration.ORDER, Registration.ARS)
    if registers:
        own["registration"] = (
            RegistrationState.NOT_YET
            if somebody.is_trainee
            else draws.choices(
                (RegistrationState.REGISTERED, RegistrationState.PENDING), (85, 15)
            )[0]
        )
    if somebody.aim is None:
        return [own]
    return [own, {"profession": somebody.aim, "diploma": DiplomaState.IN_TRAINING}]

"""Which professions each kind of structure lacks, how much, and how it words its offers."""

from typing import NamedTuple

from ancrage.needs.enums import PayPeriod
from ancrage.professions.enums import ContractKind


class Lack(NamedTuple):
    """A profession that a kind of structure looks for.

    `weight` is its share of the structure's needs, `summer` how many times likelier it is in
    June, July and August; pay in euros by `period`, both ends.
    """

    profession: str
    weight: int
    contracts: tuple[ContractKind, ...]
    summer: float = 1.0
    pay: tuple[int, int] | None = None
    period: PayPeriod = PayPeriod.MONTH
    nights: bool = False


_CDI, _CDD = ContractKind.CDI, ContractKind.CDD
_PUBLIC = (ContractKind.CIVIL_SERVANT, _CDI, _CDD)
_PRIVATE = (_CDI, _CDD, _CDD)
_LIBERAL = (
    ContractKind.LOCUM,
    ContractKind.ASSOCIATE,
    ContractKind.PARTNER_DOCTOR,
    ContractKind.SUCCESSOR,
)

MIXES: dict[str, tuple[Lack, ...]] = {
    "hospital": (
        Lack("nurse", 10, _PUBLIC, 2.0, (2250, 2900), nights=True),
        Lack("care_assistant", 10, _PUBLIC, 2.6, (1950, 2400), nights=True),
        Lack("hospital_orderly", 6, _PUBLIC, 2.2, (1850, 2050)),
        Lack("physiotherapist", 2, _PUBLIC, 1.0, (2300, 2900)),
        Lack("geriatrician", 2, (ContractKind.SALARIED,), 1.0),
        Lack("health_manager", 1, _PUBLIC, 1.0, (2700, 3300)),
        Lack("radiographer", 2, _PUBLIC, 1.3, (2200, 2800)),
        Lack("dietitian", 1, _PUBLIC),
        Lack("medical_secretary", 1, _PUBLIC, 1.2, (1900, 2200)),
        Lack("hospital_pharmacy_technician", 1, _PUBLIC),
    ),
    "rehabilitation": (
        Lack("nurse", 7, _PRIVATE, 1.8, (2200, 2750), nights=True),
        Lack("care_assistant", 7, _PRIVATE, 2.2, (1900, 2300), nights=True),
        Lack("physiotherapist", 4, _PRIVATE, 1.2, (2300, 2900)),
        Lack("occupational_therapist", 2, _PRIVATE, 1.0, (2100, 2500)),
        Lack("hospital_orderly", 3, _PRIVATE, 1.8, (1830, 2000)),
        Lack("speech_therapist", 1, _PRIVATE),
    ),
    "care_home": (
        Lack("care_assistant", 10, _PRIVATE, 2.6, (1900, 2350), nights=True),
        Lack("nurse", 6, _PRIVATE, 2.2, (2200, 2750)),
        Lack("hospital_orderly", 6, _PRIVATE, 2.4, (1830, 2000)),
        Lack("care_and_support_worker", 4, _PRIVATE, 1.6, (1850, 2150)),
        Lack("coordinating_doctor", 1, (ContractKind.SALARIED,)),
        Lack("coordinating_nurse", 1, (_CDI,), 1.0, (2600, 3100)),
        Lack("psychologist", 1, (_CDI, ContractKind.VACATION)),
    ),
    "home_care": (
        Lack("care_assistant", 10, _PRIVATE, 2.0, (1950, 2300)),
        Lack("nurse", 4, _PRIVATE, 1.5, (2250, 2700)),
        Lack("coordinating_nurse", 1, (_CDI,), 1.0, (2600, 3000)),
    ),
    "home_help": (
        Lack("home_care_assistant", 10, _PRIVATE, 1.8, (1830, 2050)),
        Lack("family_life_assistant", 5, _PRIVATE, 1.8, (1830, 2000)),
        Lack("care_and_support_worker", 3, _PRIVATE, 1.4, (1850, 2100)),
        Lack("social_family_technician", 1, (_CDI,), 1.0, (1950, 2200)),
    ),
    "disability": (
        Lack("care_and_support_worker", 6, _PRIVATE, 1.5, (1850, 2150), nights=True),
        Lack("specialised_educator", 3, _PRIVATE, 1.0, (2000, 2500)),
        Lack("instructor_educator", 2, _PRIVATE, 1.0, (1900, 2250)),
        Lack("care_assistant", 3, _PRIVATE, 1.6, (1900, 2250)),
        Lack("psychologist", 1, (_CDI,)),
    ),
    "children": (
        Lack("speech_therapist", 2, (_CDI,)),
        Lack("psychomotor_therapist", 2, (_CDI,)),
        Lack("specialised_educator", 2, _PRIVATE),
    ),
    "practice": (
        Lack("general_practitioner", 6, (*_LIBERAL, ContractKind.JUNIOR_DOCTOR), 1.6),
        Lack("nurse", 2, (ContractKind.LOCUM, ContractKind.ASSOCIATE), 1.6),
        Lack("physiotherapist", 2, (ContractKind.LOCUM, ContractKind.ASSOCIATE), 1.4),
        Lack("midwife", 1, (ContractKind.ASSOCIATE,)),
        Lack("advanced_practice_nurse", 1, (_CDI, ContractKind.ASSOCIATE)),
    ),
    "nursing_practice": (Lack("nurse", 1, (ContractKind.LOCUM, ContractKind.ASSOCIATE), 2.0),),
    "health_centre": (
        Lack("general_practitioner", 3, (ContractKind.SALARIED,)),
        Lack("nurse", 1, (_CDI,)),
        Lack("medical_secretary", 1, (_CDI, _CDD), 1.4, (1850, 2100)),
        Lack("dental_assistant", 1, (_CDI,)),
    ),
    "coordination": (Lack("advanced_practice_nurse", 1, (_CDI,)),),
    "nursery": (
        Lack("childcare_assistant", 3, _PRIVATE, 1.0, (1850, 2150)),
        Lack("early_childhood_educator", 1, (_CDI,), 1.0, (2050, 2400)),
    ),
    "pharmacy": (Lack("pharmacy_technician", 1, (_CDI, _CDD), 2.0, (1950, 2300)),),
    "transport": (
        Lack("ambulance_driver", 2, _PRIVATE, 2.0, (1950, 2250)),
        Lack("ambulance_assistant", 2, _PRIVATE, 2.2, (1850, 2050)),
    ),
    "dialysis": (
        Lack("nurse", 3, _PRIVATE, 2.0, (2300, 2850)),
        Lack("care_assistant", 1, _PRIVATE, 1.6, (1900, 2250)),
    ),
}

UNITS = {
    "hospital": ("Médecine A", "Soins de suite", "USLD", "Urgences", "Pôle gériatrie", "HAD"),
    "rehabilitation": ("Rééducation", "Hospitalisation de jour", "Balnéothérapie"),
    "care_home": ("Unité protégée", "Hébergement", "Accueil de jour", "PASA"),
    "home_care": ("Secteur nord", "Secteur sud", "Équipe spécialisée Alzheimer"),
    "home_help": ("Secteur Pornic", "Secteur Sainte-Pazanne", "Garde d’enfants"),
    "disability": ("Maison bleue", "Maison verte", "Accueil temporaire"),
}

# Sentences an offer may hold; invented, plain, and free of what an offer may not ask.
DESCRIPTIONS = (
    "Équipe stable, planning connu deux mois à l’avance, transmissions écrites et orales.",
    "Vous serez accueilli par un binôme pendant les deux premières semaines.",
    "Établissement au calme, à dix minutes de la mer, restauration sur place.",
    "Possibilité de choisir vos jours de repos ; un week-end travaillé sur trois.",
    "Formation à l’usage des lève-personnes et gestes et postures à l’arrivée.",
    "Projet de service en cours : vous y prendrez part.",
    "Véhicule de service fourni, secteurs limités à vingt minutes de route.",
    "Poste partagé possible avec une structure voisine pour atteindre un temps plein.",
)

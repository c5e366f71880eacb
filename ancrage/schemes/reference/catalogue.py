"""The whole inventory, in the order of its subjects, and what excludes what."""

from ancrage.schemes.reference.bursaries import BURSARIES
from ancrage.schemes.reference.living import LIVING
from ancrage.schemes.reference.practising import PRACTISING
from ancrage.schemes.reference.settling import SETTLING
from ancrage.schemes.reference.shapes import GroupRow, SchemeRow
from ancrage.schemes.reference.studies import STUDIES
from ancrage.schemes.reference.working import WORKING

SCHEMES: tuple[SchemeRow, ...] = (
    *SETTLING,
    *PRACTISING,
    *STUDIES,
    *BURSARIES,
    *WORKING,
    *LIVING,
)

_JUNIOR = (
    "https://www.fhf.fr/expertises/ressources-humaines/developpement-des-competences-formation-"
    "etudiants-en-sante/ajout-dune-4e-annee-au-des-de-medecine-generale-publication-des-textes-"
    "concernant-la-remuneration"
)

GROUPS = (
    GroupRow(
        "docteur-junior-ou-hebergement",
        ("docteur-junior-zip", "hebergement-interne"),
        (
            "L’indemnité du docteur junior en ZIP remplace celle d’hébergement.",
            "The junior doctor allowance in a ZIP zone replaces the housing one.",
        ),
        _JUNIOR,
    ),
    GroupRow(
        "docteur-junior-ou-transport",
        ("docteur-junior-zip", "transport-interne"),
        (
            "L’indemnité du docteur junior en ZIP remplace celle de transport.",
            "The junior doctor allowance in a ZIP zone replaces the travel one.",
        ),
        _JUNIOR,
    ),
    GroupRow(
        "hebergement-ou-maison-des-internes",
        ("hebergement-interne", "maison-des-internes"),
        (
            "L’indemnité d’hébergement suppose de n’être pas logé par une collectivité.",
            "The housing allowance supposes not being housed by a local authority.",
        ),
        "https://raoul-img.fr/indemnites/",
    ),
)

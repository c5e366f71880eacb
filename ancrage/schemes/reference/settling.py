"""Settling: rows 1 to 9 of the inventory."""

from datetime import date

from ancrage.schemes.enums import Payer, Topic
from ancrage.schemes.reference.common import AGREED, DOCTORS, ONCE_IN_TEN_YEARS, READ_ON
from ancrage.schemes.reference.shapes import (
    PERSON,
    Owed,
    SchemeRow,
    once,
    rate,
)

_OMNIPRAT = (
    "OmniPrat, aides à l’installation en zone sous-dense",
    "https://omniprat.org/fiches-pratiques/aides-a-linstallation-en-zone-sous-dense",
)
_AMELI = (
    "Assurance maladie, convention médicale 2024-2029",
    "https://www.ameli.fr/medecin/textes-reference/convention-medicale-2024-2029/"
    "grands-axes-convention-detail/mesures-fortes-acces-soins/aides-exercice-zone-sous-dense-renovees",
)
_SINCE = date(2026, 1, 1)
_END_OF_2025 = date(2025, 12, 31)


def _first_settlement(zone: str) -> str:
    return f"""metier parmi {DOCTORS}
premiere_installation
exercice_principal
installation_le >= 01/01/2026
zones contient {zone}
{AGREED}
{ONCE_IN_TEN_YEARS}"""


SETTLING = (
    SchemeRow(
        code="primo-installation-zip",
        topic=Topic.SETTLING,
        payer=Payer.HEALTH_INSURANCE,
        receivers=(PERSON,),
        label=("Aide à la première installation en ZIP", "First settlement aid in a ZIP zone"),
        content=(
            "10 000 € versés en une fois, dans les trois mois, au médecin qui s’installe pour la "
            "première fois en zone d’intervention prioritaire. Aucune durée d’exercice n’est "
            "exigée. L’aide n’est pas rétroactive.",
            "€10,000 paid once, within three months, to a doctor who settles for the first time "
            "in a priority zone. No length of practice is required. Not retroactive.",
        ),
        rule=_first_settlement("ZIP"),
        source=_OMNIPRAT,
        checked=READ_ON,
        opens=_SINCE,
        amounts=(once(10_000),),
    ),
    SchemeRow(
        code="primo-installation-zac",
        topic=Topic.SETTLING,
        payer=Payer.HEALTH_INSURANCE,
        receivers=(PERSON,),
        label=("Aide à la première installation en ZAC", "First settlement aid in a ZAC zone"),
        content=(
            "5 000 € versés en une fois au médecin qui s’installe pour la première fois en zone "
            "d’action complémentaire, aux mêmes conditions qu’en ZIP.",
            "€5,000 paid once to a doctor who settles for the first time in a complementary "
            "zone, on the same conditions as in a ZIP zone.",
        ),
        rule=_first_settlement("ZAC"),
        source=_AMELI,
        checked=READ_ON,
        opens=_SINCE,
        amounts=(once(5_000),),
    ),
    SchemeRow(
        code="cabinet-secondaire-zip",
        topic=Topic.SETTLING,
        payer=Payer.HEALTH_INSURANCE,
        receivers=(PERSON,),
        label=("Aide au cabinet secondaire en ZIP", "Secondary practice aid in a ZIP zone"),
        content=(
            "3 000 € au médecin qui ouvre un cabinet secondaire en zone d’intervention "
            "prioritaire.",
            "€3,000 for a doctor who opens a secondary practice in a priority zone.",
        ),
        rule=f"""metier parmi {DOCTORS}
cabinet_secondaire
zones contient ZIP
{ONCE_IN_TEN_YEARS}""",
        source=(
            "URML Pays de la Loire, les zonages",
            "https://urml-paysdelaloire.org/2026/02/les-zonages-quelles-aides",
        ),
        checked=READ_ON,
        opens=_SINCE,
        amounts=(once(3_000),),
    ),
    SchemeRow(
        code="majoration-fmt-nouvel-installe",
        topic=Topic.SETTLING,
        payer=Payer.HEALTH_INSURANCE,
        receivers=(PERSON,),
        label=(
            "Forfait médecin traitant majoré, nouvel installé",
            "Higher family doctor payment, newly settled",
        ),
        content=(
            "Le forfait médecin traitant augmente de 50 % la première année, de 30 % la deuxième "
            "et de 10 % la troisième, en ZIP ou en quartier prioritaire. La ZAC n’y ouvre pas "
            "droit.",
            "The family doctor payment rises by 50% in the first year, 30% in the second and 10% "
            "in the third, in a ZIP zone or a priority district. ZAC zones do not qualify.",
        ),
        rule=f"""metier parmi {DOCTORS}
premiere_installation
installation_le >= 01/01/2026
zones touche {{QPV, ZIP}}""",
        source=_OMNIPRAT,
        checked=READ_ON,
        opens=_SINCE,
        amounts=(
            rate(
                50,
                label=("première année", "first year"),
                rule="installation_le > aujourd’hui - 1 an",
            ),
            rate(
                30,
                label=("deuxième année", "second year"),
                rule="installation_le <= aujourd’hui - 1 an\n"
                "installation_le > aujourd’hui - 2 ans",
            ),
            rate(
                10,
                label=("troisième année", "third year"),
                rule="installation_le <= aujourd’hui - 2 ans\n"
                "installation_le > aujourd’hui - 3 ans",
            ),
        ),
    ),
    SchemeRow(
        code="majoration-fmt",
        topic=Topic.SETTLING,
        payer=Payer.HEALTH_INSURANCE,
        receivers=(PERSON,),
        label=(
            "Forfait médecin traitant majoré de 10 %",
            "Family doctor payment raised by 10%",
        ),
        content=(
            "10 % de plus sur le forfait médecin traitant, tant que le cabinet est en ZIP ou en "
            "quartier prioritaire. Remplace un ancien contrat démographique si le médecin y met "
            "fin.",
            "10% more on the family doctor payment, for as long as the practice is in a ZIP zone "
            "or a priority district. It replaces an older contract that the doctor ends.",
        ),
        rule=f"""metier parmi {DOCTORS}
situations contient liberal
zones touche {{QPV, ZIP}}
pas ancien_contrat""",
        source=_OMNIPRAT,
        checked=READ_ON,
        opens=_SINCE,
        amounts=(rate(10),),
    ),
    SchemeRow(
        code="caim",
        topic=Topic.SETTLING,
        payer=Payer.HEALTH_INSURANCE,
        receivers=(PERSON,),
        label=(
            "Contrat d’aide à l’installation des médecins (CAIM)",
            "Settlement contract for doctors (CAIM)",
        ),
        content=(
            "Jusqu’à 50 000 € contre cinq ans d’exercice en groupe ou en CPTS, des gardes et au "
            "moins deux jours et demi par semaine. Fermé aux nouvelles demandes : les contrats en "
            "cours vont à leur terme.",
            "Up to €50,000 for five years of group practice, on-call duty and at least two and a "
            "half days a week. Closed to new requests: running contracts go to their term.",
        ),
        rule=f"""metier parmi {DOCTORS}
exercice_groupe
participe_garde
jours_par_semaine >= 2,5
zones contient ZIP""",
        source=(
            "PAPS Pays de la Loire, l’installation",
            "https://www.paysdelaloire.paps.sante.fr/linstallation-61",
        ),
        checked=READ_ON,
        closes=_END_OF_2025,
        owed=Owed(("Cinq ans d’exercice.", "Five years of practice."), months=60),
        amounts=(once(0, 50_000),),
    ),
    SchemeRow(
        code="cotram-coscom-cstm",
        topic=Topic.SETTLING,
        payer=Payer.HEALTH_INSURANCE,
        receivers=(PERSON,),
        label=(
            "Contrats COTRAM, COSCOM et CSTM",
            "COTRAM, COSCOM and CSTM contracts",
        ),
        content=(
            "Trois contrats démographiques pour transmettre son cabinet, exercer en groupe ou "
            "prêter main-forte en ZIP (par exemple 25 % des honoraires). Fermés aux nouvelles "
            "demandes.",
            "Three contracts to hand over a practice, work in a group or help in a ZIP zone (for "
            "instance 25% of fees). Closed to new requests.",
        ),
        rule=f"""metier parmi {DOCTORS}
situations contient liberal
zones contient ZIP""",
        source=(
            "USMY, actualités de janvier 2025",
            "https://usmy.fr/2025/01/01/usmy-news-janvier-2025",
        ),
        checked=READ_ON,
        closes=_END_OF_2025,
        amounts=(rate(25, label=("des honoraires en ZIP", "of the fees in a ZIP zone")),),
    ),
    SchemeRow(
        code="contrat-debut-exercice",
        topic=Topic.SETTLING,
        payer=Payer.ARS,
        receivers=(PERSON,),
        label=("Contrat de début d’exercice", "Early practice contract"),
        content=(
            "Complément de revenu la première année et protection en cas de maladie ou de "
            "maternité, pour un médecin qui s’installe ou remplace, ou un étudiant qui a sa "
            "licence de remplacement, en ZIP, ZAC ou ZAR.",
            "A top-up of income in the first year and cover for sickness and maternity, for a "
            "doctor who settles or works as a locum, or a student licensed to, in a ZIP, ZAC or "
            "ZAR zone.",
        ),
        rule=f"""metier parmi {DOCTORS}
situations touche {{etudiant, interne, liberal, remplacant}}
zones touche {{ZAC, ZAR, ZIP}}
une (
  inscription_ordre_le > aujourd’hui - 1 an
  installation_le > aujourd’hui - 1 an
)
une (
  pas situations contient remplacant
  jours_par_trimestre >= 29
)
{ONCE_IN_TEN_YEARS}""",
        source=(
            "PAPS Centre-Val de Loire, les aides à l’installation",
            "https://www.centre-val-de-loire.paps.sante.fr/les-aides-linstallation-17?parent=8971",
        ),
        checked=READ_ON,
        every=180,
        doubt=(
            "Un portail régional le dit supprimé depuis le 1er janvier 2024, d’autres le "
            "présentent encore : demandez à votre agence régionale de santé.",
            "One regional portal says it was abolished on 1 January 2024, others still present "
            "it: ask your regional health agency.",
        ),
        owed=Owed(("Contrat de trois ans.", "A three-year contract."), months=36),
    ),
    SchemeRow(
        code="anciens-contrats-praticien-territorial",
        topic=Topic.SETTLING,
        payer=Payer.ARS,
        receivers=(PERSON,),
        label=(
            "Anciens contrats PTMG, PTMA, PTMR et PIAS",
            "Former PTMG, PTMA, PTMR and PIAS contracts",
        ),
        content=(
            "Quatre contrats de praticien territorial, réunis en 2021 dans le contrat de début "
            "d’exercice.",
            "Four contracts of territorial practitioner, merged into the early practice contract "
            "in 2021.",
        ),
        rule=f"""metier parmi {DOCTORS}
zones touche {{ZAC, ZAR, ZIP}}""",
        source=(
            "Le Quotidien du médecin, le contrat unique de début d’exercice",
            "https://static2.lequotidiendumedecin.fr/liberal/assurance-maladie/"
            "le-contrat-unique-de-debut-dexercice-nouvelle-arme-anti-deserts",
        ),
        checked=READ_ON,
        closes=date(2021, 12, 31),
    ),
)

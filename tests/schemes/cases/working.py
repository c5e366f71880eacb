"""Hospitals and training."""

from datetime import date

from tests.schemes.cases.people import (
    AGENT,
    EMPLOYEE,
    NO,
    PECH,
    TO_CHECK,
    YES,
    Case,
    but,
)

_FHF = "fhf.fr"

WORKING_CASES: tuple[Case, ...] = (
    Case("pech", _FHF, TO_CHECK, PECH, "texts of 2024, overdue"),
    Case("pech", _FHF, YES, PECH, "in 2025", on=date(2025, 6, 1)),
    Case("pech", _FHF, NO, but(PECH, tension_nationale=False), "no shortage"),
    Case(
        "prime-exercice-territorial",
        "apvf.asso.fr",
        TO_CHECK,
        {
            "situations": {"praticien_hospitalier"},
            "convention_partagee": True,
            "demi_journees_hors_site": 2,
        },
        "amounts of 2017",
    ),
    Case("etude-promotionnelle", "anfh.fr", YES, AGENT, "admitted, agreed"),
    Case(
        "etude-promotionnelle",
        "anfh.fr",
        NO,
        but(AGENT, accord_employeur=False),
        "the employer decides",
    ),
    Case(
        "etude-promotionnelle",
        "anfh.fr",
        NO,
        but(AGENT, secteur_employeur="prive"),
        "public hospitals only",
    ),
    Case("periode-reconversion", "synerpa.fr", YES, EMPLOYEE, "amendment signed"),
    Case(
        "periode-reconversion", "synerpa.fr", NO, EMPLOYEE, "before the law", on=date(2025, 10, 23)
    ),
    Case(
        "subvention-ipa-ile-de-france",
        "stop-vog.fr",
        NO,
        {"departement": "75", "metier": "nurse", "admis_en_formation": True},
        "call closed on 12 May 2025",
    ),
    Case(
        "voitures-service-ain",
        "auto-infos.fr",
        NO,
        {"departement": "01", "nature": "aide_a_domicile", "heures_par_mois": 103},
        "104 hours a month",
    ),
)

"""Students and interns."""

from datetime import date

from tests.schemes.cases.people import (
    INTERN,
    JUNIOR,
    NO,
    NURSING_STUDENT,
    TO_CHECK,
    YES,
    Case,
    but,
)

_RAOUL, _FHF = "raoul-img.fr", "fhf.fr"

STUDYING_CASES: tuple[Case, ...] = (
    Case(
        "cesp",
        "asp.gouv.fr",
        YES,
        {
            "metier": "dentist",
            "situations": {"etudiant"},
            "annee_etudes_medicales": 4,
            "accepte_engagement": True,
        },
        "from the 4th year",
    ),
    Case(
        "cesp",
        "asp.gouv.fr",
        NO,
        {"metier": "dentist", "annee_etudes_medicales": 3},
        "a year too early",
    ),
    Case("hebergement-interne", _RAOUL, TO_CHECK, INTERN, "sources disagree on the distance"),
    Case(
        "hebergement-interne",
        _RAOUL,
        NO,
        but(INTERN, loge_par_collectivite=True),
        "housed already",
    ),
    Case(
        "transport-interne",
        _RAOUL,
        YES,
        but(INTERN, distance_chu_km=16, distance_domicile_km=16),
        "beyond 15 km of both",
    ),
    Case("transport-interne", _RAOUL, NO, but(INTERN, distance_chu_km=15), "15 km is not beyond"),
    Case(
        "transport-interne", _RAOUL, NO, but(INTERN, autre_aide_transport=True), "another refund"
    ),
    Case(
        "hebergement-externe",
        "lequotidiendumedecin.fr",
        YES,
        but(INTERN, situations={"externe"}),
        "ambulatory in ZAC",
    ),
    Case("hebergement-externe", "lequotidiendumedecin.fr", NO, INTERN, "an intern is no extern"),
    Case("docteur-junior-zip", _FHF, YES, JUNIOR, "in ZIP"),
    Case("docteur-junior-zip", _FHF, NO, JUNIOR, "from November 2026", on=date(2026, 10, 31)),
    Case("docteur-junior-activite", _FHF, YES, JUNIOR, "200 acts a month"),
    Case("docteur-junior-activite", _FHF, NO, but(JUNIOR, actes_par_mois=199), "199 acts a month"),
    Case(
        "indemnite-etude-collectivite",
        "atd31.fr",
        NO,
        but(INTERN, metier="nurse"),
        "medicine and dentistry only",
    ),
    Case(
        "cae-normandie",
        "normandie.ars.sante.fr",
        YES,
        but(NURSING_STUDENT, departement="14"),
        "last year, signed",
    ),
    Case("cae-normandie", "normandie.ars.sante.fr", NO, NURSING_STUDENT, "another region"),
    Case(
        "cae-pays-de-la-loire",
        "pays-de-la-loire.ars.sante.fr",
        YES,
        NURSING_STUDENT,
        "signed with a structure",
    ),
    Case(
        "cae-pays-de-la-loire",
        "pays-de-la-loire.ars.sante.fr",
        NO,
        but(NURSING_STUDENT, situations={"etudiant", "apprenti"}),
        "not with apprenticeship",
    ),
    Case(
        "cae-pays-de-la-loire",
        "pays-de-la-loire.ars.sante.fr",
        TO_CHECK,
        but(NURSING_STUDENT, campagne_ouverte=None),
        "is the call open?",
        frozenset({"campagne_ouverte"}),
    ),
    Case(
        "cae-centre-val-de-loire",
        "centre-val-de-loire.ars.sante.fr",
        TO_CHECK,
        but(NURSING_STUDENT, departement="45"),
        "page of 2025, overdue",
        on=date(2027, 1, 1),
    ),
    Case(
        "bourses-sarthe",
        "sarthe.fr",
        YES,
        but(INTERN, departement="72", metier="general_practitioner", accepte_engagement=True),
        "future doctor",
    ),
    Case(
        "bourse-vienne",
        "lagazettedescommunes.com",
        NO,
        {"departement": "86", "metier": "dentist", "accepte_engagement": True},
        "closed in 2017",
    ),
    Case(
        "bourse-manche",
        "destinationsante.com",
        TO_CHECK,
        {"departement": "50", "metier": "dentist", "accepte_engagement": True},
        "a scheme of 2009",
    ),
)

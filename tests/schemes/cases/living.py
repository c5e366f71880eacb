"""Home, children and journeys."""

from datetime import date

from tests.schemes.cases.people import (
    APPRENTICE,
    CHILD,
    INTERN,
    JOB_SEEKER,
    LEASE,
    MOVER,
    NO,
    TENANT,
    TO_CHECK,
    YES,
    Case,
    but,
)

LIVING_CASES: tuple[Case, ...] = (
    Case(
        "visale-30-ans",
        "visale.fr",
        YES,
        {"age": 30, "secteur_employeur": "fph"},
        "public staff too",
    ),
    Case("visale-30-ans", "visale.fr", NO, {"age": 31}, "over 30"),
    Case("visale-plus-de-30-ans", "adil36.org", YES, TENANT, "hired five months ago"),
    Case(
        "visale-plus-de-30-ans",
        "adil36.org",
        NO,
        but(TENANT, secteur_employeur="fph"),
        "public staff are out",
    ),
    Case(
        "visale-plus-de-30-ans",
        "adil36.org",
        NO,
        but(TENANT, embauche_le=date(2026, 5, 22)),
        "six months already",
    ),
    Case(
        "visale-plus-de-30-ans",
        "adil36.org",
        YES,
        but(TENANT, embauche_le=date(2020, 1, 1), salaire_net=1_710),
        "net pay of 1,710 €",
    ),
    Case(
        "visale-plus-de-30-ans",
        "adil36.org",
        NO,
        but(TENANT, embauche_le=date(2020, 1, 1), salaire_net=1_711),
        "a euro above",
    ),
    Case(
        "visale-plus-de-30-ans", "adil36.org", NO, but(TENANT, loyer=1_500), "rent too high here"
    ),
    Case(
        "visale-plus-de-30-ans",
        "adil36.org",
        YES,
        but(TENANT, loyer=1_500, grande_agglomeration=True),
        "large city",
    ),
    Case("bail-mobilite", "guidedulogement06.com", YES, LEASE, "ten months"),
    Case(
        "bail-mobilite",
        "guidedulogement06.com",
        NO,
        but(LEASE, duree_bail_mois=11),
        "eleven months",
    ),
    Case("mobili-pass", "formasup-paris.com", YES, MOVER, "70 km"),
    Case(
        "mobili-pass",
        "formasup-paris.com",
        NO,
        but(MOVER, secteur_employeur="fph"),
        "private employers only",
    ),
    Case("mobili-pass", "formasup-paris.com", NO, but(MOVER, effectif=9), "nine employees"),
    Case(
        "mobili-pass",
        "formasup-paris.com",
        NO,
        but(MOVER, distance_domicile_km=69, trajet_min=74),
        "neither 70 km nor 1 h 15",
    ),
    Case(
        "mobili-pass",
        "formasup-paris.com",
        NO,
        but(MOVER, aide_mobilite_recue=True, derniere_aide_mobilite_le=date(2025, 1, 1)),
        "once in two years",
    ),
    Case("mobili-jeune", "ehrengarth.fr", YES, APPRENTICE, "under 30, private"),
    Case("mobili-jeune", "ehrengarth.fr", NO, but(APPRENTICE, age=30), "30 already"),
    Case(
        "mobili-jeune", "ehrengarth.fr", NO, but(APPRENTICE, salaire_part_smic=121), "above 120 %"
    ),
    Case("aide-garde-enfants", "cap-metiers.pro", YES, JOB_SEEKER, "in 2025", on=date(2025, 6, 1)),
    Case(
        "aide-garde-enfants", "cap-metiers.pro", TO_CHECK, JOB_SEEKER, "amounts of 2024, overdue"
    ),
    Case(
        "aide-garde-enfants",
        "cap-metiers.pro",
        NO,
        but(JOB_SEEKER, enfants_moins_12=0),
        "no child under 12",
    ),
    Case(
        "aide-mobilite-france-travail",
        "unsafrancetravail.fr",
        YES,
        JOB_SEEKER,
        "62 km both ways",
        on=date(2025, 6, 1),
    ),
    Case(
        "aide-mobilite-france-travail",
        "unsafrancetravail.fr",
        NO,
        but(JOB_SEEKER, duree_contrat_mois=2),
        "two months only",
    ),
    Case("creche-hospitaliere", "lesprosdelapetiteenfance.fr", YES, CHILD, "a place is offered"),
    Case(
        "creche-hospitaliere",
        "lesprosdelapetiteenfance.fr",
        NO,
        but(CHILD, secteur_employeur="prive"),
        "hospital staff",
    ),
    Case(
        "garde-enfant-caf",
        "mnh.fr",
        YES,
        {"enfants_moins_6": 2, "paie_garde": True},
        "two children",
    ),
    Case(
        "maison-des-internes",
        "paysdesherbiers.fr",
        TO_CHECK,
        INTERN,
        "is there a place?",
        frozenset({"place_proposee"}),
    ),
)

"""People of the hand-worked cases, and what a case is: a person, an aid, a day, an answer.

Each answer was worked out by hand from the page named by `site`, which is that of the aid. A set
stands for all that somebody is or has; a fact that is not given is unknown.
"""

from datetime import date
from typing import Any, NamedTuple

from ancrage.core.eligibility.values import Members, State

NO, TO_CHECK, YES = State.NO, State.TO_CHECK, State.YES
DAY = date(2026, 11, 22)


class Case(NamedTuple):
    """What is known, and what is expected of one aid; `missing`: the facts to be asked."""

    aid: str
    site: str
    expected: State
    facts: dict[str, Any]
    why: str
    missing: frozenset[str] = frozenset()
    on: date = DAY


def but(facts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The same facts, some changed; `None` makes one unknown."""
    return {**facts, **changes}


SETTLING = {
    "metier": "general_practitioner",
    "premiere_installation": True,
    "exercice_principal": True,
    "installation_le": date(2026, 3, 2),
    "zones": {"ZIP"},
    "secteur": "secteur_1",
    "aide_meme_categorie": False,
}
STARTING = {
    "metier": "general_practitioner",
    "situations": {"remplacant"},
    "zones": {"ZAR"},
    "inscription_ordre_le": date(2026, 2, 1),
    "jours_par_trimestre": 29,
    "aide_meme_categorie": False,
}
CAIM = {
    "metier": "general_practitioner",
    "exercice_groupe": True,
    "participe_garde": True,
    "jours_par_semaine": 3,
    "zones": {"ZIP"},
}
INTERN = {
    "situations": {"interne"},
    "stage_ambulatoire": True,
    "zones": {"ZAC"},
    "loge_par_collectivite": False,
    "distance_chu_km": 40,
    "distance_domicile_km": 25,
    "autre_aide_transport": False,
}
FIRM = {
    "creation_reprise_le": date(2025, 1, 15),
    "effectif": 3,
    "siege_dans_zone": True,
    "regime_reel": True,
    "zones": {"FRR"},
    "aide_meme_categorie": False,
}
ASSISTANT = {
    "metier": "specialist_doctor",
    "assistant_medical": True,
    "exercice_groupe": True,
    "patientele_au_dessus_p30": True,
    "secteur": "secteur_2",
    "optam": True,
}
NURSING_STUDENT = {
    "metier": "nurse",
    "situations": {"etudiant"},
    "departement": "44",
    "derniere_annee": True,
    "contrat_signe_ars": True,
    "campagne_ouverte": True,
}
PECH = {
    "situations": {"praticien_contractuel"},
    "passera_concours_ph": True,
    "tension_nationale": True,
    "tension_locale": False,
}
TENANT = {
    "age": 41,
    "secteur_employeur": "prive",
    "embauche_le": date(2026, 6, 22),
    "mutation": False,
    "promesse_embauche_le": date(2026, 5, 1),
    "salaire_net": 2_000,
    "loyer": 900,
    "grande_agglomeration": False,
}
MOVER = {
    "secteur_employeur": "prive",
    "effectif": 12,
    "demenage": True,
    "distance_domicile_km": 70,
    "trajet_min": 60,
    "embauche_le": date(2026, 9, 1),
    "revenus_sous_plafond": True,
    "aide_mobilite_recue": False,
}
APPRENTICE = {
    "age": 29,
    "contrat": "apprentissage",
    "secteur_employeur": "prive",
    "salaire_part_smic": 110,
}
JOB_SEEKER = {
    "situations": {"demandeur_emploi"},
    "reprise_emploi_formation": True,
    "enfants_moins_12": 2,
    "allocation_part_are": 1,
    "distance_domicile_km": 31,
    "contrat": "cdd",
    "duree_contrat_mois": 3,
}
AGENT = {
    "situations": {"fonctionnaire"},
    "secteur_employeur": "fph",
    "admis_en_formation": True,
    "accord_employeur": True,
}
EMPLOYEE = {"situations": {"salarie"}, "secteur_employeur": "prive", "avenant_signe": True}

SECONDARY = but(SETTLING, cabinet_secondaire=True)
PARTLY_QPV = Members(frozenset(), frozenset({"ZIP", "ZAC"}))
JUNIOR = {"situations": {"docteur_junior"}, "zones": {"ZIP"}, "actes_par_mois": 200}
HOST = {
    "metier": "general_practitioner",
    "maitre_de_stage": True,
    "accueille_docteur_junior": True,
}
LEASE = {"logement_meuble": True, "motifs_bail": {"stage"}, "duree_bail_mois": 10}
CHILD = {"secteur_employeur": "fph", "enfants_moins_6": 1, "place_proposee": True}

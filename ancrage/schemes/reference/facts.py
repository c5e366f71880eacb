"""The facts that a rule may name: their words, their labels, and what they are counted in.

Names are those that coordinators write in rules, in French. None is ever stored about anybody: a
person gives them for one answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ancrage.professions.reference import PROFESSIONS
from ancrage.schemes.enums import FactNature, Zone
from ancrage.territory.reference.departments import DEPARTMENTS

Words = Mapping[str, str | Promise]


@dataclass(frozen=True)
class FactRow:
    """One fact: its name in rules, its label, its unit, and the words it may hold."""

    name: str
    nature: FactNature
    label: str | Promise
    unit: str | Promise = ""
    words: Words = field(default_factory=dict)


SITUATIONS: Words = {
    "etudiant": _("étudiant en santé ou en travail social"),
    "externe": _("étudiant en médecine, 2e cycle (externe)"),
    "interne": _("interne"),
    "docteur_junior": _("docteur junior"),
    "remplacant": _("remplaçant"),
    "liberal": _("professionnel libéral"),
    "salarie": _("salarié"),
    "fonctionnaire": _("fonctionnaire"),
    "contractuel_public": _("contractuel de la fonction publique"),
    "praticien_contractuel": _("praticien contractuel ou assistant à l’hôpital"),
    "praticien_hospitalier": _("praticien hospitalier"),
    "apprenti": _("apprenti ou alternant"),
    "demandeur_emploi": _("demandeur d’emploi"),
}
SECTORS: Words = {
    "fph": _("fonction publique hospitalière"),
    "fpt": _("fonction publique territoriale"),
    "fpe": _("fonction publique d’État"),
    "prive": pgettext_lazy("employeur", "privé, associations comprises"),
    "agricole": pgettext_lazy("employeur", "agricole"),
}
AGREEMENTS: Words = {
    "secteur_1": _("secteur 1"),
    "secteur_2": _("secteur 2"),
    "secteur_3": _("non conventionné"),
}
CONTRACTS: Words = {
    "cdi": _("CDI"),
    "cdd": _("CDD"),
    "titulaire": _("titulaire ou stagiaire de la fonction publique"),
    "apprentissage": _("apprentissage"),
    "professionnalisation": _("contrat de professionnalisation"),
}
REASONS_TO_MOVE: Words = {
    "formation": _("formation professionnelle"),
    "etudes": _("études supérieures"),
    "stage": pgettext_lazy("motif de bail", "stage"),
    "apprentissage": _("apprentissage"),
    "service_civique": _("service civique"),
    "mutation": _("mutation professionnelle"),
    "mission": _("mission temporaire"),
}
BODIES: Words = {
    "cabinet": _("cabinet ou société d’exercice"),
    "hopital_public": _("établissement public de santé"),
    "ehpad_public": _("établissement médico-social public"),
    "etablissement_prive": _("établissement privé ou associatif"),
    "aide_a_domicile": _("service d’aide à domicile"),
    "collectivite": _("commune, intercommunalité ou département"),
}


def _in_language(french: str, english: str) -> str:
    return english if get_language() == "en" else french


_bilingual = lazy(_in_language, str)

_flag, _number, _day = FactNature.FLAG, FactNature.NUMBER, FactNature.DAY
_choice, _set = FactNature.CHOICE, FactNature.SET
_EUROS_A_MONTH = _("€ par mois")


@cache
def fact_rows() -> Mapping[str, FactRow]:
    """Return the facts by name, in the order in which a form asks for them."""
    professions: Words = {row.code: _bilingual(row.label_fr, row.label_en) for row in PROFESSIONS}
    departments: Words = {code: name for code, (name, _region) in sorted(DEPARTMENTS.items())}
    rows = (
        # Who.
        FactRow("metier", _choice, _("Métier exercé ou préparé"), words=professions),
        FactRow("situations", _set, _("Situation"), words=SITUATIONS),
        FactRow("age", _number, _("Âge"), _("ans")),
        FactRow("derniere_annee", _flag, _("En dernière année d’études")),
        FactRow("annee_etudes_medicales", _number, _("Année d’études médicales"), _("e année")),
        # Where.
        FactRow("departement", _choice, _("Département d’exercice"), words=departments),
        FactRow("zones", _set, _("Zonage du lieu d’exercice"), words=dict(Zone.choices)),
        FactRow("habitants", _number, _("Population de la commune"), _("habitants")),
        # Independent practice.
        FactRow("secteur", _choice, _("Secteur conventionnel"), words=AGREEMENTS),
        FactRow("optam", _flag, _("Adhérent à l’OPTAM ou à l’OPTAM-ACO")),
        FactRow("premiere_installation", _flag, _("Première installation en libéral")),
        FactRow("installation_le", _day, _("Date d’installation")),
        FactRow("inscription_ordre_le", _day, _("Date d’inscription à l’Ordre")),
        FactRow("exercice_principal", _flag, _("Lieu d’exercice principal dans la zone")),
        FactRow("cabinet_secondaire", _flag, _("Cabinet secondaire dans la zone")),
        FactRow("exercice_groupe", _flag, _("Exercice en groupe ou membre d’une CPTS")),
        FactRow("participe_garde", _flag, _("Participe à la permanence des soins")),
        FactRow("jours_par_semaine", _number, _("Jours d’exercice par semaine"), _("jours")),
        FactRow(
            "jours_par_trimestre", _number, _("Jours de remplacement par trimestre"), _("jours")
        ),
        FactRow("ancien_contrat", _flag, _("Ancien contrat démographique encore en cours")),
        FactRow("patientele_au_dessus_p30", _flag, _("Patientèle au-dessus du 30e centile")),
        FactRow("assistant_medical", _flag, _("Emploie ou va employer un assistant médical")),
        FactRow("annee_de_contrat", _number, _("Année du contrat en cours"), _("e année")),
        FactRow("maitre_de_stage", _flag, _("Maître de stage universitaire agréé")),
        FactRow("accueille_docteur_junior", _flag, _("Accueille un docteur junior")),
        FactRow("supervise_garde", _flag, _("Supervise les gardes du docteur junior")),
        FactRow("aide_meme_categorie", _flag, _("A déjà eu une aide de la même catégorie")),
        FactRow("derniere_aide_le", _day, _("Date de la dernière aide de la même catégorie")),
        FactRow("accepte_engagement", _flag, _("Accepte la durée d’engagement demandée")),
        # Students on placement.
        FactRow("stage_ambulatoire", _flag, _("Stage en ambulatoire")),
        FactRow("loge_par_collectivite", _flag, _("Logé ou aidé par une collectivité locale")),
        FactRow("distance_chu_km", _number, _("Distance du stage au CHU"), _("km")),
        FactRow("distance_domicile_km", _number, _("Distance du domicile au travail"), _("km")),
        FactRow("autre_aide_transport", _flag, _("Reçoit un autre remboursement de ses trajets")),
        FactRow("actes_par_mois", _number, _("Actes par mois en moyenne"), _("actes")),
        FactRow("contrat_signe_ars", _flag, _("Contrat d’allocation signé avec une structure")),
        # Employment.
        FactRow("secteur_employeur", _choice, _("Secteur de l’employeur"), words=SECTORS),
        FactRow("effectif", _number, _("Salariés de l’employeur"), _("salariés")),
        FactRow("contrat", _choice, _("Contrat de travail"), words=CONTRACTS),
        FactRow("duree_contrat_mois", _number, _("Durée du contrat"), _("mois")),
        FactRow("heures_par_mois", _number, _("Heures de travail par mois"), _("h")),
        FactRow("embauche_le", _day, _("Date d’embauche")),
        FactRow("mutation", _flag, _("Mutation professionnelle")),
        FactRow("promesse_embauche_le", _day, _("Date de la promesse d’embauche")),
        FactRow("revenus_sous_plafond", _flag, _("Revenus sous le plafond de l’aide")),
        FactRow("salaire_net", _number, _("Salaire net"), _EUROS_A_MONTH),
        FactRow("salaire_part_smic", _number, _("Salaire, en part du SMIC"), _("% du SMIC")),
        FactRow("allocation_part_are", _number, _("Allocation chômage"), _("fois l’ARE minimale")),
        FactRow("reprise_emploi_formation", _flag, _("Reprend un emploi ou une formation")),
        FactRow("trajet_min", _number, _("Trajet du domicile au travail"), _("minutes")),
        FactRow("demi_journees_hors_site", _number, _("Demi-journées par semaine hors du site")),
        FactRow("convention_partagee", _flag, _("Convention d’activité partagée signée")),
        FactRow("au_dela_obligations", _flag, _("Temps en plus des obligations de service")),
        FactRow("passera_concours_ph", _flag, _("S’engage à passer le concours de PH")),
        FactRow("tension_nationale", _flag, _("Spécialité en tension nationale")),
        FactRow("tension_locale", _flag, _("Spécialité en tension locale")),
        # Training.
        FactRow("admis_en_formation", _flag, _("Admis dans l’école ou la formation")),
        FactRow("accord_employeur", _flag, _("Accord écrit de l’employeur")),
        FactRow("accord_financeur", _flag, _("Accord de l’organisme qui finance")),
        FactRow("avenant_signe", _flag, _("Avenant au contrat de travail signé")),
        FactRow("campagne_ouverte", _flag, _("Campagne ou appel ouvert aujourd’hui")),
        # Home.
        FactRow("loyer", _number, _("Loyer, charges comprises"), _EUROS_A_MONTH),
        FactRow("grande_agglomeration", _flag, _("Logement dans une grande agglomération")),
        FactRow("logement_meuble", _flag, _("Logement meublé")),
        FactRow("motifs_bail", _set, _("Motif de la location"), words=REASONS_TO_MOVE),
        FactRow("duree_bail_mois", _number, _("Durée de la location"), _("mois")),
        FactRow("demenage", _flag, _("Change de logement pour ce poste")),
        FactRow("derniere_aide_mobilite_le", _day, _("Date de la dernière aide à la mobilité")),
        FactRow("aide_mobilite_recue", _flag, _("A déjà eu cette aide à la mobilité")),
        FactRow("place_proposee", _flag, _("Une place est proposée")),
        # Household.
        FactRow("enfants_moins_6", _number, _("Enfants de moins de 6 ans"), _("enfants")),
        FactRow("enfants_moins_12", _number, _("Enfants de moins de 12 ans"), _("enfants")),
        FactRow("paie_garde", _flag, _("Paie un mode de garde")),
        # The body itself.
        FactRow("nature", _choice, _("Nature de la structure"), words=BODIES),
        FactRow("creation_reprise_le", _day, _("Date de création ou de reprise")),
        FactRow("siege_dans_zone", _flag, _("Siège et moyens dans la zone")),
        FactRow("regime_reel", _flag, _("Régime réel d’imposition")),
        FactRow("exoneration_votee", _flag, _("Exonération votée par la collectivité")),
        FactRow(
            "convention_ars", _flag, _("Convention transmise à l’ARS et à l’assurance maladie")
        ),
    )
    return {row.name: row for row in rows}

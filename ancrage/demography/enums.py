"""The vocabulary of medical demography: which files are held, about whom."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Dataset(TextChoices):
    """What a file of one year says, commune by commune, or department by department."""

    ACCESS = "access", _("Accessibilité publiée (APL)")
    PEOPLE = "people", _("Population par âge")
    PROFESSIONALS = "professionals", _("Professionnels par commune")
    ROADS = "roads", _("Minutes de route entre communes")
    MEANS = "means", _("Accessibilité moyenne par département")
    PLACES = "places", _("Communes et leurs coordonnées")


class Care(TextChoices):
    """Whom accessibility is counted to."""

    GP = "gp", _("Médecins généralistes")
    NURSE = "nurse", _("Infirmières et infirmiers")
    PHYSIO = "physio", _("Masseurs-kinésithérapeutes")
    MIDWIFE = "midwife", _("Sages-femmes")
    DENTIST = "dentist", _("Chirurgiens-dentistes")


# People, roads and places are the same whoever is asked for.
OF_SOMEBODY = frozenset({Dataset.ACCESS, Dataset.PROFESSIONALS, Dataset.MEANS})


class Among(TextChoices):
    """Which communes may receive the posts of a study."""

    ALL = "all", _("Toutes les communes du territoire")
    HOSTS = "hosts", _("Celles où une structure partenaire peut accueillir")
    CHOSEN = "chosen", _("Celles que je choisis")


class SitingGoal(TextChoices):
    """What posts are placed for; the same words as `core.accessibility.siting`."""

    DEFICIT = "deficit", _("Réduire le manque")
    WORST_OFF = "worst-off", _("Relever la commune la moins bien servie")
    COVER = "cover", _("Que le plus de monde ait quelqu’un tout près")


class FileStatus(TextChoices):
    """Where a file that was brought stands."""

    CHOOSING = "choosing", _("Feuille à choisir")
    WAITING = "waiting", _("Lecture en cours")
    READY = "ready", _("Lu")
    REFUSED = "refused", _("Refusé")


class StudyStatus(TextChoices):
    """Where the proof of a study stands."""

    WAITING = "waiting", _("Preuve en attente")
    RUNNING = "running", _("Preuve en cours")
    DONE = "done", _("Terminée")


class StepKind(TextChoices):
    """What a scenario supposes."""

    ARRIVES = "arrives", _("S’installe")
    LEAVES = "leaves", _("S’en va")
    HALF = "half", _("Passe à mi-temps")
    MOVES = "moves", _("Change de commune")
    PEOPLE = "people", _("La population change")


class DemographyEvent(TextChoices):
    """What the journal tells of medical demography: the actions of its lines."""

    VINTAGE_SAVED = "vintage.saved", _("Millésime importé")
    VINTAGE_FORGOTTEN = "vintage.forgotten", _("Millésime retiré")
    STUDY_ASKED = "siting.asked", _("Étude d’implantation demandée")
    STUDY_STOPPED = "siting.stopped", _("Étude d’implantation arrêtée")
    STUDY_SEARCHED = "siting.searched", _("Étude d’implantation achevée")
    STUDY_FORGOTTEN = "siting.forgotten", _("Étude d’implantation retirée")
    STUDY_RESTORED = "siting.restored", _("Étude d’implantation remise en place")
    SCENARIO_MADE = "scenario.made", _("Scénario créé")
    SCENARIO_DESCRIBED = "scenario.described", _("Scénario décrit")
    SCENARIO_CHANGED = "scenario.changed", _("Hypothèses d’un scénario changées")
    SCENARIO_COMPUTED = "scenario.computed", _("Scénario recalculé")
    SCENARIO_DELETED = "scenario.deleted", _("Scénario supprimé")
    SCENARIO_RESTORED = "scenario.restored", _("Scénario remis en place")
    SET_MADE = "parameters.made", _("Jeu de paramètres créé")
    SET_REVISED = "parameters.revised", _("Nouvelle version d’un jeu de paramètres")
    SET_CHOSEN = "parameters.chosen", _("Jeu de paramètres choisi pour le territoire")
    SET_UNCHOSEN = "parameters.unchosen", _("Retour au jeu de paramètres de la plateforme")
    SET_ARCHIVED = "parameters.archived", _("Jeu de paramètres archivé")
    SET_RESTORED = "parameters.restored", _("Jeu de paramètres sorti des archives")
    SET_DELETED = "parameters.deleted", _("Jeu de paramètres supprimé")

"""The vocabulary of journeys: from the first talk to a year in post."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JourneyState(TextChoices):
    """Where the support of a person stands."""

    ACTIVE = "active", _("En accompagnement")
    # Hired: what follows is asked at 1, 3, 6 and 12 months.
    IN_POST = "in_post", _("En poste, à suivre")
    CLOSED = "closed", _("Parcours terminé")


TRANSITIONS: Mapping[JourneyState, frozenset[JourneyState]] = MappingProxyType(
    {
        JourneyState.ACTIVE: frozenset({JourneyState.IN_POST, JourneyState.CLOSED}),
        JourneyState.IN_POST: frozenset({JourneyState.ACTIVE, JourneyState.CLOSED}),
        JourneyState.CLOSED: frozenset({JourneyState.ACTIVE}),
    }
)
OPEN_STATES = frozenset({JourneyState.ACTIVE, JourneyState.IN_POST})


class WaitsFor(TextChoices):
    """Who must do the next action: ourselves, or somebody we shall remind."""

    ADVISOR = "advisor", _("À faire par nous")
    PERSON = "person", _("Attend la personne")
    PARTNER = "partner", _("Attend une structure")
    OTHER = "other", _("Attend un autre organisme")


class CloseReason(TextChoices):
    """Why the support ends."""

    SETTLED = "settled", _("En poste, suivi terminé")
    FOUND_ALONE = "found_alone", _("A trouvé un poste par ailleurs")
    TRAINING = "training", _("Entrée en formation longue")
    NO_LONGER_LOOKING = "no_longer_looking", _("Ne cherche plus")
    LEFT_TERRITORY = "left_territory", _("A quitté le territoire")
    DECLINED = "declined", _("Ne souhaite plus être accompagnée")
    NO_NEWS = "no_news", _("Sans nouvelles malgré les relances")
    MISTAKE = "mistake", _("Ouvert par erreur")
    # Written by the platform only.
    ERASED = "erased", _("Profil effacé")
    MERGED = "merged", _("Réuni à un autre parcours de la même personne")


# What nobody chooses: written by the platform.
WRITTEN_BY_PLATFORM = frozenset({CloseReason.ERASED, CloseReason.MERGED})


class ContactKind(TextChoices):
    """How one tried to reach the person, or they us."""

    CALL = "call", _("Appel")
    MAIL = "mail", _("Courriel")
    TEXT = "text", pgettext_lazy("contact", "SMS")
    MEETING = "meeting", _("Entretien")
    VIDEO = "video", _("Visioconférence")
    EVENT = "event", _("Rencontre ou forum")


class ContactOutcome(TextChoices):
    """Whether the person was heard."""

    ANSWERED = "answered", _("Échange avec la personne")
    MESSAGE_LEFT = "message_left", _("Message laissé")
    NO_ANSWER = "no_answer", _("Pas de réponse")


class ImmersionKind(TextChoices):
    """What a person goes and sees before a post."""

    VISIT = "visit", _("Visite d’une structure")
    IMMERSION = "immersion", _("Immersion")
    PMSMP = "pmsmp", _("Mise en situation professionnelle (PMSMP)")
    TERRITORY = "territory", _("Découverte du territoire")


class ImmersionState(TextChoices):
    """Whether it took place."""

    PLANNED = "planned", _("Prévue")
    DONE = "done", _("Faite")
    CANCELLED = "cancelled", _("Annulée")


class MilestoneKind(TextChoices):
    """What a journey has reached, in the order of the funnel."""

    ACCOMPANIED = "accompanied", _("Accompagnée")
    IMMERSED = "immersed", _("En immersion")
    INTRODUCED = "introduced", _("Mise en relation")
    MET = "met", _("Rencontre avec une structure")
    TRAINED = "trained", _("Entrée en formation")
    HIRED = "hired", _("Embauchée")
    KEPT_3 = "kept_3", _("En poste à 3 mois")
    KEPT_6 = "kept_6", _("En poste à 6 mois")
    KEPT_12 = "kept_12", _("En poste à 12 mois")
    LEFT = "left", _("Partie du poste")


class LeaveReason(TextChoices):
    """Why a person left a post."""

    CONTRACT_END = "contract_end", _("Fin du contrat")
    OTHER_POST_HERE = "other_post_here", _("Autre poste sur le territoire")
    OTHER_POST_AWAY = "other_post_away", _("Autre poste ailleurs")
    TRAINING = "training", _("Reprise d’études ou formation")
    HOURS = "hours", _("Horaires ou charge de travail")
    PAY = "pay", _("Rémunération")
    TEAM = "team", _("Équipe ou encadrement")
    MISSIONS = "missions", _("Contenu du poste")
    DISTANCE = "distance", _("Trajets")
    HOUSING = "housing", _("Logement")
    TRIAL_BY_PARTNER = "trial_by_partner", _("Essai arrêté par la structure")
    TRIAL_BY_PERSON = "trial_by_person", _("Essai arrêté par la personne")
    RETIREMENT = "retirement", _("Retraite")
    PERSONAL = "personal", _("Raison personnelle, sans précision")
    UNKNOWN = "unknown", _("Raison non connue")


class FollowUpSide(TextChoices):
    """Who is asked how the post goes."""

    PERSON = "person", _("La personne")
    PARTNER = "partner", _("La structure")


class FollowUpState(TextChoices):
    """Where a question to one side stands."""

    PLANNED = "planned", _("Prévu")
    SENT = "sent", _("Envoyé")
    REMINDED = "reminded", _("Relancé")
    ANSWERED = "answered", _("Répondu")
    # Nobody may be asked any more: the post ended, the profile is limited or erased, too late.
    DROPPED = "dropped", _("Sans objet")


WAITING_STATES = frozenset({FollowUpState.SENT, FollowUpState.REMINDED})
UNANSWERED_STATES = frozenset({FollowUpState.PLANNED, *WAITING_STATES})


class Presence(TextChoices):
    """Whether the person still holds the post."""

    HERE = "here", _("Oui, toujours en poste")
    LEFT = "left", _("Non, plus en poste")


class Rating(IntegerChoices):
    """How it goes, from the worst to the best."""

    BAD = 1, _("Mal")
    RATHER_BAD = 2, _("Plutôt mal")
    RATHER_GOOD = 3, _("Plutôt bien")
    GOOD = 4, _("Bien")


class Difficulty(TextChoices):
    """What could go better. Nothing of health or family is asked."""

    WELCOME = "welcome", _("L’accueil et l’intégration")
    HOURS = "hours", _("Les horaires")
    WORKLOAD = "workload", _("La charge de travail")
    MISSIONS = "missions", _("Le contenu du poste")
    TRAINING = "training", _("La formation")
    PAY = "pay", _("La rémunération")
    DISTANCE = "distance", _("Les trajets")
    HOUSING = "housing", _("Le logement")


class ArrivalKind(TextChoices):
    """What the welcome of the household changed for an arrival."""

    ARRIVED = "arrived", _("Arrivée grâce à")
    LOST = "lost", _("Perdue à cause de")


class JourneyEvent(TextChoices):
    """What the journal tells of journeys. It names nobody, and quotes no note."""

    OPENED = "journeys.open", _("Parcours ouvert")
    ARRIVAL_NOTED = "journeys.arrival", _("Issue de l’accueil notée")
    ENTRUSTED = "journeys.entrust", _("Parcours confié")
    PLANNED = "journeys.plan", _("Prochaine action fixée")
    GOAL_SET = "journeys.aim", _("Objectif du parcours modifié")
    CONTACT_LOGGED = "journeys.log", _("Contact noté")
    CONTACT_REMOVED = "journeys.unlog", _("Contact retiré")
    STEP_ADDED = "journeys.step_add", _("Étape ajoutée au parcours")
    STEP_DONE = "journeys.step_done", _("Étape du parcours faite")
    STEP_REOPENED = "journeys.step_reopen", _("Étape du parcours rouverte")
    STEP_REMOVED = "journeys.step_remove", _("Étape du parcours retirée")
    IMMERSION_PLANNED = "journeys.immersion", _("Immersion ou visite prévue")
    IMMERSION_SETTLED = "journeys.immersion_settle", _("Suite d’une immersion notée")
    STAY_OPENED = "journeys.stay_open", _("Prise de poste notée")
    STAY_CONFIRMED = "journeys.stay_confirm", _("Présence en poste confirmée")
    STAY_ENDED = "journeys.stay_end", _("Départ noté")
    STAY_REMOVED = "journeys.stay_remove", _("Prise de poste retirée")
    FOLLOW_UP_ANSWERED = "journeys.answer", _("Réponse au point d’étape")
    CALLED_BACK = "journeys.call_back", _("Demande de rappel traitée")
    CLOSED = "journeys.close", _("Parcours terminé")
    REOPENED = "journeys.reopen", _("Parcours rouvert")
    EXPORTED = "journeys.export", _("Parcours exportés")

"""The vocabulary of introductions: their states, who moves them, why they end."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class IntroductionState(TextChoices):
    """Where an introduction stands, from the first word to the post."""

    # Waits for the person: nobody knows their name yet.
    PROPOSED = "proposed", _("Proposée")
    # The person agreed: the structure must answer, and the clock of the charter runs.
    AGREED = "agreed", _("À répondre")
    ANSWERED = "answered", _("À rencontrer")
    MEETING = "meeting", _("Rendez-vous")
    OFFER = "offer", _("Offre faite")
    HIRED = "hired", _("Embauche")
    CLOSED = "closed", _("Close")


TRANSITIONS: Mapping[IntroductionState, frozenset[IntroductionState]] = MappingProxyType(
    {
        IntroductionState.PROPOSED: frozenset(
            {IntroductionState.AGREED, IntroductionState.CLOSED}
        ),
        IntroductionState.AGREED: frozenset(
            {IntroductionState.ANSWERED, IntroductionState.CLOSED}
        ),
        IntroductionState.ANSWERED: frozenset(
            {IntroductionState.MEETING, IntroductionState.OFFER, IntroductionState.CLOSED}
        ),
        IntroductionState.MEETING: frozenset({IntroductionState.OFFER, IntroductionState.CLOSED}),
        IntroductionState.OFFER: frozenset({IntroductionState.HIRED, IntroductionState.CLOSED}),
        IntroductionState.HIRED: frozenset(),
        IntroductionState.CLOSED: frozenset(),
    }
)

OPEN_STATES = frozenset(
    {
        IntroductionState.PROPOSED,
        IntroductionState.AGREED,
        IntroductionState.ANSWERED,
        IntroductionState.MEETING,
        IntroductionState.OFFER,
    }
)
# The structure has accepted to meet, at least.
ACCEPTED_STATES = frozenset(
    {IntroductionState.ANSWERED, IntroductionState.MEETING, IntroductionState.OFFER}
)


class Side(TextChoices):
    """Who acts, or speaks."""

    PERSON = "person", _("La personne")
    PARTNER = "partner", _("La structure")
    COORDINATION = "coordination", _("La coordination")
    PLATFORM = "platform", _("La plateforme")


class IntroductionOrigin(TextChoices):
    """Who had the idea."""

    COORDINATION = "coordination", _("Proposée par la coordination")
    PARTNER = "partner", _("Demandée par la structure")
    PERSON = "person", _("Candidature de la personne")


class CloseReason(TextChoices):
    """Why an introduction ended without a post."""

    # Said by the person.
    NOT_INTERESTED = "not_interested", _("Le poste ne me convient pas")
    TOO_FAR = "too_far", _("Trop loin")
    TERMS = "terms", _("Conditions proposées : contrat, horaires, rémunération")
    TIMING = "timing", _("Pas le bon moment")
    FOUND_ELSEWHERE = "found_elsewhere", _("J’ai trouvé un autre poste")
    # Said by the structure.
    OTHER_SKILLS = "other_skills", _("Compétences attendues différentes")
    OTHER_AVAILABILITY = "other_availability", _("Disponibilités qui ne concordent pas")
    NO_AGREEMENT = "no_agreement", _("Pas d’accord sur les conditions")
    POSITION_FILLED = "position_filled", _("Poste pourvu entre-temps")
    NO_SHOW = "no_show", _("Rendez-vous manqué, sans nouvelles depuis")
    # Said by the coordination.
    MISTAKE = "mistake", _("Proposée par erreur")
    NO_ANSWER_FROM_PERSON = "no_answer_person", _("Sans réponse de la personne")
    CHARTER = "charter", _("Salarié d’un autre membre : demande non transmise")
    NO_ANSWER_FROM_PARTNER = "no_answer_partner", _("Sans réponse de la structure")
    OTHER = "other", _("Autre raison")
    # Noted by the platform.
    NEED_CLOSED = "need_closed", _("Le poste n’est plus à pourvoir")
    HIRED_ELSEWHERE = "hired_elsewhere", _("Recrutement dans une autre structure")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Accord retiré par la personne")
    LIMITED = "limited", _("Profil mis en pause par la personne")
    ERASED = "erased", _("Profil effacé")
    MERGED = "merged", _("Réunie à une autre mise en relation de la même personne")
    NOT_RELAYED = "not_relayed", _("Demande non transmise dans le mois")
    PARTNER_LEFT = "partner_left", _("La structure a quitté le territoire")


REASONS_OF: Mapping[Side, tuple[CloseReason, ...]] = MappingProxyType(
    {
        Side.PERSON: (
            CloseReason.NOT_INTERESTED,
            CloseReason.TOO_FAR,
            CloseReason.TERMS,
            CloseReason.TIMING,
            CloseReason.FOUND_ELSEWHERE,
            CloseReason.OTHER,
        ),
        Side.PARTNER: (
            CloseReason.OTHER_SKILLS,
            CloseReason.OTHER_AVAILABILITY,
            CloseReason.NO_AGREEMENT,
            CloseReason.POSITION_FILLED,
            CloseReason.NO_SHOW,
            CloseReason.OTHER,
        ),
        Side.COORDINATION: (
            CloseReason.NO_ANSWER_FROM_PERSON,
            CloseReason.NO_ANSWER_FROM_PARTNER,
            CloseReason.TIMING,
            CloseReason.NO_AGREEMENT,
            CloseReason.CHARTER,
            CloseReason.MISTAKE,
            CloseReason.OTHER,
        ),
        Side.PLATFORM: (
            CloseReason.NO_ANSWER_FROM_PERSON,
            CloseReason.NEED_CLOSED,
            CloseReason.HIRED_ELSEWHERE,
            CloseReason.CONSENT_WITHDRAWN,
            CloseReason.LIMITED,
            CloseReason.ERASED,
            CloseReason.MERGED,
            CloseReason.NOT_RELAYED,
            CloseReason.PARTNER_LEFT,
        ),
    }
)

# What concerns the person and another structure: the structure only reads that it is over.
KEPT_FROM_PARTNER = frozenset(
    {
        CloseReason.TOO_FAR,
        CloseReason.TERMS,
        CloseReason.TIMING,
        CloseReason.NOT_INTERESTED,
        CloseReason.FOUND_ELSEWHERE,
        CloseReason.NO_ANSWER_FROM_PERSON,
        CloseReason.CHARTER,
        CloseReason.HIRED_ELSEWHERE,
        CloseReason.CONSENT_WITHDRAWN,
        CloseReason.LIMITED,
        CloseReason.ERASED,
        CloseReason.MERGED,
        CloseReason.NOT_RELAYED,
    }
)
NO_LONGER_AVAILABLE = pgettext_lazy("personne", "N’est plus disponible pour ce poste")


class IntroductionEvent(TextChoices):
    """What the journal tells of introductions. It names nobody."""

    PROPOSED = "introductions.propose", _("Mise en relation proposée")
    RELAYED = "introductions.relay", _("Demande transmise à la personne")
    AGREED = "introductions.agree", _("Accord de la personne")
    AGREED_AGAIN = "introductions.agree_again", _("Accord de la personne redonné")
    ANSWERED = "introductions.answer", _("Réponse de la structure : rencontre acceptée")
    MEETING_PLANNED = "introductions.meet", _("Rendez-vous fixé")
    MEETING_MOVED = "introductions.meet_again", _("Rendez-vous déplacé")
    OFFERED = "introductions.offer", _("Offre faite")
    HIRED = "introductions.hire", _("Embauche notée")
    CLOSED = "introductions.close", _("Mise en relation close")
    UNDONE = "introductions.undo", _("Étape de mise en relation annulée")
    DOCUMENTS = "introductions.documents", _("Documents montrés à la structure")
    MESSAGE = "introductions.message", _("Message envoyé")
    EXPORTED = "introductions.export", _("Mises en relation exportées")


class PlanStatus(TextChoices):
    """Where a computation of the plan stands."""

    WAITING = "waiting", _("En attente")
    RUNNING = "running", _("En cours")
    DONE = "done", _("Calculé")
    FAILED = "failed", _("Impossible")


class PlanFailure(TextChoices):
    """Why no plan holds all that was imposed."""

    LOCKED_TWICE = "locked_twice", _("Une personne est imposée à deux postes.")
    TOO_MANY_LOCKS = "too_many_locks", _("Un besoin a plus de personnes imposées que de postes.")


class PlanChoiceKind(TextChoices):
    """What the coordination decides of a pair."""

    LOCK = "lock", _("Imposée")
    EXCLUDE = "exclude", _("Écartée")


class PlanEvent(TextChoices):
    """What the journal tells of the plan."""

    ASKED = "plans.ask", _("Plan territorial demandé")
    DONE = "plans.done", _("Plan territorial calculé")
    CHOSEN = "plans.choose", _("Paire imposée ou écartée du plan")
    FREED = "plans.free", _("Paire rendue au plan")


class SearchKind(TextChoices):
    """What a saved search looks for."""

    PROFILES = "profiles", _("Profils pour un besoin")
    NEEDS = "needs", _("Besoins qui me correspondent")


class SearchFrequency(TextChoices):
    """How often what is new is told by mail."""

    DAILY = "daily", _("Chaque jour")
    WEEKLY = "weekly", _("Chaque semaine")
    NEVER = "never", _("Jamais")


class SearchEvent(TextChoices):
    """What the journal tells of saved searches. It says neither their words nor their criteria."""

    SAVED = "searches.save", _("Recherche enregistrée")
    CHANGED = "searches.change", _("Recherche modifiée")
    DELETED = "searches.delete", _("Recherche supprimée")
    RESTORED = "searches.restore", _("Suppression de recherche annulée")
    EXPORTED = "searches.export", _("Résultats d’une recherche exportés")
    SILENCED = "searches.silence", _("Alertes d’une recherche arrêtées")

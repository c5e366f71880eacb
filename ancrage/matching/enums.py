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


class PostState(TextChoices):
    """Where the file of a shared post stands."""

    PROPOSED = "proposed", _("Proposé")
    # The employers have been asked.
    STUDIED = "studied", _("À l’étude")
    # All of them agreed: one need stands for the whole post.
    AGREED = "agreed", _("Accepté par tous")
    SIGNED = "signed", _("Signé")
    RUNNING = "running", _("En cours")
    ENDED = "ended", _("Terminé")
    GIVEN_UP = "given_up", _("Abandonné")


POST_TRANSITIONS: Mapping[PostState, frozenset[PostState]] = MappingProxyType(
    {
        PostState.PROPOSED: frozenset({PostState.STUDIED, PostState.GIVEN_UP}),
        PostState.STUDIED: frozenset({PostState.AGREED, PostState.GIVEN_UP}),
        PostState.AGREED: frozenset({PostState.SIGNED, PostState.RUNNING, PostState.GIVEN_UP}),
        PostState.SIGNED: frozenset({PostState.RUNNING, PostState.GIVEN_UP}),
        PostState.RUNNING: frozenset({PostState.ENDED}),
        PostState.ENDED: frozenset(),
        PostState.GIVEN_UP: frozenset(),
    }
)
# Its fractions are in no other shared post.
LIVE_POST_STATES = frozenset(PostState) - {PostState.ENDED, PostState.GIVEN_UP}
# One need stands for all its fractions.
CARRIED_POST_STATES = frozenset({PostState.AGREED, PostState.SIGNED, PostState.RUNNING})


class PartAnswer(TextChoices):
    """What an employer says of its part."""

    NOT_ASKED = "not_asked", _("Pas encore consulté")
    ASKED = "asked", _("Accord demandé")
    AGREED = "agreed", pgettext_lazy("employeur", "D’accord")
    REFUSED = "refused", pgettext_lazy("employeur", "Refuse")


class PartRefusal(TextChoices):
    """Why an employer does not want its part shared."""

    ALONE = "alone", _("Je cherche quelqu’un pour ma fraction seule")
    FILLED = "filled", _("Poste pourvu ou supprimé")
    DAYS = "days", _("Ces jours ne conviennent pas")
    VEHICLE = "vehicle", _("La forme juridique proposée ne convient pas")
    COST = "cost", _("Le partage des coûts ne convient pas")
    OTHER_EMPLOYER = "other_employer", _("Pas avec cet employeur")
    OTHER = "other", _("Autre raison")


class PostEnd(TextChoices):
    """Why a file is given up."""

    EMPLOYER_REFUSES = "employer_refuses", _("Un employeur ne souhaite pas ce partage")
    NO_VEHICLE = "no_vehicle", _("Aucune forme juridique ne convient")
    NOBODY_FOUND = "nobody_found", _("Personne n’a pris le poste")
    FRACTION_GONE = "fraction_gone", _("Une des fractions n’est plus à pourvoir")
    BETTER = "better", _("Un meilleur assemblage existe")
    MISTAKE = "mistake", _("Ouvert par erreur")


class Vehicle(TextChoices):
    """The legal form of a shared post; what each implies is in `reference.VEHICLES`."""

    SECONDMENT = "secondment", _("Mise à disposition d’un agent public")
    LOAN = "loan", _("Prêt de main-d’œuvre sans but lucratif")
    EMPLOYER_GROUP = "employer_group", _("Groupement d’employeurs")
    COOPERATION = "cooperation", _("Convention de coopération (GCS, GHT)")
    SEVERAL_CONTRACTS = "several_contracts", _("Plusieurs contrats à temps partiel (cumul)")


class SetAside(TextChoices):
    """What became of the need of a part, while one need stands for the whole post."""

    NO = "no", _("Besoin inchangé")
    PAUSED = "paused", _("Besoin mis en pause")
    ONE_LESS = "one_less", _("Un poste retiré du besoin")
    FILLED = "filled", _("Besoin pourvu")


class PostChoiceKind(TextChoices):
    """What the coordination decides of fractions, for the detections to come."""

    LOCK = "lock", _("Imposé")
    EXCLUDE = "exclude", _("Écarté")


class PostEvent(TextChoices):
    """What the journal tells of shared posts."""

    DETECTION_ASKED = "post_plans.ask", _("Détection de postes partagés demandée")
    DETECTED = "post_plans.done", _("Postes partagés détectés")
    STOPPED = "post_plans.stop", _("Détection de postes partagés arrêtée")
    CHOSEN = "post_plans.choose", _("Assemblage imposé ou écarté")
    FREED = "post_plans.free", _("Assemblage rendu à la détection")
    WEEK = "shared_posts.week", _("Jours d’une fraction précisés")
    RETAINED = "shared_posts.retain", _("Temps partiel à compléter déclaré")
    RETAINED_CHANGED = "shared_posts.retain_edit", _("Temps partiel à compléter modifié")
    RETAINED_WITHDRAWN = "shared_posts.retain_withdraw", _("Temps partiel à compléter retiré")
    RETAINED_RESTORED = "shared_posts.retain_restore", _("Temps partiel à compléter rétabli")
    OPENED = "shared_posts.open", _("Dossier de poste partagé ouvert")
    TERMS = "shared_posts.terms", _("Conditions d’un poste partagé modifiées")
    ASKED = "shared_posts.ask", _("Employeurs consultés")
    ANSWERED = "shared_posts.answer", _("Réponse d’un employeur")
    AGREED = "shared_posts.agree", _("Poste partagé accepté par tous")
    SIGNED = "shared_posts.sign", _("Poste partagé signé")
    STARTED = "shared_posts.start", _("Poste partagé commencé")
    ENDED = "shared_posts.end", _("Poste partagé terminé")
    GIVEN_UP = "shared_posts.give_up", _("Poste partagé abandonné")
    UNDONE = "shared_posts.undo", _("Étape de poste partagé annulée")

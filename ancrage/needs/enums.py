"""The vocabulary of needs, and the moves between their states."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class NeedStatus(TextChoices):
    """Where a need stands in its life."""

    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Publié")
    PAUSED = "paused", _("En pause")
    FILLED = "filled", _("Pourvu")
    WITHDRAWN = "withdrawn", _("Retiré")
    EXPIRED = "expired", _("Expiré")


TRANSITIONS: Mapping[NeedStatus, frozenset[NeedStatus]] = MappingProxyType(
    {
        NeedStatus.DRAFT: frozenset({NeedStatus.PUBLISHED, NeedStatus.WITHDRAWN}),
        NeedStatus.PUBLISHED: frozenset(
            {NeedStatus.PAUSED, NeedStatus.FILLED, NeedStatus.WITHDRAWN, NeedStatus.EXPIRED}
        ),
        NeedStatus.PAUSED: frozenset(
            {NeedStatus.PUBLISHED, NeedStatus.FILLED, NeedStatus.WITHDRAWN, NeedStatus.EXPIRED}
        ),
        NeedStatus.FILLED: frozenset({NeedStatus.PUBLISHED}),
        NeedStatus.WITHDRAWN: frozenset({NeedStatus.PUBLISHED}),
        NeedStatus.EXPIRED: frozenset({NeedStatus.PUBLISHED}),
    }
)

# A need still to be filled: what the dashboard and the map count.
OPEN_STATUSES = frozenset({NeedStatus.PUBLISHED})
CLOSED_STATUSES = frozenset({NeedStatus.FILLED, NeedStatus.WITHDRAWN, NeedStatus.EXPIRED})


class NeedEvent(TextChoices):
    """What the history of a need tells: the actions of its audit lines."""

    CREATED = "need.created", _("Besoin saisi")
    EDITED = "need.edited", _("Besoin modifié")
    CONFIRMED = "need.confirmed", _("Toujours d’actualité")
    UNCONFIRMED = "need.unconfirmed", _("Confirmation annulée")
    PUBLISHED = "need.published", _("Besoin publié")
    REOPENED = "need.reopened", _("Besoin rouvert")
    PAUSED = "need.paused", _("Besoin mis en pause")
    FILLED = "need.filled", _("Besoin pourvu")
    PARTLY_FILLED = "need.partly_filled", _("Une partie des postes pourvue")
    WITHDRAWN = "need.withdrawn", _("Besoin retiré")
    EXPIRED = "need.expired", _("Date de fin passée : besoin expiré")
    UNDONE = "need.undone", _("Changement d’état annulé")
    DELETED = "need.deleted", _("Brouillon supprimé")


class CampaignEvent(TextChoices):
    """What the journal tells of campaigns and of their answers."""

    CREATED = "campaign.created", _("Campagne préparée")
    EDITED = "campaign.edited", _("Campagne modifiée")
    OPENED = "campaign.opened", _("Campagne ouverte")
    REMINDED = "campaign.reminded", _("Structures relancées")
    CLOSED = "campaign.closed", _("Campagne close")
    REOPENED = "campaign.reopened", _("Campagne rouverte")
    DELETED = "campaign.deleted", _("Campagne en préparation supprimée")
    ANSWER_SAVED = "answer.saved", _("Réponse à une campagne enregistrée")
    ANSWER_SUBMITTED = "answer.submitted", _("Réponse à une campagne envoyée")


class WithdrawReason(TextChoices):
    """Why a need is no longer looked for, though nobody took the post."""

    REORGANISED = "reorganised", _("Organisation revue, poste supprimé")
    UNFUNDED = "unfunded", _("Financement non obtenu")
    SOLVED_INSIDE = "solved_inside", _("Solution trouvée en interne")
    MISTAKE = "mistake", _("Doublon ou erreur de saisie")
    OTHER = "other", _("Autre raison")


class NeedReason(TextChoices):
    """Why the post is to be filled."""

    DEPARTURE = "departure", _("Départ")
    RETIREMENT = "retirement", _("Départ à la retraite")
    LEAVE = "leave", _("Remplacement d’un congé")
    CREATION = "creation", _("Création de poste")
    SUMMER = "summer", _("Renfort d’été")
    GROWTH = "growth", _("Accroissement d’activité")
    VACANCY = "vacancy", _("Poste vacant")
    OTHER = "other", _("Autre motif")


class StartPrecision(TextChoices):
    """How precisely the start is known: « 1er trimestre 2027 » is kept as said."""

    DAY = "day", _("à cette date")
    MONTH = "month", _("dans le mois")
    QUARTER = "quarter", _("dans le trimestre")
    ASAP = "asap", _("dès que possible")


class Urgency(IntegerChoices):
    """From what can wait to what closes beds."""

    LOW = 1, _("Peut attendre")
    NORMAL = 2, _("Normale")
    HIGH = 3, _("Élevée")
    CRITICAL = 4, _("Critique")


class PayPeriod(TextChoices):
    """What the pay range is counted by."""

    HOUR = "hour", _("par heure")
    DAY = "day", _("par jour")
    MONTH = "month", _("par mois")
    YEAR = "year", _("par an")


class Audience(TextChoices):
    """Who reads the need."""

    MEMBERS = "members", _("Membres du territoire")
    PUBLIC = "public", _("Tout public")


class CampaignStatus(TextChoices):
    """A collection campaign's life."""

    DRAFT = "draft", _("En préparation")
    OPEN = "open", _("Ouverte")
    CLOSED = "closed", _("Close")


class AnswerStatus(TextChoices):
    """Where a structure stands in its answer."""

    WAITING = "waiting", _("Attendue")
    STARTED = "started", _("Commencée")
    SUBMITTED = "submitted", _("Envoyée")

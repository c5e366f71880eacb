"""The vocabulary of a roadmap."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.territory.enums import MeasurePart


class RoadmapStatus(TextChoices):
    """Where a roadmap stands: one in preparation is read by the coordination only."""

    DRAFT = "draft", _("En préparation")
    ACTIVE = "active", pgettext_lazy("feuille de route", "En cours")
    CLOSED = "closed", _("Terminée")


ROADMAP_TRANSITIONS: Mapping[RoadmapStatus, frozenset[RoadmapStatus]] = MappingProxyType(
    {
        RoadmapStatus.DRAFT: frozenset({RoadmapStatus.ACTIVE}),
        RoadmapStatus.ACTIVE: frozenset({RoadmapStatus.CLOSED, RoadmapStatus.DRAFT}),
        RoadmapStatus.CLOSED: frozenset({RoadmapStatus.ACTIVE}),
    }
)


class ActionState(TextChoices):
    """Where an action stands. That it is late is computed, never typed."""

    PLANNED = "planned", pgettext_lazy("action", "Prévue")
    RUNNING = "running", pgettext_lazy("action", "En cours")
    DONE = "done", pgettext_lazy("action", "Réalisée")
    STOPPED = "stopped", pgettext_lazy("action", "Arrêtée")


ACTION_TRANSITIONS: Mapping[ActionState, frozenset[ActionState]] = MappingProxyType(
    {
        ActionState.PLANNED: frozenset({ActionState.RUNNING, ActionState.STOPPED}),
        ActionState.RUNNING: frozenset({ActionState.DONE, ActionState.STOPPED}),
        ActionState.DONE: frozenset({ActionState.RUNNING}),
        ActionState.STOPPED: frozenset({ActionState.PLANNED, ActionState.RUNNING}),
    }
)
LIVE_ACTION_STATES = frozenset({ActionState.PLANNED, ActionState.RUNNING})


class IndicatorKind(TextChoices):
    """Where the values of an indicator come from."""

    COMPUTED = "computed", _("Calculé par la plateforme")
    TYPED = "typed", _("Saisi, avec sa source")


class Periodicity(TextChoices):
    """How often an indicator has a value."""

    MONTH = "month", _("Chaque mois")
    QUARTER = "quarter", _("Chaque trimestre")
    HALF = "half", _("Chaque semestre")
    YEAR = "year", _("Chaque année")

    @property
    def months(self) -> int:
        """How many months its periods last."""
        return _MONTHS[self]


_MONTHS = {
    Periodicity.MONTH: 1,
    Periodicity.QUARTER: 3,
    Periodicity.HALF: 6,
    Periodicity.YEAR: 12,
}


class Direction(TextChoices):
    """Which way an indicator should go."""

    UP = "up", _("Augmenter")
    DOWN = "down", _("Diminuer")
    HOLD = "hold", _("Se maintenir")


class SafetyTopic(TextChoices):
    """What structures count about working conditions and the safety of carers (axes 4 and 5)."""

    ACCIDENTS = "accidents", _("Accidents du travail déclarés")
    AGGRESSIONS = "aggressions", _("Agressions déclarées")
    SUPPORTED = "supported", _("Agressions suivies d’un accompagnement")
    ABSENCE_DAYS = "absence_days", _("Journées d’absence")
    PROJECTS = "projects", _("Projets de qualité de vie et des conditions de travail")


class RoadmapEvent(TextChoices):
    """What the journal of a roadmap tells: the actions of its audit lines."""

    CREATED = "roadmap.created", _("Feuille de route créée")
    EDITED = "roadmap.edited", _("Feuille de route modifiée")
    OPENED = "roadmap.active", _("Feuille de route ouverte aux membres")
    CLOSED = "roadmap.closed", _("Feuille de route terminée")
    HIDDEN = "roadmap.draft", _("Feuille de route remise en préparation")
    AXIS_ADDED = "roadmap.axis_added", _("Axe ajouté")
    AXIS_EDITED = "roadmap.axis_edited", _("Axe modifié")
    AXIS_REMOVED = "roadmap.axis_removed", _("Axe retiré")
    AXIS_RESTORED = "roadmap.axis_restored", _("Axe remis")
    ACTION_ADDED = "roadmap.action_added", _("Action ajoutée")
    ACTION_EDITED = "roadmap.action_edited", _("Action modifiée")
    ACTION_MOVED = "roadmap.action_moved", _("Action : changement d’état")
    ACTION_UNDONE = "roadmap.action_undone", _("Action : changement d’état annulé")
    ACTION_REMOVED = "roadmap.action_removed", _("Action retirée")
    ACTION_RESTORED = "roadmap.action_restored", _("Action remise")
    MILESTONE_ADDED = "roadmap.milestone_added", _("Jalon ajouté")
    MILESTONE_EDITED = "roadmap.milestone_edited", _("Jalon modifié")
    MILESTONE_DONE = "roadmap.milestone_done", _("Jalon atteint")
    MILESTONE_UNDONE = "roadmap.milestone_undone", _("Jalon remis à faire")
    MILESTONE_REMOVED = "roadmap.milestone_removed", _("Jalon retiré")
    DOCUMENT_ADDED = "roadmap.document_added", _("Document ajouté à une action")
    DOCUMENT_REMOVED = "roadmap.document_removed", _("Document retiré d’une action")
    INDICATOR_ADDED = "roadmap.indicator_added", _("Indicateur ajouté")
    INDICATOR_EDITED = "roadmap.indicator_edited", _("Indicateur modifié")
    INDICATOR_REMOVED = "roadmap.indicator_removed", _("Indicateur retiré")
    INDICATOR_RESTORED = "roadmap.indicator_restored", _("Indicateur remis")
    VALUE_GIVEN = "roadmap.value_given", _("Valeur saisie")
    VALUE_CORRECTED = "roadmap.value_corrected", _("Valeur corrigée")
    VALUE_WITHDRAWN = "roadmap.value_withdrawn", _("Valeur retirée")
    MEETING_NOTED = "roadmap.meeting_noted", _("Réunion notée")
    DECISION_NOTED = "roadmap.decision_noted", _("Décision notée")
    DECISION_REMOVED = "roadmap.decision_removed", _("Décision retirée")


class SafetyEvent(TextChoices):
    """What the journal tells of pooled reports: that somebody answered, never what."""

    REPORTED = "safety.reported", _("Santé et sécurité : relevé transmis")
    CORRECTED = "safety.corrected", _("Santé et sécurité : relevé corrigé")
    CLOSED = "safety.closed", _("Santé et sécurité : collecte close")
    PRACTICE_ADDED = "practices.added", _("Bonne pratique partagée")
    PRACTICE_EDITED = "practices.edited", _("Bonne pratique modifiée")
    PRACTICE_REMOVED = "practices.removed", _("Bonne pratique retirée")
    PRACTICE_RESTORED = "practices.restored", _("Bonne pratique remise")


class ReportStatus(TextChoices):
    """Whether others than the coordination read a report."""

    DRAFT = "draft", pgettext_lazy("rapport", "Brouillon")
    PUBLISHED = "published", pgettext_lazy("rapport", "Publié")


class ReportSection(TextChoices):
    """The parts of a report, in their order: each may be commented on.

    Those that count something are those of the measures, in the same words.
    """

    SUMMARY = "summary", _("L’essentiel")
    AXES = "axes", _("Feuille de route")
    NEEDS = MeasurePart.NEEDS.value, MeasurePart.NEEDS.label
    PARTNERS = MeasurePart.PARTNERS.value, MeasurePart.PARTNERS.label
    PEOPLE = MeasurePart.PEOPLE.value, MeasurePart.PEOPLE.label
    JOURNEYS = MeasurePart.JOURNEYS.value, MeasurePart.JOURNEYS.label
    EVENTS = MeasurePart.EVENTS.value, MeasurePart.EVENTS.label
    WELCOME = MeasurePart.WELCOME.value, MeasurePart.WELCOME.label
    TRAINING = MeasurePart.TRAINING.value, MeasurePart.TRAINING.label
    SCHEMES = MeasurePart.SCHEMES.value, MeasurePart.SCHEMES.label
    SHARED_POSTS = MeasurePart.SHARED_POSTS.value, MeasurePart.SHARED_POSTS.label
    SAFETY = MeasurePart.SAFETY.value, MeasurePart.SAFETY.label
    DEMOGRAPHY = MeasurePart.DEMOGRAPHY.value, MeasurePart.DEMOGRAPHY.label
    CHANGES = "changes", _("Ce qui a changé")


class ReportEvent(TextChoices):
    """What the journal tells of reports: the actions of its lines."""

    CREATED = "reports.created", _("Rapport ouvert")
    COMPUTED = "reports.computed", _("Chiffres d’un rapport recalculés")
    COMMENTED = "reports.commented", _("Commentaire d’un rapport modifié")
    PUBLISHED = "reports.published", _("Rapport publié")
    REOPENED = "reports.reopened", _("Rapport rouvert pour une nouvelle version")
    DISCARDED = "reports.discarded", _("Brouillon de rapport supprimé")
    FIGURE_OPENED = "figures.opened", _("Chiffre rendu public")
    FIGURE_CLOSED = "figures.closed", _("Chiffre retiré de la page publique")

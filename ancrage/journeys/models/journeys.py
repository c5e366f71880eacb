"""A journey and what it is made of."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.models import Candidate
from ancrage.journeys.enums import (
    OPEN_STATES,
    CloseReason,
    ContactKind,
    ContactOutcome,
    ImmersionKind,
    ImmersionState,
    JourneyState,
    MilestoneKind,
    WaitsFor,
)
from ancrage.kit.models import Base
from ancrage.partners.models import Partner
from ancrage.territory.models import Territory

_OPEN = sorted(OPEN_STATES)


class Journey(Base):
    """The support of one person by the coordination. An open one always has a next action."""

    personal = {
        "advisor": "support",
        "opened_by": "support",
        "goal": "support",
        "state": "support",
        "opened_on": "support",
        "next_action": "support",
        "next_action_on": "support",
        "waits_for": "support",
        "close_reason": "support",
    }

    candidate = models.ForeignKey(
        Candidate,
        verbose_name=_("personne"),
        on_delete=models.CASCADE,
        related_name="journeys",
    )
    # That of the candidate: what lists and figures are filtered by.
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        on_delete=models.PROTECT,
        related_name="journeys",
    )
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("référent"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="journeys",
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    goal = models.CharField(_("objectif"), max_length=300, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=JourneyState.choices, default=JourneyState.ACTIVE
    )
    next_action = models.CharField(_("prochaine action"), max_length=200, blank=True)
    next_action_on = models.DateField(_("prévue le"), null=True, blank=True)
    waits_for = models.CharField(
        _("qui doit agir"), max_length=10, choices=WaitsFor.choices, default=WaitsFor.ADVISOR
    )
    opened_on = models.DateField(_("ouvert le"))
    closed_on = models.DateField(_("terminé le"), null=True, blank=True)
    close_reason = models.CharField(
        _("raison"), max_length=20, choices=CloseReason.choices, blank=True
    )
    # Raised at each change: of two people who save it at once, the second is told.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("parcours")
        constraints = [
            models.CheckConstraint(
                name="journey_open_has_next_action",
                condition=~Q(state__in=_OPEN)
                | (~Q(next_action="") & Q(next_action_on__isnull=False)),
                violation_error_message=_(
                    "Un parcours ouvert a toujours une prochaine action et sa date."
                ),
            ),
            models.CheckConstraint(
                name="journey_closed_is_dated",
                condition=Q(state__in=_OPEN, closed_on__isnull=True, close_reason="")
                | (
                    Q(state=JourneyState.CLOSED, closed_on__isnull=False)
                    & Q(next_action="", next_action_on__isnull=True)
                    & ~Q(close_reason="")
                ),
                violation_error_message=_("Un parcours terminé a une date et une raison."),
            ),
            models.CheckConstraint(
                name="journey_in_order",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("La fin précède le début."),
            ),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(state__in=_OPEN),
                name="journey_one_open",
                violation_error_message=_("Cette personne a déjà un parcours ouvert."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["advisor", "next_action_on"],
                name="journey_day",
                condition=Q(state__in=_OPEN),
            ),
            models.Index(fields=["territory", "state", "next_action_on"], name="journey_list"),
        ]

    def __str__(self) -> str:
        return f"parcours {self.pk}"

    @property
    def is_open(self) -> bool:
        """Say whether somebody still accompanies the person."""
        return self.state in OPEN_STATES


class Step(Base):
    """Something to be done on the way to the goal."""

    personal = {"label": "support", "due_on": "support", "done_on": "support"}

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="steps")
    label = models.CharField(_("étape"), max_length=200)
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    done_on = models.DateField(_("faite le"), null=True, blank=True)

    class Meta:
        verbose_name = _("étape")
        indexes = [models.Index(fields=["journey", "due_on"], name="journey_step_order")]

    def __str__(self) -> str:
        return f"étape {self.pk}"


class ContactLog(Base):
    """One exchange with the person, or one attempt."""

    personal = {
        "kind": "support",
        "outcome": "support",
        "on": "support",
        "note": "support",
        "by": "support",
    }
    impersonal = frozenset({"flags"})

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("moyen"), max_length=10, choices=ContactKind.choices)
    outcome = models.CharField(_("résultat"), max_length=12, choices=ContactOutcome.choices)
    on = models.DateField(_("le"))
    note = models.TextField(_("note"), blank=True)
    # The codes of what `privacy.detectors` found in the note: the coordination reads it again.
    flags = models.CharField(_("à relire"), max_length=200, blank=True)
    at = models.DateTimeField(_("noté le"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("contact")
        indexes = [models.Index(fields=["journey", "-on", "-id"], name="journey_contact_order")]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class Immersion(Base):
    """Some days, or hours, in a structure or around the territory before any post."""

    personal = {
        "kind": "support",
        "starts_on": "support",
        "ends_on": "support",
        "state": "support",
        "note": "support",
    }

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="immersions")
    kind = models.CharField(_("nature"), max_length=12, choices=ImmersionKind.choices)
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("structure"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    state = models.CharField(
        _("état"),
        max_length=10,
        choices=ImmersionState.choices,
        default=ImmersionState.PLANNED,
    )
    note = models.CharField(_("ce qu’il en ressort"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("immersion ou visite")
        constraints = [
            models.CheckConstraint(
                name="immersion_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("La fin précède le début."),
            )
        ]
        indexes = [models.Index(fields=["journey", "starts_on"], name="journey_immersion_order")]

    def __str__(self) -> str:
        return f"immersion {self.pk}"


class Milestone(Base):
    """Something a journey reached for the first time. Feeds the figures; outlives erasure."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(_("jalon"), max_length=12, choices=MilestoneKind.choices)
    on = models.DateField(_("le"))

    class Meta:
        verbose_name = _("jalon")
        constraints = [
            models.UniqueConstraint(fields=["journey", "kind"], name="journey_milestone_once")
        ]
        indexes = [models.Index(fields=["kind", "on"], name="journey_milestone_figures")]

    def __str__(self) -> str:
        return f"{self.journey_id} {self.kind}"

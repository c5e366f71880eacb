"""Introductions, from the first word to the post, with all that happened on the way."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.models import Candidate
from ancrage.kit.models import Base
from ancrage.kit.moves import Move
from ancrage.matching.enums import (
    OPEN_STATES,
    CloseReason,
    IntroductionOrigin,
    IntroductionState,
    Side,
)
from ancrage.needs.models import Need
from ancrage.partners.models import Partner
from ancrage.territory.models import Territory

_OPEN = sorted(OPEN_STATES)
# Requests that the charter keeps from their person until the coordination has passed them on.
HELD = Q(through_coordination=True, relayed_at__isnull=True)
# What a structure must not learn of: the coordination asked the person, who has not agreed.
UNTOLD = Q(
    state=IntroductionState.PROPOSED, origin=IntroductionOrigin.COORDINATION, agreed_at=None
)


class Introduction(Base):
    """A person and a need brought together. A pair has one open introduction at most.

    `agreed_at` is when the person agreed to be named to the structure; from then on the
    structure has until `answer_due_on`, as its charter says, to answer.
    """

    personal = {"proposed_by": "application", "meeting_place": "application"}

    candidate = models.ForeignKey(
        Candidate,
        verbose_name=_("personne"),
        on_delete=models.CASCADE,
        related_name="introductions",
    )
    need = models.ForeignKey(
        Need, verbose_name=_("besoin"), on_delete=models.PROTECT, related_name="introductions"
    )
    # That of the need, and its territory: what boards are filtered by.
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("structure"),
        on_delete=models.PROTECT,
        related_name="introductions",
    )
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        on_delete=models.PROTECT,
        related_name="introductions",
    )
    origin = models.CharField(_("origine"), max_length=12, choices=IntroductionOrigin.choices)
    state = models.CharField(
        _("étape"),
        max_length=10,
        choices=IntroductionState.choices,
        default=IntroductionState.PROPOSED,
    )
    state_since = models.DateTimeField(_("à cette étape depuis"))
    proposed_at = models.DateTimeField(_("proposée le"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposée par"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The person works for another member, whose people the charter forbids to approach: what this
    # structure asks reaches them through the coordination, or not at all.
    through_coordination = models.BooleanField(default=False)
    relayed_at = models.DateTimeField(_("transmise le"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("accord de la personne le"), null=True, blank=True)
    answer_due_on = models.DateField(_("réponse attendue le"), null=True, blank=True)
    # How far the side that is waited for has been reminded, at this step.
    reminders = models.PositiveSmallIntegerField(default=0)
    # The structure's word, whichever it was.
    answered_at = models.DateTimeField(_("réponse de la structure le"), null=True, blank=True)
    meeting_at = models.DateTimeField(_("rendez-vous le"), null=True, blank=True)
    meeting_minutes = models.PositiveSmallIntegerField(_("durée (minutes)"), null=True, blank=True)
    meeting_place = models.CharField(_("lieu"), max_length=200, blank=True)
    # Raised each time the meeting changes: calendars replace the invitation they hold.
    meeting_sequence = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField(_("prise de poste"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminée le"), null=True, blank=True)
    close_reason = models.CharField(
        _("raison"), max_length=20, choices=CloseReason.choices, blank=True
    )
    closed_by = models.CharField(_("close par"), max_length=12, choices=Side.choices, blank=True)
    # Raised at each change: of two people who move it at once, the second is told.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("mise en relation")
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "need"],
                condition=Q(state__in=_OPEN),
                name="introduction_open_once",
                violation_error_message=_(
                    "Cette personne est déjà en relation avec la structure pour ce poste."
                ),
            ),
            models.CheckConstraint(
                name="introduction_closed_has_reason",
                condition=Q(state=IntroductionState.CLOSED)
                & ~Q(close_reason="")
                & ~Q(closed_by="")
                | ~Q(state=IntroductionState.CLOSED) & Q(close_reason="", closed_by=""),
            ),
            models.CheckConstraint(
                name="introduction_ended_is_dated",
                condition=Q(state__in=_OPEN, ended_at__isnull=True)
                | ~Q(state__in=_OPEN) & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="introduction_relayed_was_held",
                condition=Q(relayed_at__isnull=True) | Q(through_coordination=True),
            ),
            models.CheckConstraint(
                name="introduction_agreed_was_relayed",
                condition=Q(agreed_at__isnull=True)
                | Q(through_coordination=False)
                | Q(relayed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="introduction_agreed_has_clock",
                condition=Q(agreed_at__isnull=True, answer_due_on__isnull=True)
                | Q(agreed_at__isnull=False, answer_due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="introduction_past_agreement_is_agreed",
                condition=Q(state__in=[IntroductionState.PROPOSED, IntroductionState.CLOSED])
                | Q(agreed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="introduction_meeting_is_whole",
                condition=Q(meeting_at__isnull=True, meeting_minutes__isnull=True)
                | Q(
                    meeting_at__isnull=False,
                    meeting_minutes__isnull=False,
                    meeting_minutes__gte=5,
                    meeting_minutes__lte=720,
                ),
            ),
            models.CheckConstraint(
                name="introduction_in_order",
                condition=Q(agreed_at__isnull=True) | Q(agreed_at__gte=F("proposed_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "state", "-state_since"], name="introduction_board"),
            models.Index(fields=["partner", "state", "-state_since"], name="introduction_partner"),
            models.Index(
                fields=["answer_due_on"],
                name="introduction_clock",
                condition=Q(state=IntroductionState.AGREED),
            ),
            models.Index(fields=["need", "state"], name="introduction_need"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def audit_label(self) -> str:
        """A number: the journal names nobody."""
        return f"mise en relation {self.pk}"

    @property
    def is_open(self) -> bool:
        """Say whether something may still come of it."""
        return self.state in OPEN_STATES

    @property
    def is_held(self) -> bool:
        """Say whether the person has yet to hear of it: see `HELD`."""
        return self.through_coordination and self.relayed_at is None


class IntroductionMove(Move):
    """One step of an introduction, with its reason. `before` is empty at birth."""

    personal = {"by": "application", "note": "application"}

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="moves")
    before = models.CharField(max_length=10, choices=IntroductionState.choices, blank=True)
    after = models.CharField(max_length=10, choices=IntroductionState.choices)
    side = models.CharField(_("qui"), max_length=12, choices=Side.choices)
    reason = models.CharField(_("raison"), max_length=20, choices=CloseReason.choices, blank=True)
    note = models.CharField(_("précision"), max_length=500, blank=True)
    # The hire that ended this one: undone together.
    cause = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="consequences"
    )
    # A hire also took a post of the need.
    fills_post = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("étape d’une mise en relation")
        indexes = [
            models.Index(fields=["introduction", "-at"], name="introduction_move_at"),
            # The figures: how many of each step, and when.
            models.Index(fields=["after", "at"], name="introduction_move_figures"),
        ]

    def __str__(self) -> str:
        return f"{self.introduction_id} {self.before} → {self.after}"


class IntroductionMessage(Base):
    """A word from one side, read by the others, kept with the introduction."""

    personal = {"author": "application", "text": "application"}

    introduction = models.ForeignKey(
        Introduction, on_delete=models.CASCADE, related_name="messages"
    )
    side = models.CharField(_("de"), max_length=12, choices=Side.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("message"), max_length=4000)
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("message d’une mise en relation")
        indexes = [models.Index(fields=["introduction", "at"], name="introduction_message_at")]

    def __str__(self) -> str:
        return f"{self.introduction_id} {self.pk}"

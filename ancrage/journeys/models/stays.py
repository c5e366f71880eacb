"""What follows a hire: the stay in the post, and the questions at 1, 3, 6 and 12 months."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.journeys.enums import (
    UNANSWERED_STATES,
    FollowUpSide,
    FollowUpState,
    LeaveReason,
    Presence,
    Rating,
)
from ancrage.journeys.models.journeys import Journey
from ancrage.kit.models import Base
from ancrage.matching.models import Introduction
from ancrage.partners.models import Partner
from ancrage.professions.enums import ContractKind
from ancrage.professions.models import Profession


class Stay(Base):
    """A person in a post, from the first day until they leave, or until the last news.

    `followed_since` is when we began to follow them there: later than `started_on` for a post
    noted afterwards, and then nothing is known of those who left before. `known_on` is the last
    day on which somebody said that they were there.
    """

    personal = {
        "post": "support",
        "contract": "support",
        "started_on": "support",
        "contract_ends_on": "support",
        "ended_on": "support",
        "leave_reason": "support",
        "note": "support",
    }

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="stays")
    # Empty outside the structures of the platform: a practice of one's own.
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("structure"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stays",
    )
    profession = models.ForeignKey(
        Profession, verbose_name=_("métier"), on_delete=models.PROTECT, related_name="+"
    )
    # The introduction it came from, if there was one: a hire is noted once.
    introduction = models.OneToOneField(
        Introduction, null=True, blank=True, on_delete=models.SET_NULL, related_name="stay"
    )
    post = models.CharField(_("poste"), max_length=200, blank=True)
    contract = models.CharField(
        _("contrat"), max_length=30, choices=ContractKind.choices, blank=True
    )
    started_on = models.DateField(_("prise de poste"))
    contract_ends_on = models.DateField(_("fin prévue du contrat"), null=True, blank=True)
    followed_since = models.DateField(_("suivie depuis"))
    known_on = models.DateField(_("dernières nouvelles"))
    ended_on = models.DateField(_("départ"), null=True, blank=True)
    leave_reason = models.CharField(
        _("raison du départ"), max_length=20, choices=LeaveReason.choices, blank=True
    )
    note = models.CharField(_("précision"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("prise de poste")
        constraints = [
            models.CheckConstraint(
                name="stay_end_has_reason",
                condition=Q(ended_on__isnull=True, leave_reason="")
                | (Q(ended_on__isnull=False) & ~Q(leave_reason="")),
                violation_error_message=_("Un départ a une date et une raison."),
            ),
            models.CheckConstraint(
                name="stay_in_order",
                condition=Q(followed_since__gte=F("started_on"), known_on__gte=F("started_on"))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on"))),
                violation_error_message=_("Ces dates se contredisent."),
            ),
            models.CheckConstraint(
                name="stay_contract_in_order",
                condition=Q(contract_ends_on__isnull=True)
                | Q(contract_ends_on__gte=F("started_on")),
                violation_error_message=_("La fin du contrat précède la prise de poste."),
            ),
            models.UniqueConstraint(
                fields=["journey", "partner"],
                condition=Q(ended_on__isnull=True),
                # Two part-time posts in two structures are two stays.
                name="stay_one_current_there",
                violation_error_message=_("Cette personne est déjà notée en poste ici."),
            ),
        ]
        indexes = [
            models.Index(fields=["started_on"], name="stay_start"),
            models.Index(
                fields=["contract_ends_on"],
                name="stay_contract_end",
                condition=Q(ended_on__isnull=True, contract_ends_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"prise de poste {self.pk}"


class FollowUp(Base):
    """The question asked to one side so many months after the hire, and its answer."""

    personal = {
        "presence": "support",
        "rating": "support",
        "difficulties": "support",
        "wants_call": "support",
        "comment": "support",
        "answered_by": "support",
    }

    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField(_("à (mois)"))
    side = models.CharField(_("à qui"), max_length=8, choices=FollowUpSide.choices)
    due_on = models.DateField(_("prévu le"))
    state = models.CharField(
        _("état"), max_length=10, choices=FollowUpState.choices, default=FollowUpState.PLANNED
    )
    sent_on = models.DateField(_("envoyé le"), null=True, blank=True)
    reminded_on = models.DateField(_("relancé le"), null=True, blank=True)
    answered_on = models.DateField(_("répondu le"), null=True, blank=True)
    # The account of whoever answered: a member of the structure, or who noted it by telephone.
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("répondu par"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    presence = models.CharField(
        _("toujours en poste"), max_length=5, choices=Presence.choices, blank=True
    )
    rating = models.PositiveSmallIntegerField(
        _("comment cela se passe"), choices=Rating.choices, null=True, blank=True
    )
    # Values of `Difficulty`.
    difficulties = models.JSONField(_("ce qui pourrait aller mieux"), default=list, blank=True)
    comment = models.CharField(_("en quelques mots"), max_length=1000, blank=True)
    wants_call = models.BooleanField(_("souhaite être rappelé"), default=False)
    called_back_on = models.DateField(_("rappelé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("point d’étape")
        constraints = [
            models.UniqueConstraint(fields=["stay", "months", "side"], name="follow_up_once"),
            models.CheckConstraint(
                name="follow_up_answer_is_whole",
                condition=Q(state=FollowUpState.ANSWERED, answered_on__isnull=False)
                & ~Q(presence="")
                | ~Q(state=FollowUpState.ANSWERED) & Q(answered_on__isnull=True, presence=""),
                violation_error_message=_("Une réponse dit si la personne est en poste."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                name="follow_up_due",
                condition=Q(state__in=sorted(UNANSWERED_STATES)),
            )
        ]

    def __str__(self) -> str:
        return f"point d’étape {self.pk}"

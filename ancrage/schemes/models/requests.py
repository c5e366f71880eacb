"""Aids asked for, by a person or a structure, until they are paid or refused."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.kit.moves import Move
from ancrage.partners.models import Partner
from ancrage.privacy.models import DataSubject
from ancrage.schemes.enums import AidState
from ancrage.schemes.models.inventory import Scheme
from ancrage.territory.models import Territory


class AidRequest(Base):
    """An aid asked for by one person or one structure. Amounts in cents."""

    personal = {
        "scheme": "aids",
        "state": "aids",
        "asked_on": "aids",
        "state_on": "aids",
        "asked_cents": "aids",
        "granted_cents": "aids",
        "paid_cents": "aids",
        "starts_on": "aids",
        "course_months": "aids",
        "note": "aids",
        "opened_by": "aids",
    }

    scheme = models.ForeignKey(
        Scheme, verbose_name=_("aide"), on_delete=models.PROTECT, related_name="requests"
    )
    # One of the two: whose request it is.
    subject = models.ForeignKey(
        DataSubject,
        verbose_name=_("personne"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="aid_requests",
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("structure"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="aid_requests",
    )
    # Whose coordination follows it.
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        on_delete=models.PROTECT,
        related_name="aid_requests",
    )
    state = models.CharField(
        _("état"), max_length=8, choices=AidState.choices, default=AidState.ASKED
    )
    asked_on = models.DateField(_("demandée le"))
    # The day of the last move.
    state_on = models.DateField(_("dans cet état depuis le"))
    asked_cents = models.PositiveIntegerField(_("montant demandé"), null=True, blank=True)
    granted_cents = models.PositiveIntegerField(_("montant accordé"), null=True, blank=True)
    paid_cents = models.PositiveIntegerField(_("montant versé"), null=True, blank=True)
    # The first day of what is owed in return.
    starts_on = models.DateField(_("l’engagement commence le"), null=True, blank=True)
    # Only where the commitment depends on it.
    course_months = models.PositiveSmallIntegerField(
        _("durée de la formation (mois)"), null=True, blank=True
    )
    note = models.TextField(_("note"), blank=True)
    # The last time somebody was asked whether an answer came, and how many times.
    reminded_on = models.DateField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Raised at each change: two people who act at once are told.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("demande d’aide")
        constraints = [
            models.CheckConstraint(
                name="aid_request_of_one",
                condition=Q(subject__isnull=False, partner__isnull=True)
                | Q(subject__isnull=True, partner__isnull=False),
                violation_error_message=_(
                    "Une demande est celle d’une personne ou d’une structure."
                ),
            ),
            models.CheckConstraint(
                name="aid_request_in_order",
                condition=Q(state_on__gte=F("asked_on")),
                violation_error_message=_("La suite d’une demande ne peut pas la précéder."),
            ),
            models.UniqueConstraint(
                fields=["scheme", "subject"],
                condition=Q(state="asked", subject__isnull=False),
                name="aid_request_person_once",
                violation_error_message=_("Cette aide est déjà demandée, et attend sa réponse."),
            ),
            models.UniqueConstraint(
                fields=["scheme", "partner"],
                condition=Q(state="asked", partner__isnull=False),
                name="aid_request_partner_once",
                violation_error_message=_("Cette aide est déjà demandée, et attend sa réponse."),
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "state", "-state_on"], name="aid_request_list"),
            models.Index(fields=["state", "asked_on"], name="aid_request_silent"),
        ]

    def __str__(self) -> str:
        return self.audit_label

    @property
    def audit_label(self) -> str:
        """A number: what somebody asks for says something of them."""
        return f"demande d’aide {self.pk}"


class AidMove(Move):
    """A change of state of a request."""

    personal = {"by": "aids", "before_move": "aids"}

    request = models.ForeignKey(AidRequest, on_delete=models.CASCADE, related_name="moves")
    # Empty: the first one, when it was asked.
    before = models.CharField(max_length=8, choices=AidState.choices, blank=True)
    after = models.CharField(max_length=8, choices=AidState.choices)
    on = models.DateField(_("le"))
    # What the columns changed by the move held before it.
    before_move = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("étape d’une demande d’aide")
        indexes = [models.Index(fields=["request", "-id"], name="aid_move_of")]

    def __str__(self) -> str:
        return f"{self.before or '…'} → {self.after}"

"""The life project of somebody who comes, and what is asked of partners for it.

Its own tables, reached from nowhere among those of recruitment: no key leads from a profile, a
need or an introduction to them, nor from them to those.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.partners.models import Partner
from ancrage.privacy.models import DataSubject
from ancrage.professions.models import Profession
from ancrage.resources.models import Resource
from ancrage.territory.models import Commune
from ancrage.welcome.enums import ClosingReason, RequestState, WelcomeKind

MAX_ADULTS = 12


class LifeProject(Base):
    """What a household needs to come and stay. Held while the person agrees; one at a time."""

    personal = {
        "needs": "concierge",
        "arrives_on": "concierge",
        "leaves_on": "concierge",
        "workplace": "concierge",
        "max_minutes": "concierge",
        "adults": "concierge",
        "child_ages": "concierge",
        "has_vehicle": "concierge",
        "spouse_profession": "concierge",
        "spouse_trade": "concierge",
        "shifts": "concierge",
        "max_price_cents": "concierge",
    }

    subject = models.OneToOneField(
        DataSubject, on_delete=models.CASCADE, related_name="life_project"
    )
    # What is looked for: values of `WelcomeKind`.
    needs = models.JSONField(_("ce qui est cherché"), default=list)
    arrives_on = models.DateField(_("arrivée"), null=True, blank=True)
    leaves_on = models.DateField(_("départ"), null=True, blank=True)
    workplace = models.ForeignKey(
        Commune,
        verbose_name=_("commune du travail"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    max_minutes = models.PositiveSmallIntegerField(
        _("trajet accepté (minutes)"), null=True, blank=True
    )
    adults = models.PositiveSmallIntegerField(_("adultes"), default=1)
    # In months, on the day of arrival.
    child_ages = models.JSONField(_("âges des enfants"), default=list)
    has_vehicle = models.BooleanField(_("dispose d’un véhicule"), null=True)
    spouse_profession = models.ForeignKey(
        Profession,
        verbose_name=_("métier du conjoint ou de la conjointe"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    spouse_trade = models.CharField(_("autre métier"), max_length=120, blank=True)
    # Rows [day from 0 (Monday), first minute, last minute], as `core.welcome.Span`.
    shifts = models.JSONField(_("horaires de travail"), default=list)
    max_price_cents = models.PositiveIntegerField(
        _("loyer accepté (centimes)"), null=True, blank=True
    )
    created_at = models.DateTimeField(_("ouvert le"))
    updated_at = models.DateTimeField(_("modifié le"))
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("projet de vie")
        constraints = [
            models.CheckConstraint(
                name="life_project_dates_in_order",
                condition=Q(leaves_on__isnull=True)
                | Q(arrives_on__isnull=True)
                | Q(leaves_on__gte=F("arrives_on")),
                violation_error_message=_("Le départ ne peut pas précéder l’arrivée."),
            ),
            models.CheckConstraint(
                name="life_project_adults_range",
                condition=Q(adults__gte=1, adults__lte=MAX_ADULTS),
                violation_error_message=_("Le foyer compte de 1 à 12 adultes."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["closed_at"],
                name="life_project_closed",
                condition=Q(closed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"projet {self.pk}"


class WelcomeRequest(Base):
    """What is asked of one partner for a project.

    Once the project is forgotten the row only counts: no project, no text, the month for dates.
    """

    personal = {
        "first_name": "concierge",
        "email": "concierge",
        "phone": "concierge",
        "starts_on": "concierge",
        "ends_on": "concierge",
        "granted_from": "concierge",
        "granted_to": "concierge",
        "places": "concierge",
        "child_ages": "concierge",
        "message": "concierge",
        "answer": "concierge",
    }

    project = models.ForeignKey(
        LifeProject, null=True, on_delete=models.SET_NULL, related_name="requests"
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partenaire"),
        on_delete=models.PROTECT,
        related_name="welcome_requests",
    )
    resource = models.ForeignKey(
        Resource,
        verbose_name=_("offre"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="welcome_requests",
    )
    kind = models.CharField(_("pour"), max_length=12, choices=WelcomeKind.choices)
    # As the person said them when they asked: the partner reads no profile.
    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    email = models.EmailField(_("adresse électronique"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    starts_on = models.DateField(_("du"), null=True, blank=True)
    ends_on = models.DateField(_("au"), null=True, blank=True)
    granted_from = models.DateField(_("accordée du"), null=True, blank=True)
    granted_to = models.DateField(_("accordée jusqu’au"), null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), default=1)
    child_ages = models.JSONField(_("âges des enfants"), default=list)
    message = models.TextField(_("message"), blank=True)
    answer = models.TextField(_("réponse"), blank=True)
    state = models.CharField(
        _("état"), max_length=8, choices=RequestState.choices, default=RequestState.SENT
    )
    reason = models.CharField(
        _("raison"), max_length=20, choices=ClosingReason.choices, blank=True
    )
    sent_at = models.DateTimeField(_("envoyée le"))
    answered_at = models.DateTimeField(_("réponse le"), null=True, blank=True)
    ended_at = models.DateTimeField(_("close le"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("relancée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("demande d’accueil")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "resource"],
                condition=Q(state__in=["sent", "seen", "granted"]),
                name="welcome_request_once",
                violation_error_message=_("Cette offre est déjà demandée pour ce projet."),
            ),
            models.CheckConstraint(
                name="welcome_request_dates_in_order",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
            models.CheckConstraint(
                name="welcome_request_ended_has_date",
                condition=Q(state__in=["sent", "seen", "granted"], ended_at__isnull=True)
                | Q(state__in=["refused", "closed"], ended_at__isnull=False),
                violation_error_message=_("Une demande close porte la date de sa fin."),
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "state"], name="welcome_request_partner"),
            models.Index(fields=["state", "sent_at"], name="welcome_request_waiting"),
        ]

    def __str__(self) -> str:
        return f"demande {self.pk}"


class RequestMove(Base):
    """A step of a request: from which state to which, when, by whom."""

    personal = {"by": "membership"}

    request = models.ForeignKey(WelcomeRequest, on_delete=models.CASCADE, related_name="moves")
    before = models.CharField(max_length=8, choices=RequestState.choices, blank=True)
    after = models.CharField(max_length=8, choices=RequestState.choices)
    reason = models.CharField(max_length=20, choices=ClosingReason.choices, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("étape d’une demande")
        indexes = [models.Index(fields=["request", "-at"], name="welcome_move_at")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.before} → {self.after}"

"""On what terms a shared resource welcomes somebody: area, price, hours, free days."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.resources.models import Resource
from ancrage.welcome.enums import WelcomeKind

MAX_PLACES = 500


class WelcomeTerms(Base):
    """What a dwelling, a place at a crèche or a service says of itself, beyond the resource."""

    impersonal = frozenset({"themes", "address", "area", "price_note", "opening_hours"})

    resource = models.OneToOneField(
        Resource,
        verbose_name=_("ressource"),
        on_delete=models.CASCADE,
        related_name="welcome_terms",
    )
    kind = models.CharField(_("pour"), max_length=12, choices=WelcomeKind.choices)
    # Codes of data·inclusion.
    themes = models.JSONField(_("thématiques"), default=list)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    comes_to_you = models.BooleanField(_("se déplace ou répond à distance"), default=False)
    # Codes of communes, of groups of communes, of departments; empty: everywhere.
    area = models.JSONField(_("zone desservie"), default=list)
    price_cents = models.PositiveIntegerField(_("prix par mois (centimes)"), null=True, blank=True)
    price_note = models.CharField(_("précision sur le prix"), max_length=160, blank=True)
    # The notation of OpenStreetMap: « Mo-Fr 06:00-22:00 ».
    opening_hours = models.CharField(_("horaires"), max_length=255, blank=True)
    age_from_months = models.PositiveSmallIntegerField(_("âge minimal"), null=True, blank=True)
    age_to_months = models.PositiveSmallIntegerField(_("âge maximal"), null=True, blank=True)
    holds = models.PositiveSmallIntegerField(_("personnes par place"), null=True, blank=True)
    # Advice has no places that run out; a room has.
    has_places = models.BooleanField(_("places comptées"), default=True)
    # Raised at each change of the calendar or of what is taken: two answers at once, one wins.
    calendar_revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(_("modifié le"))

    class Meta:
        verbose_name = _("conditions d’accueil")
        constraints = [
            models.CheckConstraint(
                name="welcome_ages_in_order",
                condition=Q(age_from_months__isnull=True)
                | Q(age_to_months__isnull=True)
                | Q(age_to_months__gte=F("age_from_months")),
                violation_error_message=_("L’âge maximal ne peut pas être sous l’âge minimal."),
            )
        ]
        indexes = [models.Index(fields=["kind"], name="welcome_kind")]

    def __str__(self) -> str:
        return str(self.resource)


class Availability(Base):
    """Places open from one day to another, both included; those of a resource never overlap."""

    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, related_name="welcome_availabilities"
    )
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    places = models.PositiveSmallIntegerField(_("places"), default=1)

    class Meta:
        verbose_name = _("période ouverte")
        constraints = [
            models.CheckConstraint(
                name="welcome_availability_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
            models.CheckConstraint(
                name="welcome_availability_places",
                condition=Q(places__gte=1, places__lte=MAX_PLACES),
                violation_error_message=_("Le nombre de places va de 1 à 500."),
            ),
            models.UniqueConstraint(
                fields=["resource", "starts_on"],
                name="welcome_availability_once",
                violation_error_message=_("Une période commence déjà ce jour-là."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.starts_on} – {self.ends_on} × {self.places}"


class TakenDay(Base):
    """One place on one day, given to a request: what makes it impossible to give it twice."""

    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, related_name="welcome_taken_days"
    )
    place = models.PositiveSmallIntegerField(_("place"))
    on = models.DateField(_("jour"))
    request = models.ForeignKey(
        "welcome.WelcomeRequest", on_delete=models.CASCADE, related_name="taken_days"
    )

    class Meta:
        verbose_name = _("jour pris")
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "on", "place"],
                name="welcome_day_taken_once",
                violation_error_message=_("Cette place est déjà donnée ce jour-là."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_id}.{self.place} {self.on}"

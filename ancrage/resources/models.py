"""What structures can share: staff time, places, housing, a room, an expertise."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.life.models import LivingRow, StatusChange
from ancrage.partners.models import Facility, Partner
from ancrage.professions.models import Profession
from ancrage.resources.enums import ResourceKind, ResourceStatus
from ancrage.territory.models import Commune


class Resource(LivingRow):
    """Something a structure offers to its neighbours, for a time and in a place."""

    personal = {"created_by": "membership"}
    impersonal = frozenset(
        {"reference", "title", "description", "days", "contact_email", "contact_phone", "search"}
    )

    partner = models.ForeignKey(
        Partner, verbose_name=_("structure"), on_delete=models.PROTECT, related_name="resources"
    )
    facility = models.ForeignKey(
        Facility,
        verbose_name=_("établissement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resources",
    )
    commune = models.ForeignKey(
        Commune, verbose_name=_("commune"), on_delete=models.PROTECT, related_name="resources"
    )
    reference = models.CharField(_("référence interne"), max_length=60, blank=True)
    kind = models.CharField(_("nature"), max_length=20, choices=ResourceKind.choices)
    title = models.CharField(_("intitulé"), max_length=160)
    # For staff time, a training place, a tutor or an immersion.
    profession = models.ForeignKey(
        Profession,
        verbose_name=_("métier concerné"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resources",
    )
    quantity = models.PositiveSmallIntegerField(_("nombre"), default=1)
    fte_hundredths = models.PositiveSmallIntegerField(
        _("quotité partagée (%)"), null=True, blank=True
    )
    days = models.CharField(_("jours et heures"), max_length=160, blank=True)
    available_from = models.DateField(_("disponible à partir du"))
    available_to = models.DateField(_("jusqu’au"), null=True, blank=True)
    description = models.TextField(_("description"), blank=True)
    contact_email = models.EmailField(_("boîte du service"), blank=True)
    contact_phone = models.CharField(_("téléphone du service"), max_length=20, blank=True)
    status = models.CharField(
        _("état"), max_length=12, choices=ResourceStatus.choices, default=ResourceStatus.DRAFT
    )

    class Meta:
        verbose_name = _("ressource")
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "reference"],
                condition=~Q(reference=""),
                name="resource_reference_once",
                violation_error_message=_(
                    "Une ressource de la structure porte déjà cette référence interne."
                ),
            ),
            models.CheckConstraint(
                name="resource_quantity_range",
                condition=Q(quantity__gte=1, quantity__lte=500),
                violation_error_message=_("Le nombre va de 1 à 500."),
            ),
            models.CheckConstraint(
                name="resource_fte_range",
                condition=Q(fte_hundredths__isnull=True)
                | Q(fte_hundredths__gte=1, fte_hundredths__lte=100),
                violation_error_message=_("La quotité va de 1 à 100 %."),
            ),
            models.CheckConstraint(
                name="resource_ends_after_start",
                condition=Q(available_to__isnull=True) | Q(available_to__gte=F("available_from")),
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "kind"], name="resource_status_kind"),
            models.Index(fields=["partner", "status"], name="resource_partner_status"),
        ]

    def __str__(self) -> str:
        return self.title


class ResourceStatusChange(StatusChange):
    """A move of a resource from one state to another, so that the last can be undone."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="status_changes")
    before = models.CharField(max_length=12, choices=ResourceStatus.choices)
    after = models.CharField(max_length=12, choices=ResourceStatus.choices)

    class Meta:
        verbose_name = _("changement d’état")
        indexes = [models.Index(fields=["resource", "-at"], name="resource_change_at")]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.before} → {self.after}"

"""Part-time posts that somebody holds and would rather complete than leave."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.needs.models import Need
from ancrage.partners.models import Facility, Partner
from ancrage.professions.models import Profession, Specialty
from ancrage.territory.models import Commune


class RetainedPartTime(Base):
    """A part-time post that a structure keeps, whose holder would like more hours elsewhere.

    Nothing says who holds it, and no field is open to words. FTE in hundredths.
    """

    personal = {"by": "membership"}
    # As `FractionWeek` writes them.
    impersonal = frozenset({"slots"})

    partner = models.ForeignKey(
        Partner, verbose_name=_("structure"), on_delete=models.CASCADE, related_name="+"
    )
    facility = models.ForeignKey(
        Facility,
        verbose_name=_("établissement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    commune = models.ForeignKey(
        Commune, verbose_name=_("commune"), on_delete=models.PROTECT, related_name="+"
    )
    profession = models.ForeignKey(
        Profession, verbose_name=_("métier"), on_delete=models.PROTECT, related_name="+"
    )
    specialty = models.ForeignKey(
        Specialty,
        verbose_name=_("spécialité"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    fte_hundredths = models.PositiveSmallIntegerField(_("temps de travail aujourd’hui"))
    slots = models.CharField(_("créneaux pris"), max_length=120)
    starts_on = models.DateField(_("davantage d’heures à partir du"))
    wished_least = models.PositiveSmallIntegerField(_("total souhaité, au moins"))
    wished_most = models.PositiveSmallIntegerField(_("total souhaité, au plus"))
    changed_at = models.DateTimeField(_("mis à jour le"))
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("temps partiel à compléter")
        constraints = [
            models.CheckConstraint(
                name="retained_wishes_more",
                condition=Q(
                    fte_hundredths__gte=1,
                    wished_least__gt=F("fte_hundredths"),
                    wished_most__gte=F("wished_least"),
                    wished_most__lte=100,
                ),
                violation_error_message=_("Le total souhaité dépasse le temps d’aujourd’hui."),
            )
        ]
        indexes = [models.Index(fields=["partner", "-changed_at"], name="retained_of_partner")]

    def __str__(self) -> str:
        return f"{self.profession_id} {self.fte_hundredths} %"


# What a part of a shared post is made of.
Source = Need | RetainedPartTime

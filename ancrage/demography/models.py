"""Official files, kept as they were read, year by year and side by side."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancrage.demography.enums import OF_SOMEBODY, Care, Dataset
from ancrage.kit.models import Base

FIRST_YEAR, LAST_YEAR = 1990, 2100


class Vintage(Base):
    """One file of one year. Counts by commune: nobody can be told from it.

    Its columns are kept whole, compressed: a file is read and replaced whole, and computing on a
    country needs columns, not thirty-five thousand rows.
    """

    impersonal = frozenset({"source", "licence", "url", "digest", "remarks", "contents"})
    personal = {"imported_by": "account"}

    dataset = models.CharField(_("fichier"), max_length=14, choices=Dataset.choices)
    care = models.CharField(_("profession"), max_length=10, choices=Care.choices, blank=True)
    year = models.PositiveSmallIntegerField(_("millésime"))
    source = models.CharField(_("source"), max_length=200)
    licence = models.CharField(_("licence"), max_length=120)
    url = models.URLField(_("adresse de la source"), max_length=500, blank=True)
    # How many lines were kept, and what was mended or noticed, in sentences.
    lines = models.PositiveIntegerField(_("lignes"))
    remarks = models.JSONField(_("remarques"), default=list, blank=True)
    contents = models.BinaryField()
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField(_("importé le"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("importé par"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("millésime")
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "care", "year"],
                name="demography_vintage_once",
                violation_error_message=_("Ce millésime est déjà là."),
            ),
            models.CheckConstraint(
                name="demography_vintage_year",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message=_("L’année va de 1990 à 2100."),
            ),
            models.CheckConstraint(
                name="demography_vintage_care",
                condition=(Q(dataset__in=sorted(OF_SOMEBODY)) & ~Q(care=""))
                | (~Q(dataset__in=sorted(OF_SOMEBODY)) & Q(care="")),
                violation_error_message=_("Ce fichier dit de qui, ou de personne."),
            ),
        ]

    def __str__(self) -> str:
        care = f", {Care(self.care).label}" if self.care else ""
        return f"{Dataset(self.dataset).label}{care}, {self.year}"

"""Reports: a period told in figures and words, drafted, then published and kept as it was."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.privacy.append_only import AppendOnly
from ancrage.roadmap.enums import ReportSection, ReportStatus
from ancrage.roadmap.models.steering import Roadmap
from ancrage.territory.models import Territory


class Report(Base):
    """What a territory, or a part of it, did over whole months. One report a period for each.

    `contents` are the figures and sentences as last computed (`roadmap.services.report_contents`
    says their shape); those of a published version are kept apart, in its edition.
    """

    personal = {"created_by": "account"}
    impersonal = frozenset({"title", "contents", "perimeter"})

    territory = models.ForeignKey(
        Territory, verbose_name=_("territoire"), on_delete=models.PROTECT, related_name="reports"
    )
    # The key of a part of the territory (`territory.perimeters`), empty for the whole.
    perimeter = models.CharField(_("périmètre"), max_length=40, blank=True)
    roadmap = models.ForeignKey(
        Roadmap,
        verbose_name=_("feuille de route"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reports",
    )
    # Holds the name of an intercommunality after that of the report.
    title = models.CharField(_("intitulé"), max_length=280)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"))
    status = models.CharField(
        _("état"), max_length=10, choices=ReportStatus.choices, default=ReportStatus.DRAFT
    )
    # The version that the draft will be, or that is published.
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    contents = models.JSONField(default=dict)
    computed_at = models.DateTimeField(_("calculé le"))
    created_at = models.DateTimeField(_("créé le"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("rapport")
        constraints = [
            models.CheckConstraint(
                name="report_in_order",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("Le dernier jour vient après le premier."),
            ),
            models.CheckConstraint(
                name="report_of_part_tells_no_roadmap",
                condition=Q(perimeter="") | Q(roadmap__isnull=True),
                violation_error_message=_(
                    "La feuille de route est celle du territoire entier : un rapport sur une "
                    "partie ne la dit pas."
                ),
            ),
            models.UniqueConstraint(
                fields=["territory", "starts_on", "ends_on", "perimeter"],
                name="report_period_once",
                violation_error_message=_(
                    "Cette période a déjà son rapport : ouvrez-le pour le compléter."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReportComment(Base):
    """What the coordination adds to a section of a report, in its own words."""

    personal = {"written_by": "account"}
    impersonal = frozenset({"text"})

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField(_("partie"), max_length=20, choices=ReportSection.choices)
    text = models.TextField(_("commentaire"), blank=True, max_length=4000)
    written_at = models.DateTimeField(_("écrit le"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("commentaire d’un rapport")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "section"], name="report_comment_once_a_section"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.section}"


class ReportEdition(AppendOnly):
    """A version of a report as it was published: figures and comments, kept for good.

    Written once, as the ledgers are: a correction is another version.
    """

    personal = {"published_by": "account"}
    impersonal = frozenset({"title", "contents"})

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("intitulé"), max_length=280)
    contents = models.JSONField()
    published_at = models.DateTimeField(_("publiée le"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("version publiée d’un rapport")
        constraints = [
            models.UniqueConstraint(fields=["report", "version"], name="report_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.version}"


class PublicFigure(Base):
    """A measure that a territory shows to everybody: none until somebody says so."""

    personal = {"opened_by": "account"}
    impersonal = frozenset({"measure"})

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="public_figures"
    )
    measure = models.CharField(_("mesure"), max_length=80)
    opened_at = models.DateTimeField(_("ouverte le"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("chiffre public")
        constraints = [
            models.UniqueConstraint(fields=["territory", "measure"], name="public_figure_once")
        ]

    def __str__(self) -> str:
        return self.measure

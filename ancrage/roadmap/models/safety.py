"""Working conditions and safety of carers, counted by structures; good practices shared."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.kit.search import SearchField
from ancrage.partners.models import Partner
from ancrage.territory.models import Territory


class SafetyReport(Base):
    """What a structure counted over a half-year. A count left out is not a zero.

    No person, no account of what happened: numbers only, and a remark on how they were counted.
    """

    personal = {"given_by": "account"}
    impersonal = frozenset({"note"})

    partner = models.ForeignKey(
        Partner,
        verbose_name=_("structure"),
        on_delete=models.CASCADE,
        related_name="safety_reports",
    )
    starts_on = models.DateField(_("premier jour du semestre"))
    accidents = models.PositiveIntegerField(
        _("accidents du travail déclarés"), null=True, blank=True
    )
    aggressions = models.PositiveIntegerField(_("agressions déclarées"), null=True, blank=True)
    supported = models.PositiveIntegerField(
        _("agressions suivies d’un accompagnement"), null=True, blank=True
    )
    absence_days = models.PositiveIntegerField(_("journées d’absence"), null=True, blank=True)
    projects = models.PositiveIntegerField(
        _("projets de qualité de vie et des conditions de travail"), null=True, blank=True
    )
    note = models.CharField(_("comment ces nombres sont comptés"), max_length=500, blank=True)
    given_at = models.DateTimeField(_("transmis le"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("relevé de santé et de sécurité")
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "starts_on"],
                name="safety_report_once",
                violation_error_message=_("Cette structure a déjà répondu pour ce semestre."),
            ),
            models.CheckConstraint(
                name="safety_supported_among_declared",
                condition=Q(supported__isnull=True)
                | Q(aggressions__isnull=True)
                | Q(supported__lte=models.F("aggressions")),
                violation_error_message=_(
                    "Il y a plus d’agressions accompagnées que d’agressions déclarées."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"relevé {self.pk}"


class SafetyCollection(Base):
    """A half-year whose collection is over: its reports no longer change, its figures are shown.

    Figures shown while answers still came in would tell each new answer by difference.
    """

    personal = {"closed_by": "account"}

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="safety_collections"
    )
    starts_on = models.DateField(_("premier jour du semestre"))
    closed_at = models.DateTimeField(_("close le"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("collecte close")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "starts_on"], name="safety_collection_once"
            )
        ]

    def __str__(self) -> str:
        return f"collecte {self.pk}"


class GoodPractice(Base):
    """Something that works somewhere, told to the neighbours; a mailbox of a service to ask."""

    personal = {"added_by": "account"}
    impersonal = frozenset({"title", "text", "contact_email", "search"})

    partner = models.ForeignKey(
        Partner,
        verbose_name=_("structure"),
        on_delete=models.CASCADE,
        related_name="good_practices",
    )
    title = models.CharField(_("intitulé"), max_length=160)
    text = models.TextField(_("ce qui a été fait, et ce que cela a changé"), max_length=3000)
    contact_email = models.EmailField(_("boîte du service"), blank=True)
    search = SearchField(blank=True)
    added_at = models.DateTimeField(_("partagée le"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    removed_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("bonne pratique")

    def __str__(self) -> str:
        return self.title

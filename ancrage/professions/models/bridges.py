"""Bridges between professions: dated rules, each with its source and its last check."""

from datetime import date, timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.professions.enums import BridgeKind, BridgeRhythm
from ancrage.professions.models.professions import Profession
from ancrage.professions.validators import (
    validate_conditions,
    validate_intakes,
    validate_sectors,
)

# A rule checked longer ago than this says so, and is never shown as certain.
CHECKED_FOR = timedelta(days=365)


class Qualification(Base):
    """What bridges lead from and to: a profession, a diploma, a way of practising."""

    impersonal = frozenset({"code", "label_fr", "label_en", "reference"})

    # That of the profession where there is one.
    code = models.SlugField(_("identifiant"), max_length=40, unique=True)
    label_fr = models.CharField(_("libellé"), max_length=100)
    label_en = models.CharField(_("libellé anglais"), max_length=100)
    # The profession that it lets one practise, where one is listed.
    profession = models.OneToOneField(
        Profession,
        verbose_name=_("métier"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="qualification",
    )
    valid_from = models.DateField(_("valable depuis"), null=True, blank=True)
    valid_to = models.DateField(_("valable jusqu’à"), null=True, blank=True)
    reference = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("titre")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the language of the page."""
        return self.label_en if get_language() == "en" else self.label_fr


class DatedRule(Base):
    """A rule in force between two days, both included, as a source told it on a day."""

    code = models.SlugField(_("identifiant"), max_length=80, unique=True)
    conditions = models.JSONField(
        _("conditions"), default=list, blank=True, validators=[validate_conditions]
    )
    in_force_from = models.DateField(_("en vigueur depuis"), null=True, blank=True)
    in_force_to = models.DateField(_("en vigueur jusqu’au"), null=True, blank=True)
    note_fr = models.CharField(_("précision"), max_length=300, blank=True)
    note_en = models.CharField(_("précision en anglais"), max_length=300, blank=True)
    source = models.URLField(_("source"), max_length=300)
    checked_on = models.DateField(_("vérifié le"))
    # Of the row, not of the rule: what a load of the reference keeps.
    valid_from = models.DateField(_("valable depuis"), null=True, blank=True)
    valid_to = models.DateField(_("valable jusqu’à"), null=True, blank=True)
    reference = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def note(self) -> str:
        """The note in the language of the page."""
        return self.note_en if get_language() == "en" else self.note_fr

    def is_to_check_again(self, on: date) -> bool:
        """Tell whether the last check is too old to be trusted."""
        return on - self.checked_on > CHECKED_FOR


class BridgeFunding(DatedRule):
    """Who can pay for a course, what the person keeps and pays, and the service owed after."""

    impersonal = frozenset(
        {
            "code",
            "label_fr",
            "label_en",
            "sectors",
            "conditions",
            "note_fr",
            "note_en",
            "source",
            "reference",
        }
    )

    label_fr = models.CharField(_("libellé"), max_length=100)
    label_en = models.CharField(_("libellé anglais"), max_length=100)
    # Of which employers; empty: of all.
    sectors = models.JSONField(
        _("secteurs"), default=list, blank=True, validators=[validate_sectors]
    )
    # Of the pay, in percent; unknown where no source tells it.
    kept_percent = models.PositiveSmallIntegerField(
        _("salaire gardé (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    rest_cents = models.PositiveIntegerField(_("reste à charge (centimes)"), null=True, blank=True)
    # Service owed afterwards: so many times the length of the course, so many months at most.
    owed_times = models.PositiveSmallIntegerField(_("engagement (× durée)"), default=0)
    owed_most_months = models.PositiveSmallIntegerField(_("engagement (mois au plus)"), default=60)

    class Meta:
        verbose_name = _("financement d’une passerelle")
        constraints = [
            models.CheckConstraint(
                name="funding_in_force_in_order",
                condition=models.Q(in_force_from__isnull=True)
                | models.Q(in_force_to__isnull=True)
                | models.Q(in_force_to__gte=models.F("in_force_from")),
                violation_error_message=_("La fin de la règle précède son début."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the language of the page."""
        return self.label_en if get_language() == "en" else self.label_fr


class ProfessionBridge(DatedRule):
    """A way from one title (from none: for anybody) to another."""

    impersonal = frozenset(
        {
            "code",
            "conditions",
            "fundings",
            "intakes",
            "note_fr",
            "note_en",
            "source",
            "reference",
        }
    )

    origin = models.ForeignKey(
        Qualification,
        verbose_name=_("de"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bridges_out",
    )
    target = models.ForeignKey(
        Qualification,
        verbose_name=_("vers"),
        on_delete=models.PROTECT,
        related_name="bridges_in",
    )
    kind = models.CharField(_("nature"), max_length=16, choices=BridgeKind.choices)
    rhythm = models.CharField(_("rythme"), max_length=12, choices=BridgeRhythm.choices)
    months = models.PositiveSmallIntegerField(_("durée (mois)"))
    # The course depends on what the person already has: it lasts so long at most.
    months_at_most = models.BooleanField(_("durée maximale"), default=False)
    hours = models.PositiveSmallIntegerField(_("durée (heures)"), null=True, blank=True)
    # Codes of fundings, in no order.
    fundings = models.JSONField(_("financements"), default=list, blank=True)
    # Months of the year in which the course begins; empty: any.
    intakes = models.JSONField(
        _("rentrées"), default=list, blank=True, validators=[validate_intakes]
    )
    fee_cents = models.PositiveIntegerField(_("frais (centimes)"), null=True, blank=True)
    # Of the pay, when nobody pays for the course.
    kept_alone_percent = models.PositiveSmallIntegerField(
        _("salaire gardé sans financement (%)"), default=0, validators=[MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = _("passerelle entre métiers")
        constraints = [
            models.CheckConstraint(
                name="bridge_leads_elsewhere",
                condition=models.Q(origin__isnull=True) | ~models.Q(origin=models.F("target")),
                violation_error_message=_("Une passerelle mène d’un titre à un autre."),
            ),
            models.CheckConstraint(
                name="bridge_in_force_in_order",
                condition=models.Q(in_force_from__isnull=True)
                | models.Q(in_force_to__isnull=True)
                | models.Q(in_force_to__gte=models.F("in_force_from")),
                violation_error_message=_("La fin de la règle précède son début."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin_label} → {self.target}"

    @property
    def origin_label(self) -> str:
        """Whom the bridge is for, in the language of the page."""
        return self.origin.label if self.origin else gettext("Tout le monde")

"""Indicators and the values that people type; a computed value is never stored here."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.roadmap.enums import Direction, IndicatorKind, Periodicity
from ancrage.roadmap.models.steering import Action, Axis

# How long after a period its value may wait before it is overdue.
GRACE_DAYS = 31


class Indicator(Base):
    """How an axis, or one of its actions, is measured.

    `measure` names a measure of the registry: it may have gone since.
    """

    personal = {"created_by": "account"}
    impersonal = frozenset({"title", "definition", "unit", "source", "measure"})

    axis = models.ForeignKey(
        Axis, verbose_name=_("axe"), on_delete=models.PROTECT, related_name="indicators"
    )
    action = models.ForeignKey(
        Action,
        verbose_name=_("action"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
    )
    title = models.CharField(_("intitulé"), max_length=160)
    definition = models.TextField(_("définition"), blank=True, max_length=1000)
    unit = models.CharField(_("unité"), max_length=40, blank=True)
    kind = models.CharField(_("origine des valeurs"), max_length=10, choices=IndicatorKind.choices)
    measure = models.CharField(_("mesure"), max_length=80, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    periodicity = models.CharField(
        _("périodicité"), max_length=10, choices=Periodicity.choices, default=Periodicity.YEAR
    )
    direction = models.CharField(
        _("sens souhaité"), max_length=5, choices=Direction.choices, default=Direction.UP
    )
    target = models.DecimalField(
        _("cible"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    target_on = models.DateField(_("à atteindre le"), null=True, blank=True)
    removed_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
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
        verbose_name = _("indicateur")
        constraints = [
            models.CheckConstraint(
                name="indicator_computed_or_typed",
                condition=Q(kind=IndicatorKind.COMPUTED) & ~Q(measure="")
                | Q(kind=IndicatorKind.TYPED) & Q(measure=""),
                violation_error_message=_(
                    "Un indicateur calculé nomme sa mesure ; un indicateur saisi n’en a pas."
                ),
            ),
            models.CheckConstraint(
                name="indicator_typed_says_source",
                condition=~Q(kind=IndicatorKind.TYPED) | ~Q(source=""),
                violation_error_message=_("Un indicateur saisi dit d’où viennent ses valeurs."),
            ),
            models.CheckConstraint(
                name="indicator_target_is_dated",
                condition=Q(target__isnull=True, target_on__isnull=True)
                | Q(target__isnull=False, target_on__isnull=False),
                violation_error_message=_("Une cible a sa date, et une date sa cible."),
            ),
        ]
        indexes = [models.Index(fields=["axis", "kind"], name="indicator_axis_kind")]

    def __str__(self) -> str:
        return self.title


class IndicatorValue(Base):
    """What an indicator was over a period; a corrected value is kept, replaced."""

    personal = {"given_by": "account"}
    impersonal = frozenset({"source", "note"})

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicateur"), on_delete=models.CASCADE, related_name="values"
    )
    starts_on = models.DateField(_("premier jour de la période"))
    ends_on = models.DateField(_("dernier jour de la période"))
    value = models.DecimalField(_("valeur"), max_digits=14, decimal_places=2)
    source = models.CharField(_("source"), max_length=200)
    note = models.CharField(_("précision"), max_length=300, blank=True)
    given_at = models.DateTimeField(_("saisie le"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    replaced_at = models.DateTimeField(_("remplacée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("valeur d’un indicateur")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "starts_on"],
                condition=Q(replaced_at__isnull=True),
                name="indicator_value_once",
                violation_error_message=_("Cette période a déjà une valeur."),
            ),
            models.CheckConstraint(
                name="indicator_value_in_order", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]
        indexes = [models.Index(fields=["indicator", "-starts_on"], name="indicator_value_latest")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.starts_on:%Y-%m-%d}"

"""Aid schemes, their dated rules and amounts, what excludes what, and the zones of communes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.kit.search import SearchField
from ancrage.schemes.enums import AmountPeriod, Payer, Receiver, RepaymentKind, Topic, Zone
from ancrage.territory.models import Commune, Department


def _in_order(first: str, last: str) -> Q:
    return (
        Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True})
        | Q(**{f"{last}__gte": F(first)})
    )


class Scheme(Base):
    """An aid: who pays, who may use it, until when, and where and when that was read."""

    impersonal = frozenset(
        {
            "label_fr",
            "label_en",
            "content_fr",
            "content_en",
            "doubt_fr",
            "doubt_en",
            "commitment_fr",
            "commitment_en",
            "source_name",
            "source_url",
            "search",
            "reference",
        }
    )

    code = models.SlugField(_("identifiant"), max_length=60, unique=True)
    topic = models.CharField(_("sujet"), max_length=12, choices=Topic.choices)
    payer = models.CharField(_("payeur"), max_length=20, choices=Payer.choices)
    for_person = models.BooleanField(_("pour une personne"), default=False)
    for_structure = models.BooleanField(_("pour une structure"), default=False)
    for_commune = models.BooleanField(_("pour une commune"), default=False)
    label_fr = models.CharField(_("nom"), max_length=140)
    label_en = models.CharField(_("nom en anglais"), max_length=140)
    # What it brings, in a few sentences.
    content_fr = models.TextField(_("contenu"))
    content_en = models.TextField(_("contenu en anglais"))

    # Both included; new requests only: what runs goes to its term.
    opens_on = models.DateField(_("ouverte depuis"), null=True, blank=True)
    closes_on = models.DateField(_("ouverte jusqu’au"), null=True, blank=True)
    source_name = models.CharField(_("source"), max_length=160)
    source_url = models.URLField(_("adresse de la source"), max_length=500)
    # The day of which the facts are those: of our reading, or of a page that dates itself.
    checked_on = models.DateField(_("vérifiée le"))
    check_every_days = models.PositiveSmallIntegerField(
        _("à revérifier tous les (jours)"), default=365
    )
    # Why nobody can be certain: sources disagree. Empty when they do not.
    doubt_fr = models.TextField(_("doute"), blank=True)
    doubt_en = models.TextField(_("doute, en anglais"), blank=True)

    # What is owed in return: so many months, or so many times the course (in hundredths).
    commitment_months = models.PositiveSmallIntegerField(_("engagement (mois)"), default=0)
    commitment_factor = models.PositiveSmallIntegerField(
        _("engagement, en fois la durée de la formation (%)"), default=0
    )
    commitment_least = models.PositiveSmallIntegerField(_("au moins (mois)"), default=0)
    commitment_most = models.PositiveSmallIntegerField(_("au plus (mois)"), null=True, blank=True)
    repayment = models.CharField(
        _("en cas de départ"),
        max_length=10,
        choices=RepaymentKind.choices,
        default=RepaymentKind.NONE,
    )
    commitment_fr = models.CharField(_("ce qui est dû en retour"), max_length=240, blank=True)
    commitment_en = models.CharField(
        _("ce qui est dû en retour, en anglais"), max_length=240, blank=True
    )

    search = SearchField(blank=True)
    valid_from = models.DateField(_("dans l’inventaire depuis"), null=True, blank=True)
    # Left the inventory by mistake or duplicate; an aid that ends has `closes_on`.
    valid_to = models.DateField(_("dans l’inventaire jusqu’au"), null=True, blank=True)
    # The values last loaded from the reference; one that differs is a coordinator's choice.
    reference = models.JSONField(default=dict, blank=True)
    # Raised at each change: two people editing at once are told, not overwritten.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("aide")
        constraints = [
            models.CheckConstraint(
                name="scheme_closes_after_opening",
                condition=_in_order("opens_on", "closes_on"),
                violation_error_message=_("Une aide ne peut pas se terminer avant d’ouvrir."),
            ),
            models.CheckConstraint(
                name="scheme_has_a_receiver",
                condition=Q(for_person=True) | Q(for_structure=True) | Q(for_commune=True),
                violation_error_message=_(
                    "Dites à qui sert cette aide : personne, structure ou commune."
                ),
            ),
            models.CheckConstraint(
                name="scheme_check_interval",
                condition=Q(check_every_days__gte=1, check_every_days__lte=1100),
                violation_error_message=_(
                    "Une aide se revérifie au moins tous les trois ans (1 à 1 100 jours)."
                ),
            ),
            models.CheckConstraint(
                name="scheme_doubt_in_both_languages",
                condition=Q(doubt_fr="", doubt_en="") | (~Q(doubt_fr="") & ~Q(doubt_en="")),
                violation_error_message=_("Écrivez le doute en français et en anglais."),
            ),
        ]
        indexes = [models.Index(fields=["topic", "code"], name="scheme_topic")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        return self.label_en if get_language() == "en" else self.label_fr

    @property
    def content(self) -> str:
        """What it brings, in the language of the page."""
        return self.content_en if get_language() == "en" else self.content_fr

    @property
    def doubt(self) -> str:
        """Why nobody can be certain, in the language of the page."""
        return self.doubt_en if get_language() == "en" else self.doubt_fr

    @property
    def commitment(self) -> str:
        """What is owed in return, in the language of the page."""
        return self.commitment_en if get_language() == "en" else self.commitment_fr

    @property
    def receivers(self) -> tuple[Receiver, ...]:
        """Who may use it."""
        return tuple(one for one in Receiver if getattr(self, f"for_{one.value}"))


class SchemeRule(Base):
    """A version of the conditions of an aid, in the language of rules, from a day on."""

    personal = {"created_by": "membership"}
    impersonal = frozenset({"text", "note", "reference"})

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="rules")
    # None: since ever. The last one that applies on a day is the rule of that day.
    applies_from = models.DateField(_("s’applique depuis"), null=True, blank=True)
    text = models.TextField(_("règle"))
    note = models.CharField(_("ce qui a changé"), max_length=240, blank=True)
    created_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    valid_from = models.DateField(_("connue depuis"), null=True, blank=True)
    # Set aside: replaced by another of the same day, or gone from the reference.
    valid_to = models.DateField(_("mise de côté le"), null=True, blank=True)
    reference = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("règle d’une aide")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "applies_from"],
                condition=Q(valid_to__isnull=True),
                name="scheme_rule_once_a_day",
                violation_error_message=_("Cette aide a déjà une règle à cette date."),
            ),
            # Two NULLs are not equal to the constraint above.
            models.UniqueConstraint(
                fields=["scheme"],
                condition=Q(valid_to__isnull=True, applies_from__isnull=True),
                name="scheme_first_rule_once",
                violation_error_message=_("Cette aide a déjà une règle à cette date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} · {self.applies_from or '…'}"


class SchemeAmount(Base):
    """What an aid pays, in cents or in hundredths of a percent; `rule` says to whom."""

    impersonal = frozenset({"label_fr", "label_en", "rule", "reference"})

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="amounts")
    rank = models.PositiveSmallIntegerField(_("rang"))
    period = models.CharField(_("rythme"), max_length=10, choices=AmountPeriod.choices)
    # Cents; hundredths of a percent where the period is a rate.
    low = models.PositiveIntegerField(_("montant"))
    high = models.PositiveIntegerField(_("jusqu’à"))
    label_fr = models.CharField(_("précision"), max_length=160, blank=True)
    label_en = models.CharField(_("précision en anglais"), max_length=160, blank=True)
    # Empty: paid to whoever the scheme is open to.
    rule = models.TextField(_("condition de ce montant"), blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    reference = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("montant d’une aide")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "rank"], name="scheme_amount_rank_once"),
            models.CheckConstraint(
                name="scheme_amount_in_order",
                condition=Q(high__gte=F("low")),
                violation_error_message=_("Le haut du montant est sous le bas."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} · {self.low}–{self.high}"

    @property
    def label(self) -> str:
        """What it is paid for, in the language of the page."""
        return self.label_en if get_language() == "en" else self.label_fr


class NonCumulationGroup(Base):
    """Aids of which one only may be had."""

    impersonal = frozenset({"reason_fr", "reason_en", "source_url", "reference"})

    code = models.SlugField(_("identifiant"), max_length=60, unique=True)
    reason_fr = models.CharField(_("pourquoi"), max_length=240)
    reason_en = models.CharField(_("pourquoi, en anglais"), max_length=240)
    source_url = models.URLField(_("source"), max_length=500)
    schemes = models.ManyToManyField(Scheme, related_name="exclusions")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    reference = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("aides non cumulables")

    def __str__(self) -> str:
        return self.code

    @property
    def reason(self) -> str:
        """Why one only may be had, in the language of the page."""
        return self.reason_en if get_language() == "en" else self.reason_fr


class Zoning(Base):
    """A commune in an official zone, for a time; days included."""

    impersonal = frozenset({"source", "licence", "ended_by"})

    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="zonings")
    zone = models.CharField(_("zone"), max_length=8, choices=Zone.choices)
    starts_on = models.DateField(_("depuis"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    # The source of the list that put an end to it: withdrawing that list begins it again.
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("zonage d’une commune")
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "zone", "starts_on"], name="zoning_once_a_day"
            ),
            models.CheckConstraint(
                name="zoning_in_order",
                condition=_in_order("starts_on", "ends_on"),
                violation_error_message=_("La fin d’un zonage ne peut pas précéder son début."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune} · {self.zone} · {self.starts_on}"


class ZoningList(Base):
    """The list of a zone for a département, known to be whole from a day on.

    Without it, a commune that no row names is « to check »; with it, it is outside the zone.
    """

    impersonal = frozenset({"source", "licence"})

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(_("zone"), max_length=8, choices=Zone.choices)
    starts_on = models.DateField(_("complète depuis"))
    source = models.CharField(_("source"), max_length=200)
    licence = models.CharField(_("licence"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("liste complète d’un zonage")
        constraints = [
            models.UniqueConstraint(
                fields=["department", "zone", "starts_on"], name="zoning_list_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.zone} · {self.department} · {self.starts_on}"

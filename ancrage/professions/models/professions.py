"""Professions, the words people write for them, and specialties."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.kit.search import SearchField
from ancrage.professions.enums import AliasKind, Family, Registration, SpecialtyGroup


class Profession(Base):
    """A profession of health and care, with its codes in the official nomenclatures."""

    impersonal = frozenset(
        {
            "label_fr",
            "plural_fr",
            "label_en",
            "plural_en",
            "rome_codes",
            "ans_codes",
            "pcs_codes",
            "fap_code",
            "registration_note",
            "search",
            "source",
            "version",
            "reference",
            "revision",
        }
    )

    # A stable English name: `nurse`, `care_assistant`, `general_practitioner`.
    code = models.SlugField(_("identifiant"), max_length=40, unique=True)
    label_fr = models.CharField(_("libellé"), max_length=100)
    plural_fr = models.CharField(_("libellé au pluriel"), max_length=100)
    label_en = models.CharField(_("libellé anglais"), max_length=100)
    plural_en = models.CharField(_("libellé anglais au pluriel"), max_length=100)
    family = models.CharField(_("famille"), max_length=20, choices=Family.choices)
    rank = models.PositiveSmallIntegerField(_("rang"))
    # Lists of codes; ANS codes as "G15:60" or "R38:SM54".
    rome_codes = models.JSONField(_("codes ROME"), default=list, blank=True)
    ans_codes = models.JSONField(_("codes ANS"), default=list, blank=True)
    pcs_codes = models.JSONField(_("codes PCS-ESE 2003"), default=list, blank=True)
    fap_code = models.CharField(_("code FAP 2009"), max_length=5, blank=True)
    registration = models.CharField(_("inscription"), max_length=12, choices=Registration.choices)
    registration_note = models.CharField(_("précision"), max_length=200, blank=True)
    # A doctor, in training included: contracts and events of doctors concern them.
    is_doctor = models.BooleanField(_("médecin"), default=False)
    # Practised in an independent practice too: its needs may carry a practice sheet.
    has_practice_sheet = models.BooleanField(_("exercice libéral possible"), default=False)
    search = SearchField(blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    valid_from = models.DateField(_("valable depuis"), null=True, blank=True)
    valid_to = models.DateField(_("valable jusqu’à"), null=True, blank=True)
    # The values last loaded from the reference; one that differs is an operator's choice.
    reference = models.JSONField(default=dict, blank=True)
    # Drawn again at each change of the profession, its writings or its specialties.
    revision = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("métier")
        constraints = [
            models.CheckConstraint(
                name="profession_valid_in_order",
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("La fin de validité précède son début."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the language of the page."""
        return self.label_en if get_language() == "en" else self.label_fr

    @property
    def plural(self) -> str:
        """The plural in the language of the page."""
        return self.plural_en if get_language() == "en" else self.plural_fr

    @property
    def rome_code(self) -> str:
        """The main ROME code, or nothing."""
        return self.rome_codes[0] if self.rome_codes else ""


class Specialty(Base):
    """A specialty of the ordinal list TRE_R38 (a doctor's, a pharmacist's, a nurse's)."""

    impersonal = frozenset(
        {"code", "label_fr", "label_en", "search", "source", "version", "reference"}
    )

    code = models.CharField(_("code"), max_length=8, unique=True)
    label_fr = models.CharField(_("libellé"), max_length=160)
    label_en = models.CharField(_("libellé anglais"), max_length=160, blank=True)
    # Whose specialty it is: a cardiologist is a specialist doctor, a geriatrician a profession.
    profession = models.ForeignKey(
        Profession,
        verbose_name=_("métier"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="specialties",
    )
    # The list keeps codes of several reforms and options: a variant points to the specialty
    # that people are offered.
    parent = models.ForeignKey(
        "self",
        to_field="code",
        verbose_name=_("variante de"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="variants",
    )
    group = models.CharField(
        _("groupe"), max_length=12, choices=SpecialtyGroup.choices, default=SpecialtyGroup.MEDICINE
    )
    search = SearchField(blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    valid_from = models.DateField(_("valable depuis"), null=True, blank=True)
    valid_to = models.DateField(_("valable jusqu’à"), null=True, blank=True)
    reference = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("spécialité")
        constraints = [
            models.CheckConstraint(
                name="specialty_not_its_own_variant",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("code")),
                violation_error_message=_("Une spécialité n’est pas une variante d’elle-même."),
            ),
            models.CheckConstraint(
                name="specialty_valid_in_order",
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("La fin de validité précède son début."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the language of the page, French where no translation is recorded."""
        return (self.label_en if get_language() == "en" else "") or self.label_fr


class ProfessionAlias(Base):
    """A spelling people write for a profession, sometimes for one of its specialties."""

    impersonal = frozenset({"text", "folded", "reference"})

    profession = models.ForeignKey(Profession, on_delete=models.CASCADE, related_name="aliases")
    specialty = models.ForeignKey(
        Specialty,
        verbose_name=_("spécialité"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="aliases",
    )
    text = models.CharField(_("écriture"), max_length=100)
    folded = models.CharField(max_length=100, db_index=True)
    kind = models.CharField(
        _("nature"), max_length=12, choices=AliasKind.choices, default=AliasKind.WORDING
    )
    # False: met with this writing, the reader is asked to choose.
    is_certain = models.BooleanField(_("sans ambiguïté"), default=True)
    valid_from = models.DateField(_("valable depuis"), null=True, blank=True)
    # Closed: no longer recognised. Kept, so that the next load does not bring it back.
    valid_to = models.DateField(_("valable jusqu’à"), null=True, blank=True)
    reference = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("écriture d’un métier")
        constraints = [
            models.UniqueConstraint(
                name="alias_once",
                fields=["profession", "folded"],
                condition=models.Q(specialty__isnull=True),
                violation_error_message=_("Cette écriture est déjà connue pour ce métier."),
            ),
            models.UniqueConstraint(
                name="alias_once_per_specialty",
                fields=["profession", "specialty", "folded"],
                condition=models.Q(specialty__isnull=False),
                violation_error_message=_("Cette écriture est déjà connue pour cette spécialité."),
            ),
            models.CheckConstraint(
                name="alias_discipline_has_specialty",
                condition=~models.Q(kind=AliasKind.DISCIPLINE) | models.Q(specialty__isnull=False),
                violation_error_message=_("Une discipline désigne une spécialité."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

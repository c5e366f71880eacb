"""What: professions, the words people write for them, and specialties."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.professions.enums import Family, Registration


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
            "search",
            "source",
            "version",
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
    is_doctor = models.BooleanField(_("médecin"), default=False)
    # Practised in an independent practice too: its needs may carry a practice sheet.
    has_practice_sheet = models.BooleanField(_("exercice libéral possible"), default=False)
    search = models.TextField(blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    valid_from = models.DateField(_("valable depuis"), null=True, blank=True)
    valid_to = models.DateField(_("valable jusqu’à"), null=True, blank=True)

    class Meta:
        verbose_name = _("métier")

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


class ProfessionAlias(Base):
    """A spelling people write for a profession."""

    impersonal = frozenset({"text", "folded"})

    profession = models.ForeignKey(Profession, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(_("écriture"), max_length=100)
    folded = models.CharField(max_length=100, db_index=True)
    # False: met with this writing, the reader is asked to choose.
    is_certain = models.BooleanField(_("sans ambiguïté"), default=True)

    class Meta:
        verbose_name = _("écriture d’un métier")
        constraints = [models.UniqueConstraint(fields=["profession", "folded"], name="alias_once")]

    def __str__(self) -> str:
        return self.text


class Specialty(Base):
    """A specialty of the ordinal list TRE_R38 (a doctor's, a pharmacist's, a nurse's)."""

    impersonal = frozenset({"code", "label_fr", "label_en", "search", "source", "version"})

    code = models.CharField(_("code"), max_length=8, unique=True)
    label_fr = models.CharField(_("libellé"), max_length=160)
    label_en = models.CharField(_("libellé anglais"), max_length=160, blank=True)
    search = models.TextField(blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("spécialité")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the language of the page, French where no translation is recorded."""
        return (self.label_en if get_language() == "en" else "") or self.label_fr

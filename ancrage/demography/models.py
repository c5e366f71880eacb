"""Official files, kept as they were read, side by side; and what a territory supposes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancrage.demography.enums import (
    OF_SOMEBODY,
    Among,
    Care,
    Dataset,
    FileStatus,
    SitingGoal,
    StudyStatus,
)
from ancrage.kit.models import Base
from ancrage.kit.tabular.sentences import worded
from ancrage.territory.models import Territory

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
    # How many lines were kept; what was mended or noticed, worded for each reader.
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

    @property
    def told(self) -> list[str]:
        """What was mended or noticed, in the language in force."""
        return [worded(one) for one in self.remarks]

    def __str__(self) -> str:
        care = f", {Care(self.care).label}" if self.care else ""
        return f"{Dataset(self.dataset).label}{care}, {self.year}"


class VintageFile(Base):
    """A file brought in the browser: read, told, not a vintage yet.

    Once read it holds counts by commune, and nobody. Before that, the extract of a directory may
    name people: `raw` goes as soon as it is read, and after a day if nothing reads it.
    """

    impersonal = frozenset(
        {
            "source",
            "licence",
            "url",
            "filename",
            "sheet",
            "sheets",
            "contents",
            "digest",
            "codes",
            "remarks",
            "sentences",
            "sample",
        }
    )
    personal = {"brought_by": "account", "raw": "directory"}

    dataset = models.CharField(_("fichier"), max_length=14, choices=Dataset.choices)
    care = models.CharField(_("profession"), max_length=10, choices=Care.choices, blank=True)
    year = models.PositiveSmallIntegerField(_("millésime"))
    source = models.CharField(_("source"), max_length=200)
    licence = models.CharField(_("licence"), max_length=120)
    url = models.URLField(_("adresse de la source"), max_length=500, blank=True)
    filename = models.CharField(_("nom du fichier"), max_length=200)
    sheet = models.CharField(_("feuille"), max_length=120, blank=True)
    size = models.PositiveIntegerField(_("taille en octets"))
    status = models.CharField(_("état"), max_length=8, choices=FileStatus.choices)
    # Those among which somebody has to choose, as the workbook calls them.
    sheets = models.JSONField(default=list, blank=True)
    # How far the reading is, in hundredths; which reading, and when it was last heard of.
    progress = models.PositiveSmallIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    progressed_at = models.DateTimeField(null=True, blank=True)
    # As it was brought, until it is read; then its columns, as a vintage holds them.
    raw = models.BinaryField(default=bytes)
    contents = models.BinaryField(default=bytes)
    digest = models.CharField(max_length=64, blank=True)
    # The communes of which it has a value, as `services.covering` writes them.
    codes = models.BinaryField(default=bytes)
    lines = models.PositiveIntegerField(default=0)
    remarks = models.JSONField(default=list, blank=True)
    sentences = models.JSONField(default=list, blank=True)
    sample = models.JSONField(default=list, blank=True)
    brought_at = models.DateTimeField(_("déposé le"))
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("fichier déposé")
        constraints = [
            models.CheckConstraint(
                name="demography_file_year",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message=_("L’année va de 1990 à 2100."),
            )
        ]

    @property
    def told(self) -> list[str]:
        """What was mended or noticed, in the language in force."""
        return [worded(one) for one in self.remarks]

    @property
    def faults(self) -> list[str]:
        """Why it is refused, in the language in force."""
        return [worded(one) for one in self.sentences]

    def __str__(self) -> str:
        return self.filename


class ParameterSet(Base):
    """A way of counting access that a territory typed: from a published sheet, or its own.

    What it says stands in its versions; this row only says which one is current.
    """

    impersonal = frozenset({"name", "care"})

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="parameter_sets"
    )
    care = models.CharField(_("profession"), max_length=10, choices=Care.choices)
    # As its latest version calls it.
    name = models.CharField(_("nom"), max_length=120)
    number = models.PositiveIntegerField(_("version"), default=1)
    # What the pages of the territory count with, instead of the set of the platform.
    is_default = models.BooleanField(_("jeu du territoire"), default=False)
    archived_at = models.DateTimeField(_("archivé le"), null=True, blank=True)
    created_at = models.DateTimeField(_("créé le"))
    updated_at = models.DateTimeField(_("modifié le"))

    class Meta:
        verbose_name = _("jeu de paramètres")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "care", "name"],
                name="demography_set_name",
                violation_error_message=_("Un jeu de cette profession porte déjà ce nom."),
            ),
            models.UniqueConstraint(
                fields=["territory", "care"],
                condition=Q(is_default=True),
                name="demography_set_default",
                violation_error_message=_("Un autre jeu est déjà celui du territoire."),
            ),
            models.CheckConstraint(
                name="demography_set_archived",
                condition=Q(is_default=False) | Q(archived_at__isnull=True),
                violation_error_message=_("Un jeu archivé n’est pas celui du territoire."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        """What names the set, whatever its version."""
        return f"jeu-{self.pk}"


class ParameterVersion(Base):
    """One version of a set: never changed once kept, so that a result can be computed again."""

    impersonal = frozenset({"name", "note", "source", "contents"})
    personal = {"made_by": "account"}

    of = models.ForeignKey(ParameterSet, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("nom"), max_length=120)
    note = models.TextField(_("note"), max_length=2_000, blank=True)
    source = models.CharField(_("source"), max_length=500)
    dated = models.DateField(_("date des valeurs"))
    approximate = models.BooleanField(_("approché"), default=False)
    # As `services.sets.values` writes them.
    contents = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("gardée le"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gardée par"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("version d’un jeu de paramètres")
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="demography_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.number}"

    @property
    def key(self) -> str:
        """What names the version, among all sets of the platform."""
        return f"jeu-{self.of_id}-v{self.number}"


class SitingStudy(Base):
    """Where some posts would go on a territory: what was asked, from what, and the answer.

    Codes of communes and figures: nobody can be told from it. `plans` holds one answer by
    objective, in the order of the core, as `services.siting.plans` writes it.
    """

    impersonal = frozenset(
        {"parameters", "candidates", "digest", "used", "today", "access", "alone", "plans"}
    )
    personal = {"asked_by": "account"}

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="siting_studies"
    )
    care = models.CharField(_("profession"), max_length=10, choices=Care.choices)
    parameters = models.CharField(max_length=60)
    # Where the territory typed them: what a result came from stays.
    version = models.ForeignKey(
        ParameterVersion, null=True, on_delete=models.RESTRICT, related_name="studies"
    )
    # Nobody chose a set: that of the territory was taken, and another one would be noticed.
    follows_default = models.BooleanField(default=True)
    posts = models.PositiveSmallIntegerField(_("postes à placer"))
    most = models.PositiveSmallIntegerField(_("postes dans une commune, au plus"))
    target = models.FloatField(_("seuil"))
    near = models.PositiveSmallIntegerField(_("minutes"))
    among = models.CharField(_("communes possibles"), max_length=8, choices=Among.choices)
    goal = models.CharField(_("objectif"), max_length=10, choices=SitingGoal.choices)
    candidates = models.JSONField(default=list)
    status = models.CharField(_("état"), max_length=8, choices=StudyStatus.choices)
    asked_at = models.DateTimeField(_("demandée le"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Somebody is content with what is found: no search begins any more.
    is_stopped = models.BooleanField(default=False)
    # Another file came while the proof was waited for: the answer is that of the first one.
    is_outdated = models.BooleanField(default=False)
    done_count = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    # While the proof is searched: since when, of which objective, how far the best answer may be
    # from the best of all.
    began_at = models.DateTimeField(null=True, blank=True)
    turn = models.CharField(max_length=10, choices=SitingGoal.choices, blank=True)
    turned_at = models.DateTimeField(null=True, blank=True)
    turn_gap = models.FloatField(null=True, blank=True)
    # Put away: brought back within a day, then forgotten.
    removed_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    digest = models.CharField(max_length=64)
    used = models.JSONField(default=list)
    today = models.JSONField(default=dict)
    # The accessibility of each commune of the territory before any post, by code.
    access = models.JSONField(default=dict)
    # Candidates whom nobody would come to.
    alone = models.JSONField(default=list)
    plans = models.JSONField(default=list)

    class Meta:
        verbose_name = _("étude d’implantation")
        constraints = [
            models.CheckConstraint(
                name="siting_study_posts",
                condition=Q(posts__gte=1, most__gte=1, near__gte=1, target__gt=0),
            )
        ]
        indexes = [models.Index(fields=["territory", "-asked_at"], name="siting_study_latest")]

    def __str__(self) -> str:
        return f"étude {self.pk}"


class Scenario(Base):
    """What would happen if: changes that a territory supposes, and what follows from them.

    The result is kept as it was computed, with the digest of all that was read: a page shows it
    even when the files have changed, and says that they have.
    """

    impersonal = frozenset(
        {"name", "note", "parameters", "steps", "outcome", "used", "digest", "care"}
    )
    personal = {"made_by": "account"}

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="scenarios")
    care = models.CharField(_("profession"), max_length=10, choices=Care.choices)
    name = models.CharField(_("nom"), max_length=120)
    note = models.TextField(_("note"), max_length=2_000, blank=True)
    parameters = models.CharField(_("paramètres"), max_length=60)
    # Where the territory typed them: what a result came from stays.
    version = models.ForeignKey(
        ParameterVersion,
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="scenarios",
    )
    # Nobody chose a set: that of the territory was taken, and another one would be noticed.
    follows_default = models.BooleanField(default=True)
    # Followed by one professional: what a departure leaves to place is counted from it.
    patients_each = models.PositiveIntegerField(
        _("patients suivis par professionnel"), null=True, blank=True
    )
    # Open to the structures of the territory, besides those who watch and coordinate it.
    shared = models.BooleanField(_("partagé avec les structures"), default=False)
    steps = models.JSONField(default=list, blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    # The files it was computed from, as they were called then.
    used = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64)
    computed_at = models.DateTimeField(_("calculé le"))
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("créé le"))
    updated_at = models.DateTimeField(_("modifié le"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("créé par"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Put away: brought back within a day, then forgotten.
    removed_at = models.DateTimeField(_("supprimé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("scénario")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "name"],
                name="demography_scenario_name",
                condition=Q(removed_at__isnull=True),
                violation_error_message=_("Un scénario de ce territoire porte déjà ce nom."),
            )
        ]
        indexes = [
            models.Index(fields=["territory", "-updated_at"], name="demography_scenario_latest")
        ]

    def __str__(self) -> str:
        return self.name

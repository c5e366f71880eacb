"""Where: communes and the territories that deployments draw on them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.territory.enums import Office


class ReferenceRow(Base):
    """A row of an official list: where it comes from, and since and until when it holds."""

    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.CharField(_("millésime"), max_length=40, blank=True)
    valid_from = models.DateField(_("valable depuis"), null=True, blank=True)
    valid_to = models.DateField(_("valable jusqu’à"), null=True, blank=True)

    impersonal: ClassVar[frozenset[str]] = frozenset({"source", "version"})

    class Meta:
        abstract = True


class Department(ReferenceRow):
    """A département (INSEE code: 44, 2A, 974)."""

    impersonal = ReferenceRow.impersonal | {"code", "name", "region_code"}

    code = models.CharField(_("code"), max_length=3, unique=True)
    name = models.CharField(_("nom"), max_length=80)
    region_code = models.CharField(_("code de la région"), max_length=2, blank=True)

    class Meta:
        verbose_name = _("département")

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Epci(ReferenceRow):
    """A grouping of communes (établissement public de coopération intercommunale)."""

    impersonal = ReferenceRow.impersonal | {"siren", "name"}

    siren = models.CharField(_("SIREN"), max_length=9, unique=True)
    name = models.CharField(_("nom"), max_length=160)

    class Meta:
        verbose_name = _("EPCI")

    def __str__(self) -> str:
        return self.name


class Commune(ReferenceRow):
    """A commune, by its INSEE code (which is not its postcode)."""

    impersonal = ReferenceRow.impersonal | {
        "insee",
        "name",
        "search_name",
        "contour",
        "contour_vintage",
    }

    insee = models.CharField(_("code INSEE"), max_length=5, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    # `kit.text.words(name)` joined: what accent-blind search reads.
    search_name = models.CharField(max_length=120, db_index=True)
    department = models.ForeignKey(
        Department,
        verbose_name=_("département"),
        on_delete=models.PROTECT,
        related_name="communes",
    )
    epci = models.ForeignKey(
        Epci,
        verbose_name=_("EPCI"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="communes",
    )
    population = models.PositiveIntegerField(_("population municipale"), null=True, blank=True)
    # Degrees, WGS 84; both or neither.
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    # Simplified GeoJSON geometry, kept as text: only maps read it, and the thousands of rows that
    # name their commune would parse it in vain.
    contour = models.TextField(_("contour"), blank=True)
    contour_vintage = models.CharField(_("millésime du contour"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("commune")
        # What lies around a place is first looked for in a window of latitudes and longitudes.
        indexes = [models.Index(fields=["latitude", "longitude"], name="commune_point")]
        constraints = [
            models.CheckConstraint(
                name="commune_point_whole",
                # « Not null » is said: a comparison with NULL is unknown, which a CHECK accepts.
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                violation_error_message=_("La latitude et la longitude vont ensemble, en degrés."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class CommunePostcode(Base):
    """One of the postcodes of a commune; a postcode may serve several communes."""

    impersonal = frozenset({"code"})

    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="postcodes")
    code = models.CharField(_("code postal"), max_length=5, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "code"], name="commune_postcode_once")
        ]

    def __str__(self) -> str:
        return self.code


class Territory(Base):
    """The communes that recruit together; a deployment holds one or many."""

    impersonal = frozenset({"name", "short_name", "tagline", "backdrop", "backdrop_source"})

    slug = models.SlugField(_("identifiant"), max_length=60, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    short_name = models.CharField(_("nom court"), max_length=60)
    tagline = models.CharField(_("présentation en une phrase"), max_length=240, blank=True)
    communes = models.ManyToManyField(
        Commune, verbose_name=_("communes"), related_name="territories"
    )
    # What surrounds the communes on the map: GeoJSON, see `validators.validate_backdrop`; text,
    # as contours are.
    backdrop = models.TextField(_("fond de carte"), blank=True)
    backdrop_source = models.CharField(_("source du fond de carte"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("territoire")

    def __str__(self) -> str:
        return self.name


class LivingArea(Base):
    """A part of a territory where people live, work and go to school (bassin de vie)."""

    impersonal = frozenset({"name"})

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="living_areas")
    name = models.CharField(_("nom"), max_length=120)
    communes = models.ManyToManyField(Commune, related_name="living_areas")

    class Meta:
        verbose_name = _("bassin de vie")
        constraints = [
            models.UniqueConstraint(fields=["territory", "name"], name="living_area_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class TerritoryRole(Base):
    """An office: this person coordinates, or watches for an institution, that territory."""

    personal = {"user": "membership"}
    impersonal = frozenset({"organisation"})

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="territory_roles",
    )
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="roles")
    office = models.CharField(_("mission"), max_length=20, choices=Office.choices)
    organisation = models.CharField(_("organisme"), max_length=120, blank=True)
    since = models.DateTimeField(_("depuis"))
    ended_at = models.DateTimeField(_("jusqu’à"), null=True, blank=True)

    class Meta:
        verbose_name = _("mission territoriale")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "territory", "office"],
                condition=models.Q(ended_at__isnull=True),
                name="territory_office_once",
                violation_error_message=_("Cette personne exerce déjà cette mission."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_office_display()} · {self.territory}"

    @property
    def audit_label(self) -> str:
        """The office and the number of the account: the journal names nobody."""
        return f"{self.get_office_display()} · {self.territory} · compte {self.user_id}"

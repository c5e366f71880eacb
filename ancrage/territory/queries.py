"""Questions about places: finding a commune, what lies around it, who holds a territory."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from ancrage.accounts.models import User
from ancrage.core.accessibility.distances import bounding_box, haversine_km
from ancrage.kit.text import words
from ancrage.territory.enums import Office
from ancrage.territory.models import (
    Commune,
    CommunePostcode,
    LivingArea,
    Territory,
    TerritoryRole,
)

_ALIASES = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "s": "sur"}
"""What people write for the words of official names, hyphens and accents already gone."""

_MARGIN_DEGREES = 0.2
"""Communes this far outside a territory still bound the cells drawn for its own."""


def current_communes() -> QuerySet[Commune]:
    """Return the communes that exist today: those a later list ended are left out."""
    return Commune.objects.filter(valid_to__isnull=True)


def communes_in(territory: Territory) -> QuerySet[Commune]:
    """Return the communes of a territory, by name."""
    return territory.communes.order_by("search_name", "pk")


def commune_search(text: str) -> QuerySet[Commune]:
    """Return the communes that a person means by a name, a postcode or a code.

    Accents, case, hyphens and apostrophes do not count; « st » and « saint » are the same. Every
    word typed must begin a word of the name, in any order, or the postcode: « pornic 44210 »
    works, and so do « st brev », « 4421 » and the INSEE code. The exact name comes first, then
    the names that begin so, then the most populated. Nothing typed finds nothing.
    """
    typed = words(text)
    condition, name_typed = Q(), []
    for position, word in enumerate(typed):
        if word[0].isdigit():
            condition &= _has_code(word)
        else:
            last = position == len(typed) - 1
            spellings = _spellings(word, last=last)
            name_typed.append(spellings[-1])
            condition &= _any_word_begins(spellings)
    if not typed:
        return Commune.objects.none()
    whole = " ".join(name_typed)
    rank = Case(
        When(search_name=whole, then=Value(0)),
        When(search_name__startswith=whole, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        current_communes()
        .filter(condition)
        .annotate(rank=rank)
        .order_by("rank", F("population").desc(nulls_last=True), "search_name", "pk")
    )


@dataclass(frozen=True, slots=True)
class NearbyCommune:
    """A commune and how far it is as the crow flies, in kilometres."""

    commune: Commune
    km: float


def nearby_communes(centre: tuple[float, float], km: float) -> tuple[NearbyCommune, ...]:
    """Return the communes at most `km` away from a (latitude, longitude), nearest first.

    A window in SQL first, then the haversine formula. The distance is that of the points that
    stand for the communes; those without coordinates are near nothing.
    """
    latitude, longitude = centre
    window = bounding_box(latitude, longitude, km)
    candidates = (
        current_communes()
        .filter(
            latitude__range=(window.south, window.north),
            longitude__range=(window.west, window.east),
        )
        .order_by("insee")
    )
    found = [
        NearbyCommune(commune, haversine_km(latitude, longitude, *point))
        for commune in candidates
        if (point := point_of(commune)) is not None
    ]
    return tuple(sorted((one for one in found if one.km <= km), key=lambda one: one.km))


def communes_within(centre: tuple[float, float], km: float) -> list[Commune]:
    """Return the communes at most `km` away from a (latitude, longitude), nearest first."""
    return [one.commune for one in nearby_communes(centre, km)]


def point_of(commune: Commune) -> tuple[float, float] | None:
    """Return the (latitude, longitude) of a commune, None when unknown."""
    if commune.latitude is None or commune.longitude is None:
        return None
    return commune.latitude, commune.longitude


def territories_of(user: Any) -> QuerySet[Territory]:
    """Return the territories in which a person holds an office today, by name."""
    held = TerritoryRole.objects.filter(user=user.pk, ended_at__isnull=True)
    return Territory.objects.filter(pk__in=held.values("territory")).order_by("name", "pk")


def holders_of(territory: Territory) -> QuerySet[TerritoryRole]:
    """Return who holds an office in a territory today, with their account, oldest first."""
    return (
        TerritoryRole.objects.filter(territory=territory, ended_at__isnull=True)
        .select_related("user")
        .order_by("since", "pk")
    )


def coordinators_of(territory: Territory) -> list[User]:
    """Return the open accounts of those who coordinate a territory today."""
    offices = TerritoryRole.objects.filter(
        territory=territory, office=Office.COORDINATOR, ended_at__isnull=True
    )
    return list(User.objects.filter(pk__in=offices.values("user"), is_active=True).order_by("pk"))


def with_commune_counts(territories: QuerySet[Territory], text: str = "") -> QuerySet[Territory]:
    """Return the territories whose name holds `text`, by name, with `commune_count` on each."""
    inside = Commune.objects.filter(territories=OuterRef("pk")).order_by()
    counted = inside.values("territories").annotate(total=Count("pk")).values("total")
    found = territories.annotate(
        commune_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    )
    if text:
        found = found.filter(
            Q(name__icontains=text) | Q(short_name__icontains=text) | Q(slug__icontains=text)
        )
    return found.order_by("name", "pk")


def living_areas_of(territory: Territory) -> QuerySet[LivingArea]:
    """Return the living areas of a territory with their communes, by name."""
    return (
        LivingArea.objects.filter(territory=territory)
        .prefetch_related("communes")
        .order_by("name", "pk")
    )


@dataclass(frozen=True, slots=True)
class MappedCommune:
    """What a map needs of one commune; the contour is GeoJSON text, with its vintage."""

    pk: int
    insee: str
    name: str
    latitude: float | None
    longitude: float | None
    contour: str = ""
    contour_vintage: str = ""


def mapped_communes(communes: QuerySet[Commune]) -> tuple[MappedCommune, ...]:
    """Return what a map needs of `communes`, by INSEE code, in one query."""
    rows = communes.order_by("insee", "pk").values_list(
        "pk", "insee", "name", "latitude", "longitude", "contour", "contour_vintage"
    )
    return tuple(MappedCommune(*row) for row in rows)


def communes_around(drawn: Collection[MappedCommune]) -> tuple[MappedCommune, ...]:
    """Return the neighbours whose points bound the cells of `drawn`, in one query.

    None is needed, and nothing is asked, when every commune drawn has its contour.
    """
    latitudes = [commune.latitude for commune in drawn if commune.latitude is not None]
    longitudes = [commune.longitude for commune in drawn if commune.longitude is not None]
    if not latitudes or not longitudes or all(commune.contour for commune in drawn):
        return ()
    rows = (
        current_communes()
        .filter(
            latitude__range=(min(latitudes) - _MARGIN_DEGREES, max(latitudes) + _MARGIN_DEGREES),
            longitude__range=(
                min(longitudes) - _MARGIN_DEGREES,
                max(longitudes) + _MARGIN_DEGREES,
            ),
        )
        .exclude(pk__in=[commune.pk for commune in drawn])
        .order_by("insee")
        .values_list("pk", "insee", "name", "latitude", "longitude")
    )
    return tuple(MappedCommune(*row) for row in rows)


def _spellings(word: str, *, last: bool) -> list[str]:
    """Return what a typed word may stand for; the last is the likeliest official spelling.

    A single « s » at the end is a word being typed, not « sur ».
    """
    alias = _ALIASES.get(word)
    if alias is None or (last and word == "s"):
        return [word]
    return [word, alias]


def _any_word_begins(spellings: list[str]) -> Q:
    found = Q()
    for spelling in spellings:
        found |= Q(search_name__startswith=spelling) | Q(search_name__contains=f" {spelling}")
    return found


def _has_code(word: str) -> Q:
    postcodes = CommunePostcode.objects.filter(commune=OuterRef("pk"), code__startswith=word)
    return Q(Exists(postcodes)) | Q(insee=word.upper())

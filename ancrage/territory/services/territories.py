"""Drawing a territory: its name, its communes, its living areas, what surrounds it on the map."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.kit.audit import differences, record
from ancrage.kit.refusals import Refusal
from ancrage.territory.enums import TerritoryEvent
from ancrage.territory.models import Commune, LivingArea, Territory
from ancrage.territory.validators import normal_insee, validate_backdrop


class TerritorySlugTaken(ValidationError):
    """Another territory has that identifier in its addresses."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            _("Un territoire porte déjà l’identifiant « %(slug)s » : choisissez-en un autre."),
            code="slug_taken",
            params={"slug": slug},
        )


class NoCommune(Refusal):
    """A territory without a commune would show nothing and hold nobody."""

    sentence = gettext_lazy("Un territoire compte au moins une commune : choisissez-en une.")
    known_as = "no_commune"


class UnknownCommunes(ValidationError):
    """Some codes name no commune that exists today."""

    def __init__(self, codes: Iterable[str]) -> None:
        super().__init__(
            _(
                "Communes inconnues ou closes : %(codes)s. Vérifiez les codes INSEE, ou importez "
                "d’abord la liste officielle."
            ),
            code="unknown_communes",
            params={"codes": ", ".join(codes)},
        )


class UnknownEpcis(ValidationError):
    """Some SIREN name no grouping that has communes here."""

    def __init__(self, sirens: Iterable[str]) -> None:
        super().__init__(
            _(
                "Aucune commune connue pour l’EPCI %(sirens)s. Vérifiez le SIREN, ou importez "
                "d’abord la liste officielle des communes."
            ),
            code="unknown_epcis",
            params={"sirens": ", ".join(sirens)},
        )


class TerritoryChangedMeanwhile(Refusal):
    """The communes are no longer those that the confirmation was about."""

    sentence = gettext_lazy(
        "Quelqu’un a changé les communes du territoire entre-temps. Voici ce que votre"
        " choix changerait maintenant : vérifiez, puis confirmez de nouveau."
    )
    known_as = "changed_meanwhile"


class CommuneOutsideTerritory(ValidationError):
    """A living area takes its communes in its own territory."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(
            _("Hors du territoire : %(names)s. Un bassin de vie ne prend que ses communes."),
            code="outside",
            params={"names": ", ".join(names)},
        )


class LivingAreaNameTaken(ValidationError):
    """Two living areas of a territory may not bear one name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Un bassin de vie s’appelle déjà « %(name)s »."),
            code="name_taken",
            params={"name": name},
        )


def communes_with_codes(*, codes: Iterable[str]) -> list[Commune]:
    """Return the communes of INSEE codes, in any spelling that can be restored, by code.

    Raises:
        NotACommuneCode: a text is no code.
        UnknownCommunes: a code names no commune that exists today.
    """
    wanted = sorted({normal_insee(code) for code in codes})
    found = list(Commune.objects.filter(insee__in=wanted, valid_to__isnull=True).order_by("insee"))
    missing = sorted(set(wanted) - {commune.insee for commune in found})
    if missing:
        raise UnknownCommunes(missing)
    return found


def communes_of_epcis(*, sirens: Iterable[str]) -> list[Commune]:
    """Return the communes that exist today in some groupings, by code.

    Raises:
        UnknownEpcis: a grouping is unknown or has no commune here.
    """
    wanted = sorted(set(sirens))
    found = list(
        Commune.objects.filter(epci__siren__in=wanted, valid_to__isnull=True)
        .select_related("epci")
        .order_by("insee")
    )
    missing = sorted(set(wanted) - {commune.epci.siren for commune in found if commune.epci})
    if missing:
        raise UnknownEpcis(missing)
    return found


@transaction.atomic
def create_territory(
    *,
    slug: str,
    name: str,
    communes: Iterable[Commune],
    by: Any,
    now: datetime,
    short_name: str = "",
    tagline: str = "",
) -> Territory:
    """Create a territory with its communes; the short name is the name when not given.

    Raises:
        TerritorySlugTaken: the identifier is in use.
        NoCommune: no commune was given.
    """
    if Territory.objects.filter(slug=slug).exists():
        raise TerritorySlugTaken(slug)
    chosen = list(communes)
    if not chosen:
        raise NoCommune
    territory = Territory(
        slug=slug, name=name.strip(), short_name=(short_name or name).strip(), tagline=tagline
    )
    territory.full_clean(exclude=["communes"])
    territory.save()
    territory.communes.set(chosen)
    record(
        action=TerritoryEvent.CREATED,
        target=territory,
        by=by,
        now=now,
        scope=scope_of(territory),
        changes={"name": ["", territory.name], "communes": [0, len(chosen)]},
    )
    return territory


@transaction.atomic
def describe_territory(
    *, territory: Territory, name: str, short_name: str, tagline: str, by: Any, now: datetime
) -> Territory:
    """Change how a territory is called and presented. Its identifier stays: links depend on it."""
    after = {"name": name.strip(), "short_name": short_name.strip(), "tagline": tagline.strip()}
    before = {field: getattr(territory, field) for field in after}
    changes = differences(before, after)
    if changes:
        for field, value in after.items():
            setattr(territory, field, value)
        territory.full_clean(exclude=["communes"])
        territory.save(update_fields=list(after))
        _record(TerritoryEvent.DESCRIBED, territory, by, now, changes)
    return territory


@transaction.atomic
def set_communes(
    *,
    territory: Territory,
    communes: Iterable[Commune],
    by: Any,
    now: datetime,
    seen: str | None = None,
) -> Territory:
    """Give a territory exactly these communes; its living areas lose those that leave.

    `seen` is the `perimeter_stamp` of what the person confirmed the change of.

    Raises:
        TerritoryChangedMeanwhile: the communes are no longer those `seen`.
        NoCommune: the list is empty.
    """
    after = {commune.pk: commune for commune in communes}
    if not after:
        raise NoCommune
    # The row is held so that two changes of its communes come one after the other.
    Territory.objects.select_for_update().get(pk=territory.pk)
    before = {commune.pk: commune for commune in territory.communes.order_by("pk")}
    if seen is not None and seen != perimeter_stamp(before.values()):
        raise TerritoryChangedMeanwhile
    gone = [before[pk] for pk in before.keys() - after.keys()]
    come = [after[pk] for pk in after.keys() - before.keys()]
    if gone or come:
        territory.communes.set(after.values())
        through = LivingArea.communes.through
        through.objects.filter(
            livingarea__territory=territory, commune__in=[commune.pk for commune in gone]
        ).delete()
        _record(
            TerritoryEvent.COMMUNES_SET,
            territory,
            by,
            now,
            {
                "removed": [_codes(gone), ""],
                "added": ["", _codes(come)],
                "communes": [len(before), len(after)],
            },
        )
    return territory


@transaction.atomic
def set_backdrop(
    *,
    territory: Territory,
    collection: Mapping[str, Any] | None,
    source: str,
    by: Any,
    now: datetime,
) -> Territory:
    """Set or remove (None) what surrounds the communes on the map: water, names, hamlets.

    Raises:
        ValidationError: this is not a backdrop, see `validate_backdrop`.
    """
    if collection is not None:
        validate_backdrop(collection)
    before = (territory.backdrop, territory.backdrop_source)
    text = json.dumps(collection, ensure_ascii=False) if collection is not None else ""
    after = (text, source if collection else "")
    if before != after:
        territory.backdrop, territory.backdrop_source = after
        territory.save(update_fields=["backdrop", "backdrop_source"])
        changes = {"backdrop_source": [before[1], after[1]]}
        _record(TerritoryEvent.BACKDROP_SET, territory, by, now, changes)
    return territory


@transaction.atomic
def create_living_area(
    *, territory: Territory, name: str, communes: Iterable[Commune], by: Any, now: datetime
) -> LivingArea:
    """Create a living area inside a territory.

    Raises:
        LivingAreaNameTaken, CommuneOutsideTerritory, NoCommune.
    """
    chosen = _chosen_inside(territory, name, communes, but=None)
    area = LivingArea.objects.create(territory=territory, name=name.strip())
    area.communes.set(chosen)
    record(
        action=TerritoryEvent.AREA_CREATED,
        target=area,
        by=by,
        now=now,
        scope=scope_of(territory),
        changes={"name": ["", area.name], "communes": ["", _codes(chosen)]},
    )
    return area


@transaction.atomic
def set_living_area(
    *, area: LivingArea, name: str, communes: Iterable[Commune], by: Any, now: datetime
) -> LivingArea:
    """Give a living area this name and exactly these communes.

    Raises:
        LivingAreaNameTaken, CommuneOutsideTerritory, NoCommune.
    """
    chosen = _chosen_inside(area.territory, name, communes, but=area)
    before = {"name": area.name, "communes": _codes(area.communes.order_by("insee"))}
    changes = differences(before, {"name": name.strip(), "communes": _codes(chosen)})
    if changes:
        area.name = name.strip()
        area.save(update_fields=["name"])
        area.communes.set(chosen)
        record(
            action=TerritoryEvent.AREA_CHANGED,
            target=area,
            by=by,
            now=now,
            scope=scope_of(area.territory),
            changes=changes,
        )
    return area


@transaction.atomic
def remove_living_area(*, area: LivingArea, by: Any, now: datetime) -> None:
    """Remove a living area; its communes stay in the territory."""
    record(
        action=TerritoryEvent.AREA_REMOVED,
        target=area,
        by=by,
        now=now,
        scope=scope_of(area.territory),
        changes={"name": [area.name, ""]},
    )
    area.delete()


def perimeter_stamp(communes: Iterable[Commune]) -> str:
    """Return a short text that changes with the list of communes."""
    return sha256(_codes(communes).encode()).hexdigest()[:16]


def scope_of(territory: Territory) -> str:
    """Return the scope under which what happens to a territory is read back."""
    return f"territory:{territory.pk}"


def _chosen_inside(
    territory: Territory, name: str, communes: Iterable[Commune], *, but: LivingArea | None
) -> list[Commune]:
    chosen = sorted({commune.pk: commune for commune in communes}.values(), key=lambda c: c.insee)
    if not chosen:
        raise NoCommune
    others = LivingArea.objects.filter(territory=territory, name=name.strip())
    if others.exclude(pk__in=[but.pk] if but else []).exists():
        raise LivingAreaNameTaken(name.strip())
    inside = set(territory.communes.values_list("pk", flat=True))
    outside = [commune.name for commune in chosen if commune.pk not in inside]
    if outside:
        raise CommuneOutsideTerritory(outside)
    return chosen


def _codes(communes: Iterable[Commune]) -> str:
    return " ".join(sorted(commune.insee for commune in communes))


def _record(
    action: str, territory: Territory, by: Any, now: datetime, changes: Mapping[str, Any]
) -> None:
    record(
        action=action,
        target=territory,
        by=by,
        now=now,
        scope=scope_of(territory),
        changes=changes,
    )

"""The maps of medical demography: the communes of the territory, tinted on five grounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from ancrage.demography.models import Scenario
from ancrage.demography.services.model import Place, TerritoryModel
from ancrage.demography.services.scenarios import Outcome
from ancrage.schemes.enums import OF_DOCTORS
from ancrage.territory.models import Territory
from ancrage.territory.queries import mapped_communes
from ancrage.web.demography.words import number, signed
from ancrage.web.demography.zones import OUTSIDE, OfficialZones
from ancrage.web.maps import Figure, MapDrawing, NothingToDraw, Tint, draw_map, territory_base

# Around the threshold of 2.5 under which a commune lacks doctors.
BOUNDS_TO_THRESHOLD = (0.6, 1.0, 1.4, 1.8)
# Closer, where some posts are looked for to pass it.
BOUNDS_TO_TARGET = (0.8, 1.0, 1.2, 1.5)
LEVELS = 5


@dataclass(frozen=True)
class Scale:
    """Where one ground ends and the next begins, and how legends say it."""

    bounds: tuple[float, ...]
    steps: tuple[str, ...]

    def level(self, value: float) -> int:
        """Return the ground of a value."""
        return int(np.searchsorted(np.array(self.bounds), value, side="right"))


def access_scale(model: TerritoryModel) -> Scale | None:
    """Return the grounds of published access: around the threshold, else fifths of communes.

    None where too few communes have a value to be told apart.
    """
    threshold = model.parameters.threshold
    if threshold is not None:
        bounds = tuple(round(threshold * one, 2) for one in BOUNDS_TO_THRESHOLD)
    else:
        told = model.published[model.inside]
        told = told[~np.isnan(told)]
        if len(np.unique(told)) < LEVELS:
            return None
        bounds = tuple(np.quantile(told, [0.2, 0.4, 0.6, 0.8]).tolist())
    return Scale(bounds, _steps(bounds))


def change_scale(most: float) -> Scale:
    """Return the grounds of a change, from a loss to a gain; the middle one is no change."""
    far = max(most / 3, 0.01)
    bounds = (-far, -0.005, 0.005, far)
    return Scale(
        bounds,
        (
            _("perd plus de %(value)s") % {"value": number(far, 2)},
            _("perd"),
            _("ne bouge pas"),
            _("gagne"),
            _("gagne plus de %(value)s") % {"value": number(far, 2)},
        ),
    )


def access_map(
    territory: Territory,
    model: TerritoryModel,
    hrefs: Mapping[str, str],
    zones: OfficialZones,
) -> MapDrawing | None:
    """Draw published access over a territory, its official zones in words; None where nothing
    can be drawn or told."""
    scale = access_scale(model)
    if scale is None or not model.has_published:
        return None
    figures = [
        Figure(
            code=place.code,
            level=None if place.published is None else scale.level(place.published),
            title=_("%(name)s : %(access)s")
            % {"name": place.name, "access": number(place.published, 2)},
            href=hrefs.get(place.code, ""),
        )
        for place in _inside(model)
    ]
    return _drawn(
        territory,
        figures,
        scale,
        key="acces",
        title=_("Carte de l’accès publié, %(name)s") % {"name": territory.name},
        description=_(
            "Chaque commune est colorée selon son accès publié. Les mêmes nombres sont dans le "
            "tableau des communes."
        ),
        label=_("Accès publié"),
    )


def scenario_map(scenario: Scenario, outcome: Outcome) -> MapDrawing | None:
    """Draw what a scenario changes in its territory; None where nothing moves or can be drawn."""
    moved = {one.code: one.change for one in outcome.effects if one.inside}
    if not moved:
        return None
    names = dict(scenario.territory.communes.values_list("insee", "name"))
    changes = {code: moved.get(code, 0.0) for code in names}
    return change_map(scenario.territory, changes, names)


def zone_map(
    territory: Territory,
    model: TerritoryModel,
    hrefs: Mapping[str, str],
    zones: OfficialZones,
) -> MapDrawing | None:
    """Draw the official zones, as imported; None where none is known or nothing can be drawn."""
    if not zones:
        return None
    ranks = {key: rank for rank, key in enumerate((*(one.value for one in OF_DOCTORS), OUTSIDE))}
    figures = [
        Figure(
            code=place.code,
            level=ranks.get(zones.key(place.code)),
            title=_access_title(place, zones),
            href=hrefs.get(place.code, ""),
        )
        for place in _inside(model)
    ]
    steps = (*(zone.value for zone in OF_DOCTORS), _("hors zone"))
    return _drawn(
        territory,
        figures,
        Scale((), steps),
        key="zones",
        title=_("Carte du zonage officiel, %(name)s") % {"name": territory.name},
        description=_(
            "Chaque commune est colorée selon sa zone officielle. Les mêmes zones sont dans le "
            "tableau des communes."
        ),
        label=_("Zone officielle des médecins"),
    )


def _access_title(place: Place, zones: OfficialZones) -> str:
    words = {"name": place.name, "access": number(place.published, 2)}
    zone = zones.label(place.code)
    if not zone:
        return _("%(name)s : %(access)s") % words
    return _("%(name)s : %(access)s (%(zone)s)") % {**words, "zone": zone}


def change_map(
    territory: Territory,
    changes: Mapping[str, float],
    names: Mapping[str, str],
    *,
    label: str = "",
) -> MapDrawing | None:
    """Draw what a scenario changes, or what `label` says; None where nothing can be drawn."""
    scale = change_scale(max((abs(one) for one in changes.values()), default=0.0))
    figures = [
        Figure(
            code=code,
            level=scale.level(change),
            title=_("%(name)s : %(access)s")
            % {"name": names.get(code, code), "access": signed(change)},
        )
        for code, change in changes.items()
    ]
    return _drawn(
        territory,
        figures,
        scale,
        key="ecarts",
        title=_("Carte de ce qui change, %(name)s") % {"name": territory.name},
        description=_(
            "Chaque commune est colorée selon ce qu’elle gagne ou perd. Les mêmes nombres sont "
            "dans le tableau des communes."
        ),
        label=label or _("Ce que le scénario change"),
    )


def threshold_scale(target: float) -> Scale:
    """Return the grounds of access around the threshold of a study."""
    bounds = tuple(target * one for one in BOUNDS_TO_TARGET)
    return Scale(bounds, _steps(bounds, 2))


def siting_map(
    territory: Territory,
    access: Mapping[str, float],
    names: Mapping[str, str],
    *,
    target: float,
    posts: Mapping[str, int] | None = None,
    goal: str = "",
) -> MapDrawing | None:
    """Draw access around a threshold: today, or with posts, each written where it goes.

    None where nothing can be drawn.
    """
    scale, placed = threshold_scale(target), posts or {}
    figures = [
        Figure(
            code=code,
            value=placed.get(code, 0),
            level=None if value is None else scale.level(value),
            title=_("%(name)s : %(access)s")
            % {"name": names.get(code, code), "access": number(value, 2)},
        )
        for code, value in {**dict.fromkeys(placed), **access}.items()
    ]
    if posts is None:
        title = _("Accès aujourd’hui, %(name)s") % {"name": territory.name}
        told = _(
            "Chaque commune est colorée selon son accès aujourd’hui, autour du seuil. Les mêmes "
            "nombres sont dans le tableau des communes."
        )
    else:
        title = _("Accès avec ces postes, %(name)s : %(goal)s") % {
            "name": territory.name,
            "goal": goal,
        }
        told = _(
            "Chaque commune est colorée selon son accès une fois les postes placés ; un rond "
            "porte le nombre de postes qu’elle reçoit. Les mêmes nombres sont dans le tableau "
            "des communes."
        )
    return _drawn(
        territory,
        figures,
        scale,
        key="avant" if posts is None else "apres",
        title=title,
        description=told,
        label=_("Accès ; le seuil est à %(target)s") % {"target": number(target, 2)},
        marks=True,
    )


def _drawn(
    territory: Territory,
    figures: Sequence[Figure],
    scale: Scale,
    *,
    key: str,
    title: str,
    description: str,
    label: str,
    marks: bool = False,
) -> MapDrawing | None:
    try:
        base = territory_base(territory, mapped_communes(territory.communes.all()))
    except NothingToDraw:
        return None
    return draw_map(
        base,
        figures,
        key=key,
        title=title,
        description=description,
        tint=Tint.BALANCE,
        tint_label=label,
        tint_steps=scale.steps,
        blank_label=_("sans valeur"),
        marks=marks,
    )


def _inside(model: TerritoryModel) -> list[Place]:
    return [model.places[rank] for rank in model.inside.tolist()]


def _steps(bounds: tuple[float, ...], digits: int = 1) -> tuple[str, ...]:
    first, *rest = [number(one, digits if one < 10 else 0) for one in bounds]
    between = [
        _("%(low)s à %(high)s") % {"low": low, "high": high}
        for low, high in zip([first, *rest], rest, strict=False)
    ]
    return (
        _("moins de %(value)s") % {"value": first},
        *between,
        _("%(value)s et plus") % {"value": rest[-1]},
    )

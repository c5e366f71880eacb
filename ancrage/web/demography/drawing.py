"""The maps of medical demography: the communes of the territory, tinted on five grounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from ancrage.demography.services.model import Place, TerritoryModel
from ancrage.territory.models import Territory
from ancrage.territory.queries import mapped_communes
from ancrage.web.demography.words import number, signed
from ancrage.web.maps import Figure, MapDrawing, NothingToDraw, Tint, draw_map, territory_base

# Around the threshold of 2.5 under which a commune lacks doctors.
BOUNDS_TO_THRESHOLD = (0.6, 1.0, 1.4, 1.8)
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
    territory: Territory, model: TerritoryModel, hrefs: Mapping[str, str]
) -> MapDrawing | None:
    """Draw published access over a territory; None where nothing can be drawn or told."""
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


def change_map(
    territory: Territory, changes: Mapping[str, float], names: Mapping[str, str]
) -> MapDrawing | None:
    """Draw what a scenario changes; None where nothing can be drawn."""
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
        label=_("Ce que le scénario change"),
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
    )


def _inside(model: TerritoryModel) -> list[Place]:
    return [model.places[rank] for rank in model.inside.tolist()]


def _steps(bounds: tuple[float, ...]) -> tuple[str, ...]:
    first, *rest = [number(one, 1 if one < 10 else 0) for one in bounds]
    between = [
        _("%(low)s à %(high)s") % {"low": low, "high": high}
        for low, high in zip([first, *rest], rest, strict=False)
    ]
    return (
        _("moins de %(value)s") % {"value": first},
        *between,
        _("%(value)s et plus") % {"value": rest[-1]},
    )

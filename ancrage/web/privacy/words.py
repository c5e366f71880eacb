"""Scopes and fields in words: whom "partner:12" is, what "last_name" means."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.events.models import Event
from ancrage.kit.models import Base
from ancrage.partners.models import Partner
from ancrage.territory.models import Territory

_MODELS = {"event": Event, "partner": Partner, "territory": Territory}
# What people call by one name, whatever the number of columns that hold it; in the order read.
_TOGETHER: tuple[tuple[Promise, frozenset[str]], ...] = (
    (gettext_lazy("nom"), frozenset({"first_name", "last_name", "name_key"})),
    (gettext_lazy("adresse électronique"), frozenset({"email"})),
    (gettext_lazy("téléphone"), frozenset({"phone"})),
    (gettext_lazy("commune"), frozenset({"commune", "latitude", "longitude"})),
    (gettext_lazy("numéro RPPS"), frozenset({"rpps", "rpps_state"})),
    (
        gettext_lazy("souhaits et disponibilité"),
        frozenset(
            {
                "available_from",
                "available_until",
                "contracts",
                "experience",
                "fte_max_hundredths",
                "fte_min_hundredths",
                "reach_km",
                "reach_minutes",
                "works_12h",
                "works_days",
                "works_nights",
                "works_weekends",
            }
        ),
    ),
    (
        gettext_lazy("origine du profil"),
        frozenset({"entered_by", "entered_for", "information_proof", "language", "origin"}),
    ),
    (
        gettext_lazy("parcours"),
        frozenset(
            {
                "advisor",
                "close_reason",
                "goal",
                "next_action",
                "next_action_on",
                "opened_by",
                "opened_on",
                "state",
                "waits_for",
            }
        ),
    ),
)


def names_of(scopes: Iterable[str]) -> Mapping[str, str]:
    """Return the name of each scope, a query a kind at most; an unknown one keeps its code."""
    wanted: dict[str, set[int]] = {kind: set() for kind in _MODELS}
    names = {}
    for scope in set(scopes):
        kind, _colon, key = scope.partition(":")
        names[scope] = scope
        if kind in wanted and key.isdecimal():
            wanted[kind].add(int(key))
    for kind, keys in wanted.items():
        if keys:
            rows = _MODELS[kind]._default_manager.filter(pk__in=keys).order_by("pk")
            names |= {f"{kind}:{row.pk}": str(row) for row in rows}
    return names


def fields_in_words(purpose: str, fields: Iterable[str]) -> str:
    """Return the fields seen for a purpose as people call them."""
    seen = set(fields)
    words = [str(label) for label, columns in _TOGETHER if seen & columns]
    alone = sorted(seen.difference(*(columns for _label, columns in _TOGETHER)))
    known = _labels() | {(purpose, "export"): _("une copie dans un fichier")}
    return ", ".join(words + [str(known.get((purpose, field), field)) for field in alone])


@cache
def _labels() -> dict[tuple[str, str], Any]:
    # Lazy texts: each reader has their language.
    return {
        (purpose, name): getattr(model._meta.get_field(name), "verbose_name", name)
        for model in apps.get_models()
        if issubclass(model, Base)
        for name, purpose in model.personal.items()
    }

"""Scopes and fields in words: whom "partner:12" is, what "last_name" means."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from ancrage.kit.models import Base
from ancrage.partners.models import Partner
from ancrage.territory.models import Territory

_MODELS = {"partner": Partner, "territory": Territory}


def names_of(scopes: Iterable[str]) -> Mapping[str, str]:
    """Return the name of each scope, two queries at most; an unknown one keeps its code."""
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
    known = _labels() | {(purpose, "export"): _("une copie dans un fichier")}
    return ", ".join(str(known.get((purpose, field), field)) for field in fields)


@cache
def _labels() -> dict[tuple[str, str], Any]:
    # Lazy texts: each reader has their language.
    return {
        (purpose, name): getattr(model._meta.get_field(name), "verbose_name", name)
        for model in apps.get_models()
        if issubclass(model, Base)
        for name, purpose in model.personal.items()
    }

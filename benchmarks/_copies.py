"""A larger territory out of a smaller one: its people and needs copied with what hangs on them.

A copy differs by its keys and by what must be unique (addresses, cards, tokens); all the rest is
as in the original, so the mixture of states, dates and links stays that of a living territory.
"""

import itertools
import secrets
import uuid
from collections.abc import Iterator
from typing import Any

# What is not about one person or one need: evenings, accounts, the journal, what is to be sent.
_LEFT = {"events", "training", "accounts", "account", "auth", "contenttypes", "sessions", "kit"}
# A territory where everybody has a hundred namesakes is none.
_NAMES = {"last_name", "name_key"}
# A place is taken once.
_LEFT_MODELS = {"welcome.TakenDay"}
_BATCH = 400
_CARDS = itertools.count(10_000_000)

Model = Any
# For each model, the key of the copy by the key of the original.
Keys = dict[Model, dict[Any, Any]]


def multiply(*, people: int, needs: int) -> None:
    """Have `people` times as many people, and `needs` times as many needs, in the database."""
    from ancrage.needs.models import Need  # noqa: PLC0415 -- the settings come first
    from ancrage.privacy.models import DataSubject  # noqa: PLC0415

    of_people = _hanging_on(DataSubject)
    of_needs = [model for model in _hanging_on(Need) if model not in of_people]
    copied: list[Keys] = [{}, *_copies(of_needs, Need, needs, [{}])]
    for _copy in _copies(of_people, DataSubject, people, copied):
        pass


def _hanging_on(root: Model) -> list[Model]:
    """Return the models whose rows may hang on one of `root`, each after those it points to."""
    from django.apps import apps  # noqa: PLC0415 -- the settings come first

    models = [
        one
        for one in apps.get_models()
        if one._meta.app_label not in _LEFT and one._meta.label not in _LEFT_MODELS
    ]
    found = {root}
    while more := {one for one in models if one not in found and _linked(one) & found}:
        found |= more
    order: list[Model] = []
    while left := found - set(order):
        free = [one for one in left if not _linked(one) & (left - {one})]
        # Rows that point to one another: what may stay empty is left empty.
        free = free or [one for one in left if not _linked(one, surely=True) & (left - {one})]
        order += sorted(free, key=lambda one: one._meta.label)
    return order


def _linked(model: Model, *, surely: bool = False) -> set[Model]:
    return {field.related_model for field in _links(model) if not (surely and field.null)}


def _links(model: Model) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.is_relation]


def _copies(models: list[Model], root: Model, times: int, others: list[Keys]) -> Iterator[Keys]:
    """Write the copies one after the other; what points to `others` takes theirs in turn."""
    originals = {one: list(one._base_manager.order_by("pk").values()) for one in models}
    for number in range(1, times):
        made: Keys = {}
        for model in models:
            copies = {}
            for row in originals[model]:
                values, hangs = _copy(model, row, number, made, others[number % len(others)])
                if hangs or model is root:
                    copies[row[model._meta.pk.attname]] = model(**values)
            written = model._base_manager.bulk_create(copies.values(), batch_size=_BATCH)
            made[model] = dict(zip(copies, [one.pk for one in written], strict=True))
        yield made


def _copy(
    model: Model, row: dict[str, Any], number: int, made: Keys, others: Keys
) -> tuple[dict[str, Any], bool]:
    """Return the values of a copy, and whether it hangs on something copied with it."""
    values, hangs = dict(row), False
    unique = _unique(model)
    for field in model._meta.concrete_fields:
        name, held = field.attname, row[field.attname]
        if field.is_relation:
            if held in made.get(field.related_model, {}):
                values[name], hangs = made[field.related_model][held], True
            elif field.null and (field.unique or field.related_model in made):
                values[name] = None
            else:
                values[name] = others.get(field.related_model, {}).get(held, held)
        elif field.primary_key:
            del values[name]
        elif held and (name in unique or name in _NAMES):
            values[name] = _another(field, held, number)
    return values, hangs


def _unique(model: Model) -> set[str]:
    alone = {field.attname for field in model._meta.concrete_fields if field.unique}
    together = {
        model._meta.get_field(name).attname
        for one in model._meta.constraints
        for name in getattr(one, "fields", ())
    }
    return alone | together


def _another(field: Any, held: Any, number: int) -> Any:
    """Return a value like `held` that no other row has; what is unique by its links is kept."""
    from django.db import models  # noqa: PLC0415 -- the settings come first

    if field.name == "card":
        return str(next(_CARDS))
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.EmailField):
        return f"{number}-{held}"
    if not isinstance(field, models.CharField | models.TextField) or field.choices:
        return held
    if len(held) >= 32 and set(held) <= set("0123456789abcdef"):
        return secrets.token_hex(len(held) // 2)
    ending = f"-{number}"
    return f"{held[: (field.max_length or len(held) + 9) - len(ending)]}{ending}"

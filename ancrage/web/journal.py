"""The lines of the journal in words: the act, the fields it changed, their values."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DecimalField, Field, TextChoices
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ancrage.kit.changes import ChangeSource
from ancrage.kit.days import day_in_words
from ancrage.kit.models import AuditLine
from ancrage.partners.enums import MemberRole
from ancrage.privacy.enums import TellingChannel
from ancrage.territory.enums import MeasureUnit, Office
from ancrage.territory.measures import number_of

_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@cache
def event_labels() -> Mapping[str, str | Promise]:
    """Return the words of each action: the enumerations called « …Event » of every app."""
    labels: dict[str, str | Promise] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.enums"
        if not config.name.startswith("ancrage.") or find_spec(name) is None:
            continue
        for found in vars(import_module(name)).values():
            if (
                isinstance(found, type)
                and issubclass(found, TextChoices)
                and found.__name__.endswith(("Event", "EventAction"))
            ):
                labels |= dict(found.choices)
    return labels


def words_of(action: str) -> str:
    """Return an action in words, or its code when no app has named it."""
    return str(event_labels().get(action, action))


# What lines say beyond the fields of their target, and the vocabulary of the values.
_NAMES: Mapping[str, str | Promise] = {
    "office": gettext_lazy("Mission"),
    "role": gettext_lazy("Rôle"),
    "is_manager": gettext_lazy("Gère la structure"),
    "may_sign": gettext_lazy("Signe la charte"),
    "source": gettext_lazy("Origine"),
    "late": gettext_lazy("Structures relancées"),
    "version": gettext_lazy("Version"),
    "alias": gettext_lazy("Écriture"),
    "is_certain": gettext_lazy("Sans ambiguïté"),
    "added": gettext_lazy("Ajouté"),
    "removed": gettext_lazy("Retiré"),
    "told_by": gettext_lazy("Comment"),
    "milestone": pgettext_lazy("journal", "Jalon"),
    "document": pgettext_lazy("journal", "Document"),
    "value": pgettext_lazy("journal", "Valeur"),
    "done_on": gettext_lazy("Atteint le"),
    "starts_on": gettext_lazy("Période commençant le"),
    "due_on": gettext_lazy("Échéance"),
}
_VALUES: Mapping[str, type[TextChoices]] = {
    "office": Office,
    "role": MemberRole,
    "source": ChangeSource,
    "told_by": TellingChannel,
}


def changes_in_words(line: AuditLine) -> list[tuple[str, str, str]]:
    """Return (field, before, after) as people read them; a field unknown keeps its name."""
    target = line.target_type
    return [
        (_name_of(target, name), _value(target, name, before), _value(target, name, after))
        for name, (before, after) in line.changes.items()
    ]


@cache
def _field_of(target_type: str, name: str) -> "Field[Any, Any] | None":
    try:
        field = apps.get_model(target_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return field if isinstance(field, Field) else None


def _name_of(target_type: str, name: str) -> str:
    field = _field_of(target_type, name)
    if field is None:
        return str(_NAMES.get(name, name))
    return str(capfirst(str(field.verbose_name)))


def _day(value: Any) -> date | None:
    """Read a day as lines keep it: 2026-12-31."""
    if not isinstance(value, str) or not _ISO_DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _choices(name: str) -> list[tuple[Any, Any]]:
    return _VALUES[name].choices if name in _VALUES else []


def _value(target_type: str, name: str, value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    field = _field_of(target_type, name)
    day = _day(value)
    if day is not None:
        return day_in_words(day)
    if (isinstance(field, DecimalField) or name == "value") and _DECIMAL.fullmatch(str(value)):
        return number_of(Decimal(str(value)), MeasureUnit.COUNT)
    labels = dict(field.flatchoices if field is not None else _choices(name))
    return str(labels.get(value, value))

"""The facts of a need as the report shows them: « Quotité : 80 % → 100 % »."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from ancrage.needs.enums import (
    Audience,
    ContractKind,
    NeedReason,
    PayPeriod,
    StartPrecision,
    Urgency,
)
from ancrage.needs.models import Need, PracticeSheet

PUBLISHED = _("État")

_ENUMERATIONS: Mapping[str, Any] = {
    "contract": ContractKind,
    "reason": NeedReason,
    "urgency": Urgency,
    "pay_period": PayPeriod,
    "audience": Audience,
}
# Said by the start itself, or the same as the key of the line.
_UNSAID = frozenset({"start_precision", "reference"})


def shown_facts(facts: Mapping[str, Any]) -> dict[Any, Any]:
    """Return {name for people: value for people} of the facts that say something."""
    return {
        _name_of(name): _value(name, value, facts)
        for name, value in facts.items()
        if name not in _UNSAID
    }


def _name_of(name: str) -> Any:
    return _LABELS.get(name) or _VERBOSE[name]


_VERBOSE = {
    field.name: field.verbose_name
    for model in (Need, PracticeSheet)
    for field in model._meta.fields
}
_LABELS = {
    "works_days": _("travail de jour"),
    "works_nights": _("travail de nuit"),
    "works_weekends": _("travail le week-end"),
    "pay_min_cents": _("rémunération minimale"),
    "pay_max_cents": _("rémunération maximale"),
    "pay_period": _("période de la rémunération"),
}


def _value(name: str, value: Any, facts: Mapping[str, Any]) -> Any:
    if value is None or value == "":
        return None
    if name in _ENUMERATIONS:
        return _ENUMERATIONS[name](value).label
    if isinstance(value, Model):
        return getattr(value, "label_fr", str(value))
    if name == "starts_on" and facts.get("start_precision") == StartPrecision.ASAP:
        return StartPrecision.ASAP.label
    if isinstance(value, date):
        precision = facts.get("start_precision", StartPrecision.DAY)
        if name == "starts_on" and precision == StartPrecision.MONTH:
            return f"{value.month:02}/{value.year}"
        if name == "starts_on" and precision == StartPrecision.QUARTER:
            return f"T{(value.month + 2) // 3} {value.year}"
        return value
    if name.endswith("_cents"):
        return f"{value / 100:.2f}".replace(".", ",").removesuffix(",00") + "\u00a0€"
    if name in ("fte_hundredths", "retrocession_percent"):
        return f"{value}\u00a0%"
    return value

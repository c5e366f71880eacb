"""The facts of a need as the report shows them: « Quotité : 80 % → 100 % »."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from ancrage.kit.tabular.problems import source_text
from ancrage.needs.enums import Audience, NeedReason, PayPeriod, StartPrecision, Urgency
from ancrage.needs.models import Need, PracticeSheet
from ancrage.professions.enums import ContractKind

PUBLISHED = source_text(_("État"))

_ENUMERATIONS: Mapping[str, Any] = {
    "contract": ContractKind,
    "reason": NeedReason,
    "urgency": Urgency,
    "pay_period": PayPeriod,
    "audience": Audience,
}
# Said by the start itself, or the same as the key of the line.
_UNSAID = frozenset({"start_precision", "reference"})


def shown_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return {name for people: value for people} of the facts that say something.

    Both in French, as the report keeps them: names are translated when they are shown.
    """
    return {
        _name_of(name): _value(name, value, facts)
        for name, value in facts.items()
        if name not in _UNSAID
    }


# A file of 20,000 lines shows the same few labels: a lazy text is rendered once.
@cache
def _name_of(name: str) -> str:
    return source_text(_LABELS.get(name) or _VERBOSE[name])


@cache
def _label_of(name: str, value: Any) -> str:
    return source_text(_ENUMERATIONS[name](value).label)


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
_ASAP = source_text(StartPrecision.ASAP.label)


def _value(name: str, value: Any, facts: Mapping[str, Any]) -> Any:
    if value is None or value == "":
        return None
    if name in _ENUMERATIONS:
        return _label_of(name, value)
    if isinstance(value, Model):
        return getattr(value, "label_fr", None) or str(value)
    if name == "starts_on":
        return _start(value, facts.get("start_precision", StartPrecision.DAY))
    if name.endswith("_cents"):
        return f"{value / 100:.2f}".replace(".", ",").removesuffix(",00") + "\u00a0€"
    if name in ("fte_hundredths", "retrocession_percent"):
        return f"{value}\u00a0%"
    return value


def _start(day: date, precision: str) -> date | str:
    if precision == StartPrecision.ASAP:
        return _ASAP
    if precision == StartPrecision.MONTH:
        return f"{day.month:02}/{day.year}"
    if precision == StartPrecision.QUARTER:
        return f"T{(day.month + 2) // 3} {day.year}"
    return day

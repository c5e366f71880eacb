"""Facts as JSON files say them: what cases are stored as, and what programs send."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ancrage.core.eligibility.facts import WrongFact, validate_facts
from ancrage.core.eligibility.values import Facts, Members, Value
from ancrage.schemes.enums import FactNature
from ancrage.schemes.reference.facts import fact_rows
from ancrage.schemes.services.rules import vocabulary


def facts_as_json(facts: Facts) -> dict[str, Any]:
    """Return facts as JSON values: a number and a day as text, a set as the list of its words."""
    return {name: _plain(value) for name, value in sorted(facts.items()) if value is not None}


def facts_from_json(told: Mapping[str, Any]) -> dict[str, Value]:
    """Return the facts that JSON values say. A list is a whole set: what it leaves out is not.

    Raises:
        WrongFact: a fact that the vocabulary does not know, or of another kind.
    """
    facts = {name: _read(name, value) for name, value in told.items() if value is not None}
    validate_facts(facts, vocabulary())
    return facts


def _plain(value: Value) -> Any:
    if isinstance(value, Members):
        return sorted(value.inside)
    if isinstance(value, bool | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(name: str, value: Any) -> Value:
    row = fact_rows().get(name)
    if row is None:
        raise WrongFact(name, value)
    try:
        if row.nature == FactNature.NUMBER and not isinstance(value, bool):
            number = Decimal(str(value))
            if not number.is_finite():
                raise WrongFact(name, value)
            return number
        if row.nature == FactNature.DAY and isinstance(value, str):
            return date.fromisoformat(value)
    except (InvalidOperation, ValueError):
        raise WrongFact(name, value) from None
    if row.nature == FactNature.SET and isinstance(value, list):
        if not all(isinstance(word, str) for word in value):
            raise WrongFact(name, value)
        return Members(frozenset(value), whole=True)
    told: Value = value
    return told


class FactRefused(ValidationError):
    """A fact that a program sent and that the vocabulary does not know, or of another kind."""

    def __init__(self, name: str) -> None:
        row = fact_rows().get(name)
        if row is None:
            message = _("Le fait « %(name)s » n’existe pas.") % {"name": name}
        else:
            kind = FactNature(row.nature).label
            message = _("Le fait « %(name)s » attend autre chose : %(kind)s.") % {
                "name": name,
                "kind": kind,
            }
        super().__init__({"facts": message})


def read_facts(told: Mapping[str, Any]) -> dict[str, Value]:
    """Return the facts that a program sends. Raises `FactRefused`."""
    try:
        return facts_from_json(told)
    except WrongFact as wrong:
        raise FactRefused(wrong.name) from wrong

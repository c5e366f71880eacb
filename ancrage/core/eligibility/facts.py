"""Facts checked against their vocabulary, before any rule reads them."""

from datetime import date, datetime
from decimal import Decimal

from ancrage.core.eligibility.values import FactKind, Facts, FactType, Members, Value, Vocabulary


class WrongFact(ValueError):
    """A fact that the vocabulary does not know, or of another kind than it says."""

    def __init__(self, name: str, value: object) -> None:
        super().__init__(f"{name} = {value!r}")
        self.name = name
        self.value = value


def validate_facts(facts: Facts, vocabulary: Vocabulary) -> None:
    """Check that facts are those of a vocabulary, of the kinds and words that it allows.

    Raises:
        WrongFact: the first, by name, that is not.
    """
    for name, value in sorted(facts.items()):
        fact = vocabulary.get(name)
        if fact is None or (value is not None and not _is_of(value, fact)):
            raise WrongFact(name, value)


def _is_of(value: Value, fact: FactType) -> bool:
    if fact.kind is FactKind.FLAG:
        return isinstance(value, bool)
    if fact.kind is FactKind.NUMBER:
        return isinstance(value, int | Decimal) and not isinstance(value, bool)
    if fact.kind is FactKind.DAY:
        # A moment is no day: the two cannot be compared.
        return isinstance(value, date) and not isinstance(value, datetime)
    if fact.kind is FactKind.CHOICE:
        return isinstance(value, str) and value in fact.words
    return isinstance(value, Members) and value.inside | value.outside <= fact.words

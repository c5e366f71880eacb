"""Rules read with the vocabulary of the platform, and refused with their line."""

from collections.abc import Mapping
from functools import cache, lru_cache

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.core.eligibility.faults import Fault, FaultCode, InvalidRule
from ancrage.core.eligibility.parser import parse
from ancrage.core.eligibility.values import FactKind, FactType, Rule, Vocabulary
from ancrage.schemes.reference.facts import fact_rows

_SENTENCES: Mapping[FaultCode, str | Promise] = {
    FaultCode.EMPTY: gettext_lazy("La règle est vide : écrivez au moins une condition."),
    FaultCode.EMPTY_GROUP: gettext_lazy("Les parenthèses de « %(found)s » sont vides."),
    FaultCode.UNREADABLE: gettext_lazy("Le signe « %(found)s » n’a pas de sens dans une règle."),
    FaultCode.UNEXPECTED: gettext_lazy(
        "« %(found)s » n’est pas attendu ici ; attendu : %(expected)s."
    ),
    FaultCode.UNCLOSED: gettext_lazy(
        "« %(found)s » n’est jamais refermé : ajoutez « %(expected)s »."
    ),
    FaultCode.TOO_DEEP: gettext_lazy(
        "Trop de parenthèses les unes dans les autres : %(expected)s au plus."
    ),
    FaultCode.TOO_LONG: gettext_lazy("Une règle compte %(expected)s signes au plus."),
    FaultCode.UNKNOWN_FACT: gettext_lazy("Le fait « %(found)s » n’existe pas."),
    FaultCode.WRONG_OPERATOR: gettext_lazy(
        "On ne peut pas demander « %(found)s » au fait « %(fact)s » ; possible : %(expected)s."
    ),
    FaultCode.WRONG_VALUE: gettext_lazy(
        "« %(found)s » ne convient pas au fait « %(fact)s » : il faut %(expected)s."
    ),
    FaultCode.UNKNOWN_WORD: gettext_lazy(
        "« %(found)s » n’est pas une valeur du fait « %(fact)s »."
    ),
    FaultCode.NOT_A_DAY: gettext_lazy(
        "« %(found)s » n’est pas une date : écrivez-la comme 31/12/2026."
    ),
}
_EXPECTED: Mapping[str, str | Promise] = {
    "": gettext_lazy("le fait seul, ou précédé de « pas »"),
    "fait": gettext_lazy("un fait"),
    "fin de ligne": gettext_lazy("la fin de la ligne"),
    "valeur": gettext_lazy("une valeur"),
    "mot": gettext_lazy("un mot"),
    "nombre entier": gettext_lazy("un nombre entier"),
    "number": gettext_lazy("un nombre"),
    "day": gettext_lazy("une date"),
    "word": gettext_lazy("un mot, sans accolades"),
    "words": gettext_lazy("des mots entre accolades"),
}
_NEAR = frozenset({FaultCode.UNKNOWN_FACT, FaultCode.UNKNOWN_WORD})


class RuleRefused(ValidationError):
    """A rule that cannot be read: one sentence a fault, each with its line and column."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__([_sentence(fault) for fault in faults])
        self.faults = faults


@cache
def vocabulary() -> Vocabulary:
    """Return the facts of the platform, as the core takes them."""
    return {
        name: FactType(FactKind(row.nature.value), frozenset(row.words))
        for name, row in fact_rows().items()
    }


def read_rule(text: str) -> Rule:
    """Return the rule that a text says.

    Raises:
        RuleRefused: with every fault found.
    """
    try:
        return known_rule(text)
    except InvalidRule as refusal:
        raise RuleRefused(refusal.faults) from refusal


@lru_cache(maxsize=1024)
def known_rule(text: str) -> Rule:
    """Return the rule of a text that was checked when it was saved, read once."""
    return parse(text, vocabulary())


def _sentence(fault: Fault) -> ValidationError:
    words = {
        "found": fault.found,
        "fact": fault.fact,
        "expected": ", ".join(str(_EXPECTED.get(one, one)) for one in fault.expected),
    }
    if fault.code is FaultCode.UNEXPECTED and not fault.found.strip():
        words["found"] = _("la fin de la ligne")
    if fault.code is FaultCode.WRONG_OPERATOR and not fault.found:
        words["found"] = _("oui ou non")
    said = str(_SENTENCES[fault.code]) % words
    if fault.code in _NEAR and fault.expected:
        said += " " + _("Vouliez-vous dire : %(expected)s ?") % words
    return ValidationError(
        _("Ligne %(line)s, colonne %(column)s : %(said)s"),
        code=fault.code.value,
        params={"line": fault.place.line, "column": fault.place.column, "said": said},
    )

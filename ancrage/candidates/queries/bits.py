"""Sets of contracts and of hours as whole numbers: what two columns of the search hold."""

from collections.abc import Iterable

from ancrage.professions.enums import ContractKind

# A new kind goes at the end: the bits of the others are stored.
_CONTRACTS = tuple(ContractKind.values)
ALL_CONTRACTS = (1 << len(_CONTRACTS)) - 1
DAYS, NIGHTS, TWELVE, WEEKENDS = 1, 2, 4, 8
ALL_HOURS = DAYS | NIGHTS | TWELVE | WEEKENDS


def contract_bits(kinds: Iterable[str]) -> int:
    """Return the set of these kinds; no kind at all means open to every one.

    >>> contract_bits(["civil_servant", "cdd"])
    5
    """
    bits = 0
    for kind in kinds:
        bits |= 1 << _CONTRACTS.index(kind)
    return bits or ALL_CONTRACTS


def kinds_of(bits: int) -> frozenset[str]:
    """Return the contracts of a set.

    >>> sorted(kinds_of(5))
    ['cdd', 'civil_servant']
    """
    return frozenset(kind for rank, kind in enumerate(_CONTRACTS) if bits >> rank & 1)


def hour_bits(*, days: bool, nights: bool, twelve: bool, weekends: bool) -> int:
    """Return the set of hours accepted; none said means all of them.

    >>> hour_bits(days=True, nights=False, twelve=False, weekends=True)
    9
    """
    bits = DAYS * days | NIGHTS * nights | TWELVE * twelve | WEEKENDS * weekends
    return bits or ALL_HOURS

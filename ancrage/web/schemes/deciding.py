"""The aids to check, gathered by the one answer that would tell most of them apart."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from ancrage.schemes.services import AidAnswer


@dataclass(frozen=True, slots=True)
class Undecided:
    """Aids that wait for the same fact; `label` is "" where no single fact would settle them."""

    label: str | Promise
    answers: tuple[AidAnswer, ...]


def by_deciding_fact(answers: Sequence[AidAnswer]) -> list[Undecided]:
    """Part answers by the fact that may settle them, each once, the most awaited fact first."""
    left, groups = list(answers), []
    labels = {fact.name: fact.label for one in answers for fact in one.missing}
    while left:
        awaited = Counter(
            fact.name for one in left for fact in one.missing if fact.may_settle
        ).most_common(1)
        if not awaited:
            groups.append(Undecided("", tuple(left)))
            break
        name = awaited[0][0]
        held = [one for one in left if any(f.name == name and f.may_settle for f in one.missing)]
        groups.append(Undecided(labels[name], tuple(held)))
        left = [one for one in left if one not in held]
    return groups

"""What moving from a commune to another changes in the aids one may have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ancrage.core.eligibility.values import Facts, State
from ancrage.schemes.enums import Receiver
from ancrage.schemes.models import Scheme
from ancrage.schemes.services.answers import (
    AidAnswer,
    Together,
    aids_for,
    aids_together,
    facts_of_commune,
)
from ancrage.territory.models import Commune

# What a commune says for itself: told of one place, it would be wrong of the other.
OF_PLACES = frozenset({"departement", "zones", "habitants"})


@dataclass(frozen=True, slots=True)
class Moved:
    """One aid, in the commune left and in the other."""

    there: AidAnswer
    here: AidAnswer


@dataclass(frozen=True, slots=True)
class Moving:
    """What one wins, loses and keeps by moving; what `there` and `here` surely pay together over
    twelve months, aids that exclude one another aside."""

    won: tuple[Moved, ...]
    lost: tuple[Moved, ...]
    kept: tuple[Moved, ...]
    there: Together
    here: Together


def compare_communes(
    *,
    origin: Commune,
    destination: Commune,
    facts: Facts,
    on: date,
    receiver: Receiver,
    schemes: QuerySet[Scheme],
) -> Moving:
    """Return what changes when the same facts hold in another commune.

    An aid is won when its answer rises (no, to check, yes), lost when it falls, kept when it is
    a yes in both; the others change nothing and are left out.

    Raises:
        WrongFact: a fact that the vocabulary does not know, or of another kind.
    """
    told = {name: value for name, value in facts.items() if name not in OF_PLACES}
    there, here = (
        aids_for(
            facts={**told, **facts_of_commune(commune=commune, on=on)},
            on=on,
            receiver=receiver,
            schemes=schemes,
        )
        for commune in (origin, destination)
    )
    before = {one.scheme.pk: one for one in there}
    both = [Moved(before[one.scheme.pk], one) for one in here]
    return Moving(
        won=_ranked(one for one in both if one.here.state > one.there.state),
        lost=_ranked(one for one in both if one.here.state < one.there.state),
        kept=_ranked(one for one in both if one.here.state is one.there.state is State.YES),
        there=_sure(there),
        here=_sure(here),
    )


def _sure(answers: Sequence[AidAnswer]) -> Together:
    return aids_together(answers=answers, only_sure=True)


def _ranked(moved: Iterable[Moved]) -> tuple[Moved, ...]:
    return tuple(
        sorted(
            moved,
            key=lambda one: (
                -max(one.here.possible_cents, one.there.possible_cents),
                one.here.scheme.code,
            ),
        )
    )

"""What happens on the evening, told to an instance: the instance to plan again.

Each function returns a new instance; `replan` then says who goes where. Rounds before
`from_round` are past: nothing here changes them.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from ancrage.core.meetings.values import (
    Host,
    Instance,
    Meeting,
    Pair,
    Person,
    Plan,
    Side,
    Visitor,
)


def begun(
    instance: Instance,
    plan: Plan,
    from_round: int,
    *,
    missed: Collection[tuple[str, str, int]] = (),
) -> Instance:
    """Return what is asked once the rounds before `from_round` are over.

    The meetings of the plan in these rounds were held, but for those missed (host, visitor,
    round); those that must be held still must, and the others are promised.
    """
    imposed = {one.card for one in instance.held if one.round >= from_round}
    settled = (one for one in plan.meetings if one.round < from_round or one.card in imposed)
    return replace(
        instance,
        held=tuple(one for one in settled if one.card not in missed),
        promised=tuple(
            one for one in plan.meetings if one.round >= from_round and one.card not in imposed
        ),
        from_round=from_round,
    )


def left(instance: Instance, person: Person, from_round: int | None = None) -> Instance:
    """Return what is asked without somebody who did not come, or who leaves before a round."""
    first = instance.from_round if from_round is None else from_round
    return _absent(instance, [person], range(first, instance.rounds))


def late(instance: Instance, person: Person, until: int) -> Instance:
    """Return what is asked with somebody who will only be there in round `until`."""
    return _absent(instance, [person], range(instance.from_round, until))


def walked_in(instance: Instance, guest: Host | Visitor, pairs: Iterable[Pair]) -> Instance:
    """Return what is asked with somebody more, there from now on, and whom they may meet."""
    before = frozenset(range(instance.from_round))
    guest = replace(guest, absent=guest.absent | before)
    pairs = (*instance.pairs, *pairs)
    if isinstance(guest, Host):
        return replace(instance, hosts=(*instance.hosts, guest), pairs=pairs)
    return replace(instance, visitors=(*instance.visitors, guest), pairs=pairs)


def without_round(instance: Instance, when: int) -> Instance:
    """Return what is asked once a round is dropped: nobody meets in it."""
    return _absent(instance, list(everybody(instance)), [when])


def started_late(instance: Instance, lost: int) -> Instance:
    """Return what is asked when the next rounds are lost: those that follow keep their time."""
    first = instance.from_round
    return replace(instance, from_round=min(instance.rounds, first + lost))


def with_tables(instance: Instance, tables: int | None) -> Instance:
    """Return what is asked with so many tables from now on."""
    return replace(instance, tables=tables)


def blocked(instance: Instance, host: str, visitor: str) -> Instance:
    """Return what is asked when two people must not meet."""
    return replace(
        instance,
        pairs=tuple(pair for pair in instance.pairs if pair[:2] != (host, visitor)),
    )


def everybody(instance: Instance) -> Iterable[Person]:
    """Yield the people of both sides."""
    for host in instance.hosts:
        yield Person(Side.HOST, host.id)
    for visitor in instance.visitors:
        yield Person(Side.VISITOR, visitor.id)


def meetings_of(meetings: Iterable[Meeting], person: Person) -> tuple[Meeting, ...]:
    """Return the sheet of one person, round by round."""
    own = (
        one
        for one in meetings
        if person.id == (one.host if person.side is Side.HOST else one.visitor)
    )
    return tuple(sorted(own, key=lambda one: (one.round, one.card)))


def _absent(instance: Instance, people: Collection[Person], rounds: Iterable[int]) -> Instance:
    missed = frozenset(rounds)
    named = set(people)
    return replace(
        instance,
        hosts=tuple(
            replace(one, absent=one.absent | missed) if Person(Side.HOST, one.id) in named else one
            for one in instance.hosts
        ),
        visitors=tuple(
            replace(one, absent=one.absent | missed)
            if Person(Side.VISITOR, one.id) in named
            else one
            for one in instance.visitors
        ),
    )

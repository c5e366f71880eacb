"""The best plan of a tiny instance, by trying every plan; written from the definition alone."""

from ancrage.core.meetings.values import Instance, Meeting


def limits(person, rounds: int) -> tuple[int, int]:
    """How many meetings a person may have, and how many are guaranteed."""
    seats = getattr(person, "seats", 1)
    most = rounds if person.most is None else min(person.most, rounds * seats)
    return most, min(3 if person.least is None else person.least, most)


def is_legal(instance: Instance, cards: list[tuple[str, str, int]]) -> bool:
    """Whether meetings (host, visitor, round) break no rule; those held are always legal."""
    held = {one.card for one in instance.held}
    hosts = {host.id: host for host in instance.hosts}
    visitors = {visitor.id: visitor for visitor in instance.visitors}
    pairs = {(pair.host, pair.visitor) for pair in instance.pairs}
    if not held <= set(cards) or len({card[:2] for card in cards}) < len(cards):
        return False
    for host, visitor, when in set(cards) - held:
        if (host, visitor) not in pairs or not instance.from_round <= when < instance.rounds:
            return False
        if when in hosts[host].absent or when in visitors[visitor].absent:
            return False
    for when in range(instance.rounds):
        here = [card for card in cards if card[2] == when]
        if len({card[1] for card in here}) < len(here):
            return False
        serving = {card[0] for card in here}
        if any(sum(card[0] == host for card in here) > hosts[host].seats for host in serving):
            return False
        counted = instance.tables is not None and when >= instance.from_round
        if counted and len(serving) > instance.tables:
            return False
    return all(
        sum(card[place] == person.id for card in cards) <= limits(person, instance.rounds)[0]
        for place, people in ((0, instance.hosts), (1, instance.visitors))
        for person in people
    )


def value(instance: Instance, cards: list[tuple[str, str, int]]) -> tuple[tuple[int, ...], int]:
    """The levels of fairness of these meetings, then their score."""
    counts = [
        (sum(card[place] == person.id for card in cards), limits(person, instance.rounds)[1])
        for place, people in ((0, instance.hosts), (1, instance.visitors))
        for person in people
    ]
    highest = max((least for _count, least in counts), default=0)
    levels = tuple(
        sum(1 for count, least in counts if least >= level and count >= level)
        for level in range(1, highest + 1)
    )
    met = {card[:2] for card in cards}
    return levels, sum(pair.score for pair in instance.pairs if (pair.host, pair.visitor) in met)


def best_by_trying_all(
    instance: Instance, kept: tuple[Meeting, ...] = ()
) -> tuple[tuple[int, ...], int]:
    """The best value of all legal plans that hold these meetings."""
    start = sorted({one.card for one in (*instance.held, *kept)})
    free = [
        (pair.host, pair.visitor)
        for pair in instance.pairs
        if (pair.host, pair.visitor) not in {card[:2] for card in start}
    ]
    best = value(instance, start)

    def extend(cards: list[tuple[str, str, int]], rest: list[tuple[str, str]]) -> None:
        nonlocal best
        best = max(best, value(instance, cards))
        for rank, (host, visitor) in enumerate(rest):
            for when in range(instance.from_round, instance.rounds):
                longer = [*cards, (host, visitor, when)]
                if is_legal(instance, longer):
                    extend(longer, rest[rank + 1 :])

    extend(start, free)
    return best

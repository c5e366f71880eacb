"""Small instances, drawn with all that an organiser can ask."""

from dataclasses import replace

from hypothesis import strategies as st

from ancrage.core.meetings.values import Host, Instance, Meeting, Pair, Visitor
from tests.core.meetings.oracle import is_legal


@st.composite
def instances(draw, most_people=3, most_rounds=3, most_pairs=6):
    rounds = draw(st.integers(0, most_rounds))
    absences = st.frozensets(st.integers(0, max(0, rounds - 1)), max_size=rounds)
    amounts = st.none() | st.integers(0, 3)

    def guest(kind, name, **more):
        most = draw(amounts)
        least = draw(st.none() | st.integers(0, 3 if most is None else most))
        return kind(name, most, least, draw(absences), **more)

    hosts = [
        guest(Host, f"h{rank}", seats=draw(st.sampled_from([1, 1, 1, 2])))
        for rank in range(draw(st.integers(0, most_people)))
    ]
    visitors = [guest(Visitor, f"v{rank}") for rank in range(draw(st.integers(0, most_people)))]
    able = [(host.id, visitor.id) for host in hosts for visitor in visitors]
    chosen = draw(st.permutations(able))[:most_pairs]
    pairs = [Pair(host, visitor, draw(st.integers(-2, 6))) for host, visitor in chosen]
    tables = draw(st.none() | st.integers(0, 3))
    return Instance(rounds, tuple(hosts), tuple(visitors), tuple(pairs), tables)


@st.composite
def begun_evenings(draw):
    """An instance some of whose meetings are held."""
    instance = draw(instances())
    first = draw(st.integers(0, instance.rounds))
    cards: list[tuple[str, str, int]] = []
    for pair in instance.pairs:
        if instance.rounds and draw(st.booleans()):
            card = (pair.host, pair.visitor, draw(st.integers(0, instance.rounds - 1)))
            if is_legal(instance, [*cards, card]):
                cards.append(card)
    held = tuple(Meeting(*card) for card in cards)
    return replace(instance, held=held, from_round=first)

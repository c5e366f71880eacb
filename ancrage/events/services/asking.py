"""What an event asks of its timetable: rows in, an instance of the core out.

A party is known to the core as `p` and its key: an instance names nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ancrage.core.affinity import ScoredPair, Sheet, Wishes, pairs_of
from ancrage.core.meetings.breaks import rested
from ancrage.core.meetings.values import Host, Instance, Meeting, Pair, Visitor
from ancrage.events.enums import RuleKind, SideRole, WishKind
from ancrage.events.models import Event, PairRule, Party, Side, Table, Wish
from ancrage.events.queries.answers import Said, said_in
from ancrage.events.queries.parties import parties_with_a_place
from ancrage.events.services.compatibility import sheet_of, weights_of


def key_of(party: int) -> str:
    """Return how the core knows a party."""
    return f"p{party}"


def party_of(key: str) -> int:
    """Return the party that the core knows as `key`."""
    return int(key.removeprefix("p"))


@dataclass(frozen=True)
class Ask:
    """What is asked of a timetable, before the core numbers anything.

    Attributes:
        parties: those that hold a place, by key of the core.
        tables: those that can serve, by number; empty when nobody described the room.
        rules: what the organiser imposes or forbids, by host and visitor.
        pairs: every pair, with its score or what keeps it apart.
    """

    event: Event
    sides: Mapping[str, Side]
    parties: Mapping[str, Party]
    host_sheets: Mapping[str, Sheet]
    visitor_sheets: Mapping[str, Sheet]
    host_wishes: Wishes
    visitor_wishes: Wishes
    tables: Sequence[Table]
    has_room: bool
    rules: Mapping[tuple[str, str], PairRule]
    pairs: Sequence[ScoredPair]

    @property
    def hosts(self) -> list[Party]:
        """The parties that keep a table."""
        return [self.parties[key] for key in self.host_sheets]

    @property
    def visitors(self) -> list[Party]:
        """The parties that go from table to table."""
        return [self.parties[key] for key in self.visitor_sheets]

    @property
    def locked(self) -> list[PairRule]:
        """The meetings imposed between parties that are there and did not refuse one another."""
        refused = {
            (one.host, one.visitor) for one in self.pairs if one.score is None and _said_no(one)
        }
        return [
            rule
            for pair, rule in sorted(self.rules.items())
            if rule.kind == RuleKind.LOCKED and pair not in refused
        ]


def ask_of(event: Event) -> Ask:
    """Read all that the timetable of `event` depends on."""
    sides = {side.role: side for side in event.sides.order_by("pk")}
    parties = {key_of(party.pk): party for party in parties_with_a_place(event)}
    said = said_in(event)
    sheets = {key: sheet_of(said.get(party.pk, Said())) for key, party in parties.items()}
    hosts = {k: s for k, s in sheets.items() if parties[k].side.role == SideRole.HOST}
    visitors = {k: s for k, s in sheets.items() if k not in hosts}
    by_hosts, by_visitors = wishes_between(event, hosts, visitors)
    tables = list(Table.objects.filter(event=event).order_by("number"))
    rules = {
        (key_of(rule.host_id), key_of(rule.visitor_id)): rule
        for rule in PairRule.objects.filter(event=event).order_by("pk")
    }
    return Ask(
        event=event,
        sides=sides,
        parties=parties,
        host_sheets=hosts,
        visitor_sheets=visitors,
        host_wishes=by_hosts,
        visitor_wishes=by_visitors,
        tables=[table for table in tables if table.usable],
        has_room=bool(tables),
        rules={
            (host, visitor): rule
            for (host, visitor), rule in rules.items()
            if host in hosts and visitor in visitors
        },
        pairs=scored(event, sides, hosts, visitors, by_hosts, by_visitors),
    )


def scored(
    event: Event,
    sides: Mapping[str, Side],
    hosts: Mapping[str, Sheet],
    visitors: Mapping[str, Sheet],
    host_wishes: Wishes,
    visitor_wishes: Wishes,
) -> list[ScoredPair]:
    """Score pairs with the weights of the organiser."""
    weight = {role: side.wish_weight for role, side in sides.items()}
    return pairs_of(
        hosts,
        visitors,
        weights_of(event),
        host_wishes=host_wishes,
        visitor_wishes=visitor_wishes,
        host_weight=weight.get(SideRole.HOST, 5),
        visitor_weight=weight.get(SideRole.VISITOR, 5),
    )


def instance_of(ask: Ask, *, rounds: int | None = None, guarantee: int | None = None) -> Instance:
    """Return what is asked of the core, meetings imposed in a round included.

    Rests come in (`Event.run_limit`); meetings imposed whatever the round do not: `planning`
    finds them one.
    """
    event = ask.event
    rounds = event.rounds if rounds is None else rounds
    least = event.guarantee if guarantee is None else guarantee
    most = {role: side.most_meetings for role, side in ask.sides.items()}
    hosts = [
        Host(
            key_of(party.pk),
            most=_most(most.get(SideRole.HOST), rounds * party.seats),
            least=min(least, _most(most.get(SideRole.HOST), rounds * party.seats)),
            absent=_absent(party, rounds),
            seats=party.seats,
        )
        for party in ask.hosts
    ]
    visitors = [
        Visitor(
            key_of(party.pk),
            most=_most(most.get(SideRole.VISITOR), rounds),
            least=min(least, _most(most.get(SideRole.VISITOR), rounds)),
            absent=_absent(party, rounds),
        )
        for party in ask.visitors
    ]
    instance = Instance(
        rounds=rounds,
        tables=len(ask.tables) if ask.has_room else None,
        hosts=tuple(hosts),
        visitors=tuple(visitors),
        pairs=tuple(possible(ask)),
        held=tuple(
            Meeting(key_of(rule.host_id), key_of(rule.visitor_id), rule.round)
            for rule in ask.locked
            if rule.round is not None and rule.round < rounds
        ),
    )
    if event.run_limit is None:
        return instance
    return rested(instance, event.run_limit, pauses=pauses_of(event))


def pauses_of(event: Event) -> frozenset[int]:
    """Return the rounds after which everybody has a break: a rest for those who met in a row."""
    return frozenset(event.breaks.order_by("pk").values_list("after_round", flat=True))


def possible(ask: Ask) -> Iterable[Pair]:
    """Yield the pairs that may meet; one that is imposed may, whatever its answers say."""
    locked = {(key_of(rule.host_id), key_of(rule.visitor_id)) for rule in ask.locked}
    for one in ask.pairs:
        rule = ask.rules.get((one.host, one.visitor))
        if rule is not None and rule.kind == RuleKind.FORBIDDEN:
            continue
        if one.score is not None:
            yield Pair(one.host, one.visitor, one.score)
        elif (one.host, one.visitor) in locked:
            yield Pair(one.host, one.visitor, 1)


def as_json(instance: Instance) -> dict[str, Any]:
    """Return an instance in the format of `plan_meetings`, so that anybody can redo it."""
    return {
        "rounds": instance.rounds,
        "tables": instance.tables,
        "hosts": [
            {
                "id": host.id,
                "max": host.most,
                "min": host.least,
                "absent": sorted(host.absent),
                "seats": host.seats,
            }
            for host in instance.hosts
        ],
        "visitors": [
            {
                "id": visitor.id,
                "max": visitor.most,
                "min": visitor.least,
                "absent": sorted(visitor.absent),
            }
            for visitor in instance.visitors
        ],
        "pairs": [
            {"host": pair.host, "visitor": pair.visitor, "score": pair.score}
            for pair in instance.pairs
        ],
        "held": [
            {"host": one.host, "visitor": one.visitor, "round": one.round} for one in instance.held
        ],
    }


def from_json(kept: Mapping[str, Any]) -> Instance:
    """Return the instance that a timetable was made from (see `as_json`)."""
    return Instance(
        rounds=kept["rounds"],
        tables=kept["tables"],
        hosts=tuple(
            Host(one["id"], one["max"], one["min"], frozenset(one["absent"]), one["seats"])
            for one in kept["hosts"]
        ),
        visitors=tuple(
            Visitor(one["id"], one["max"], one["min"], frozenset(one["absent"]))
            for one in kept["visitors"]
        ),
        pairs=tuple(Pair(one["host"], one["visitor"], one["score"]) for one in kept["pairs"]),
        held=tuple(Meeting(one["host"], one["visitor"], one["round"]) for one in kept["held"]),
        from_round=kept.get("from_round", 0),
    )


def _most(asked: int | None, possible_at_all: int) -> int:
    return possible_at_all if asked is None else min(asked, possible_at_all)


def _absent(party: Party, rounds: int) -> frozenset[int]:
    return frozenset(
        when for when in party.absent_rounds if isinstance(when, int) and 0 <= when < rounds
    )


def _said_no(pair: ScoredPair) -> bool:
    return pair.barrier is not None and pair.barrier.value.startswith("refused")


def wishes_between(
    event: Event, hosts: Mapping[str, Sheet], visitors: Mapping[str, Sheet]
) -> tuple[Wishes, Wishes]:
    """Return what these hosts and these visitors wish of one another."""
    ranks: dict[bool, dict[tuple[str, str], int]] = {True: {}, False: {}}
    refused: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    for wish in Wish.objects.filter(event=event).order_by("pk"):
        pair = key_of(wish.by_id), key_of(wish.about_id)
        by_host = pair[0] in hosts and pair[1] in visitors
        if not by_host and not (pair[0] in visitors and pair[1] in hosts):
            continue
        if wish.kind == WishKind.REFUSED:
            refused[by_host].add(pair)
        else:
            ranks[by_host][pair] = wish.rank or 1
    return (
        Wishes(ranks[True], frozenset(refused[True])),
        Wishes(ranks[False], frozenset(refused[False])),
    )

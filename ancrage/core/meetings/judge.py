"""Is this plan allowed, and is what it claims true? What no plan can exceed.

Written from the definition of the problem; shares with the planner the values only.

Proof of a bound. What is fixed leaves each person p at most K(p) meetings among rounds when they
are free, and each round its tables. Take any price q of a person's meeting, and prices ≥ 0: t of
any meeting, λ(r) of a table in round r, a(p, r) of the place of p in round r. Call W(1), W(2), …
what the guaranteed meetings are worth. Whatever the plan,

    Σ W(level) · people who reach it + score
        ≤  C · t + Σ tables(r) · λ(r) + Σ places(p, r) · a(p, r)
         + Σ over people, the largest over d ≤ K(p) of (worth of d more meetings + d · q)
         + Σ over pairs, max(0, score − q(v) − q(h) − t − the least over their rounds of λ + a + a)

where C is how many meetings the rounds can hold: round by round, the least of the visitors, of
the seats at as many tables as there are. A host of s seats pays λ(r)/s for each of them.

Fairness. With W(j) ≥ 3·W(j+1) and W(last) larger than any change of the score, a set of pairs that
respects everything but the rounds and reaches this bound is the fairest of all such sets (see
`choose`): no plan has better levels.

Complexity: O(pairs · rounds + people · rounds).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ancrage.core.meetings.values import (
    GUARANTEE,
    Certificate,
    Guest,
    Host,
    Instance,
    Meeting,
    Person,
    Plan,
    Prices,
    Proof,
    Side,
    Violation,
    ViolationKind,
)


def violations(instance: Instance, plan: Plan) -> list[Violation]:
    """Return all that is wrong with a plan; an empty list means that it can be announced."""
    found = list(_broken_rules(instance, plan.meetings))
    if not found:
        found += _false_claims(instance, plan)
    return found


def _broken_rules(instance: Instance, meetings: Sequence[Meeting]) -> Iterator[Violation]:
    hosts = {host.id: host for host in instance.hosts}
    visitors = {visitor.id: visitor for visitor in instance.visitors}
    pairs = {(pair.host, pair.visitor) for pair in instance.pairs}
    held = {meeting.card for meeting in instance.held}
    for card in sorted(held - {meeting.card for meeting in meetings}):
        yield Violation(ViolationKind.HELD_LOST, card)
    for one in meetings:
        if one.host not in hosts or one.visitor not in visitors:
            yield Violation(ViolationKind.UNKNOWN_PERSON, one.card)
            return
        if one.card in held:
            continue
        if (one.host, one.visitor) not in pairs:
            yield Violation(ViolationKind.NOT_A_PAIR, one.card)
        if not 0 <= one.round < instance.rounds:
            yield Violation(ViolationKind.NOT_A_ROUND, one.card)
        elif one.round < instance.from_round:
            yield Violation(ViolationKind.PAST_ROUND, one.card)
        if one.round in hosts[one.host].absent or one.round in visitors[one.visitor].absent:
            yield Violation(ViolationKind.ABSENT, one.card)
    for pair, times in Counter((one.host, one.visitor) for one in meetings).items():
        if times > 1:
            yield Violation(ViolationKind.MEETS_TWICE, pair)
    for place, times in Counter((one.visitor, one.round) for one in meetings).items():
        if times > 1:
            yield Violation(ViolationKind.VISITOR_TWICE_IN_ROUND, place)
    for (host, when), times in Counter((one.host, one.round) for one in meetings).items():
        if times > hosts[host].seats:
            yield Violation(ViolationKind.HOST_OVER_SEATS, (host, when))
    counts = ((hosts, "host"), (visitors, "visitor"))
    for people, side in counts:
        for person, times in Counter(getattr(one, side) for one in meetings).items():
            if times > _most(people[person], instance):
                yield Violation(ViolationKind.OVER_MOST, (side, person))
    yield from _broken_tables(instance, meetings)


def _broken_tables(instance: Instance, meetings: Sequence[Meeting]) -> Iterator[Violation]:
    at: dict[tuple[str, int], set[int]] = defaultdict(set)
    of: dict[tuple[int, int], set[str]] = defaultdict(set)
    serving: dict[int, set[str]] = defaultdict(set)
    held = {one.card for one in instance.held}
    for one in meetings:
        serving[one.round].add(one.host)
        if one.table is None or one.table < 1:
            yield Violation(ViolationKind.TABLE_UNKNOWN, one.card)
            continue
        counted = one.round >= instance.from_round and one.card not in held
        if counted and instance.tables is not None and one.table > instance.tables:
            yield Violation(ViolationKind.TABLE_UNKNOWN, one.card)
        at[one.host, one.round].add(one.table)
        of[one.table, one.round].add(one.host)
    for when, hosts in serving.items():
        limit = instance.tables
        if limit is not None and when >= instance.from_round and len(hosts) > limit:
            yield Violation(ViolationKind.OVER_TABLES, (when, len(hosts)))
    for (table, when), sharing in of.items():
        if len(sharing) > 1:
            yield Violation(ViolationKind.TABLE_SHARED, (table, when))
    for (host, when), tables in at.items():
        if len(tables) > 1:
            yield Violation(ViolationKind.HOST_AT_TWO_TABLES, (host, when))


def _false_claims(instance: Instance, plan: Plan) -> Iterator[Violation]:
    pairs = [(one.host, one.visitor) for one in plan.meetings]
    score, levels = _score(instance, pairs), _levels(instance, pairs)
    if score != plan.score:
        yield Violation(ViolationKind.SCORE_MISCOUNTED, (plan.score, score))
    if levels != plan.levels:
        yield Violation(ViolationKind.LEVELS_MISCOUNTED, (plan.levels, levels))
    kept = {one.card for one in plan.meetings}
    changed = {one.card for one in instance.promised if one.card not in kept}
    if changed != {one.card for one in plan.changed}:
        yield Violation(ViolationKind.CHANGED_MISCOUNTED, tuple(sorted(changed)))
    yield from check_certificate(instance, plan)


def check_certificate(instance: Instance, plan: Plan) -> list[Violation]:
    """Return what a plan claims without proving it: what is asked must be legal, see `violations`.

    A proof by complete search leaves nothing to check but the bound of its relaxation.
    """
    certificate = plan.certificate
    found = []

    def fails(*why: object) -> None:
        found.append(Violation(ViolationKind.PROOF_FAILS, why))

    question = _Question.of(instance, certificate.fixed)
    if not (_signs_are_right(certificate.fairness) and _signs_are_right(certificate.satisfaction)):
        fails("signs")
        return found
    kept = {one.card for one in plan.meetings}
    if not {one.card for one in instance.held} <= {one.card for one in certificate.fixed} <= kept:
        fails("fixed")
    if not question.proves_fairest(certificate):
        fails("fairness")
    if certificate.levels != _levels(instance, certificate.relaxed):
        fails("levels", certificate.levels)
    if plan.proof is not Proof.SEARCHED:
        if certificate.satisfaction.weights and plan.levels != certificate.levels:
            fails("satisfaction", "prices speak of fairer plans")
        bound = question.score_bound(certificate.satisfaction, certificate.levels)
        if bound > certificate.bound:
            fails("bound", certificate.bound, bound)
    claims = {
        Proof.OPTIMAL: plan.levels == certificate.levels and plan.score == certificate.bound,
        Proof.SEARCHED: plan.score == certificate.bound,
        Proof.FAIR: plan.levels == certificate.levels,
        Proof.BOUNDED: True,
    }
    if not claims[plan.proof]:
        fails("proof", plan.proof.value)
    return found


def upper_bound(instance: Instance, prices: Prices, fixed: Iterable[Meeting] = ()) -> int:
    """Return what Σ W · levels + score of no plan exceeds, in parts of a score, by these prices.

    It counts what comes beside what is fixed. True for any prices of the right signs.
    """
    return _Question.of(instance, fixed).bound(prices)


def _most(person: Guest, instance: Instance) -> int:
    seats = person.seats if isinstance(person, Host) else 1
    most = instance.rounds if person.most is None else person.most
    return min(most, instance.rounds * seats)


def _least(person: Guest, instance: Instance) -> int:
    asked = GUARANTEE if person.least is None else person.least
    return min(asked, _most(person, instance))


def _score(instance: Instance, pairs: Iterable[tuple[str, str]]) -> int:
    scores = {(pair.host, pair.visitor): pair.score for pair in instance.pairs}
    return sum(scores.get(pair, 0) for pair in pairs)


def _levels(instance: Instance, pairs: Iterable[tuple[str, str]]) -> tuple[int, ...]:
    met = Counter[Person]()
    for host, visitor in pairs:
        met[Person(Side.HOST, host)] += 1
        met[Person(Side.VISITOR, visitor)] += 1
    reached = [(met[person], _least(guest, instance)) for person, guest in _everybody(instance)]
    highest = max((least for _count, least in reached), default=0)
    return tuple(
        sum(count >= level and least >= level for count, least in reached)
        for level in range(1, highest + 1)
    )


def _everybody(instance: Instance) -> Iterator[tuple[Person, Guest]]:
    for host in instance.hosts:
        yield Person(Side.HOST, host.id), host
    for visitor in instance.visitors:
        yield Person(Side.VISITOR, visitor.id), visitor


@dataclass(slots=True)
class _Question:
    """What is left to decide once some meetings are fixed.

    `places` is how many places a person still has in each round, `done` how many meetings.
    """

    instance: Instance
    fixed: tuple[Meeting, ...]
    guests: dict[Person, Guest]
    places: dict[Person, dict[int, int]]
    done: Counter[Person]
    tables: dict[int, int]
    serving: set[tuple[str, int]]
    pairs: list[tuple[Person, Person, int]] = field(default_factory=list)

    @classmethod
    def of(cls, instance: Instance, fixed: Iterable[Meeting]) -> "_Question":
        fixed = tuple(fixed)
        guests = dict(_everybody(instance))
        rounds = range(instance.from_round, instance.rounds)
        places = {
            person: {
                when: guest.seats if isinstance(guest, Host) else 1
                for when in rounds
                if when not in guest.absent
            }
            for person, guest in guests.items()
        }
        met, done, serving = set(), Counter[Person](), set()
        for meeting in fixed:
            met.add((meeting.host, meeting.visitor))
            serving.add((meeting.host, meeting.round))
            for person in (Person(Side.HOST, meeting.host), Person(Side.VISITOR, meeting.visitor)):
                done[person] += 1
                if places[person].get(meeting.round):
                    places[person][meeting.round] -= 1
        limit = len(instance.hosts) if instance.tables is None else instance.tables
        busy = Counter(when for _host, when in serving)
        tables = {when: max(0, limit - busy[when]) for when in rounds}
        question = cls(instance, fixed, guests, places, done, tables, serving)
        able = {person for person in guests if question.room(person)}
        open_to = {
            person: sum(1 << when for when, count in places[person].items() if count)
            for person in able
        }
        for host, visitor, score in instance.pairs:
            h, v = Person(Side.HOST, host), Person(Side.VISITOR, visitor)
            if (host, visitor) not in met and h in able and v in able and open_to[h] & open_to[v]:
                question.pairs.append((h, v, score))
        return question

    def room(self, person: Person) -> int:
        """How many meetings more a person may have."""
        most = _most(self.guests[person], self.instance) - self.done[person]
        return max(0, min(most, sum(self.places[person].values())))

    def common(self, host: Person, visitor: Person) -> list[int]:
        places, theirs = self.places[host], self.places[visitor]
        return [when for when, count in places.items() if count and theirs.get(when)]

    def capacity(self) -> int:
        """How many meetings more the rounds can hold."""
        return sum(self._capacity_in(when) for when in self.tables)

    def _capacity_in(self, when: int) -> int:
        visitors, settled, others = 0, 0, []
        for person in self.guests:
            count = self.places[person].get(when, 0)
            if person.side is Side.VISITOR:
                visitors += count
            elif (person.id, when) in self.serving:
                settled += count
            else:
                others.append(count)
        others.sort(reverse=True)
        return min(visitors, settled + sum(others[: self.tables[when]]))

    @staticmethod
    def gain(score: int, prices: Prices) -> int:
        """A score in the parts of a proof; 0 counts for a hair, which the division takes back."""
        return score * prices.scale or 1

    def bound(self, prices: Prices) -> int:
        ceiling = prices.total * self.capacity()
        ceiling += sum(price * self.tables.get(when, 0) for when, price in prices.rounds.items())
        ceiling += sum(
            price * self.places[person].get(when, 0)
            for (person, when), price in prices.presence.items()
        )
        ceiling += sum(self._best_of(person, prices) for person in self.guests)
        for host, visitor, score in self.pairs:
            surplus = self.gain(score, prices) - prices.total
            surplus -= prices.people.get(host, 0) + prices.people.get(visitor, 0)
            if surplus > 0 and (prices.rounds or prices.presence):
                rounds = self.common(host, visitor)
                surplus -= min(self._price(host, visitor, when, prices) for when in rounds)
            ceiling += max(0, surplus)
        return ceiling

    def _price(self, host: Person, visitor: Person, when: int, prices: Prices) -> int:
        guest = self.guests[host]
        seats = guest.seats if isinstance(guest, Host) else 1
        table = 0 if (host.id, when) in self.serving else prices.rounds.get(when, 0) // seats
        presence = prices.presence
        return table + presence.get((host, when), 0) + presence.get((visitor, when), 0)

    def _best_of(self, person: Person, prices: Prices) -> int:
        """The most that this person's next meetings are worth: rewards, and their price."""
        worth = best = 0
        price, done = prices.people.get(person, 0), self.done[person]
        least = _least(self.guests[person], self.instance)
        for level in range(done + 1, done + self.room(person) + 1):
            worth += price
            if level <= min(least, len(prices.weights)):
                worth += prices.weights[level - 1]
            best = max(best, worth)
        return best

    def proves_fairest(self, certificate: Certificate) -> bool:
        """Whether `relaxed` respects all but the rounds, and reaches the bound of its prices."""
        prices, weights = certificate.fairness, certificate.fairness.weights
        if prices.rounds or prices.presence:
            return False
        gains = {(h.id, v.id): self.gain(score, prices) for h, v, score in self.pairs}
        fixed = {(one.host, one.visitor) for one in certificate.fixed}
        new = [pair for pair in certificate.relaxed if pair not in fixed]
        if len({*new}) != len(new) or not {*new} <= gains.keys() or len(new) > self.capacity():
            return False
        met = Counter(Person(Side.HOST, host) for host, _visitor in new)
        met += Counter(Person(Side.VISITOR, visitor) for _host, visitor in new)
        if any(count > self.room(person) for person, count in met.items()):
            return False
        rooms = [
            sum(self.room(person) for person in self.guests if person.side is side)
            for side in Side
        ]
        swing = max(0, 0, *gains.values()) - min(0, 0, *gains.values())
        if weights and weights[-1] <= swing * min(*rooms, len(gains)):
            return False
        if any(first < 3 * second for first, second in pairwise(weights)):
            return False
        worth = sum(gains[pair] for pair in new)
        for person, count in met.items():
            least = min(_least(self.guests[person], self.instance), len(weights))
            done = self.done[person]
            worth += sum(weights[min(done, least) : min(done + count, least)])
        highest = max((_least(g, self.instance) for g in self.guests.values()), default=0)
        return len(weights) == highest and worth == self.bound(prices)

    def score_bound(self, prices: Prices, levels: Sequence[int]) -> int:
        """What the score of no plan of these levels exceeds; without weights, of no plan."""
        fixed = [(meeting.host, meeting.visitor) for meeting in self.fixed]
        ahead = [*_levels(self.instance, fixed), *[0] * len(levels)]
        ceiling = self.bound(prices)
        for weight, reached, before in zip(prices.weights, levels, ahead, strict=False):
            ceiling -= weight * (reached - before)
        return _score(self.instance, fixed) + ceiling // prices.scale


def _signs_are_right(prices: Prices) -> bool:
    return (
        prices.scale > 0
        and prices.total >= 0
        and all(price >= 0 for price in prices.rounds.values())
        and all(price >= 0 for price in prices.presence.values())
        and all(weight >= 0 for weight in prices.weights)
    )

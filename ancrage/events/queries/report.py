"""What came of an event: who came, what was held, which contacts opened, what they became.

Everything counts people or pairs, and names nobody. Nothing tells of a yes on one side alone:
once contacts are open those answers no longer exist.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from ancrage.events.enums import PLACED_STATES, RESULTS, ContactOutcome, RegistrationState
from ancrage.events.models import ContactFollowUp, Event, Feedback, Meeting, Side

FEWEST_OPINIONS = 5
"""Opinions below which neither a mean nor a word is shown: somebody would be recognised."""

LASTING = frozenset(
    {ContactOutcome.HIRED, ContactOutcome.COLLABORATION, ContactOutcome.ASSOCIATION}
)
"""Outcomes that count as somebody settled in the territory."""

# From the least to the most lasting: of two sides who differ, the most lasting is kept.
_ORDER = {
    outcome: rank
    for rank, outcome in enumerate(
        (
            ContactOutcome.NOTHING_YET,
            ContactOutcome.GAVE_UP,
            ContactOutcome.IN_TOUCH,
            *RESULTS,
        )
    )
}


@dataclass(frozen=True, slots=True)
class SideReport:
    """One side: people who had a place, who gave it up, who came, who waited in vain."""

    name: str
    role: str
    registered: int
    gave_up: int
    came: int
    waited: int

    @property
    def missing(self) -> int:
        """Those who were awaited and did not come."""
        return self.registered - self.came


@dataclass(frozen=True, slots=True)
class Horizon:
    """The contacts so many months after: how many were told of, and what each became."""

    months: int
    told: int
    outcomes: Mapping[str, int]

    @property
    def results(self) -> int:
        """Contacts that became something."""
        return sum(self.outcomes.get(outcome, 0) for outcome in RESULTS)

    @property
    def lasting(self) -> int:
        """Contacts that became a post or a practice in the territory."""
        return sum(self.outcomes.get(outcome, 0) for outcome in LASTING)


@dataclass(frozen=True, slots=True)
class Opinions:
    """What people thought of it; neither mean nor words below `FEWEST_OPINIONS`."""

    count: int
    mean: float | None
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventReport:
    """An event in figures. `contacts` are pairs of parties whose both sides said yes."""

    event: Event
    sides: tuple[SideReport, ...]
    planned: int
    held: int
    contacts: int
    introductions: int
    horizons: tuple[Horizon, ...]
    opinions: Opinions

    @property
    def registered(self) -> int:
        """People awaited, both sides."""
        return sum(side.registered for side in self.sides)

    @property
    def came(self) -> int:
        """People who came, both sides."""
        return sum(side.came for side in self.sides)

    @property
    def latest(self) -> Horizon | None:
        """The longest time after which somebody told what became of a contact."""
        told = [one for one in self.horizons if one.told]
        return told[-1] if told else None


def report_of(event: Event) -> EventReport:
    """Return the report of one event."""
    [report] = reports_of([event])
    return report


def reports_of(events: Sequence[Event]) -> list[EventReport]:
    """Return the reports of events, in their order. Six queries, whatever their number."""
    keys = [event.pk for event in events]
    people = _people(keys)
    meetings = _counts(
        Meeting.objects.filter(timetable__event__in=keys, timetable__in_force=True)
        .values_list("timetable__event")
        .annotate(all=Count("pk"), held=Count("pk", filter=Q(held=True)))
    )
    contacts = _counts(
        Event.objects.filter(pk__in=keys)
        .values_list("pk")
        .annotate(
            all=Count("contacts"),
            introduced=Count("contacts", filter=Q(contacts__introduction__isnull=False)),
        )
    )
    horizons = _horizons(keys)
    opinions = _opinions(keys)
    return [
        EventReport(
            event=event,
            sides=people[event.pk],
            planned=meetings[event.pk][0],
            held=meetings[event.pk][1],
            contacts=contacts[event.pk][0],
            introductions=contacts[event.pk][1],
            horizons=horizons[event.pk],
            opinions=opinions[event.pk],
        )
        for event in events
    ]


def _counts(rows: Iterable[tuple[int, int, int]]) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for key, first, second in rows:
        found[key] = (first, second)
    return found


def _people(events: Sequence[int]) -> dict[int, tuple[SideReport, ...]]:
    # From the sides: one where nobody is registered yet counts nobody, and is shown.
    state, member = "parties__members__state", "parties__members"
    placed = Q(**{f"{state}__in": PLACED_STATES})
    rows = (
        Side.objects.filter(event__in=events)
        .values_list("event", "role", "name")
        .annotate(
            registered=Count(member, filter=placed),
            gave_up=Count(member, filter=Q(**{state: RegistrationState.CANCELLED})),
            came=Count(member, filter=placed & Q(parties__members__arrived_at__isnull=False)),
            waited=Count(member, filter=Q(**{state: RegistrationState.WAITING})),
        )
        .order_by("event", "role")
    )
    found: dict[int, list[SideReport]] = defaultdict(list)
    for event, role, name, registered, gave_up, came, waited in rows:
        found[event].append(
            SideReport(
                name=name,
                role=role,
                registered=registered,
                gave_up=gave_up,
                came=came,
                waited=waited,
            )
        )
    return defaultdict(tuple, {event: tuple(sides) for event, sides in found.items()})


def _horizons(events: Sequence[int]) -> dict[int, tuple[Horizon, ...]]:
    """Count each contact once a horizon, for the most lasting of what its two sides say."""
    told: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    asked: dict[int, set[int]] = defaultdict(set)
    for event, contact, months, outcome in ContactFollowUp.objects.filter(
        contact__event__in=events
    ).values_list("contact__event", "contact", "months", "outcome"):
        asked[event].add(months)
        if outcome:
            told[event, months, contact].append(outcome)
    counted: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (event, months, _contact), outcomes in told.items():
        best = max(outcomes, key=lambda one: _ORDER[ContactOutcome(one)])
        counted[event, months][best] += 1
    return defaultdict(
        tuple,
        {
            event: tuple(
                Horizon(
                    months=months,
                    told=sum(counted[event, months].values()),
                    outcomes=dict(counted[event, months]),
                )
                for months in sorted(asked[event])
            )
            for event in asked
        },
    )


def _opinions(events: Sequence[int]) -> dict[int, Opinions]:
    ratings: dict[int, list[int]] = defaultdict(list)
    comments: dict[int, list[str]] = defaultdict(list)
    for event, rating, comment in Feedback.objects.filter(
        participant__event__in=events
    ).values_list("participant__event", "rating", "comment"):
        ratings[event].append(rating)
        if comment:
            comments[event].append(comment)
    found: dict[int, Opinions] = defaultdict(lambda: Opinions(0, None, ()))
    for event, given in ratings.items():
        enough = len(given) >= FEWEST_OPINIONS
        found[event] = Opinions(
            count=len(given),
            mean=sum(given) / len(given) if enough else None,
            # In the order of their words: not that in which people answered.
            comments=tuple(sorted(comments[event])) if enough else (),
        )
    return found

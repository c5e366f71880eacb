"""The people of an event, as organisers look for them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from ancrage.events.enums import PLACED_STATES, RegistrationState
from ancrage.events.models import Answer, Event, Participant, Party
from ancrage.kit.text import fold

ARRIVED, AWAITED, GONE = "arrived", "awaited", "gone"


@dataclass(frozen=True)
class PeopleCriteria:
    """What narrows a list of participants; an empty one narrows nothing.

    `presence` is ARRIVED (there now), AWAITED (has a place, not there yet) or GONE.
    """

    text: str = ""
    side: str = ""
    state: str = ""
    origin: str = ""
    presence: str = ""


def participants_of(event: Event, criteria: PeopleCriteria) -> QuerySet[Participant]:
    """Return the participants of `event` that the criteria keep, by name, erased ones last."""
    rows = event.participants.select_related("party__side", "subject", "profession", "event")
    if criteria.side:
        rows = rows.filter(party__side__role=criteria.side)
    if criteria.state:
        rows = rows.filter(state=criteria.state)
    if criteria.origin:
        rows = rows.filter(origin=criteria.origin)
    rows = rows.filter(_presence(criteria.presence))
    if criteria.text:
        rows = rows.filter(pk__in=_named(rows, criteria.text))
    return rows.order_by("last_name", "first_name", "pk")


def with_answers(participants: QuerySet[Participant]) -> QuerySet[Participant]:
    """Give participants their answers, in the order of the questions, in `told`."""
    answers = Answer.objects.select_related("question").order_by("question__position", "pk")
    return participants.prefetch_related(Prefetch("answers", answers, to_attr="told"))


def parties_to_join(party: Party) -> QuerySet[Party]:
    """Return the other groups of the same side that hold somebody who has not cancelled."""
    members = Participant.objects.filter(event=party.event_id).exclude(
        state=RegistrationState.CANCELLED
    )
    rows = Party.objects.filter(side=party.side_id, pk__in=members.values("party"))
    named = members.select_related("subject").order_by("registered_at", "pk")
    return (
        rows.exclude(pk=party.pk)
        .prefetch_related(Prefetch("members", named, to_attr="placed"))
        .order_by("pk")
    )


def told_apart_in(event: Event) -> list[tuple[Participant, Participant]]:
    """Return the pairs of registrations said to be two people, while both may be shown."""
    shown = {"subject__limited_at": None, "subject__anonymised_at": None, "cancelled_at": None}
    rows = event.distinct_pairs.filter(
        **{f"{end}__{name}": value for end in ("first", "second") for name, value in shown.items()}
    )
    rows = rows.select_related("first", "second").order_by("at", "pk")
    return [(pair.first, pair.second) for pair in rows]


@dataclass(frozen=True)
class Likeness:
    """Two registrations that may be one person: why."""

    one: Participant
    other: Participant
    same_phone: bool
    same_name: bool


def likenesses_in(event: Event) -> list[Likeness]:
    """Return the pairs of registrations, not cancelled, that bear one name or one telephone.

    Both sides count: whoever comes to both would meet themselves. Two people of one group who
    share the telephone of their practice are not one person, nor are those said to be two.
    """
    distinct = {
        frozenset(pair)
        for pair in event.distinct_pairs.order_by("pk").values_list("first", "second")
    }
    rows = list(
        event.participants.exclude(state=RegistrationState.CANCELLED)
        .filter(subject__limited_at=None, subject__anonymised_at=None)
        .exclude(last_name="", phone="")
        .select_related("party__side", "subject", "event")
        .order_by("registered_at", "pk")
    )
    found: dict[tuple[int, int], Likeness] = {}
    named = _sharing(rows, _name_key, distinct)
    for one, other in [*named, *_sharing(rows, lambda row: row.phone, distinct)]:
        same_name = _name_key(one) == _name_key(other)
        if same_name or one.party_id != other.party_id:
            same_phone = bool(one.phone) and one.phone == other.phone
            found[one.pk, other.pk] = Likeness(one, other, same_phone, same_name)
    return [found[key] for key in sorted(found)]


def _sharing(
    rows: Sequence[Participant],
    key: Callable[[Participant], str],
    distinct: Collection[frozenset[int]],
) -> list[tuple[Participant, Participant]]:
    """Pair each row with the earliest of its mark that it may still be."""
    earlier: dict[str, list[Participant]] = defaultdict(list)
    pairs = []
    for row in rows:
        mark = key(row)
        if not mark:
            continue
        alike = (one for one in earlier[mark] if frozenset({one.pk, row.pk}) not in distinct)
        one = next(alike, None)
        if one is not None:
            pairs.append((one, row))
        earlier[mark].append(row)
    return pairs


def _name_key(row: Participant) -> str:
    return fold(f"{row.last_name} {row.first_name}") if row.last_name else ""


def _presence(asked: str) -> Q:
    if asked == ARRIVED:
        return Q(arrived_at__isnull=False, left_at__isnull=True)
    if asked == AWAITED:
        return Q(arrived_at__isnull=True, state__in=sorted(PLACED_STATES))
    if asked == GONE:
        return Q(left_at__isnull=False)
    return Q()


def _named(rows: QuerySet[Participant], text: str) -> list[int]:
    """Return whom every word names, whatever the accents: an event holds some hundreds.

    Of somebody who asked that their data be left alone, the badge and the group alone.
    """
    wanted = fold(text).split()
    columns = ("party__name", "badge", "first_name", "last_name", "email", "organisation")
    found = rows.order_by("pk").values_list("pk", "subject__limited_at", *columns)
    return [
        key
        for key, limited_at, *told in found
        for said in [told if limited_at is None else told[:2]]
        if all(word in fold(" ".join(filter(None, said))) for word in wanted)
    ]

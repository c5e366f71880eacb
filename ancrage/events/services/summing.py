"""What there is to plan, before anything is computed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from ancrage.events.enums import RuleKind, SideRole
from ancrage.events.models import Event, Timetable
from ancrage.events.services.asking import Ask, ask_of, possible
from ancrage.events.services.compatibility import suggested_wish_weights
from ancrage.events.services.explaining import is_up_to_date
from ancrage.events.services.impossible import NoPairLeft
from ancrage.events.services.planning import refuse_begun, refuse_impossible


@dataclass(frozen=True)
class SideSummary:
    """A side: how many parties hold a place, how many said a wish, what its wishes weigh."""

    role: str
    name: str
    parties: int
    wishing: int
    wish_weight: int
    suggested_weight: int


@dataclass(frozen=True)
class Summary:
    """What is known today. `refusal` says what keeps anything from being planned, or "".

    `tables` is None where nobody described the room; `is_current` says that the latest version
    answers all this (None: there is no version, or the evening made it).
    """

    sides: tuple[SideSummary, ...]
    tables: int | None
    pairs: int
    possible: int
    locked: int
    forbidden: int
    refusal: str
    is_current: bool | None

    @property
    def hosts_share_tables(self) -> bool:
        """Whether there are fewer tables than hosts: some will change tables."""
        hosts = next((one.parties for one in self.sides if one.role == SideRole.HOST), 0)
        return self.tables is not None and self.tables < hosts


def summary_of(event: Event, latest: Timetable | None) -> Summary:
    """Return what there is to plan, and whether the latest version answers it."""
    ask = ask_of(event)
    count = sum(1 for _pair in possible(ask))
    kinds = [rule.kind for rule in ask.rules.values()]
    return Summary(
        sides=tuple(_sides(ask)),
        tables=len(ask.tables) if ask.has_room else None,
        pairs=len(ask.pairs),
        possible=count,
        locked=kinds.count(RuleKind.LOCKED),
        forbidden=kinds.count(RuleKind.FORBIDDEN),
        refusal=_refusal(event, ask, count),
        is_current=(None if latest is None or latest.from_round else is_up_to_date(latest, ask)),
    )


def _refusal(event: Event, ask: Ask, count: int) -> str:
    try:
        refuse_begun(event)
        refuse_impossible(ask)
        if not count:
            raise NoPairLeft
    except ValidationError as refusal:
        return refusal.messages[0]
    return ""


def _sides(ask: Ask) -> list[SideSummary]:
    suggested: Mapping[str, int] = suggested_wish_weights(len(ask.hosts), len(ask.visitors))
    wishes = {SideRole.HOST: ask.host_wishes, SideRole.VISITOR: ask.visitor_wishes}
    parties = {SideRole.HOST: ask.hosts, SideRole.VISITOR: ask.visitors}
    return [
        SideSummary(
            role=role,
            name=ask.sides[role].name,
            parties=len(parties[role]),
            wishing=len({by for by, _about in wishes[role].ranks}),
            wish_weight=ask.sides[role].wish_weight,
            suggested_weight=suggested[role],
        )
        for role in (SideRole.HOST, SideRole.VISITOR)
        if role in ask.sides
    ]

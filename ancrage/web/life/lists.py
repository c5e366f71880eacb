"""Lists of rows: the order asked for, the tabs of their states, the stages of one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.http import HttpRequest, QueryDict

from ancrage.kit.life.models import LivingRow
from ancrage.kit.life.states import State


@dataclass(frozen=True)
class Tab:
    """One view or one state, how many rows are in it if it is said, and its address."""

    label: str
    href: str
    count: int | None
    current: bool


def sort_asked(request: HttpRequest, names: Mapping[str, str]) -> str:
    """Return the order in force, as queries name it; `names` says what `?tri=` may say."""
    asked = request.GET.get("tri", "")
    name = names.get(asked.lstrip("-"), "updated")
    return f"-{name}" if asked.startswith("-") or not asked else name


def state_tabs(
    query: QueryDict,
    counts: Mapping[Any, int],
    current: str,
    *,
    every: str,
    every_state: str = "",
) -> list[Tab]:
    """Return the tabs of the states, after the one of them all, which is called `every`.

    `every_state` is what the address says to see them all.
    """
    total = sum(counts.values())
    return [
        Tab(every, address(query, etat=every_state), total, current == every_state),
        *(
            Tab(str(state.label), address(query, etat=state.value), count, current == state)
            for state, count in counts.items()
        ),
    ]


def address(query: QueryDict, **changes: str) -> str:
    """Return the address of the first page of the same list, with these changes."""
    changed = query.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        changed[name] = value
    return f"?{changed.urlencode()}"


def stages_of(
    row: LivingRow, states: type[TextChoices], *, closed: Collection[str], goal: TextChoices
) -> list[tuple[str, Any]]:
    """Draft, published, then where it stands: the way out it took, or `goal`, if it took none."""
    last = states(row.status)
    ended = last in closed or last.value == State.PAUSED
    return [
        (str(states(State.DRAFT).label), row.created_at),
        (str(states(State.PUBLISHED).label), row.published_at or ""),
        (str((last if ended else goal).label), row.status_since if ended else ""),
    ]


def stage_of(row: LivingRow) -> int:
    """Return which of these stages the row is at, from 1."""
    return {State.DRAFT.value: 1, State.PUBLISHED.value: 2}.get(row.status, 3)

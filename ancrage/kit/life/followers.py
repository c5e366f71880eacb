"""Parts that stand above a kind of row, and move when it does.

    @follows_life(Need)
    def follow_need(*, row, before, after, undone_at, by, now) -> None: ...

Every function runs inside the transaction of the change of state, in the order in which they
were declared. They stand in the `services` of their app, which are read when the programs start.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol, TypeVar

from ancrage.kit.life.models import LivingRow


class LifeFollower(Protocol):
    """Brings one part up to date with a change of state of `row`.

    `undone_at` is the moment of the change that this one takes back, None for any other change.
    """

    def __call__(
        self,
        *,
        row: Any,
        before: str,
        after: str,
        undone_at: datetime | None,
        by: Any,
        now: datetime,
    ) -> None: ...


F = TypeVar("F", bound=Callable[..., None])

_followers: dict[type[LivingRow], list[LifeFollower]] = {}


def follows_life(model: type[LivingRow]) -> Callable[[F], F]:
    """Declare a function that follows the life of the rows of `model`."""

    def register(function: F) -> F:
        known = _followers.setdefault(model, [])
        if function not in known:
            known.append(function)
        return function

    return register


def tell_followers(
    row: LivingRow,
    *,
    before: str,
    after: str,
    by: Any,
    now: datetime,
    undone_at: datetime | None = None,
) -> None:
    """Let every part that follows such rows know of a change of state."""
    for follow in _followers.get(type(row), ()):
        follow(row=row, before=before, after=after, undone_at=undone_at, by=by, now=now)

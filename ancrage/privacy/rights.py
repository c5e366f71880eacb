"""What each part does when a person's standing changes: erase, hand over, follow, withdraw.

    @erases("candidates")
    def erase_candidate(*, subject: DataSubject, now: datetime) -> None: ...

    @exports("candidates")
    def export_candidate(*, subject: DataSubject) -> Export: ...

    @follows("candidates")
    def follow_standing(*, subject: DataSubject, now: datetime) -> None: ...

    @withdraws("candidates")
    def forget_what_they_knew(*, subject: DataSubject, purpose: str, scope: str, now) -> None: ...

    @reaches("candidates")
    def address_of_candidate(*, subject: DataSubject) -> Address | None: ...

    @holds("candidates")
    def holds_candidate(*, subject: DataSubject) -> bool: ...

    @joins("schemes")
    def move_requests(*, kept: DataSubject, absorbed: DataSubject, now: datetime) -> Any: ...

    @parts("schemes")
    def move_requests_back(*, kept, absorbed, moved: Any, now: datetime) -> None: ...

Every function runs inside the transaction of the change, in the order of the names. They stand
in the `services` of their app, which are read when the programs start.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class ExportedFile:
    """A file of the person's: `name` in the archive, and how to read it, block by block."""

    name: str
    blocks: Callable[[], Iterator[bytes]]


@dataclass(frozen=True)
class Export:
    """What one part holds of a person: rows of JSON values by title, and files."""

    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    files: Sequence[ExportedFile] = field(default_factory=tuple)


def rows_told(rows: QuerySet[Any], *names: str) -> list[Mapping[str, Any]]:
    """Return these columns of rows as JSON values, what they point to by its label. One query."""
    columns = [rows.model._meta.get_field(name) for name in names]
    links = [
        column.name
        for column, name in zip(columns, names, strict=True)
        if column.is_relation and column.name == name
    ]
    found = (rows.select_related(*links) if links else rows).order_by("pk")
    return [{name: _plain(getattr(row, name)) for name in names} for row in found]


def columns_but(model: type[Model], *names: str) -> list[str]:
    """Return the names of the columns of a model, without the ones that tell nobody anything."""
    return [column.name for column in model._meta.concrete_fields if column.name not in names]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@dataclass(frozen=True)
class Address:
    """Where a person is written to, and in which language."""

    email: str
    language: str


class Eraser(Protocol):
    """Empties or deletes the rows of one part that tell something of `subject`.

    What remains holds no name and no date finer than the month. Must bear a second call.
    """

    def __call__(self, *, subject: Any, now: datetime) -> None: ...


class Exporter(Protocol):
    """Returns what one part holds of `subject`."""

    def __call__(self, *, subject: Any) -> Export: ...


class Follower(Protocol):
    """Keeps what one part derives from the standing of `subject`: consents, limitation."""

    def __call__(self, *, subject: Any, now: datetime) -> None: ...


class Withdrawer(Protocol):
    """Does what one part owes a person who agrees no longer to `purpose` for `scope`. The
    followers, who keep what is derived, come after it."""

    def __call__(self, *, subject: Any, purpose: str, scope: str, now: datetime) -> None: ...


class Reacher(Protocol):
    """Returns where to write to `subject` when they have no account, or None."""

    def __call__(self, *, subject: Any) -> Address | None: ...


class Holder(Protocol):
    """Says whether the part still holds a row that names `subject`."""

    def __call__(self, *, subject: Any) -> bool: ...


class Joiner(Protocol):
    """Moves the rows of one part from `absorbed` to `kept`, two profiles of one person; returns,
    as JSON values without a word of theirs, what parting them again needs."""

    def __call__(self, *, kept: Any, absorbed: Any, now: datetime) -> Any: ...


class Parter(Protocol):
    """Moves back to `absorbed` what a joiner moved, as far as it still exists."""

    def __call__(self, *, kept: Any, absorbed: Any, moved: Any, now: datetime) -> None: ...


F = TypeVar("F", bound=Callable[..., Any])


class Registry(Generic[F]):
    """Functions by the name of the part that gives them; used as a decorator."""

    def __init__(self) -> None:
        self.functions: dict[str, F] = {}

    def __call__(self, name: str) -> Callable[[F], F]:
        """Register the function of the part called `name`."""

        def register(function: F) -> F:
            if self.functions.setdefault(name, function) is not function:
                message = f"two functions are called {name!r}"
                raise ValueError(message)
            return function

        return register

    def __iter__(self) -> Iterator[tuple[str, F]]:
        """Give the functions in the order of their names."""
        return iter(sorted(self.functions.items()))


erases: Registry[Eraser] = Registry()
exports: Registry[Exporter] = Registry()
follows: Registry[Follower] = Registry()
withdraws: Registry[Withdrawer] = Registry()
reaches: Registry[Reacher] = Registry()
holds: Registry[Holder] = Registry()
joins: Registry[Joiner] = Registry()
parts: Registry[Parter] = Registry()

"""Reference data: typed tables compared with the database, loaded as a reviewed difference.

An app that brings reference data registers a loader in its `reference_loaders.py`; the command
`load_reference` runs them all. A loader never deletes and never undoes what an operator changed
by hand: each row remembers the values last loaded (`reference`), so that a value that differs
from them is known to be somebody's choice.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from graphlib import CycleError, TopologicalSorter
from typing import Any, Protocol

# A row with `reference` (JSON: the values last loaded), `valid_from` and `valid_to`.
Row = Any

# What a row closed by a load remembers: it is opened again if the reference brings it back,
# while a row closed by hand stays closed.
_CLOSED = {"closed": True}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one row: what the database holds, what the reference says."""

    row: str
    field: str
    held: Any
    reference: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """What loading one table does, or would do. Rows are named by their key."""

    title: str
    created: tuple[str, ...] = ()
    changed: tuple[FieldChange, ...] = ()
    # Changed by an operator and left as they are.
    kept: tuple[FieldChange, ...] = ()
    closed: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.closed or self.reopened)


class Loader(Protocol):
    """Compares typed tables with the database, writes what differs and says it."""

    def __call__(self, *, by: Any, now: datetime, overwrite: bool) -> Sequence[Difference]: ...


_loaders: dict[str, tuple[Loader, tuple[str, ...]]] = {}


def register_loader(name: str, function: Loader, *, after: Iterable[str] = ()) -> None:
    """Declare a loader, to be run after those it builds on."""
    known = _loaders.setdefault(name, (function, tuple(after)))
    if known[0] is not function:
        message = f"two loaders are named {name!r}"
        raise ValueError(message)


def loaders() -> list[tuple[str, Loader]]:
    """Return the registered loaders, each after those it builds on, else in order of name."""
    missing = {need for _function, after in _loaders.values() for need in after} - set(_loaders)
    if missing:
        message = f"loaders not registered: {', '.join(sorted(missing))}"
        raise ValueError(message)
    graph = TopologicalSorter({name: sorted(_loaders[name][1]) for name in sorted(_loaders)})
    try:
        return [(name, _loaders[name][0]) for name in graph.static_order()]
    except CycleError as error:
        message = f"loaders wait for one another: {' → '.join(error.args[1])}"
        raise ValueError(message) from error


def load_rows(
    *,
    title: str,
    held: Iterable[Row],
    key_of: Callable[[Row], Hashable],
    wanted: Mapping[Hashable, Mapping[str, Any]],
    new: Callable[..., Row],
    today: date,
    since: date | None = None,
    overwrite: bool = False,
) -> Difference:
    """Bring the rows of one model to the values of `wanted`, by key, and say what changed.

    - a key the database lacks is created, valid from `since` (None: always was);
    - a field is updated when the database still holds the value last loaded; another value is
      an operator's: it is kept, and reported, unless `overwrite`;
    - a row that the reference no longer has is closed (`valid_to`), and opened again if it
      comes back; a row closed by hand stays closed, and is reported, unless `overwrite`;
    - a row that never came from the reference is left alone, unless the reference brings it.
    """
    by_key = {key_of(row): row for row in held}
    created: list[Row] = []
    changed: list[FieldChange] = []
    kept: list[FieldChange] = []
    closed: list[str] = []
    reopened: list[str] = []
    unchanged = 0
    for key, values in wanted.items():
        loaded = {field: _plain(value) for field, value in values.items()}
        row = by_key.get(key)
        if row is None:
            created.append(new(**values, reference=loaded, valid_from=since))
            continue
        mine, theirs = _compare(row, _name(key), values, overwrite=overwrite)
        by_hand = row.valid_to is not None and row.reference != _CLOSED
        if by_hand and not overwrite:
            theirs.append(FieldChange(_name(key), "valid_to", row.valid_to, None))
        back = row.valid_to is not None and (overwrite or not by_hand)
        for change in mine:
            setattr(row, change.field, change.reference)
        if back:
            row.valid_to = None
            reopened.append(_name(key))
        if mine or back or row.reference != loaded:
            row.reference = loaded
            row.save(
                update_fields=[*(c.field.removesuffix("_id") for c in mine), "reference"]
                + (["valid_to"] if back else [])
            )
        changed += mine
        kept += theirs
        unchanged += not mine and not back
    for key, row in by_key.items():
        loaded_once = row.reference and row.reference != _CLOSED
        if key not in wanted and loaded_once and row.valid_to is None:
            row.valid_to, row.reference = today, _CLOSED
            row.save(update_fields=["valid_to", "reference"])
            closed.append(_name(key))
    if created:
        type(created[0]).objects.bulk_create(created)
    return Difference(
        title=title,
        created=tuple(_name(key) for key in wanted if key not in by_key),
        changed=tuple(changed),
        kept=tuple(kept),
        closed=tuple(closed),
        reopened=tuple(reopened),
        unchanged=unchanged,
    )


def _compare(
    row: Row, name: str, values: Mapping[str, Any], *, overwrite: bool
) -> tuple[list[FieldChange], list[FieldChange]]:
    """Return the fields to update, and those that an operator changed."""
    loaded: Mapping[str, Any] = row.reference
    mine: list[FieldChange] = []
    theirs: list[FieldChange] = []
    for field, value in values.items():
        held = getattr(row, field)
        if _plain(held) == _plain(value):
            continue
        untouched = field in loaded and loaded[field] == _plain(held)
        (mine if untouched or overwrite else theirs).append(FieldChange(name, field, held, value))
    return mine, theirs


def _plain(value: Any) -> Any:
    """Return `value` as JSON gives it back."""
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def _name(key: Hashable) -> str:
    return " · ".join(str(part) for part in key if part) if isinstance(key, tuple) else str(key)

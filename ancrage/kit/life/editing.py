"""Facts of a row read, cleaned, compared; the row rewritten at its revision, or deleted."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from ancrage.kit.changes import ChangeSource
from ancrage.kit.contacts import normalise_phone
from ancrage.kit.life.history import last_change_of
from ancrage.kit.life.kinds import Life, Row
from ancrage.kit.life.states import State
from ancrage.kit.life.trace import leave_trace


def facts_of(row: Model, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the facts a row holds, or those a new one starts from."""
    return {
        name: None
        if row._meta.get_field(name).is_relation and getattr(row, f"{name}_id") is None
        else getattr(row, name)
        for name in names
    }


def normalised(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts with spaces trimmed, line ends plain and the telephone as E.164."""
    clean = {
        name: value.strip().replace("\r\n", "\n") if isinstance(value, str) else value
        for name, value in facts.items()
    }
    if clean.get("contact_phone"):
        try:
            clean["contact_phone"] = normalise_phone(clean["contact_phone"])
        except ValidationError as error:
            raise ValidationError({"contact_phone": error}) from None
    return clean


def audited(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts as an audit line keeps them: rows by their French label."""
    return {
        name: getattr(value, "label_fr", str(value)) if isinstance(value, Model) else value
        for name, value in facts.items()
    }


def refuse_missing(facts: Mapping[str, Any], required: tuple[str, ...]) -> None:
    """Raise ValidationError, by field, when a fact that makes a row is not there."""
    missing = [name for name in required if facts.get(name) is None]
    if missing:
        raise ValidationError(dict.fromkeys(missing, _("Ce renseignement est nécessaire.")))


def save_at_revision(
    life: Life[Row], row: Row, values: Mapping[str, Any], *, revision: int
) -> None:
    """Write `values` if the row still is at `revision`.

    Raises the kind's `reference_taken`, `changed_meanwhile` or `gone`.
    """
    try:
        with transaction.atomic():
            written = life.rows.filter(pk=row.pk, revision=revision).update(**values)
    except IntegrityError:
        if not values.get("reference"):
            raise
        raise life.refusals.reference_taken(values["reference"]) from None
    if not written:
        current = life.current_row(row)
        raise life.refusals.changed_meanwhile(current, last_change_of(current))
    for name, value in values.items():
        setattr(row, name, value)


@transaction.atomic
def delete_draft(life: Life[Row], row: Row, *, by: Any, now: datetime) -> None:
    """Delete a row that was never published. Raises the kind's `not_draft` or `gone`."""
    current = life.current_row(row)
    if current.status != State.DRAFT or current.published_at is not None:
        raise life.refusals.not_draft
    leave_trace(life, current, "deleted", by=by, now=now, source=ChangeSource.PAGE)
    life.rows.filter(pk=current.pk, status=State.DRAFT).delete()


def refresh_search(life: Life[Row], text_of: Callable[[Row], str]) -> int:
    """Recompute the search column where `text_of` a row has changed; return how many were mended.

    Safe to repeat.
    """
    mended = []
    for row in life.with_all(life.rows.order_by("pk")).iterator(chunk_size=500):
        text = text_of(row)
        if text != row.search:
            row.search = text
            mended.append(row)
    life.rows.bulk_update(mended, ["search"], batch_size=200)
    return len(mended)

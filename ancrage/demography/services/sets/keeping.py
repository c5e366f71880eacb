"""Sets of parameters: typed, revised, chosen for a territory, archived, deleted.

A version is never changed: what was computed with it can be computed again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ancrage.core.accessibility.parameters import Parameters
from ancrage.demography.enums import Care, DemographyEvent
from ancrage.demography.models import (
    ParameterSet,
    ParameterVersion,
    Scenario,
    SitingStudy,
)
from ancrage.demography.queries import is_used
from ancrage.demography.services.sets.values import contents_of, people_of
from ancrage.kit.audit import record
from ancrage.kit.moves import UNDO_WINDOW
from ancrage.kit.refusals import FieldRefusal, Refusal
from ancrage.territory.models import Territory


class NameTaken(FieldRefusal):
    """Another set of the profession bears that name in the territory."""

    field = "name"
    sentence = _("Un jeu de cette profession porte déjà ce nom : choisissez-en un autre.")


class SetMoved(Exception):
    """Somebody else kept a version since it was opened; `current` is what the set says now."""

    def __init__(self, current: ParameterSet) -> None:
        self.current = current
        super().__init__(current.pk)


class SetUsed(Refusal):
    """Results were computed with it: it may be archived, not deleted."""

    sentence = _(
        "Des scénarios ou des études ont été calculés avec ce jeu : archivez-le, il ne "
        "sera plus proposé et eux pourront toujours être refaits."
    )
    known_as = "used"


class SetArchived(Refusal):
    """An archived set is neither revised nor chosen."""

    sentence = _("Ce jeu est archivé : reprenez-le d’abord.")
    known_as = "archived"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What people type of a set.

    Attributes:
        name: unique among the sets of the profession in the territory.
        values: how access is counted, its source and its date; their own names are not read.
        note: why this version, what it leaves aside.
    """

    name: str
    values: Parameters
    note: str = ""


@transaction.atomic
def make_set(
    *, territory: Territory, care: Care, sheet: Sheet, by: Any, now: datetime
) -> ParameterSet:
    """Keep a new set, as its first version.

    Raises:
        NameTaken: another set of the profession bears the name.
        ValidationError: a text is missing or too long, or the unit is not that of the profession.
    """
    made = ParameterSet(
        territory=territory, care=care, name=sheet.name, created_at=now, updated_at=now
    )
    _check_name(made)
    made.full_clean(validate_unique=False, validate_constraints=False)
    made.save()
    _keep(made, sheet, by, now)
    _record(DemographyEvent.SET_MADE, made, by, now)
    return made


@transaction.atomic
def revise_set(
    *, chosen: ParameterSet, sheet: Sheet, number: int, by: Any, now: datetime
) -> ParameterSet:
    """Keep the next version of a set; the same values change nothing.

    Args:
        number: the version it was typed from.

    Raises:
        SetMoved: somebody else kept another version since.
        SetArchived: it is not offered any more.
        NameTaken: another set of the profession bears the name.
        ValidationError: as for a new one.
    """
    held = _held(chosen)
    if held.number != number:
        raise SetMoved(held)
    if held.archived_at is not None:
        raise SetArchived
    before = held.versions.get(number=number)
    if _same(before, sheet):
        return held
    held.name, held.number, held.updated_at = sheet.name, number + 1, now
    _check_name(held)
    held.full_clean(validate_unique=False, validate_constraints=False)
    held.save()
    _keep(held, sheet, by, now)
    _record(DemographyEvent.SET_REVISED, held, by, now, {"version": [number, held.number]})
    return held


@transaction.atomic
def choose_set(*, chosen: ParameterSet, by: Any, now: datetime) -> None:
    """Count with this set wherever the territory looks at that profession.

    Raises:
        SetArchived: it is not offered any more.
    """
    # All at once, always in the same order: two people who choose wait for one another.
    rows = ParameterSet.objects.select_for_update().filter(
        territory=chosen.territory_id, care=chosen.care
    )
    held = next(one for one in rows.order_by("pk") if one.pk == chosen.pk)
    if held.archived_at is not None:
        raise SetArchived
    if held.is_default:
        return
    rows.filter(is_default=True).update(is_default=False)
    held.is_default = True
    held.save(update_fields=["is_default"])
    _record(DemographyEvent.SET_CHOSEN, held, by, now)


@transaction.atomic
def unchoose_set(*, chosen: ParameterSet, by: Any, now: datetime) -> None:
    """Count with the set of the platform again. Bears a second call."""
    held = _held(chosen)
    if held.is_default:
        held.is_default = False
        held.save(update_fields=["is_default"])
        _record(DemographyEvent.SET_UNCHOSEN, held, by, now)


@transaction.atomic
def archive_set(*, chosen: ParameterSet, by: Any, now: datetime) -> None:
    """Offer a set no more; it stops being that of the territory. Bears a second call."""
    held = _held(chosen)
    if held.archived_at is None:
        held.archived_at, held.is_default = now, False
        held.save(update_fields=["archived_at", "is_default"])
        _record(DemographyEvent.SET_ARCHIVED, held, by, now)


@transaction.atomic
def restore_set(*, chosen: ParameterSet, by: Any, now: datetime) -> None:
    """Offer a set again. Bears a second call."""
    held = _held(chosen)
    if held.archived_at is not None:
        held.archived_at = None
        held.save(update_fields=["archived_at"])
        _record(DemographyEvent.SET_RESTORED, held, by, now)


@transaction.atomic
def delete_set(*, chosen: ParameterSet, by: Any, now: datetime) -> None:
    """Drop a set that nothing was computed with.

    Raises:
        SetUsed: something was.
    """
    held = _held(chosen)
    # What was put away too long ago to be brought back holds nothing any more.
    gone = {"version__of": held, "removed_at__lt": now - UNDO_WINDOW}
    Scenario.objects.filter(**gone).delete()
    SitingStudy.objects.filter(**gone).delete()
    if is_used(held):
        raise SetUsed
    _record(DemographyEvent.SET_DELETED, held, by, now)
    held.delete()


def _held(chosen: ParameterSet) -> ParameterSet:
    return ParameterSet.objects.select_for_update(of=("self",)).get(pk=chosen.pk)


def _keep(of: ParameterSet, sheet: Sheet, by: Any, now: datetime) -> None:
    values = sheet.values
    if values.people != people_of(Care(of.care)):
        raise ValidationError(
            {"people": _("L’unité n’est pas celle dans laquelle cette profession est publiée.")}
        )
    version = ParameterVersion(
        of=of,
        number=of.number,
        name=sheet.name,
        note=sheet.note,
        source=values.source,
        dated=values.dated,
        approximate=values.approximate,
        contents=contents_of(values),
        made_at=now,
        made_by=by if getattr(by, "pk", None) else None,
    )
    version.full_clean(validate_unique=False, validate_constraints=False)
    version.save()


def _same(version: ParameterVersion, sheet: Sheet) -> bool:
    values = sheet.values
    kept = (version.name, version.note, version.source, version.dated, version.approximate)
    told = (sheet.name, sheet.note, values.source, values.dated, values.approximate)
    return kept == told and version.contents == contents_of(values)


def _check_name(row: ParameterSet) -> None:
    same = ParameterSet.objects.filter(territory=row.territory_id, care=row.care, name=row.name)
    if same.exclude(pk=row.pk).exists():
        raise NameTaken


def _record(
    action: DemographyEvent,
    chosen: ParameterSet,
    by: Any,
    now: datetime,
    changes: dict[str, Any] | None = None,
) -> None:
    record(
        action=action,
        target=chosen,
        by=by,
        now=now,
        scope=f"territory:{chosen.territory_id}",
        changes=changes or {},
    )

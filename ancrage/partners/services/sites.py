"""Sites of a structure and their care units."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from ancrage.kit.audit import differences, record
from ancrage.kit.text import fold
from ancrage.partners.enums import CheckState, PartnerEvent
from ancrage.partners.models import CareUnit, Facility, FacilityCategory, Partner
from ancrage.partners.queries import scope_of
from ancrage.partners.services.structures import refresh_search
from ancrage.partners.validators import check_siret
from ancrage.territory.models import Commune

_EDITABLE = frozenset(
    {
        "name",
        "category",
        "finess_et",
        "siret",
        "commune",
        "address",
        "postcode",
        "phone",
        "latitude",
        "longitude",
        "opened_on",
    }
)


class FacilityAlreadyKnown(Exception):
    """Another structure's site bears that FINESS number; `facility` is that one."""

    def __init__(self, facility: Facility) -> None:
        super().__init__(facility.pk)
        self.facility = facility


class FacilityChangedMeanwhile(Exception):
    """Somebody saved the site after it was opened; `facility` is as they left it."""

    def __init__(self, facility: Facility) -> None:
        super().__init__(facility.pk)
        self.facility = facility


class FacilityAlreadyClosed(Exception):
    """The site is closed already."""


class FacilityNotClosed(Exception):
    """The site is open: there is nothing to undo."""


class CareUnitAlreadyThere(Exception):
    """The site has a unit of that name already, whatever the case."""


@transaction.atomic
def add_facility(
    *,
    partner: Partner,
    name: str,
    commune: Commune,
    category: FacilityCategory | None = None,
    finess_et: str = "",
    siret: str = "",
    address: str = "",
    postcode: str = "",
    phone: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    opened_on: date | None = None,
    by: Any,
    now: datetime,
) -> Facility:
    """Add a site to a structure, or take over the one an official list kept without structure.

    `siret` comes normalised; its state follows from its key. Raises FacilityAlreadyKnown when
    the FINESS number is that of a site which has a structure.
    """
    known = _of_finess(finess_et)
    if known is not None and known.partner_id is not None:
        raise FacilityAlreadyKnown(known)
    facility = known or Facility(finess_ej=partner.finess_ej, revision=0)
    facility.revision += 1
    facility.partner = partner
    facility.name = name
    facility.commune = commune
    facility.category = category
    facility.finess_et = finess_et
    facility.address = address
    facility.postcode = postcode
    facility.phone = phone
    facility.latitude = latitude
    facility.longitude = longitude
    facility.opened_on = opened_on
    put_siret(facility=facility, siret=siret)
    _save(facility)
    refresh_search(partner=partner)
    record(
        action=PartnerEvent.SITE_ADDED if known is None else PartnerEvent.SITE_ATTACHED,
        target=facility,
        by=by,
        now=now,
        scope=scope_of(partner),
        changes={"name": (None, name), "commune": (None, commune.insee)},
    )
    return facility


@transaction.atomic
def edit_facility(
    *, facility: Facility, revision: int, by: Any, now: datetime, **values: Any
) -> Facility:
    """Change the fields named in `values` if the site is still at `revision`.

    Returns the site as it is afterwards. Raises FacilityChangedMeanwhile, FacilityAlreadyKnown.
    """
    unknown = sorted(values.keys() - _EDITABLE)
    if unknown:
        message = f"edit_facility() does not change {', '.join(unknown)}"
        raise TypeError(message)
    current = _at_revision(facility, revision)
    changes = differences({field: getattr(current, field) for field in values}, values)
    for field, value in values.items():
        setattr(current, field, value)
    if "siret" in values:
        put_siret(facility=current, siret=values["siret"])
    current.revision += 1
    _save(current)
    _tell(current, PartnerEvent.SITE_EDITED, by=by, now=now, changes=changes)
    return current


@transaction.atomic
def close_facility(*, facility: Facility, closed_on: date, by: Any, now: datetime) -> Facility:
    """Say that a site closed (or will close) on that day. Raises FacilityAlreadyClosed."""
    done = Facility.objects.filter(pk=facility.pk, closed_on__isnull=True).update(
        closed_on=closed_on, revision=F("revision") + 1
    )
    if not done:
        raise FacilityAlreadyClosed
    current = _fresh(facility)
    _tell(
        current,
        PartnerEvent.SITE_CLOSED,
        by=by,
        now=now,
        changes={"closed_on": [None, closed_on.isoformat()]},
    )
    return current


@transaction.atomic
def reopen_facility(*, facility: Facility, by: Any, now: datetime) -> Facility:
    """Undo the closing of a site. Raises FacilityNotClosed."""
    closed_on = Facility.objects.values_list("closed_on", flat=True).get(pk=facility.pk)
    done = Facility.objects.filter(pk=facility.pk, closed_on__isnull=False).update(
        closed_on=None, revision=F("revision") + 1
    )
    if not done:
        raise FacilityNotClosed
    current = _fresh(facility)
    _tell(
        current,
        PartnerEvent.SITE_REOPENED,
        by=by,
        now=now,
        changes={"closed_on": [str(closed_on), None]},
    )
    return current


@transaction.atomic
def add_care_unit(*, facility: Facility, name: str, by: Any, now: datetime) -> CareUnit:
    """Add a unit to a site. Raises CareUnitAlreadyThere."""
    unit = CareUnit(facility=facility, name=name)
    _save_unit(unit)
    _tell_unit(unit, PartnerEvent.UNIT_ADDED, by=by, now=now, changes={"name": [None, name]})
    return unit


@transaction.atomic
def rename_care_unit(*, unit: CareUnit, name: str, by: Any, now: datetime) -> CareUnit:
    """Give a unit another name. Raises CareUnitAlreadyThere."""
    before, unit.name = unit.name, name
    _save_unit(unit)
    _tell_unit(unit, PartnerEvent.UNIT_RENAMED, by=by, now=now, changes={"name": [before, name]})
    return unit


@transaction.atomic
def remove_care_unit(*, unit: CareUnit, by: Any, now: datetime) -> None:
    """Take a unit out of its site. Needs keep the unit's name: they hold it as a text."""
    _tell_unit(
        unit, PartnerEvent.UNIT_REMOVED, by=by, now=now, changes={"name": [unit.name, None]}
    )
    unit.delete()


def put_siret(*, facility: Facility, siret: str) -> None:
    """Put a SIRET typed by a person on a site; a damaged one stays in sight until then."""
    checked = check_siret(siret)
    facility.siret = checked.value
    facility.siret_state = checked.state
    if checked.value:
        facility.siret_raw = ""
    elif facility.siret_raw:
        facility.siret_state = CheckState.WARN


def _of_finess(finess_et: str) -> Facility | None:
    return Facility.objects.filter(finess_et=finess_et).first() if finess_et else None


def _save(facility: Facility) -> None:
    try:
        with transaction.atomic():
            facility.save()
    except IntegrityError as error:
        known = Facility.objects.exclude(pk=facility.pk).get(finess_et=facility.finess_et)
        raise FacilityAlreadyKnown(known) from error


def _fresh(facility: Facility) -> Facility:
    return Facility.objects.select_related("partner__commune", "commune", "category").get(
        pk=facility.pk
    )


def _at_revision(facility: Facility, revision: int) -> Facility:
    # A write that changes nothing holds the row on both databases until the end.
    Facility.objects.filter(pk=facility.pk).update(revision=F("revision"))
    current = _fresh(facility)
    if current.revision != revision:
        raise FacilityChangedMeanwhile(current)
    return current


def _save_unit(unit: CareUnit) -> None:
    # Compared in Python, under the site's lock: SQLite does not fold the case of accents.
    Facility.objects.filter(pk=unit.facility_id).update(revision=F("revision"))
    others = CareUnit.objects.filter(facility=unit.facility_id).exclude(pk=unit.pk)
    if fold(unit.name) in {fold(name) for name in others.values_list("name", flat=True)}:
        raise CareUnitAlreadyThere
    unit.save()


def _tell(
    facility: Facility,
    event: PartnerEvent,
    *,
    by: Any,
    now: datetime,
    changes: dict[str, list[Any]],
) -> None:
    if facility.partner is not None:
        refresh_search(partner=facility.partner)
    record(
        action=event,
        target=facility,
        by=by,
        now=now,
        scope=scope_of(facility.partner) if facility.partner is not None else "",
        changes=changes,
    )


def _tell_unit(
    unit: CareUnit,
    event: PartnerEvent,
    *,
    by: Any,
    now: datetime,
    changes: dict[str, list[Any]],
) -> None:
    partner = unit.facility.partner
    record(
        action=event,
        target=unit,
        by=by,
        now=now,
        scope=scope_of(partner) if partner is not None else "",
        changes=changes,
    )

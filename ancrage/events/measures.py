"""What came of the events of a period, as their reports say."""

from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import EventState, SideRole
from ancrage.events.models import Event
from ancrage.events.queries.report import EventReport, reports_of
from ancrage.territory.enums import MeasurePart, MeasureUnit
from ancrage.territory.measures import (
    Measure,
    Period,
    Reading,
    counted,
    declare,
    people,
    people_by_cell,
)
from ancrage.territory.models import Territory


def events_held(territory: Territory, period: Period) -> list[EventReport]:
    """The reports of the events that took place during the period; asked once a period."""
    held = Event.objects.filter(
        territory=territory,
        state=EventState.OVER,
        starts_at__gte=period.first_moment,
        starts_at__lt=period.end_moment,
    )
    return period.once(
        ("events.held", territory.pk), lambda: reports_of(list(held.order_by("starts_at", "pk")))
    )


def _held(territory: Territory, period: Period) -> Reading:
    return counted(len(events_held(territory, period)))


def _came(territory: Territory, period: Period) -> dict[SideRole, Reading]:
    sides = [side for report in events_held(territory, period) for side in report.sides]
    # One row, both cells of which are told: where one is small, so would be the other's rest.
    cells = [sum(side.came for side in sides if side.role == role) for role in SideRole]
    return dict(zip(SideRole, people_by_cell(cells), strict=True))


def _hosts(territory: Territory, period: Period) -> Reading:
    return _came(territory, period)[SideRole.HOST]


def _visitors(territory: Territory, period: Period) -> Reading:
    return _came(territory, period)[SideRole.VISITOR]


def _contacts(territory: Territory, period: Period) -> Reading:
    return people(sum(report.contacts for report in events_held(territory, period)))


def _introductions(territory: Territory, period: Period) -> Reading:
    return people(sum(report.introductions for report in events_held(territory, period)))


def _lasting(territory: Territory, period: Period) -> Reading:
    latest = [report.latest for report in events_held(territory, period)]
    return people(sum(horizon.lasting for horizon in latest if horizon is not None))


declare(
    Measure(
        key="events.held",
        name=_("Rencontres organisées"),
        definition=_("Événements qui ont commencé pendant la période et sont terminés."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.EVENTS,
        compute=_held,
    ),
    Measure(
        key="events.hosts",
        name=_("Hôtes venus"),
        definition=_("Personnes venues tenir une table aux rencontres de la période."),
        unit=MeasureUnit.PEOPLE,
        part=MeasurePart.EVENTS,
        compute=_hosts,
    ),
    Measure(
        key="events.visitors",
        name=_("Visiteurs venus"),
        definition=_("Personnes venues aller de table en table aux rencontres de la période."),
        unit=MeasureUnit.PEOPLE,
        part=MeasurePart.EVENTS,
        compute=_visitors,
    ),
    Measure(
        key="events.contacts",
        name=_("Contacts ouverts"),
        definition=_(
            "Paires, aux rencontres de la période, dont les deux côtés ont voulu se revoir."
        ),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.EVENTS,
        compute=_contacts,
    ),
    Measure(
        key="events.introductions",
        name=_("Mises en relation nées d’une rencontre"),
        definition=_(
            "Contacts ouverts aux rencontres de la période et devenus une mise en relation."
        ),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.EVENTS,
        compute=_introductions,
    ),
    Measure(
        key="events.lasting",
        name=_("Installations nées d’une rencontre"),
        definition=_(
            "Contacts ouverts aux rencontres de la période et devenus, selon les dernières "
            "nouvelles, un emploi, une collaboration ou une association."
        ),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.EVENTS,
        compute=_lasting,
    ),
)

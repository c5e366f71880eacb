"""What came of the events of a period, as their reports say."""

from collections import Counter
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import EventState, SideRole
from ancrage.events.models import Event
from ancrage.events.queries.report import EventReport, reports_of
from ancrage.territory.enums import MeasureCut, MeasurePart, MeasureUnit
from ancrage.territory.measures import (
    Measure,
    Period,
    Reading,
    counted,
    declare,
    people_by_cell,
    people_in,
)
from ancrage.territory.perimeters import Perimeter


def events_held(where: Perimeter, period: Period) -> list[EventReport]:
    """The reports of the events that took place during the period; asked once a period."""
    held = Event.objects.filter(
        territory=where.territory,
        state=EventState.OVER,
        starts_at__gte=period.first_moment,
        starts_at__lt=period.end_moment,
    )
    return period.once(
        ("events.held", where.territory.pk),
        lambda: reports_of(list(held.order_by("starts_at", "pk"))),
    )


def _by_place(
    where: Perimeter, period: Period, count: Callable[[EventReport], int]
) -> dict[int | None, int]:
    found: Counter[int | None] = Counter()
    for report in events_held(where, period):
        found[report.event.commune_id] += count(report)
    return found


def _held(where: Perimeter, period: Period) -> Reading:
    held = [one.event.commune_id for one in events_held(where, period)]
    return counted(sum(where.is_whole or commune in where.communes for commune in held))


def _came(where: Perimeter, period: Period) -> dict[SideRole, Reading]:
    sides = [side for report in events_held(where, period) for side in report.sides]
    # One row, both cells of which are told: where one is small, so would be the other's rest.
    cells = [sum(side.came for side in sides if side.role == role) for role in SideRole]
    return dict(zip(SideRole, people_by_cell(cells), strict=True))


def _hosts(where: Perimeter, period: Period) -> Reading:
    return _came(where, period)[SideRole.HOST]


def _visitors(where: Perimeter, period: Period) -> Reading:
    return _came(where, period)[SideRole.VISITOR]


def _contacts(where: Perimeter, period: Period) -> Reading:
    return people_in(where, period, _by_place(where, period, lambda one: one.contacts))


def _introductions(where: Perimeter, period: Period) -> Reading:
    return people_in(where, period, _by_place(where, period, lambda one: one.introductions))


def _lasting(where: Perimeter, period: Period) -> Reading:
    def lasting(report: EventReport) -> int:
        return report.latest.lasting if report.latest else 0

    return people_in(where, period, _by_place(where, period, lasting))


declare(
    Measure(
        key="events.held",
        name=_("Rencontres organisées"),
        definition=_("Événements qui ont commencé pendant la période et sont terminés."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.EVENTS,
        cut=MeasureCut.PLACE,
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
        cut=MeasureCut.EPCI,
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
        cut=MeasureCut.EPCI,
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
        cut=MeasureCut.EPCI,
        compute=_lasting,
    ),
)

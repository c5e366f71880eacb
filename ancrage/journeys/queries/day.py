"""The advisor's day: what to do today, what is late, who must be reminded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from ancrage.journeys.enums import OPEN_STATES, ImmersionState, WaitsFor
from ancrage.journeys.models import Immersion, Journey, Step

# Lines of one section: beyond, the list is the better page.
MOST_IN_SECTION = 20
AHEAD = timedelta(days=7)


class Section(StrEnum):
    """The parts of the day, in the order of the page."""

    LATE = "late"
    TODAY = "today"
    # Somebody else was to act, and their day has come.
    REMIND = "remind"
    COMING = "coming"
    # Somebody else is to act, later.
    WAITING = "waiting"


@dataclass(frozen=True)
class Day:
    """The first lines of each section, and how many there are in all."""

    lines: Mapping[Section, list[Journey]]
    counts: Mapping[Section, int]


def open_journeys(journeys: QuerySet[Journey]) -> QuerySet[Journey]:
    """Return those of `journeys` that somebody still follows."""
    return journeys.filter(state__in=sorted(OPEN_STATES))


def section_condition(section: Section, *, on: date) -> Q:
    """Return the condition of the journeys of one section, whose next action is open."""
    ours = Q(waits_for=WaitsFor.ADVISOR)
    return {
        Section.LATE: ours & Q(next_action_on__lt=on),
        Section.TODAY: ours & Q(next_action_on=on),
        Section.REMIND: ~ours & Q(next_action_on__lte=on),
        Section.WAITING: ~ours & Q(next_action_on__gt=on),
        Section.COMING: ours & Q(next_action_on__gt=on, next_action_on__lte=on + AHEAD),
    }[section]


def day_of_advisor(journeys: QuerySet[Journey], *, on: date) -> Day:
    """Return the day made of `journeys`, the most urgent first in each section. Two queries."""
    found = open_journeys(journeys).annotate(
        section=Case(
            *(When(section_condition(one, on=on), then=Value(one.value)) for one in Section),
            default=Value(""),
            output_field=CharField(),
        )
    )
    ranked = found.exclude(section="").annotate(
        rank=Window(
            RowNumber(),
            partition_by=F("section"),
            order_by=[F("next_action_on").asc(), F("pk").asc()],
        ),
        total=Window(Count("pk"), partition_by=F("section")),
    )
    first = ranked.filter(rank__lte=MOST_IN_SECTION).order_by("next_action_on", "pk")
    counts: dict[Section, int] = dict.fromkeys(Section, 0)
    sections: dict[int, Section] = {}
    # Keys alone are sorted: whole rows of all the journeys would be, for the hundred read.
    for pk, section, total in first.values_list("pk", "section", "total"):
        sections[pk] = Section(section)
        counts[sections[pk]] = total
    shown = Journey.objects.filter(pk__in=sections).select_related("candidate", "advisor")
    lines: dict[Section, list[Journey]] = {section: [] for section in Section}
    for journey in shown.order_by("next_action_on", "pk"):
        lines[sections[journey.pk]].append(journey)
    return Day(lines, counts)


def steps_due(journeys: QuerySet[Journey], *, on: date) -> QuerySet[Step, Any]:
    """Return the steps of open journeys whose day has come or comes within the week."""
    return (
        Step.objects.filter(
            journey__in=open_journeys(journeys).values("pk"),
            done_on__isnull=True,
            due_on__lte=on + AHEAD,
        )
        .select_related("journey__candidate")
        .order_by("due_on", "pk")
    )


def immersions_near(journeys: QuerySet[Journey], *, on: date) -> QuerySet[Immersion, Any]:
    """Return the immersions planned that begin within the week, or whose end awaits a word."""
    return (
        Immersion.objects.filter(
            journey__in=open_journeys(journeys).values("pk"),
            state=ImmersionState.PLANNED,
            starts_on__lte=on + AHEAD,
        )
        .select_related("journey__candidate", "partner")
        .order_by("starts_on", "pk")
    )

"""The rows of the list: whose project, what is sought, where it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from ancrage.candidates.models import Candidate
from ancrage.territory.models import Territory
from ancrage.web.welcome_words import dates_in_words
from ancrage.welcome.models import LifeProject
from ancrage.welcome.services import NeedState, StandingNeed, standing_needs


@dataclass(frozen=True, slots=True)
class Row:
    """A project, its person, each of its needs, and the situation of the whole."""

    project: LifeProject
    person: Candidate
    needs: tuple[StandingNeed, ...]
    situation: str

    @property
    def dates(self) -> str:
        """When they come and leave, in words: written where the row is shown."""
        return dates_in_words(self.project.arrives_on, self.project.leaves_on)


def projects_found(
    projects: QuerySet[LifeProject], asked: dict[str, Any]
) -> QuerySet[LifeProject]:
    """Narrow the projects by name and by being open; those who arrive first come first."""
    rows = projects.filter(subject__candidate__isnull=False)
    rows = rows.select_related("workplace", "subject__candidate__territory")
    for word in asked.get("q", "").split():
        rows = rows.filter(
            Q(subject__candidate__first_name__icontains=word)
            | Q(subject__candidate__last_name__icontains=word)
        )
    if not asked.get("clos"):
        rows = rows.filter(closed_at__isnull=True)
    return rows.order_by("closed_at", "arrives_on", "pk")


def rows_of(projects: Iterable[LifeProject], *, now: datetime) -> list[Row]:
    """Say where each project stands; four queries for each territory."""
    by_territory: dict[Territory, list[LifeProject]] = {}
    found = list(projects)
    for project in found:
        by_territory.setdefault(project.subject.candidate.territory, []).append(project)
    needs: dict[int, list[StandingNeed]] = {}
    for territory, theirs in by_territory.items():
        for need in standing_needs(projects=theirs, territory=territory, now=now):
            needs.setdefault(need.project.pk, []).append(need)
    return [_row(project, needs.get(project.pk, [])) for project in found]


def rows_found(
    projects: QuerySet[LifeProject], asked: dict[str, Any], *, now: datetime
) -> list[Row]:
    """Return the rows of the projects that hold a need, or are in a situation, that is asked.

    Both are looked for among the answers, which are computed for every project.
    """
    kind, situation = asked.get("besoin"), asked.get("situation")
    holding = [one for one in projects_found(projects, asked) if not kind or kind in one.needs]
    rows = rows_of(holding, now=now)
    return [row for row in rows if not situation or row.situation == situation]


def page_of(
    projects: QuerySet[LifeProject],
    asked: dict[str, Any],
    *,
    number: str | None,
    size: int,
    now: datetime,
) -> Page[Row]:
    """Return one page of the rows; only its own are computed where no answer is asked."""
    if asked.get("besoin") or asked.get("situation"):
        return Paginator(rows_found(projects, asked, now=now), size).get_page(number)
    page: Page[Any] = Paginator(projects_found(projects, asked), size).get_page(number)
    page.object_list = rows_of(page.object_list, now=now)
    return page


def situation_of(states: Iterable[NeedState]) -> str:
    """Return the worst of the needs of a project; unblocked when all are granted."""
    known = set(states)
    for state in (NeedState.UNMET, NeedState.FOUND, NeedState.WAITING):
        if state in known:
            return state.value
    return "unblocked" if known else ""


def _row(project: LifeProject, needs: Sequence[StandingNeed]) -> Row:
    closed = project.closed_at is not None
    return Row(
        project=project,
        person=project.subject.candidate,
        needs=tuple(needs),
        situation="closed" if closed else situation_of(need.state for need in needs),
    )

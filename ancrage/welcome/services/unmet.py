"""The needs that nothing answers: which ones, for whom, and what stands in the way."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ancrage.territory.models import Territory
from ancrage.welcome.enums import OPEN_STATES, RequestState, WelcomeKind
from ancrage.welcome.models import LifeProject, WelcomeRequest
from ancrage.welcome.services.finding import Shelf, answers_on, shelf_of


class NeedState(StrEnum):
    """Where a need of a project stands."""

    GRANTED = "granted"
    WAITING = "waiting"
    # Offers fit, and nothing is asked yet.
    FOUND = "found"
    UNMET = "unmet"


@dataclass(frozen=True, slots=True)
class StandingNeed:
    """A need of a project; for an unmet one, the conditions that would have to give way.

    No condition named: nothing at all is published for it.
    """

    project: LifeProject
    kind: WelcomeKind
    state: NeedState
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnmetTheme:
    """A theme, how many projects nothing answers, and what stands in the way how many times."""

    kind: WelcomeKind
    projects: int
    nothing_published: int
    topics: tuple[tuple[str, int], ...]


def standing_needs(
    *, projects: Sequence[LifeProject], territory: Territory, now: datetime
) -> list[StandingNeed]:
    """Say where each need of open projects stands. Four queries for all of them."""
    shelf = shelf_of(territory=territory, now=now)
    asked: dict[tuple[int, str], set[str]] = {}
    rows = WelcomeRequest.objects.filter(project__in=projects)
    for project, kind, state in rows.values_list("project", "kind", "state"):
        asked.setdefault((project, kind), set()).add(state)
    return [
        _standing(project, kind, asked.get((project.pk, kind), set()), shelf)
        for project in projects
        for kind in WelcomeKind
        if kind in project.needs
    ]


def unmet_themes(needs: Iterable[StandingNeed]) -> list[UnmetTheme]:
    """Count the unmet needs by theme, the most frequent first."""
    by_kind: dict[WelcomeKind, list[StandingNeed]] = {}
    for need in needs:
        if need.state is NeedState.UNMET:
            by_kind.setdefault(need.kind, []).append(need)
    found = []
    for kind, rows in by_kind.items():
        topics = Counter(topic for row in rows for topic in row.topics)
        found.append(
            UnmetTheme(
                kind=kind,
                projects=len(rows),
                nothing_published=sum(not row.topics for row in rows),
                topics=tuple(sorted(topics.items(), key=lambda one: (-one[1], one[0]))),
            )
        )
    return sorted(found, key=lambda theme: (-theme.projects, theme.kind))


def _standing(
    project: LifeProject, kind: WelcomeKind, states: set[str], shelf: Shelf
) -> StandingNeed:
    if RequestState.GRANTED in states:
        return StandingNeed(project, kind, NeedState.GRANTED)
    if states & OPEN_STATES:
        return StandingNeed(project, kind, NeedState.WAITING)
    answers = answers_on(shelf=shelf, project=project, kind=kind)
    if answers.found.fits:
        return StandingNeed(project, kind, NeedState.FOUND)
    easiest = answers.ways_out[0].topics if answers.ways_out else ()
    return StandingNeed(
        project, kind, NeedState.UNMET, tuple(sorted(topic.value for topic in easiest))
    )

"""« Arrived thanks to / lost because of »: what the welcome of a household changed, and counts."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ancrage.journeys.enums import ArrivalKind, JourneyEvent
from ancrage.journeys.models import ArrivalOutcome, Journey
from ancrage.journeys.services.keeping import day_of
from ancrage.kit.audit import record
from ancrage.kit.refusals import Refusal
from ancrage.matching.models import Introduction
from ancrage.privacy.cells import masked
from ancrage.welcome.enums import WelcomeKind


class ThemesMissing(Refusal):
    """What the welcome changed is not said, or is none of its themes."""

    sentence = _("Dites grâce à quoi, ou à cause de quoi.")
    known_as = "themes"


class IntroductionOfAnother(ValueError):
    """The introduction is not that of the journey's person. A mistake of the code."""


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """One theme: arrivals thanks to it, people lost because of it; None is hidden (under 5)."""

    kind: WelcomeKind
    arrived: int | None
    lost: int | None


@dataclass(frozen=True, slots=True)
class ArrivalFigures:
    """Counts by theme; the total of people whose outcome is noted, or None when it is small.

    `arrived` and `lost` count the outcomes themselves, whatever their themes.
    """

    themes: tuple[ThemeLine, ...]
    people: int | None
    arrived: int | None
    lost: int | None


@transaction.atomic
def note_arrival(
    *,
    journey: Journey,
    kind: ArrivalKind,
    themes: Collection[WelcomeKind],
    introduction: Introduction | None,
    by: Any,
    now: datetime,
) -> ArrivalOutcome:
    """Note what the welcome changed; noted again for the same introduction, it replaces.

    Raises ThemesMissing, IntroductionOfAnother.
    """
    known = [kind.value for kind in WelcomeKind if kind in themes]
    if not known or len(known) != len(set(themes)):
        raise ThemesMissing
    if introduction is not None and introduction.candidate_id != journey.candidate_id:
        raise IntroductionOfAnother(introduction.pk)
    outcome, _new = ArrivalOutcome.objects.update_or_create(
        journey=journey,
        introduction=introduction,
        defaults={"kind": kind, "themes": known, "on": day_of(now), "by": by},
    )
    _tell(journey, by=by, now=now)
    return outcome


@transaction.atomic
def forget_arrival(*, outcome: ArrivalOutcome, by: Any, now: datetime) -> None:
    """Take back what was noted."""
    _tell(outcome.journey, by=by, now=now)
    outcome.delete()


def arrival_figures(
    journeys: QuerySet[Journey], *, since: date = date.min, until: date = date.max
) -> ArrivalFigures:
    """Count outcomes by theme, small numbers hidden from everybody. One query.

    Those noted from `since` to `until`, both included.
    """
    rows = list(
        ArrivalOutcome.objects.filter(
            journey__in=journeys.order_by().values("pk"), on__gte=since, on__lte=until
        ).values_list("journey", "kind", "themes")
    )
    arrived = _column((themes for _pk, kind, themes in rows if kind == ArrivalKind.ARRIVED))
    lost = _column((themes for _pk, kind, themes in rows if kind == ArrivalKind.LOST))
    (people,) = masked([len({journey for journey, _kind, _themes in rows})])
    kinds = Counter(kind for _pk, kind, _themes in rows)
    all_arrived, all_lost = masked([kinds[ArrivalKind.ARRIVED], kinds[ArrivalKind.LOST]])
    return ArrivalFigures(
        themes=tuple(
            ThemeLine(kind, *counts)
            for kind, *counts in zip(WelcomeKind, arrived, lost, strict=True)
        ),
        people=people,
        arrived=all_arrived,
        lost=all_lost,
    )


def _column(noted: Iterable[Collection[str]]) -> list[int | None]:
    counted = Counter(theme for themes in noted for theme in themes)
    return masked([counted[kind] for kind in WelcomeKind])


def _tell(journey: Journey, *, by: Any, now: datetime) -> None:
    # The journal says that it was noted, never which theme.
    record(
        action=JourneyEvent.ARRIVAL_NOTED,
        target=journey,
        by=by,
        now=now,
        scope=f"territory:{journey.territory_id}",
    )

"""The roadmap of the demo: six axes, eighteen actions, thirty indicators, half of them computed.

Actions, budgets, sources and counts are made up, and say so.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import cycle

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.demo.calendar import at_work
from ancrage.demo.undertakings import (
    ACTIONS,
    COORDINATION,
    COUNTED,
    HOSPITAL,
    MORE_COMPUTED,
    PLANNED,
    PRACTICES_SHARED,
    RUNNING,
    TEMPLATE_TARGETS,
    TEMPLATE_VALUES,
    TYPED,
    YEARLY,
    Computed,
    Planned,
    Typed,
)
from ancrage.kit.periods import Span, last_ended, span_before, span_of
from ancrage.partners.models import Partner
from ancrage.roadmap import services as roadmaps
from ancrage.roadmap.enums import (
    IndicatorKind,
    Periodicity,
    RoadmapStatus,
    SafetyTopic,
)
from ancrage.roadmap.models import Action, Axis, Indicator, Roadmap
from ancrage.territory.models import Territory


def load_roadmap(
    territory: Territory, built: Mapping[str, Partner], users: Mapping[str, User], *, now: datetime
) -> Roadmap:
    """Build the roadmap, its meeting, what structures pool; return the roadmap."""
    by = users[COORDINATION]
    today = timezone.localdate(now)
    began = at_work(now - timedelta(days=560))
    roadmap = roadmaps.create_roadmap(
        territory=territory,
        title="Feuille de route des ressources humaines en santé (fictive)",
        starts_on=date(today.year - 2, 1, 1),
        ends_on=date(today.year + 2, 12, 31),
        summary="Ce que les structures du Pays de Retz entreprennent ensemble pour recruter,"
        " former et garder celles et ceux qui soignent. Tout y est inventé pour la démonstration.",
        from_template=True,
        by=by,
        now=began,
    )
    axes = list(Axis.objects.filter(roadmap=roadmap).order_by("rank"))
    actions: dict[str, Action] = {}
    for axis, planned in zip(axes, ACTIONS, strict=True):
        for one in planned:
            actions[one.title] = _action(axis, one, built, by=by, began=began, now=now)
    for axis, computed, typed in zip(axes, MORE_COMPUTED, TYPED, strict=True):
        _indicators(axis, computed, typed, actions, by=by, began=began, now=now)
    _targets(roadmap, by=by, began=began, now=now)
    roadmaps.move_roadmap(
        roadmap=roadmap, to=RoadmapStatus.ACTIVE, by=by, now=began + timedelta(days=14)
    )
    _meeting(roadmap, axes, by=by, now=now)
    _safety(territory, built, users, by=by, now=now)
    return roadmap


def _action(
    axis: Axis,
    one: Planned,
    built: Mapping[str, Partner],
    *,
    by: User,
    began: datetime,
    now: datetime,
) -> Action:
    today = timezone.localdate(now)
    starts, ends = today + timedelta(days=one.starts), today + timedelta(days=one.ends)
    action = roadmaps.add_action(
        axis=axis,
        title=one.title,
        description="Action inventée pour la démonstration.",
        owner=built[one.owner] if one.owner else None,
        outside_body=one.body,
        partners=[built[slug] for slug in one.partners],
        starts_on=starts,
        ends_on=ends,
        budget_cents=one.budget * 100 if one.budget is not None else None,
        funder=one.funder,
        by=by,
        now=began,
    )
    for title, due, reached in one.milestones:
        milestone = roadmaps.add_milestone(
            action=action, title=title, due_on=today + timedelta(days=due), by=by, now=began
        )
        if reached is not None:
            told = max(at_work(now + timedelta(days=reached), latest=now), began)
            # Working hours may have brought the moment to an earlier day.
            on = min(today + timedelta(days=reached), timezone.localdate(told))
            roadmaps.reach_milestone(milestone=milestone, on=on, by=by, now=told)
    _take_to(action, one, by=by, now=now)
    return action


def _take_to(action: Action, one: Planned, *, by: User, now: datetime) -> None:
    if one.state is PLANNED:
        return
    at = at_work(now + timedelta(days=one.starts), latest=now)
    roadmaps.move_action(action=action, to=RUNNING, by=by, now=at)
    if one.state is not RUNNING:
        ended = at_work(now + timedelta(days=one.ends - 5), latest=now)
        roadmaps.move_action(action=action, to=one.state, reason=one.reason, by=by, now=ended)


def _indicators(
    axis: Axis,
    computed: tuple[Computed, ...],
    typed: tuple[Typed, ...],
    actions: Mapping[str, Action],
    *,
    by: User,
    began: datetime,
    now: datetime,
) -> None:
    for one in computed:
        roadmaps.add_indicator(
            axis=axis,
            title=one.title,
            kind=IndicatorKind.COMPUTED,
            measure=one.measure,
            direction=one.direction,
            periodicity=YEARLY,
            target=None if one.target is None else Decimal(one.target),
            target_on=None if one.target is None else _end_of_year(now),
            by=by,
            now=began,
        )
    for told in typed:
        indicator = roadmaps.add_indicator(
            axis=axis,
            title=told.title,
            kind=IndicatorKind.TYPED,
            unit=told.unit,
            source=told.source,
            direction=told.direction,
            periodicity=told.periodicity,
            target=Decimal(told.target),
            target_on=_end_of_year(now),
            action=actions[told.action] if told.action else None,
            by=by,
            now=began,
        )
        _values(indicator, told.values, by=by, now=now)


def _targets(roadmap: Roadmap, *, by: User, began: datetime, now: datetime) -> None:
    """Give their targets, and their values where they are typed, to those of the template."""
    for indicator in Indicator.objects.filter(axis__roadmap=roadmap).order_by("pk"):
        if indicator.measure in TEMPLATE_TARGETS and indicator.target is None:
            roadmaps.edit_indicator(
                indicator=indicator,
                revision=indicator.revision,
                target=Decimal(TEMPLATE_TARGETS[indicator.measure]),
                target_on=_end_of_year(now),
                by=by,
                now=began,
            )
        elif indicator.title in TEMPLATE_VALUES:
            source, unit, values, target = TEMPLATE_VALUES[indicator.title]
            changed = roadmaps.edit_indicator(
                indicator=indicator,
                revision=indicator.revision,
                source=source,
                unit=unit,
                target=Decimal(target),
                target_on=_end_of_year(now),
                by=by,
                now=began,
            )
            # The last year of the installations is still awaited.
            _values(changed, values, late=len(values) == 1, by=by, now=now)


def _values(
    indicator: Indicator, values: tuple[str, ...], *, late: bool = False, by: User, now: datetime
) -> None:
    months = Periodicity(indicator.periodicity).months
    span = last_ended(timezone.localdate(now), months)
    spans: list[Span] = []
    for _value in values:
        spans.append(span)
        span = span_before(span, months)
    if late:
        spans = [span_before(one, months) for one in spans]
    for value, one in zip(values, spans[::-1], strict=True):
        due = now - timedelta(days=(timezone.localdate(now) - one.ends).days - 20)
        roadmaps.give_value(
            indicator=indicator,
            on=one.starts,
            value=Decimal(value),
            by=by,
            now=at_work(min(due, now), latest=now),
        )


def _meeting(roadmap: Roadmap, axes: list[Axis], *, by: User, now: datetime) -> None:
    held = at_work(now - timedelta(days=80))
    meeting = roadmaps.note_meeting(
        roadmap=roadmap,
        held_on=timezone.localdate(held),
        title="Comité de pilotage (fictif)",
        by=by,
        now=held,
    )
    for axis, text in zip(
        (axes[0], axes[3], None),
        (
            "Reporter le film d’un trimestre et chercher un second financeur.",
            "Demander à chaque EHPAD un référent des plannings.",
            "Se réunir tous les trois mois, en alternant les lieux.",
        ),
        strict=True,
    ):
        roadmaps.note_decision(meeting=meeting, text=text, axis=axis, by=by, now=held)


def _safety(
    territory: Territory,
    built: Mapping[str, Partner],
    users: Mapping[str, User],
    *,
    by: User,
    now: datetime,
) -> None:
    today = timezone.localdate(now)
    span = last_ended(today, roadmaps.HALF_YEAR)
    drift = cycle((0, 1, -1, 2, 0, -2, 1))
    for back in range(3):
        moment = now - timedelta(days=max((today - span.ends).days - 30, 0))
        # The oldest collection had fewer answers.
        answering = COUNTED[: 4 if back == 2 else len(COUNTED)]
        for slug, counts in answering:
            numbers = [
                None if number is None else number + min(number // 5, back) + next(drift) % 2
                for number in counts
            ]
            given = dict(zip((topic.value for topic in SafetyTopic), numbers, strict=True))
            supported, declared = SafetyTopic.SUPPORTED.value, SafetyTopic.AGGRESSIONS.value
            if (given[supported] or 0) > (given[declared] or 0):
                given[supported] = given[declared]
            roadmaps.report_safety(
                partner=built[slug],
                on=span.starts,
                counts=given,
                by=users.get("rh@hopital.demo.example") if slug == HOSPITAL else by,
                now=moment,
            )
        roadmaps.close_collection(territory=territory, on=span.starts, by=by, now=moment)
        span = span_before(span, roadmaps.HALF_YEAR)
    for rank, (slug, title, text) in enumerate(PRACTICES_SHARED):
        roadmaps.share_practice(
            partner=built[slug],
            title=title,
            text=text,
            contact_email=f"qualite@{slug}.example",
            by=by,
            now=at_work(now - timedelta(days=40 + 25 * rank)),
        )


def _end_of_year(now: datetime) -> date:
    return span_of(timezone.localdate(now), 12).ends.replace(year=timezone.localdate(now).year + 1)

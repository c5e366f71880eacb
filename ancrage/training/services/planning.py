"""Which runs to open: asked for, computed aside, judged, then followed run by run.

The possible runs of a territory, the open wishes of its people and the needs given by whoever
asks. Nobody is written to by a plan: the coordination opens its runs one by one, and only then
are people offered a place.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ancrage.core.accessibility.distances import haversine_km
from ancrage.core.runs import reasons, values
from ancrage.core.runs.judge import violations
from ancrage.core.runs.solve import plan as solve
from ancrage.kit.audit import record
from ancrage.kit.outbox import enqueue, handles
from ancrage.privacy.services import SubjectFrozen
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, Territory
from ancrage.territory.queries import point_of
from ancrage.training.enums import (
    PLAN_UNDER_WAY,
    PRIORITY_POINTS,
    PlanProof,
    PlanState,
    RunState,
    TrainingEvent,
    WhyClosed,
    WhyMissing,
    WhyNotSent,
    WishState,
)
from ancrage.training.models import (
    CourseRun,
    Enrolment,
    OpeningPlan,
    PlanNeed,
    PlanOption,
    PlanWish,
    TrainingWish,
)
from ancrage.training.queries.plans import open_wishes, possible_runs
from ancrage.training.services.enrolling import Named, grant_place
from ancrage.training.services.errors import (
    AlreadyAsked,
    NothingToPlan,
    OptionTaken,
    PlanNotProved,
    PlanUnderWay,
    RunFull,
)
from ancrage.training.services.runs import current_run, move_run

MAKE = "training.plan"
# How many steps of the solver between two looks at whether somebody asked it to stop.
_STEPS_BETWEEN_LOOKS = 20
_WHY_NOT = {
    reasons.WhyNotSent.ELSEWHERE: WhyNotSent.ELSEWHERE,
    reasons.WhyNotSent.NO_RUN: WhyNotSent.NO_RUN,
    reasons.WhyNotSent.CLOSED: WhyNotSent.CLOSED,
    reasons.WhyNotSent.FULL: WhyNotSent.FULL,
}
# Of a wish that several courses would serve, the reason told: the nearest to being served.
_TOLD_FIRST = (WhyNotSent.ELSEWHERE, WhyNotSent.FULL, WhyNotSent.CLOSED, WhyNotSent.NO_RUN)
_WHY_CLOSED = {
    reasons.WhyClosed.FEW: WhyClosed.FEW,
    reasons.WhyClosed.DEAR: WhyClosed.DEAR,
    reasons.WhyClosed.OUTBID: WhyClosed.OUTBID,
}
_WHY_MISSING = {
    reasons.WhyMissing.NO_RUN: WhyMissing.NO_RUN,
    reasons.WhyMissing.FEW: WhyMissing.FEW,
}


@dataclass(frozen=True)
class NeededPeople:
    """How many people of a profession are needed by a month."""

    profession: Profession
    month: date
    people: int


@dataclass(frozen=True)
class _Asked:
    """What is solved, and which wish stands behind a person and a course."""

    instance: values.Instance
    options: Sequence[PlanOption]
    wishes: Sequence[TrainingWish]
    wish_of: Mapping[tuple[str, str], int]


@transaction.atomic
def ask_opening_plan(
    *,
    territory: Territory,
    needs: Sequence[NeededPeople],
    budget: int | None = None,
    need_worth: int = 1,
    by: Any,
    now: datetime,
) -> OpeningPlan:
    """Ask which of the possible runs to open, computed by the outbox. `budget` in euros.

    Raises `PlanUnderWay`, `NothingToPlan`.
    """
    if OpeningPlan.objects.filter(territory=territory, state__in=sorted(PLAN_UNDER_WAY)).exists():
        raise PlanUnderWay
    runs = list(possible_runs(territory, on=timezone.localdate(now)).order_by("pk"))
    if not runs or not open_wishes(territory).exists():
        raise NothingToPlan
    plan = OpeningPlan.objects.create(
        territory=territory, asked_at=now, asked_by=by, budget=budget, need_worth=need_worth
    )
    PlanOption.objects.bulk_create([PlanOption(plan=plan, run=run) for run in runs])
    PlanNeed.objects.bulk_create(
        [
            PlanNeed(plan=plan, profession=need.profession, month=need.month, people=need.people)
            for need in needs
        ]
    )
    _tell(TrainingEvent.PLAN_ASKED, plan, by=by, now=now)
    enqueue(key=f"opening-plan:{plan.pk}", kind=MAKE, payload={"plan": plan.pk}, now=now)
    return plan


@transaction.atomic
def stop_opening_plan(*, plan: OpeningPlan, by: Any, now: datetime) -> None:
    """Stop a computation: what was found by then is kept, with what is proved of it; a plan that
    had not begun is dropped."""
    rows = OpeningPlan.objects.filter(pk=plan.pk)
    stopped = rows.filter(state=PlanState.WAITING).update(state=PlanState.STOPPED, done_at=now)
    asked = rows.filter(state=PlanState.RUNNING).update(stop_asked_at=now)
    if stopped or asked:
        _tell(TrainingEvent.PLAN_STOPPED, plan, by=by, now=now)


def make_opening_plan(*, plan: OpeningPlan, now: datetime) -> OpeningPlan:
    """Compute a plan that was asked for, have it judged, and keep it; again from the start after
    a crash. Raises `PlanNotProved`."""
    going_on = OpeningPlan.objects.filter(pk=plan.pk, state__in=sorted(PLAN_UNDER_WAY))
    if not going_on.update(state=PlanState.RUNNING):
        plan.refresh_from_db()
        return plan
    asked = _instance(plan)
    found = solve(asked.instance, out_of_time=_stop_of(plan))
    faults = violations(asked.instance, found)
    if faults:
        raise PlanNotProved(faults)
    _keep(plan, asked, found, now=now)
    return plan


@transaction.atomic
def accept_option(
    *, option: PlanOption, names: Mapping[int, tuple[str, str]], by: Any, now: datetime
) -> list[Enrolment]:
    """Open a run as a plan says, and offer a place to whom it sends there.

    `names` gives the first and last name of each person, by the key of the subject. Return the
    places offered: who has asked for it meanwhile, or wishes for nothing any more, gets none.
    Raises `OptionTaken`, and what `move_run` and `grant_place` raise of the run.
    """
    taken = PlanOption.objects.filter(
        pk=option.pk, opens=True, accepted_at__isnull=True, run__state=RunState.PLANNED
    )
    # Two keys for the update: the databases of our choice update no joined table.
    if not PlanOption.objects.filter(pk__in=list(taken.values_list("pk", flat=True))).update(
        accepted_at=now
    ):
        raise OptionTaken
    run = move_run(run=option.run, to=RunState.OPEN, by=by, now=now)
    offered = []
    lines = PlanWish.objects.filter(option=option, wish__state=WishState.OPEN).select_related(
        "wish__subject"
    )
    for line in lines.order_by("wish__at", "pk"):
        subject = line.wish.subject
        first_name, last_name = names.get(subject.pk, ("", ""))
        try:
            with transaction.atomic():
                enrolment = grant_place(
                    run=run, person=Named(subject, first_name, last_name), by=by, now=now
                )
        except (AlreadyAsked, RunFull, SubjectFrozen):
            continue
        PlanWish.objects.filter(pk=line.pk).update(enrolment=enrolment)
        offered.append(enrolment)
    record(
        action=TrainingEvent.PLAN_ACCEPTED,
        target=current_run(run),
        by=by,
        now=now,
        scope=f"territory:{option.plan.territory_id}",
        changes={"offered": [0, len(offered)]},
    )
    return offered


@handles(MAKE)
def _make(payload: Mapping[str, Any], now: datetime) -> None:
    plan = OpeningPlan.objects.select_related("territory").filter(pk=payload["plan"]).first()
    if plan is not None:
        make_opening_plan(plan=plan, now=now)


def _stop_of(plan: OpeningPlan) -> Any:
    steps = 0

    def out_of_time() -> bool:
        nonlocal steps
        steps += 1
        if steps % _STEPS_BETWEEN_LOOKS:
            return False
        return OpeningPlan.objects.filter(pk=plan.pk, stop_asked_at__isnull=False).exists()

    return out_of_time


def _instance(plan: OpeningPlan) -> _Asked:
    options = [
        option
        for option in plan.options.select_related("run__course", "run__commune").order_by("pk")
        if option.run.state == RunState.PLANNED
    ]
    wishes = list(open_wishes(plan.territory).select_related("commune").order_by("at", "pk"))
    courses = {option.run.course_id: option.run.course for option in options}
    leading = defaultdict(list)
    for pk, course in sorted(courses.items()):
        leading[course.profession_id].append(pk)
    communes = {option.run.commune_id: option.run.commune for option in options}
    asked: dict[tuple[str, str], values.Wish] = {}
    wish_of: dict[tuple[str, str], int] = {}
    for wish in wishes:
        wanted = [wish.course_id] if wish.course_id else leading[wish.profession_id]
        sites = frozenset(str(pk) for pk, one in communes.items() if _within(wish, one))
        for course_pk in wanted:
            key = (str(wish.subject_id), str(course_pk))
            if course_pk not in courses or key in asked:
                continue
            wish_of[key] = wish.pk
            asked[key] = values.Wish(
                person=key[0],
                course=key[1],
                sites=sites,
                months=frozenset(_number(month) for month in wish.months),
                priority=PRIORITY_POINTS[wish.priority],
            )
    instance = values.Instance(
        courses=tuple(
            values.Course(
                key=str(pk),
                profession=str(course.profession_id) if course.profession_id else None,
                months=course.months,
            )
            for pk, course in sorted(courses.items())
        ),
        runs=tuple(_run(option.run) for option in options),
        wishes=tuple(asked.values()),
        needs=tuple(
            values.Need(
                profession=str(need.profession_id),
                month=need.month.year * 12 + need.month.month - 1,
                people=need.people,
                worth=plan.need_worth,
            )
            for need in plan.needs.order_by("pk")
        ),
        budget=plan.budget,
    )
    return _Asked(instance, options, wishes, wish_of)


def _run(run: CourseRun) -> values.Run:
    return values.Run(
        key=str(run.pk),
        course=str(run.course_id),
        site=str(run.commune_id),
        month=run.starts_on.year * 12 + run.starts_on.month - 1,
        least=run.least,
        most=run.places,
        cost=min(-(-run.cost_cents // 100), values.MOST_COST),
    )


def _within(wish: TrainingWish, commune: Commune) -> bool:
    home = wish.commune
    if home is None or home.pk == commune.pk:
        return True
    here, there = point_of(home), point_of(commune)
    # Where a place is unknown, the person is asked rather than left out.
    return here is None or there is None or haversine_km(*here, *there) <= wish.reach_km


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


@transaction.atomic
def _keep(plan: OpeningPlan, asked: _Asked, found: values.Plan, *, now: datetime) -> None:
    told = reasons.explain(asked.instance, found)
    opened = {one.run for one in found.runs}
    closed = {one.run: one for one in told.closed}
    come = _could_come(asked.instance)
    options = {str(option.run_id): option for option in asked.options}
    for key, option in options.items():
        option.opens = key in opened
        option.could_come = come[key]
        option.why_closed = _WHY_CLOSED[closed[key].why] if key in closed else ""
    PlanOption.objects.bulk_update(
        options.values(), ["opens", "could_come", "why_closed"], batch_size=200
    )
    # What could no longer be opened when the computation began is not in its answer.
    plan.options.exclude(pk__in=[option.pk for option in options.values()]).delete()
    PlanWish.objects.filter(plan=plan).delete()
    PlanWish.objects.bulk_create(_wish_lines(plan, asked, found, told, options), batch_size=500)
    _keep_needs(plan, found, told)
    is_proved = found.proof is not values.Proof.BOUNDED
    plan.state, plan.done_at = PlanState.DONE, now
    plan.proof = PlanProof.PROVED if is_proved else PlanProof.BOUNDED
    plan.points, plan.cost = found.worth
    plan.bound = found.bound.points
    plan.save(update_fields=["state", "done_at", "proof", "points", "cost", "bound"])
    _tell(TrainingEvent.PLAN_DONE, plan, by=None, now=now)


def _could_come(instance: values.Instance) -> dict[str, int]:
    return {
        run.key: sum(
            wish.course == run.course and run.site in wish.sites and run.month in wish.months
            for wish in instance.wishes
        )
        for run in instance.runs
    }


def _wish_lines(
    plan: OpeningPlan,
    asked: _Asked,
    found: values.Plan,
    told: reasons.Reasons,
    options: Mapping[str, PlanOption],
) -> list[PlanWish]:
    course_of = {run.key: run.course for run in asked.instance.runs}
    sent = {
        asked.wish_of[person, course_of[one.run]]: options[one.run]
        for one in found.runs
        for person in one.people
    }
    going = {person for one in found.runs for person in one.people}
    why: dict[int, list[WhyNotSent]] = defaultdict(list)
    for left in told.not_sent:
        why[asked.wish_of[left.person, left.course]].append(_WHY_NOT[left.why])
    lines = []
    for wish in asked.wishes:
        if wish.pk in sent:
            lines.append(PlanWish(plan=plan, wish=wish, option=sent[wish.pk]))
            continue
        if str(wish.subject_id) in going:
            cause = WhyNotSent.ELSEWHERE
        else:
            causes = why[wish.pk] or [WhyNotSent.NO_RUN]
            cause = next(one for one in _TOLD_FIRST if one in causes)
        lines.append(PlanWish(plan=plan, wish=wish, why_not=cause))
    return lines


def _keep_needs(plan: OpeningPlan, found: values.Plan, told: reasons.Reasons) -> None:
    covered: dict[tuple[str, int], int] = defaultdict(int)
    for cover in found.covers:
        covered[cover.profession, cover.month] += cover.people
    missing = {(one.profession, one.month): one.why for one in told.missing}
    needs = list(plan.needs.order_by("pk"))
    for need in needs:
        key = (str(need.profession_id), need.month.year * 12 + need.month.month - 1)
        need.covered = covered[key]
        need.why_missing = _WHY_MISSING[missing[key]] if key in missing else ""
    PlanNeed.objects.bulk_update(needs, ["covered", "why_missing"], batch_size=200)


def _tell(event: TrainingEvent, plan: OpeningPlan, *, by: Any, now: datetime) -> None:
    record(action=event, target=plan, by=by, now=now, scope=f"territory:{plan.territory_id}")

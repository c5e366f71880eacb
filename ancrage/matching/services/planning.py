"""The plan of the whole territory: asked for, computed aside, its lines turned into introductions.

Everybody available beside every post to be filled, at once: the plan covers the most missing FTE,
then has the best fit, and a judge who shares nothing with the solver proves that none does better.
Nobody is written to by a plan: the coordination decides line by line.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate, CandidateProfession, Proof
from ancrage.candidates.queries import employer_pairs
from ancrage.core.fit import facts
from ancrage.core.fit.crowd import Crowd
from ancrage.core.fit.territory.alone import each_for_itself, gains
from ancrage.core.fit.territory.judge import violations, worth
from ancrage.core.fit.territory.solve import plan
from ancrage.core.fit.territory.values import (
    Choice,
    Conflict,
    Infeasible,
    Instance,
    OpenNeed,
    Pair,
    Plan,
)
from ancrage.kit.audit import record
from ancrage.kit.memory import without_collector
from ancrage.kit.outbox import enqueue, handles
from ancrage.kit.refusals import Refusal
from ancrage.matching.enums import (
    PlanChoiceKind,
    PlanEvent,
    PlanFailure,
    PlanStatus,
)
from ancrage.matching.models import Introduction, PlanChoice, PlanGain, PlanLine, PlanRun
from ancrage.matching.services.facts import (
    PersonValues,
    PracticeValues,
    facts_from,
    need_facts,
)
from ancrage.matching.services.proposing import propose_introduction
from ancrage.needs.models import Need
from ancrage.needs.queries import needs_open_in
from ancrage.territory.models import Territory

MAKE = "matching.plan"
# A post is offered to its best people only: beyond, the pairs cost more than they bring.
MOST_PER_NEED = 400
MOST_PROPOSALS = 5
_NEEDS_BETWEEN_NEWS = 25
_FAILURES = {
    Conflict.PERSON_LOCKED_TWICE: PlanFailure.LOCKED_TWICE,
    Conflict.MORE_LOCKS_THAN_POSTS: PlanFailure.TOO_MANY_LOCKS,
}


class PlanUnderWay(ValidationError):
    """A plan of that territory is being computed."""

    def __init__(self, run: PlanRun) -> None:
        self.run = run
        super().__init__(_("Un plan est déjà en cours de calcul."), code="under_way")


class LineTaken(Refusal):
    """The line already led to an introduction."""

    sentence = gettext_lazy("Cette ligne a déjà donné une mise en relation.")
    known_as = "taken"


class PlanNotProved(AssertionError):
    """The judge found a fault in a plan: a defect of ours, never shown as a result."""


@transaction.atomic
def ask_plan(
    *, territory: Territory, by: Any, now: datetime, proposals_per_person: int = 1
) -> PlanRun:
    """Ask for a new plan, computed by the outbox. Raises `PlanUnderWay`."""
    going_on = (
        PlanRun.objects.filter(
            territory=territory, status__in=[PlanStatus.WAITING, PlanStatus.RUNNING]
        )
        .order_by("-pk")
        .first()
    )
    if going_on is not None:
        raise PlanUnderWay(going_on)
    run = PlanRun.objects.create(
        territory=territory,
        asked_at=now,
        asked_by=by,
        proposals_per_person=max(1, min(proposals_per_person, MOST_PROPOSALS)),
    )
    record(action=PlanEvent.ASKED, target=run, by=by, now=now, scope=f"territory:{territory.pk}")
    enqueue(key=f"plan-run:{run.pk}", kind=MAKE, payload={"run": run.pk}, now=now)
    return run


@without_collector()
def make_plan(*, run: PlanRun, now: datetime) -> PlanRun:
    """Compute a plan that was asked for, prove it, and keep it; again from the start after a
    crash. Raises `PlanNotProved`."""
    if run.status not in (PlanStatus.WAITING, PlanStatus.RUNNING):
        return run
    PlanRun.objects.filter(pk=run.pk).update(status=PlanStatus.RUNNING, done_count=0)
    today = timezone.localdate(now)
    needs = list(
        needs_open_in(run.territory, on=today)
        .select_related("partner", "profession", "specialty", "commune")
        .order_by("pk")
    )
    instance = _instance(run, needs, today=today)
    try:
        found = plan(instance)
    except Infeasible as conflict:
        run.status, run.done_at = PlanStatus.FAILED, now
        run.failure = _FAILURES[conflict.conflict]
        run.save(update_fields=["status", "done_at", "failure"])
        return run
    faults = violations(instance, found)
    if faults:
        raise PlanNotProved(faults)
    _keep(run, instance, found, now=now)
    return run


@transaction.atomic
def choose_pair(
    *,
    candidate: Candidate,
    need: Need,
    kind: PlanChoiceKind | None,
    by: Any,
    now: datetime,
) -> None:
    """Impose a pair on the next plans, leave it out of them, or (None) set it free again."""
    choices = PlanChoice.objects.filter(candidate=candidate, need=need)
    if kind is None:
        if not choices.delete()[0]:
            return
    else:
        PlanChoice.objects.update_or_create(
            candidate=candidate, need=need, defaults={"kind": kind, "at": now, "by": by}
        )
    record(
        action=PlanEvent.FREED if kind is None else PlanEvent.CHOSEN,
        target=candidate,
        by=by,
        now=now,
        scope=f"territory:{candidate.territory_id}",
        changes={"need": ["", need.pk], "kind": ["", kind.value if kind else ""]},
    )


@transaction.atomic
def propose_line(*, line: PlanLine, by: Any, now: datetime) -> PlanLine:
    """Turn a line of a plan into an introduction: its person is asked.

    Raises `LineTaken`, and what `propose_introduction` raises.
    """
    if line.introduction_id is not None:
        raise LineTaken
    introduction = propose_introduction(candidate=line.candidate, need=line.need, by=by, now=now)
    if not PlanLine.objects.filter(pk=line.pk, introduction__isnull=True).update(
        introduction=introduction
    ):
        raise LineTaken
    line.introduction = introduction
    return line


@handles(MAKE)
def _make(payload: Mapping[str, Any], now: datetime) -> None:
    run = PlanRun.objects.select_related("territory").filter(pk=payload["run"]).first()
    if run is not None:
        make_plan(run=run, now=now)


def _instance(run: PlanRun, needs: list[Need], *, today: date) -> Instance:
    """Gather who may be proposed where, telling how far it is every few needs."""
    people = _people_by_profession(run.territory)
    crowds: dict[int, Crowd] = {}
    known = {person.key for group in people.values() for person in group}
    employed = _hidden_from_their_employer(run.territory)
    choices = PlanChoice.objects.filter(need__in=needs).order_by("pk")
    asked = {
        Choice(str(one.candidate_id), str(one.need_id)): one.kind
        for one in choices
        if str(one.candidate_id) in known
    }
    locked = frozenset(c for c, kind in asked.items() if kind == PlanChoiceKind.LOCK)
    introduced = Introduction.objects.filter(need__in=needs).order_by("pk")
    imposed = _by_need(locked)
    met = _by_need(
        Choice(str(candidate), str(need))
        for candidate, need in introduced.values_list("candidate", "need")
    )
    PlanRun.objects.filter(pk=run.pk).update(total_count=len(needs))
    pairs: list[Pair] = []
    for rank, need in enumerate(needs, start=1):
        crowd = crowds.get(need.profession_id)
        if crowd is None:
            crowd = crowds[need.profession_id] = Crowd(people.get(need.profession_id, []))
        key = str(need.pk)
        own = employed[need.partner_id]
        pairs += crowd.best(
            need_facts(need, on=today),
            MOST_PER_NEED,
            imposed=imposed[key] - own,
            without=met[key] | own,
        )
        if rank % _NEEDS_BETWEEN_NEWS == 0:
            PlanRun.objects.filter(pk=run.pk).update(done_count=rank)
    held = locked and {Choice(pair.person, pair.need) for pair in pairs}
    return Instance(
        people=tuple(sorted(known)),
        needs=tuple(_open_need(need) for need in needs),
        pairs=tuple(pairs),
        # A pair imposed on somebody who no longer has that profession imposes nothing.
        locked=locked & held,
        excluded=frozenset(c for c, kind in asked.items() if kind == PlanChoiceKind.EXCLUDE),
        proposals_per_person=run.proposals_per_person,
    )


def _by_need(choices: Iterable[Choice]) -> defaultdict[str, set[str]]:
    people: defaultdict[str, set[str]] = defaultdict(set)
    for choice in choices:
        people[choice.need].add(choice.person)
    return people


def _people_by_profession(territory: Territory) -> dict[int, list[facts.Person]]:
    """Everybody available, under each of their professions, as the fit sees them."""
    # Thousands of people, read as plain values: objects of models would cost more than the facts.
    rows = [
        PersonValues._make(values)
        for values in _available(territory).values_list(*PersonValues._fields).order_by("pk")
    ]
    practices: dict[int, list[PracticeValues]] = defaultdict(list)
    trades: dict[int, list[int]] = defaultdict(list)
    for person_pk, trade, *values in (
        CandidateProfession.objects.filter(candidate__in=_available(territory))
        .values_list("candidate", "profession", *PracticeValues._fields)
        .order_by("-is_main", "pk")
    ):
        practices[person_pk].append(PracticeValues._make(values))
        trades[person_pk].append(trade)
    proofs: dict[int, list[Proof]] = defaultdict(list)
    for proof in Proof.objects.filter(candidate__in=_available(territory)).order_by("pk"):
        proofs[proof.candidate_id].append(proof)
    groups: dict[int, list[facts.Person]] = defaultdict(list)
    for row in rows:
        person = facts_from(row, practices[row.pk], proofs[row.pk])
        for trade in trades[row.pk]:
            groups[trade].append(person)
    return groups


def _available(territory: Territory) -> QuerySet[Candidate]:
    return Candidate.objects.filter(
        territory=territory,
        status=CandidateStatus.ACTIVE,
        subject__limited_at__isnull=True,
        subject__pending_until__isnull=True,
        settled_at__isnull=True,
    )


def _hidden_from_their_employer(territory: Territory) -> defaultdict[int, set[str]]:
    """By structure, the people who work there and are not to be proposed to it."""
    people: defaultdict[int, set[str]] = defaultdict(set)
    for key, employer in employer_pairs(territory):
        people[employer].add(str(key))
    return people


def _open_need(need: Need) -> OpenNeed:
    return OpenNeed(
        key=str(need.pk),
        structure=str(need.partner_id),
        posts=need.positions,
        fte=need.fte_hundredths,
        opened_on=timezone.localdate(need.published_at or need.created_at),
    )


@transaction.atomic
def _keep(run: PlanRun, instance: Instance, found: Plan, *, now: datetime) -> None:
    together = worth(found.lines)
    # « Chacun pour soi » answers the same question, without anybody in reserve.
    alone_pairs = each_for_itself(replace(instance, proposals_per_person=1))
    alone = worth(alone_pairs)
    PlanLine.objects.filter(run=run).delete()
    PlanGain.objects.filter(run=run).delete()
    PlanLine.objects.bulk_create(
        (
            PlanLine(
                run=run,
                candidate_id=int(pair.person),
                need_id=int(pair.need),
                fte=pair.fte,
                fit=pair.fit,
                is_alternative=in_reserve,
            )
            for pairs, in_reserve in ((found.lines, False), (found.alternatives, True))
            for pair in pairs
        ),
        batch_size=500,
    )
    PlanGain.objects.bulk_create(
        (
            PlanGain(
                run=run,
                partner_id=int(gain.structure),
                alone_fte=gain.alone.fte,
                together_fte=gain.together.fte,
                alone_posts=gain.posts_alone,
                together_posts=gain.posts_together,
            )
            for gain in gains(instance, alone_pairs, found.lines)
        ),
        batch_size=500,
    )
    run.status, run.done_at, run.done_count = PlanStatus.DONE, now, len(instance.needs)
    run.total_count = len(instance.needs)
    run.people_count, run.pair_count = len(instance.people), len(instance.pairs)
    run.post_count = sum(need.posts for need in instance.needs)
    run.missing_fte = sum(need.posts * need.fte for need in instance.needs)
    run.fte, run.fit = together
    run.alone_fte, run.alone_fit = alone
    run.save()
    record(
        action=PlanEvent.DONE,
        target=run,
        by=None,
        now=now,
        scope=f"territory:{run.territory_id}",
        changes={"fte": [run.alone_fte, run.fte]},
    )

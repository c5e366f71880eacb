"""The journeys of the demo: eighteen months of people met, hired, kept, gone. Invented."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.candidates import services as candidates
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import candidate_of
from ancrage.demo.calendar import at_work
from ancrage.journeys import services as journeys
from ancrage.journeys.enums import (
    CloseReason,
    ContactKind,
    ContactOutcome,
    Difficulty,
    FollowUpSide,
    FollowUpState,
    ImmersionKind,
    ImmersionState,
    LeaveReason,
    Presence,
    WaitsFor,
)
from ancrage.journeys.models import FollowUp, Journey, Stay
from ancrage.matching.enums import IntroductionState
from ancrage.matching.models import Introduction
from ancrage.partners.enums import PartnerKind
from ancrage.partners.models import Partner
from ancrage.professions.enums import ContractKind
from ancrage.professions.models import Profession
from ancrage.territory.models import Territory

# What becomes of each person, in turn; « nobody » was never accompanied.
_STORIES = (
    "kept", "today", "left", "kept", "late", "kept", "waiting", "closed", "kept", "unhappy",
    "coming", "kept", "left", "nobody", "left", "closed", "today", "kept", "coming", "kept",
)  # fmt: skip
# Of those still looking for a post, one in so many was forgotten.
_FORGOTTEN_EACH, _SILENT_EACH = 13, 7
# Where people work, in turn: the larger structures more than the others.
_WORKPLACES = (0, 1, 2, 0, 3, 1, 0, 4, 2, 0, 5, 1, 3, 0, 6, 2, 4, 0, 5, 1, 6)
_GOALS = (
    "Un poste de jour près de chez soi",
    "Reprendre à 80 % après une formation",
    "Découvrir le domicile avant de choisir",
    "Un poste stable dans une petite équipe",
    "S’installer sur le littoral avant l’été",
)
_REASONS = (
    LeaveReason.HOURS,
    LeaveReason.OTHER_POST_AWAY,
    LeaveReason.HOUSING,
    LeaveReason.CONTRACT_END,
)
_ENDS = (
    CloseReason.FOUND_ALONE,
    CloseReason.TRAINING,
    CloseReason.NO_LONGER_LOOKING,
    CloseReason.LEFT_TERRITORY,
)
_LOOKS_NO_MORE = (CloseReason.FOUND_ALONE, CloseReason.NO_LONGER_LOOKING)
# Of those whose post the coordination noted by hand, one in so many looks for no other.
_SETTLES_EACH = 3
_SILENCE = timedelta(days=40)
_THREE_MONTHS_AND_MORE = timedelta(days=111)
_PERSON = "professionnelle@demo.example"


def load_journeys(territory: Territory, users: Mapping[str, User], *, now: datetime) -> int:
    """Accompany the people of the demo; return how many journeys there are."""
    by = users["coordination@demo.example"]
    partners = list(
        Partner.objects.filter(territory=territory, left_at__isnull=True)
        .exclude(kind=PartnerKind.WELCOME)
        .order_by("pk")[: max(_WORKPLACES) + 1]
    )
    people = Candidate.objects.filter(
        territory=territory,
        status=CandidateStatus.ACTIVE,
        subject__user__isnull=True,
        created_at__lt=now - timedelta(days=15),
    )
    hired = Introduction.objects.filter(state=IntroductionState.HIRED).values("candidate")
    # Those hired through an introduction: their post is noted from it.
    introduced = set(people.filter(pk__in=hired).values_list("pk", flat=True))
    for rank, candidate in enumerate(people.order_by("pk")):
        story = _STORIES[rank % len(_STORIES)]
        if candidate.pk in introduced:
            story = "hired" if rank % 4 else "nobody"
        if story != "nobody":
            partner = partners[_WORKPLACES[rank % len(_WORKPLACES)]]
            _tell(candidate, partner, story, rank, by=by, now=now)
    own = candidate_of(users[_PERSON])
    if own is not None:
        _tell(own, partners[0], "today", 1, by=by, now=now)
    journeys.note_hires(now=now)
    journeys.note_introductions(now=now)
    return Journey.objects.filter(territory=territory).count()


def _tell(
    candidate: Candidate, partner: Partner, story: str, rank: int, *, by: User, now: datetime
) -> None:
    met = min(candidate.created_at + timedelta(days=3 + rank % 9), now - timedelta(days=6))
    met = at_work(met, latest=now)
    journey = journeys.open_journey(
        candidate=candidate,
        next_action="Premier entretien",
        next_action_on=timezone.localdate(met) + timedelta(days=5),
        goal=_GOALS[rank % len(_GOALS)],
        by=by,
        now=met,
    )
    _meet(journey, partner, rank, by=by, met=met)
    if story in ("kept", "left", "unhappy"):
        _work(journey, partner, story, rank, by=by, met=met, now=now)
    elif story == "closed":
        _close(journey, rank, by=by, met=met, now=now)
    elif story != "hired":
        _look(journey, story, rank, by=by, met=met, now=now)


def _close(journey: Journey, rank: int, *, by: User, met: datetime, now: datetime) -> None:
    """End the support of somebody who took no post through the platform."""
    moment = max(met + timedelta(days=4), now - timedelta(days=2 + 5 * (rank % 30)))
    reason = _ENDS[rank // 3 % len(_ENDS)]
    if reason in _LOOKS_NO_MORE:
        candidates.settle_candidate(candidate=journey.candidate, by=by, now=moment)
    journey.refresh_from_db()
    journeys.close_journey(
        journey=journey, revision=journey.revision, reason=reason, by=by, now=moment
    )


def _look(
    journey: Journey, story: str, rank: int, *, by: User, met: datetime, now: datetime
) -> None:
    """Go on looking for a post: most were heard of lately."""
    if rank % _FORGOTTEN_EACH == 0:
        return
    if rank % _SILENT_EACH:
        heard = max(met, at_work(now - timedelta(days=6 + rank % 60), latest=now))
        journeys.log_contact(
            journey=journey,
            kind=ContactKind.CALL,
            outcome=ContactOutcome.ANSWERED,
            on=timezone.localdate(heard),
            note="Point sur les offres vues ensemble.",
            by=by,
            now=heard,
        )
    _plan(journey, story, by=by, now=now)


def _meet(journey: Journey, partner: Partner, rank: int, *, by: User, met: datetime) -> None:
    day = timezone.localdate(met)
    journeys.log_contact(
        journey=journey,
        kind=ContactKind.MEETING if rank % 2 else ContactKind.CALL,
        outcome=ContactOutcome.ANSWERED,
        on=day,
        note="Échange sur le projet et les disponibilités.",
        by=by,
        now=met,
    )
    step = journeys.add_step(
        journey=journey, label="Mettre le CV à jour", due_on=day, by=by, now=met
    )
    if rank % 3:
        journeys.finish_step(step=step, by=by, now=met)
    if rank % 4 == 0:
        immersion = journeys.plan_immersion(
            journey=journey,
            kind=ImmersionKind.IMMERSION,
            partner=partner,
            starts_on=day,
            ends_on=day + timedelta(days=1),
            by=by,
            now=met,
        )
        journeys.settle_immersion(
            immersion=immersion, state=ImmersionState.DONE, by=by, now=met + timedelta(days=3)
        )


def _plan(journey: Journey, story: str, *, by: User, now: datetime) -> None:
    today = timezone.localdate(now)
    action, on, waits = {
        "today": ("Appeler pour faire le point", today, WaitsFor.ADVISOR),
        "late": ("Envoyer le profil à l’hôpital", today - timedelta(days=4), WaitsFor.ADVISOR),
        "coming": ("Préparer l’entretien", today + timedelta(days=3), WaitsFor.ADVISOR),
        "waiting": ("Recevoir la copie du diplôme", today + timedelta(days=6), WaitsFor.PERSON),
    }[story]
    journey.refresh_from_db()
    journeys.plan_next_action(
        journey=journey,
        revision=journey.revision,
        next_action=action,
        next_action_on=on,
        waits_for=waits,
        by=by,
        now=now - timedelta(days=5),
    )


def _work(
    journey: Journey,
    partner: Partner,
    story: str,
    rank: int,
    *,
    by: User,
    met: datetime,
    now: datetime,
) -> None:
    main = journey.candidate.professions.select_related("profession").get(is_main=True)
    hired = min(met + timedelta(days=12 + rank % 20), now - timedelta(days=1))
    if story == "unhappy":
        # Their answer of the first month is recent, the third month waits for its own.
        hired = max(hired, now - _THREE_MONTHS_AND_MORE)
    started_on = timezone.localdate(hired)
    today = timezone.localdate(now)
    ends = story != "left" and rank % 12 == 5
    stay = journeys.open_stay(
        journey=journey,
        post=journeys.Post(
            profession=main.profession,
            partner=partner,
            started_on=started_on,
            contract=_contract(main.profession, is_short=ends),
            contract_ends_on=today + timedelta(days=40) if ends else None,
        ),
        by=by,
        now=hired,
    )
    if rank % _SETTLES_EACH == 0:
        candidates.settle_candidate(candidate=journey.candidate, by=by, now=hired)
    end = started_on + timedelta(days=40 + 25 * (rank % 13))
    gone = end if story == "left" and end < today else None
    # Some have not answered the questions of the last weeks.
    silent_since = today - _SILENCE if story == "unhappy" else today
    _ask(stay, story, rank, by=by, until=gone or silent_since)
    if gone is not None:
        journeys.end_stay(
            stay=stay,
            ended_on=gone,
            leave_reason=_REASONS[rank // 3 % len(_REASONS)],
            by=by,
            now=_moment(gone, now),
        )
        _part(journey, rank, after=gone, by=by, now=now)
    else:
        _follow(journey, stay, by=by, now=now)


def _part(journey: Journey, rank: int, *, after: date, by: User, now: datetime) -> None:
    """End the support of somebody who left a post weeks ago; of late, they are called back."""
    moment = _moment(after, now) + timedelta(days=20)
    if moment > now:
        return
    reason = _ENDS[rank // 3 % len(_ENDS)]
    if reason not in _LOOKS_NO_MORE:
        candidates.seek_again(candidate=journey.candidate, by=by, now=moment)
    journey.refresh_from_db()
    journeys.close_journey(
        journey=journey, revision=journey.revision, reason=reason, by=by, now=moment
    )


def _contract(profession: Profession, *, is_short: bool) -> ContractKind:
    if is_short:
        return ContractKind.CDD
    return ContractKind.SALARIED if profession.is_doctor else ContractKind.CDI


def _follow(journey: Journey, stay: Stay, *, by: User, now: datetime) -> None:
    """Wait for the next questions, or end what has been followed for a year."""
    journey.refresh_from_db()
    coming = stay.follow_ups.filter(state=FollowUpState.PLANNED).order_by("due_on").first()
    if coming is None:
        journeys.close_journey(
            journey=journey,
            revision=journey.revision,
            reason=CloseReason.SETTLED,
            by=by,
            now=now,
        )
        return
    journeys.plan_next_action(
        journey=journey,
        revision=journey.revision,
        next_action="Lire le prochain point d’étape",
        next_action_on=max(coming.due_on + timedelta(days=7), timezone.localdate(now)),
        waits_for=WaitsFor.PERSON,
        by=by,
        now=now,
    )


def _ask(stay: Stay, story: str, rank: int, *, by: User, until: date) -> None:
    due = stay.follow_ups.filter(due_on__lt=until, state=FollowUpState.PLANNED)
    for follow_up in due.order_by("due_on", "pk"):
        journeys.answer_follow_up(
            follow_up=follow_up,
            answer=_answer(story, follow_up, rank),
            by=by,
            now=_moment(follow_up.due_on, stay.journey.candidate.created_at),
        )


def _answer(story: str, follow_up: FollowUp, rank: int) -> journeys.Answer:
    if story != "unhappy":
        return journeys.Answer(presence=Presence.HERE, rating=3 + (rank + follow_up.months) % 2)
    return journeys.Answer(
        presence=Presence.HERE,
        rating=2,
        difficulties=[Difficulty.HOURS, Difficulty.WORKLOAD],
        comment="Les plannings changent trop tard.",
        wants_call=follow_up.months == 1 and follow_up.side == FollowUpSide.PERSON,
    )


def _moment(day: date, like: datetime) -> datetime:
    """The same hour, that day."""
    local: Any = timezone.localtime(like)
    return local.replace(year=day.year, month=day.month, day=day.day)

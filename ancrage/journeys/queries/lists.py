"""Journeys searched and sorted, and one journey whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ancrage.candidates.models import CandidateProfession, CandidateWord
from ancrage.journeys.enums import OPEN_STATES
from ancrage.journeys.models import (
    ContactLog,
    FollowUp,
    Immersion,
    Journey,
    Milestone,
    Stay,
    Step,
)
from ancrage.journeys.queries.day import Section, section_condition
from ancrage.kit.text import words
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.training.enums import EnrolmentState
from ancrage.training.models import Enrolment

MOST_WORDS = 8
_SORTS: Mapping[str, str] = {
    "next": "next_action_on",
    "name": "candidate__name_key",
    "opened": "opened_on",
    "advisor": "advisor__last_name",
    "contact": "candidate__subject__last_contact_at",
}


@dataclass(frozen=True)
class JourneyFilter:
    """What a reader looks for. Every part is optional.

    `advisor` is the key of an account, or 0 for the journeys of nobody; `section` one of the
    day's; `partner` keeps those in post there.
    """

    text: str = ""
    state: str = "open"
    advisor: int | None = None
    profession: Profession | None = None
    partner: Partner | None = None
    section: str = ""


def journeys_matching(
    journeys: QuerySet[Journey], search: JourneyFilter, *, on: date, sort: str = "next"
) -> QuerySet[Any]:
    """Narrow `journeys` (those the reader may see), sorted, with the label of the main
    profession as `profession_label`."""
    bare = sort.lstrip("-")
    column = F(_SORTS.get(bare, "next_action_on"))
    order = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return (
        journeys.filter(_condition(search, on=on))
        .select_related("candidate__subject", "advisor")
        .annotate(profession_label=main_profession_label("candidate"))
        .order_by(order, "pk")
    )


def sort_names() -> tuple[str, ...]:
    """Return what the list may be sorted by."""
    return tuple(_SORTS)


def main_profession_label(candidate: str) -> Subquery:
    """Return the French label of the main profession, for rows whose `candidate` is that path."""
    return Subquery(
        CandidateProfession.objects.filter(candidate=OuterRef(candidate), is_main=True).values(
            "profession__label_fr"
        )[:1]
    )


def whole_journey(journeys: QuerySet[Journey]) -> QuerySet[Journey]:
    """Join and prefetch all that the page of a journey prints."""
    return journeys.select_related(
        "candidate__subject", "candidate__commune", "territory", "advisor"
    ).prefetch_related(
        Prefetch("steps", Step.objects.order_by(F("due_on").asc(nulls_last=True), "pk")),
        Prefetch("contacts", ContactLog.objects.select_related("by").order_by("-on", "-pk")),
        Prefetch(
            "immersions",
            Immersion.objects.select_related("partner").order_by("-starts_on", "-pk"),
        ),
        Prefetch("milestones", Milestone.objects.order_by("on", "pk")),
        Prefetch(
            "stays",
            Stay.objects.select_related("partner", "profession")
            .prefetch_related(
                Prefetch("follow_ups", FollowUp.objects.order_by("due_on", "side", "pk"))
            )
            .order_by("-started_on", "-pk"),
        ),
    )


def courses_followed(journey: Journey, enrolments: QuerySet[Enrolment]) -> QuerySet[Any]:
    """Return those of `enrolments` (which the reader may see) that the person of a journey
    confirmed or followed, with the moment of `confirmed_at`. One query."""
    kept = Q(moves__after=EnrolmentState.ENROLLED, moves__undone_at__isnull=True)
    return (
        enrolments.filter(
            subject=journey.candidate.subject_id,
            state__in=[EnrolmentState.ENROLLED, EnrolmentState.ATTENDED],
        )
        .select_related("run__course__provider__partner")
        .annotate(confirmed_at=Coalesce(Max("moves__at", filter=kept), "asked_at"))
        .order_by("run__starts_on", "pk")
    )


def _condition(search: JourneyFilter, *, on: date) -> Q:
    condition = Q()
    if search.state == "open" or search.section:
        condition &= Q(state__in=sorted(OPEN_STATES))
    elif search.state:
        condition &= Q(state=search.state)
    if search.advisor == 0:
        condition &= Q(advisor__isnull=True)
    elif search.advisor is not None:
        condition &= Q(advisor=search.advisor)
    if search.section:
        condition &= section_condition(Section(search.section), on=on)
    if search.profession is not None:
        main = CandidateProfession.objects.filter(
            candidate=OuterRef("candidate"), profession=search.profession, is_main=True
        )
        condition &= Q(Exists(main))
    if search.partner is not None:
        there = Stay.objects.filter(
            journey=OuterRef("pk"), partner=search.partner, ended_on__isnull=True
        )
        condition &= Q(Exists(there))
    for word in words(search.text)[:MOST_WORDS]:
        condition &= _has_word(word)
    return condition


def _has_word(word: str) -> Q:
    known = CandidateWord.objects.filter(candidate=OuterRef("candidate"), word__startswith=word)
    return Q(Exists(known)) | Q(candidate__card=word.upper())

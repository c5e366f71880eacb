"""Training in the demo: invented providers, two runs, possible ones, wishes, money. Invented.

Durations and conditions are those of the real diplomas (arrêtés of the courses); dates, places,
prices and people are made up.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from itertools import cycle, islice
from typing import Any, NamedTuple

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import candidate_of
from ancrage.demo.calendar import people_stay_home
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, Territory
from ancrage.training import services as training
from ancrage.training.enums import (
    CourseKind,
    EnrolmentState,
    FundingState,
    Modality,
    Payer,
    Presence,
    Rhythm,
    RunState,
    WishPriority,
)
from ancrage.training.models import Course, CourseRun, Enrolment
from ancrage.training.validators import month_key, months_ahead

_SCHOOL, _ASSOCIATION = "hopital-de-la-cote", "domicile-et-marees"
_PORNIC, _MACHECOUL, _SAINT_BREVIN = "44131", "44087", "44154"


class _Course(NamedTuple):
    """A course of the catalogue; costs in euros."""

    key: str
    school: str
    kind: CourseKind
    title: str
    profession: str
    qualification: str
    hours: int
    months: int
    rhythm: Rhythm
    group: tuple[int, int]
    cost: int
    conditions: str
    modality: Modality = Modality.ON_SITE


_COURSES = (
    _Course(
        "deas",
        _SCHOOL,
        CourseKind.DIPLOMA,
        "Diplôme d’État d’aide-soignant, cursus complet",
        "care_assistant",
        "Diplôme d’État d’aide-soignant (DEAS)",
        1540,
        11,
        Rhythm.FULL_TIME,
        (4, 12),
        62_000,
        "17 ans au moins ; dossier et entretien, ou un an de travail en soin ou à domicile.",
    ),
    _Course(
        "blocks",
        _SCHOOL,
        CourseKind.BLOCK,
        "Blocs manquants du DEAS, pour titulaires du DEAES",
        "care_assistant",
        "Diplôme d’État d’aide-soignant (DEAS)",
        700,
        6,
        Rhythm.ALTERNATION,
        (3, 10),
        28_000,
        "Être titulaire du diplôme d’accompagnant éducatif et social.",
    ),
    _Course(
        "vae",
        _ASSOCIATION,
        CourseKind.VAE,
        "Accompagnement à la VAE d’aide-soignant",
        "care_assistant",
        "Diplôme d’État d’aide-soignant (DEAS)",
        24,
        9,
        Rhythm.SPACED,
        (3, 8),
        9_000,
        "Faire fonction d’aide-soignant, ou l’avoir fait.",
        Modality.MIXED,
    ),
    _Course(
        "deaes",
        _ASSOCIATION,
        CourseKind.DIPLOMA,
        "Diplôme d’État d’accompagnant éducatif et social",
        "care_and_support_worker",
        "DEAES",
        1407,
        14,
        Rhythm.ALTERNATION,
        (4, 14),
        54_000,
        "Aucun diplôme demandé ; un entretien de trente minutes.",
    ),
    _Course(
        "seventy",
        _SCHOOL,
        CourseKind.SHORT,
        "Participer aux soins d’hygiène : 70 heures pour les agents de service",
        "",
        "Attestation",
        70,
        1,
        Rhythm.SPACED,
        (4, 12),
        6_500,
        "Exercer comme agent de service ou à domicile.",
    ),
    _Course(
        "asg",
        _ASSOCIATION,
        CourseKind.SHORT,
        "Assistant de soins en gérontologie",
        "",
        "Attestation d’assistant de soins en gérontologie",
        140,
        4,
        Rhythm.SPACED,
        (6, 10),
        14_000,
        "Exercer auprès de personnes atteintes de maladies apparentées à Alzheimer.",
    ),
)
# The possible runs: course, commune, months from now, days until one applies.
_POSSIBLE = (
    ("deas", _PORNIC, 4),
    ("deas", _MACHECOUL, 4),
    ("blocks", _PORNIC, 3),
    ("vae", _SAINT_BREVIN, 2),
    ("vae", _MACHECOUL, 2),
    ("deaes", _SAINT_BREVIN, 5),
)
# Who wishes for what: a course, or "=profession"; how many, from which communes, how far.
_WISHES = (
    ("deas", 4, _PORNIC, 30),
    ("=care_assistant", 4, _MACHECOUL, 25),
    ("blocks", 2, _SAINT_BREVIN, 30),
    ("vae", 3, _SAINT_BREVIN, 20),
    ("deaes", 2, _PORNIC, 15),
)
_TRADES = ("hospital_orderly", "care_and_support_worker", "home_care_assistant", "care_assistant")
_RUNNING_SINCE, _LASTS = timedelta(days=24), timedelta(days=100)
_ENROLLED, _ABSENT_EACH = 7, 5


def load_training(
    territory: Territory, built: Mapping[str, Partner], users: Mapping[str, User], *, now: datetime
) -> int:
    """Write the catalogue, its runs and their people; return how many wishes there are."""
    coordinator = users["coordination@demo.example"]
    began = now - timedelta(days=200)
    courses = {one.key: _course(one, built, by=coordinator, now=began) for one in _COURSES}
    communes = {row.insee: row for row in Commune.objects.order_by("insee")}
    people = _people(territory)
    _running(courses["asg"], communes[_SAINT_BREVIN], people, by=coordinator, now=now)
    _open(courses["seventy"], communes[_PORNIC], people, users, by=coordinator, now=now)
    for key, insee, months in _POSSIBLE:
        _planned(courses[key], communes[insee], months, by=coordinator, now=now)
    count = _wish(territory, courses, communes, people, by=coordinator, now=now)
    _plan(territory, by=coordinator, now=now)
    return count


def _course(one: _Course, built: Mapping[str, Partner], *, by: User, now: datetime) -> Course:
    profession = Profession.objects.filter(code=one.profession).first()
    partner = built[one.school]
    training.set_provider(
        partner=partner,
        activity_number="Fictif",
        certified_until=timezone.localdate(now) + timedelta(days=900),
        by=by,
        now=now,
    )
    return training.create_course(
        partner=partner,
        kind=one.kind,
        title=one.title,
        summary="Formation inventée pour la démonstration.",
        profession=profession,
        qualification=one.qualification,
        hours=one.hours,
        months=one.months,
        rhythm=one.rhythm,
        modality=one.modality,
        min_group=one.group[0],
        max_group=one.group[1],
        run_cost_cents=one.cost * 100,
        conditions=one.conditions,
        by=by,
        now=now,
    )


def _people(territory: Territory) -> Iterator[Candidate]:
    """People of the trades that these courses are for, one after the other."""
    found = Candidate.objects.filter(
        territory=territory,
        status=CandidateStatus.ACTIVE,
        subject__user__isnull=True,
        subject__limited_at__isnull=True,
        professions__is_main=True,
        professions__profession__code__in=_TRADES,
    )
    rows = list(found.select_related("subject").order_by("professions__profession__code", "pk"))
    # One in two: the others have stories of their own.
    return cycle(rows[::2])


def _running(
    course: Course, commune: Commune, people: Iterator[Candidate], *, by: User, now: datetime
) -> None:
    """A run that was asked for, filled, confirmed, and began three weeks ago."""
    start = timezone.localdate(now) - _RUNNING_SINCE
    then = now - timedelta(days=90)
    run = _run(course, commune, start, start + _LASTS, by=by, now=then, places=8)
    training.move_run(run=run, to=RunState.OPEN, by=by, now=then)
    places = [
        _grant(run, person, by=by, now=then + timedelta(days=2))
        for person in islice(people, _ENROLLED)
    ]
    for place in places:
        training.move_enrolment(
            enrolment=place, to=EnrolmentState.ENROLLED, by=by, now=then + timedelta(days=9)
        )
    training.move_run(run=run, to=RunState.CONFIRMED, by=by, now=then + timedelta(days=40))
    training.move_run(run=run, to=RunState.RUNNING, by=by, now=now - _RUNNING_SINCE)
    for rank in range(5):
        day = start + timedelta(days=9 * rank)
        while people_stay_home(day) or day.weekday() > 4:
            day += timedelta(days=1)
        session = training.add_session(
            run=run,
            starts_at=_at(day, 9),
            ends_at=_at(day, 16),
            by=by,
            now=then + timedelta(days=41),
        )
        if session.ends_at < now:
            sheet = {
                one.pk: Presence.ABSENT
                if (number + rank) % _ABSENT_EACH == 0
                else Presence.PRESENT
                for number, one in enumerate(places)
            }
            training.keep_attendance(session=session, presences=sheet, by=by, now=now)
    file = training.open_funding(
        enrolment=places[0],
        payer=Payer.ANFH,
        due_on=start - timedelta(days=20),
        asked_cents=140_000,
        reference="Dossier fictif",
        by=by,
        now=then + timedelta(days=12),
    )
    for state, days, granted in (
        (FundingState.SENT, 20, None),
        (FundingState.GRANTED, 35, 120_000),
    ):
        training.move_funding(
            file=file, to=state, granted_cents=granted, by=by, now=then + timedelta(days=days)
        )


def _open(
    course: Course,
    commune: Commune,
    people: Iterator[Candidate],
    users: Mapping[str, User],
    *,
    by: User,
    now: datetime,
) -> None:
    """A run in five weeks: places granted, one asked for today, money to be asked for."""
    start = timezone.localdate(now) + timedelta(days=36)
    then = now - timedelta(days=12)
    run = _run(course, commune, start, start + timedelta(days=40), by=by, now=then, places=10)
    training.move_run(run=run, to=RunState.OPEN, by=by, now=then)
    places = [
        _grant(run, person, by=by, now=then + timedelta(days=1)) for person in islice(people, 3)
    ]
    training.move_enrolment(
        enrolment=places[0],
        to=EnrolmentState.ENROLLED,
        by=by,
        now=then + timedelta(days=4),
    )
    training.open_funding(
        enrolment=places[0],
        payer=Payer.OPCO_SANTE,
        due_on=timezone.localdate(now) + timedelta(days=6),
        asked_cents=65_000,
        reference="Dossier fictif",
        by=by,
        now=then + timedelta(days=5),
    )
    played = candidate_of(users["professionnelle@demo.example"])
    if played is not None:
        training.ask_place(
            run=run, person=_named(played), by=users["professionnelle@demo.example"], now=now
        )


def _planned(course: Course, commune: Commune, months: int, *, by: User, now: datetime) -> None:
    """A run that could be given: nobody is promised anything."""
    start = months_ahead(timezone.localdate(now), months + 1)[-1] + timedelta(days=10)
    end = start + timedelta(days=30 * max(course.months, 1))
    _run(course, commune, start, end, by=by, now=now, places=course.max_group)


def _run(
    course: Course,
    commune: Commune,
    start: Any,
    end: Any,
    *,
    by: User,
    now: datetime,
    places: int,
) -> CourseRun:
    return training.create_run(
        course=course,
        commune=commune,
        place="Salle fictive",
        starts_on=start,
        ends_on=end,
        apply_by=start - timedelta(days=14),
        least=course.min_group,
        places=places,
        cost_cents=course.run_cost_cents,
        by=by,
        now=now,
    )


def _wish(
    territory: Territory,
    courses: Mapping[str, Course],
    communes: Mapping[str, Commune],
    people: Iterator[Candidate],
    *,
    by: User,
    now: datetime,
) -> int:
    """What the coordination noted with each person; the first of each kind matters most."""
    today = timezone.localdate(now)
    months = [month_key(day) for day in months_ahead(today, 9)[1:]]
    count = 0
    for what, number, insee, km in _WISHES:
        aimed = {"course": courses.get(what)}
        if what.startswith("="):
            aimed = {"profession": Profession.objects.get(code=what[1:])}  # type: ignore[dict-item]
        for rank, person in enumerate(islice(people, number)):
            wish = training.make_wish(
                subject=person.subject,
                territory=territory,
                months=months[rank % 2 :],
                commune=communes[insee],
                reach_km=km,
                by=by,
                now=now - timedelta(days=30 - rank),
                **aimed,  # type: ignore[arg-type]
            )
            if rank == 0:
                training.set_priority(wish=wish, priority=WishPriority.HIGH, by=by, now=now)
            count += 1
    return count


def _plan(territory: Territory, *, by: User, now: datetime) -> None:
    """The plan of last night, to be read and followed."""
    asked_at = now - timedelta(hours=14)
    needs = [
        training.NeededPeople(
            profession=Profession.objects.get(code="care_assistant"),
            month=months_ahead(timezone.localdate(now), 19)[-1],
            people=9,
        )
    ]
    plan = training.ask_opening_plan(
        territory=territory, needs=needs, by=by, now=asked_at, need_worth=1
    )
    training.make_opening_plan(plan=plan, now=asked_at)


def _grant(run: CourseRun, person: Candidate, *, by: User, now: datetime) -> Enrolment:
    return training.grant_place(run=run, person=_named(person), has_agreed=True, by=by, now=now)


def _named(person: Candidate) -> training.Named:
    return training.Named(person.subject, person.first_name, person.last_name)


def _at(day: Any, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))

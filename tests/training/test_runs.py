"""Runs and courses: their states, what follows for who is in them, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ancrage.training import services
from ancrage.training.enums import CancelReason, RunState, WishState
from ancrage.training.models import CourseRun
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    EnrolmentFactory,
    RunSessionFactory,
    TrainingWishFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

DATES = {
    "starts_on": date(2027, 3, 1),
    "ends_on": date(2027, 3, 5),
    "apply_by": date(2027, 2, 1),
}


def move(run, to, **facts):
    return services.move_run(run=run, to=to, by=None, now=NOW, **facts)


def test_run_goes_from_possible_to_over_and_its_people_with_it(field):
    run = CourseRunFactory(course=field.course, planned=True)
    move(run, RunState.OPEN)
    enrolled = EnrolmentFactory(run=CourseRun.objects.get(pk=run.pk), enrolled=True)
    asked = EnrolmentFactory(run=run)
    for state in (RunState.CONFIRMED, RunState.RUNNING, RunState.DONE):
        run = move(run, state)

    states = [type(one).objects.get(pk=one.pk).state for one in (enrolled, asked)]
    assert (run.state, states) == ("done", ["attended", "refused"])
    assert [(one.before, one.after) for one in run.moves.order_by("pk")] == [
        ("planned", "open"),
        ("open", "confirmed"),
        ("confirmed", "running"),
        ("running", "done"),
    ]


def test_run_is_not_confirmed_below_its_smallest_group(run):
    run.least = 2
    run.save()
    EnrolmentFactory(run=run, enrolled=True)

    with pytest.raises(services.GroupTooSmall, match="Il manque encore 1 personne"):
        move(run, RunState.CONFIRMED)


def test_cancelled_run_ends_every_request_and_reopens_wishes_until_taken_back(run, field):
    enrolled = EnrolmentFactory(run=run, enrolled=True)
    waiting = EnrolmentFactory(run=run, state="waiting")
    wish = TrainingWishFactory(
        subject=enrolled.subject, territory=field.territory, course=run.course, state="served"
    )
    with pytest.raises(services.ReasonMissing):
        move(run, RunState.CANCELLED)

    cancelled = move(run, RunState.CANCELLED, reason=CancelReason.NO_TEACHER)
    for row in (enrolled, waiting, wish):
        row.refresh_from_db()
    ended = (cancelled.taken, enrolled.state, enrolled.reason, waiting.state, wish.state)
    back = services.undo_run_move(run=run, by=None, now=NOW)
    for row in (enrolled, waiting, wish):
        row.refresh_from_db()

    assert ended == (0, "refused", "run_cancelled", "refused", WishState.OPEN)
    assert (back.state, back.cancelled_because, back.taken) == ("open", "", 1)
    assert (enrolled.state, waiting.state, wish.state) == ("enrolled", "waiting", "served")


def test_change_is_taken_back_once_and_within_a_day(run):
    with pytest.raises(services.NothingToUndo):
        services.undo_run_move(run=run, by=None, now=NOW)
    EnrolmentFactory(run=run, enrolled=True)
    move(run, RunState.CONFIRMED)

    with pytest.raises(services.NothingToUndo):
        services.undo_run_move(run=run, by=None, now=NOW + timedelta(hours=25))
    services.undo_run_move(run=run, by=None, now=NOW)
    with pytest.raises(services.NothingToUndo):
        services.undo_run_move(run=run, by=None, now=NOW)


def test_opening_that_somebody_answered_is_not_taken_back(field):
    run = CourseRunFactory(course=field.course, planned=True)
    move(run, RunState.OPEN)
    EnrolmentFactory(run=run)

    with pytest.raises(services.RunAsked):
        services.undo_run_move(run=run, by=None, now=NOW)


def test_dates_that_contradict_one_another_are_refused(field):
    wrong = {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 2, 1)}

    with pytest.raises(ValidationError) as refused:
        services.create_run(
            course=field.course,
            commune=field.pornic,
            apply_by=date(2027, 4, 1),
            least=3,
            places=2,
            by=None,
            now=NOW,
            **wrong,
        )

    assert set(refused.value.message_dict) == {"ends_on", "apply_by"}


def test_places_are_not_lowered_below_those_granted_and_more_serve_who_waits(run):
    EnrolmentFactory.create_batch(2, run=run, enrolled=True)
    waiting = EnrolmentFactory(run=run, state="waiting")

    with pytest.raises(services.FewerPlacesThanTaken):
        services.edit_run(run=run, places=1, revision=1, by=None, now=NOW)
    services.edit_run(run=run, places=3, revision=1, by=None, now=NOW)

    waiting.refresh_from_db()
    assert waiting.state == "accepted"
    with pytest.raises(services.ChangedMeanwhile):
        services.edit_run(run=run, places=4, revision=1, by=None, now=NOW)


def test_table_refuses_more_places_taken_than_there_are(run):
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseRun.objects.filter(pk=run.pk).update(taken=3)


def test_sessions_stay_within_the_run_and_apart(run):
    nine, noon = datetime(2027, 1, 11, 8, tzinfo=UTC), datetime(2027, 1, 11, 11, tzinfo=UTC)
    services.add_session(run=run, starts_at=nine, ends_at=noon, by=None, now=NOW)

    with pytest.raises(services.SessionTaken):
        services.add_session(
            run=run, starts_at=nine + timedelta(hours=1), ends_at=noon, by=None, now=NOW
        )
    with pytest.raises(services.SessionOutside):
        services.add_session(
            run=run,
            starts_at=nine - timedelta(days=3),
            ends_at=noon - timedelta(days=3),
            by=None,
            now=NOW,
        )


def test_session_whose_sheet_was_filled_stays(run):
    session = RunSessionFactory(run=run)
    here = EnrolmentFactory(run=run, enrolled=True)
    services.keep_attendance(session=session, presences={here.pk: "present"}, by=None, now=NOW)

    with pytest.raises(services.SessionHeld):
        services.remove_session(session=session, by=None, now=NOW)


def test_course_is_added_found_by_its_words_and_not_twice(field):
    facts = {"kind": "short", "hours": 70, "rhythm": "full_time", "min_group": 1, "max_group": 8}

    course = services.create_course(
        partner=field.school, title="Soins d’hygiène", by=field.teacher, now=NOW, **facts
    )

    assert course.search.startswith("soins d hygiene structure fictive")
    with pytest.raises(services.TitleTaken):
        services.create_course(
            partner=field.school, title="Soins d’hygiène", by=None, now=NOW, **facts
        )


def test_course_changed_meanwhile_is_not_overwritten(field):
    changed = services.edit_course(course=field.course, months=9, revision=1, by=None, now=NOW)

    with pytest.raises(services.ChangedMeanwhile):
        services.edit_course(course=field.course, months=8, revision=1, by=None, now=NOW)
    assert (changed.months, changed.revision) == (9, 2)


def test_course_about_to_be_given_stays_in_the_catalogue(run, field):
    with pytest.raises(services.CourseInUse):
        services.archive_course(course=field.course, by=None, now=NOW)
    other = CourseFactory(partner=field.school)

    services.archive_course(course=other, by=None, now=NOW)
    archived = other.archived_at
    services.restore_course(course=other, by=None, now=NOW)

    other.refresh_from_db()
    assert (archived, other.archived_at) == (NOW, None)

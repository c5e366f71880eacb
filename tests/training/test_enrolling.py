"""Places: asked for, granted, confirmed, passed on, taken back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from ancrage.training import services
from ancrage.training.enums import DropReason, EnrolmentState, Presence, Result, WishState
from ancrage.training.models import Attendance, CourseRun, Enrolment, TrainingWish
from tests.factories import EnrolmentFactory, RunSessionFactory, TrainingWishFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


def states(run):
    return list(run.enrolments.order_by("asked_at", "pk").values_list("state", flat=True))


def taken(run):
    return CourseRun.objects.get(pk=run.pk).taken


def move(enrolment, to, by=None, *, now=NOW, **facts):
    return services.move_enrolment(enrolment=enrolment, to=to, by=by, now=now, **facts)


def test_place_asked_for_is_granted_then_confirmed_by_the_person(field, run, person):
    camille = person()
    wish = TrainingWishFactory(
        subject=camille.subject, territory=field.territory, course=field.course
    )

    asked = services.ask_place(run=run, person=camille, by=camille.subject.user, now=NOW)
    granted = move(asked, EnrolmentState.ACCEPTED, field.teacher)
    held = taken(run)
    enrolled = move(granted, EnrolmentState.ENROLLED, camille.subject.user, is_own=True)
    call_command("run_outbox", verbosity=0)

    assert (asked.shared_at, held, taken(run)) == (NOW, 1, 1)
    assert enrolled.state == EnrolmentState.ENROLLED
    assert TrainingWish.objects.get(pk=wish.pk).state == WishState.SERVED
    assert [message.to for message in mail.outbox] == [[camille.subject.user.email]]
    assert mail.outbox[0].subject.endswith(f": {field.course}")


def test_last_place_granted_twice_is_refused_the_second_time(run):
    run.places = 1
    run.save()
    first, second = EnrolmentFactory.create_batch(2, run=run)
    move(first, EnrolmentState.ACCEPTED)

    with pytest.raises(services.RunFull):
        move(second, EnrolmentState.ACCEPTED)

    assert (taken(run), states(run)) == (1, ["accepted", "asked"])


def test_place_given_up_goes_to_the_first_who_waits(run, person):
    run.places = 1
    run.save()
    holder = EnrolmentFactory(run=run, enrolled=True)
    late = EnrolmentFactory(run=run, state="waiting", asked_at=NOW + timedelta(hours=1))
    early = EnrolmentFactory(run=run, state="waiting", asked_at=NOW + timedelta(minutes=1))

    move(holder, EnrolmentState.WITHDRAWN, holder.subject.user, is_own=True)

    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.state, late.state, taken(run)) == ("accepted", "waiting", 1)
    with pytest.raises(services.PlacePassedOn):
        services.undo_enrolment_move(
            enrolment=holder, by=holder.subject.user, now=NOW, is_own=True
        )


def test_refusal_taken_back_holds_the_place_again(run, field):
    holder = EnrolmentFactory(run=run, granted=True)
    move(holder, EnrolmentState.REFUSED, field.teacher, reason=DropReason.CONDITIONS)
    freed = taken(run)

    services.undo_enrolment_move(enrolment=holder, by=field.teacher, now=NOW)

    holder.refresh_from_db()
    assert (freed, taken(run), holder.state, holder.reason) == (0, 1, "accepted", "")
    with pytest.raises(services.NothingToUndo):
        services.undo_enrolment_move(enrolment=holder, by=field.teacher, now=NOW)


def test_step_is_taken_back_within_a_day_and_by_the_side_that_took_it(run, field):
    holder = EnrolmentFactory(run=run, granted=True)
    move(holder, EnrolmentState.ENROLLED, holder.subject.user, is_own=True)

    with pytest.raises(services.NothingToUndo):
        services.undo_enrolment_move(enrolment=holder, by=field.teacher, now=NOW)
    with pytest.raises(services.NothingToUndo):
        services.undo_enrolment_move(
            enrolment=holder, by=None, is_own=True, now=NOW + timedelta(hours=25)
        )


def test_person_does_not_grant_themselves_a_place(run):
    asked = EnrolmentFactory(run=run)

    with pytest.raises(services.StepNotAllowed):
        move(asked, EnrolmentState.ACCEPTED, asked.subject.user, is_own=True)


def test_refusal_without_a_reason_is_refused(run):
    with pytest.raises(services.ReasonMissing):
        move(EnrolmentFactory(run=run), EnrolmentState.REFUSED)


def test_one_asks_once_and_in_time(run, person):
    camille = person()
    services.ask_place(run=run, person=camille, by=None, now=NOW)

    with pytest.raises(services.AlreadyAsked):
        services.ask_place(run=run, person=camille, by=None, now=NOW)
    with pytest.raises(services.NotTakingRequests):
        services.ask_place(run=run, person=person(), by=None, now=NOW + timedelta(days=40))


def test_granted_name_is_given_to_the_provider_once_confirmed(run, person, field):
    granted = services.grant_place(run=run, person=person(), by=field.coordinator, now=NOW)
    hidden = granted.shared_at

    move(granted, EnrolmentState.ENROLLED, granted.subject.user, is_own=True)

    granted.refresh_from_db()
    assert (hidden, granted.shared_at) == (None, NOW)


def test_attendance_is_noted_for_who_is_called_and_corrected(run, field):
    session = RunSessionFactory(run=run)
    here = EnrolmentFactory(run=run, enrolled=True)
    elsewhere = EnrolmentFactory(enrolled=True)
    asked = EnrolmentFactory(run=run)
    sheet = {here.pk: Presence.PRESENT, elsewhere.pk: Presence.PRESENT, asked.pk: "present"}

    counts = [
        services.keep_attendance(session=session, presences=sheet, by=field.teacher, now=NOW),
        services.keep_attendance(session=session, presences=sheet, by=field.teacher, now=NOW),
        services.keep_attendance(
            session=session, presences={here.pk: Presence.ABSENT}, by=None, now=NOW
        ),
    ]

    assert counts == [1, 0, 1]
    assert list(Attendance.objects.values_list("enrolment", "presence")) == [(here.pk, "absent")]
    services.keep_attendance(session=session, presences={here.pk: ""}, by=None, now=NOW)
    assert not Attendance.objects.exists()


def test_result_is_noted_for_who_follows_the_course(run):
    here = EnrolmentFactory(run=run, enrolled=True)

    services.set_result(enrolment=here, result=Result.PARTIAL, on=None, by=None, now=NOW)

    row = Enrolment.objects.get(pk=here.pk)
    assert (row.result, row.result_on) == ("partial", TODAY)
    with pytest.raises(services.NotYetOver):
        services.set_result(
            enrolment=EnrolmentFactory(run=run), result="passed", on=None, by=None, now=NOW
        )

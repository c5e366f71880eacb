"""Wishes, funding files, the daily round, and what remains of a person who leaves."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from ancrage.candidates.services import merge_candidates, unmerge_candidates
from ancrage.privacy.services import SubjectFrozen, erase_subject
from ancrage.training import services
from ancrage.training.enums import FundingState, Payer, RunState, WishPriority
from ancrage.training.models import Enrolment, FundingFile, TrainingWish
from ancrage.training.services.rights import export_training
from ancrage.training.validators import months_ahead
from tests.factories import (
    CandidateFactory,
    CourseRunFactory,
    EnrolmentFactory,
    FundingFileFactory,
    TrainingWishFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


def wish_for(subject, field, **facts):
    return services.make_wish(
        subject=subject,
        territory=field.territory,
        **{"course": field.course, "months": ["2027-01"], **facts},
        by=subject.user,
        now=NOW,
    )


def test_wish_is_made_once_changed_withdrawn_and_brought_back(field, person):
    subject = person().subject
    wish = wish_for(subject, field)
    with pytest.raises(services.AlreadyWished):
        wish_for(subject, field)

    facts = {"wish": wish, "commune": None, "by": None, "now": NOW}
    services.edit_wish(months=["2027-03", "2027-02"], reach_km=12, revision=1, **facts)
    with pytest.raises(services.WishChangedMeanwhile) as refused:
        services.edit_wish(months=["2027-04"], reach_km=90, revision=1, **facts)
    services.set_priority(wish=wish, priority=WishPriority.HIGH, by=None, now=NOW)
    services.withdraw_wish(wish=wish, by=None, now=NOW)
    with pytest.raises(services.StepNotAllowed):
        services.withdraw_wish(wish=wish, by=None, now=NOW)
    with pytest.raises(services.StepNotAllowed):
        services.edit_wish(months=["2027-04"], reach_km=90, revision=2, **facts)
    services.reopen_wish(wish=wish, by=None, now=NOW)

    row = TrainingWish.objects.get(pk=wish.pk)
    assert refused.value.revision == row.revision == 2
    assert (row.months, row.reach_km, row.priority, row.state) == (
        ["2027-02", "2027-03"],
        12,
        "high",
        "open",
    )


@pytest.mark.parametrize(
    "facts",
    [{"months": []}, {"months": ["2026-10"]}, {"months": ["2029-01"]}, {"reach_km": 0}],
)
def test_wish_for_no_month_a_past_one_or_no_distance_is_refused(field, person, facts):
    with pytest.raises(ValidationError):
        wish_for(person().subject, field, **facts)


def test_wish_of_whoever_asked_to_be_left_alone_is_refused(field, person):
    subject = person().subject
    subject.limited_at = NOW

    with pytest.raises(SubjectFrozen):
        wish_for(subject, field)


def test_file_is_sent_granted_paid_and_corrected(run):
    enrolment = EnrolmentFactory(run=run, enrolled=True)
    file = services.open_funding(
        enrolment=enrolment,
        payer=Payer.ANFH,
        due_on=TODAY,
        asked_cents=500_000,
        by=None,
        now=NOW,
    )
    with pytest.raises(services.PayerTaken):
        services.open_funding(
            enrolment=enrolment, payer=Payer.ANFH, due_on=TODAY, by=None, now=NOW
        )
    with pytest.raises(services.StepNotAllowed):
        services.move_funding(file=file, to=FundingState.PAID, by=None, now=NOW)

    services.move_funding(file=file, to=FundingState.SENT, by=None, now=NOW)
    with pytest.raises(ValidationError, match="montant"):
        services.move_funding(file=file, to=FundingState.GRANTED, by=None, now=NOW)
    with pytest.raises(ValidationError, match="précède"):
        services.move_funding(
            file=file, to=FundingState.REFUSED, on=TODAY - timedelta(days=1), by=None, now=NOW
        )
    partly = services.move_funding(
        file=file, to=FundingState.PARTLY, granted_cents=300_000, by=None, now=NOW
    )
    paid = services.move_funding(file=partly, to=FundingState.PAID, by=None, now=NOW)
    back = [services.step_back_funding(file=file, by=None, now=NOW).state for _turn in range(3)]

    assert (paid.granted_cents, paid.answered_on) == (300_000, TODAY)
    assert back == ["partly", "sent", "to_send"]
    row = FundingFile.objects.get(pk=file.pk)
    assert (row.sent_on, row.answered_on, row.granted_cents) == (None, None, None)


def test_day_begins_and_ends_runs_and_tells_of_deadlines_once(field):
    beginning = CourseRunFactory(
        course=field.course, confirmed=True, starts_on=TODAY, apply_by=TODAY
    )
    ending = CourseRunFactory(course=field.course, running=True, ends_on=TODAY - timedelta(days=1))
    enrolment = EnrolmentFactory(run=beginning, enrolled=True)
    FundingFileFactory(enrolment=enrolment, due_on=TODAY + timedelta(days=6))
    FundingFileFactory(enrolment=enrolment, payer=Payer.REGION, due_on=TODAY + timedelta(days=30))

    first = services.tend_training(now=NOW)
    second = services.tend_training(now=NOW)
    nearer = services.tend_training(now=NOW + timedelta(days=4))
    call_command("run_outbox", verbosity=0)

    assert (first.begun, first.ended, first.reminded, first.mails) == (1, 1, 1, 1)
    assert second == services.TendedTraining(begun=0, ended=0, reminded=0, mails=0)
    assert nearer.reminded == 1
    for run, state in ((beginning, RunState.RUNNING), (ending, RunState.DONE)):
        run.refresh_from_db()
        assert run.state == state
    assert mail.outbox[0].to == [field.coordinator.email]
    assert "OPCO Santé" in mail.outbox[0].body
    assert enrolment.last_name not in mail.outbox[0].body


def test_erased_person_leaves_a_state_and_a_month_and_their_place(run, field):
    run.places = 1
    run.save()
    enrolment = EnrolmentFactory(run=run, enrolled=True)
    FundingFileFactory(enrolment=enrolment)
    waiting = EnrolmentFactory(run=run, state="waiting")
    subject = enrolment.subject
    TrainingWishFactory(subject=subject, territory=field.territory, course=field.course)
    exported = {name: len(rows) for name, rows in export_training(subject=subject).tables.items()}

    erase_subject(subject=subject, by=None, now=NOW)

    row = Enrolment.objects.get(pk=enrolment.pk)
    waiting.refresh_from_db()
    assert exported == {
        "souhaits_de_formation": 1,
        "inscriptions_en_formation": 1,
        "presences_en_formation": 0,
        "dossiers_de_financement": 1,
    }
    assert (row.subject, row.first_name, row.last_name, timezone.localtime(row.asked_at).day) == (
        None,
        "",
        "",
        1,
    )
    assert (row.state, waiting.state) == ("withdrawn", "accepted")
    assert not TrainingWish.objects.exists()
    assert not FundingFile.objects.exists()


def test_two_profiles_of_one_person_share_what_each_held(field, run):
    kept, absorbed = CandidateFactory.create_batch(2, territory=field.territory)
    mine = TrainingWishFactory(candidate=kept, course=field.course)
    same = TrainingWishFactory(candidate=absorbed, course=field.course)
    other = TrainingWishFactory(
        candidate=absorbed, course=None, profession=field.course.profession
    )
    place = EnrolmentFactory(run=run, subject=absorbed.subject)

    merge = merge_candidates(kept=kept, absorbed=absorbed, by=field.coordinator, now=NOW)
    moved = _holders(mine, same, other, place)
    unmerge_candidates(merge=merge, by=field.coordinator, now=NOW)

    one, two = kept.subject_id, absorbed.subject_id
    assert moved == [one, two, one, one]
    assert _holders(mine, same, other, place) == [one, two, two, two]


def _holders(*rows):
    return [type(row).objects.get(pk=row.pk).subject_id for row in rows]


def test_months_of_two_years_begin_with_this_one():
    months = months_ahead(date(2026, 11, 16))

    assert (months[0], months[-1], len(months)) == (date(2026, 11, 1), date(2028, 10, 1), 24)

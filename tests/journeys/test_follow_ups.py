import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from ancrage.candidates.models import Candidate
from ancrage.journeys import services
from ancrage.journeys.enums import FollowUpSide, FollowUpState, LeaveReason, Presence
from ancrage.journeys.models import FollowUp, Stay
from ancrage.journeys.queries import LinkUsed, asked_follow_up, follow_up_token
from ancrage.kit.links import LinkExpired, LinkForged, LinkNotYours
from ancrage.kit.models import OutboxTask
from ancrage.partners.models import Membership
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import limit_subject
from tests.factories import FollowUpFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

HERE = services.Answer(presence=Presence.HERE, rating=3)
# The first question is due a month after the hire.
DUE = NOW + timedelta(days=30)


def _mails():
    return [task.payload for task in OutboxTask.objects.filter(kind="kit.mail").order_by("pk")]


def _first(stay, side=FollowUpSide.PERSON):
    return stay.follow_ups.get(months=1, side=side)


def test_questions_leave_on_their_day_once_to_each_side(field, stay):
    early = services.tend_follow_ups(now=DUE - timedelta(days=1))
    first = services.tend_follow_ups(now=DUE)
    again = services.tend_follow_ups(now=DUE)

    assert early == again == services.TendedFollowUps(asked=0, reminded=0, dropped=0, mails=0)
    assert first == services.TendedFollowUps(asked=2, reminded=0, dropped=0, mails=2)
    assert {mail["to"] for mail in _mails()} == {
        field.person.subject.user.email,
        field.member.email,
    }
    assert (_first(stay).state, _first(stay).sent_on) == (FollowUpState.SENT, date(2026, 12, 16))


def test_mails_name_neither_the_person_nor_the_goal(field, journey, stay):
    services.tend_follow_ups(now=DUE)

    told = json.dumps(_mails(), ensure_ascii=False)
    assert field.person.last_name not in told
    assert journey.goal not in told
    assert field.partner.name in told


def test_silence_is_reminded_once_then_dropped(field, stay):
    services.tend_follow_ups(now=DUE)
    OutboxTask.objects.all().delete()

    soon = services.tend_follow_ups(now=DUE + timedelta(days=6))
    reminded = services.tend_follow_ups(now=DUE + timedelta(days=7))
    again = services.tend_follow_ups(now=DUE + timedelta(days=8))
    dropped = services.tend_follow_ups(now=DUE + timedelta(days=45))

    assert soon.mails == again.mails == 0
    assert (reminded.reminded, reminded.mails) == (2, 2)
    assert dropped.dropped == 2
    assert _first(stay).state == FollowUpState.DROPPED


def test_structure_without_a_member_is_asked_in_its_mailbox(field, stay):
    Membership.objects.update(ended_at=NOW)

    services.tend_follow_ups(now=DUE)

    assert field.partner.contact_email in {mail["to"] for mail in _mails()}


@pytest.mark.parametrize("state", ["limited", "left", "closed", "structure_gone"])
def test_nobody_is_asked_about_whom_nothing_may_be_asked(field, journey, stay, state):
    if state == "limited":
        limit_subject(subject=field.person.subject, by=None, now=NOW)
    elif state == "left":
        services.end_stay(
            stay=stay,
            ended_on=TODAY,
            leave_reason=LeaveReason.PAY,
            by=field.advisor,
            now=NOW,
        )
    elif state == "closed":
        journey.refresh_from_db()
        services.close_journey(
            journey=journey,
            revision=journey.revision,
            reason="settled",
            by=field.advisor,
            now=NOW,
        )
    else:
        field.partner.left_at = NOW
        field.partner.save()

    services.tend_follow_ups(now=DUE)

    told = {mail["to"] for mail in _mails()}
    expected = {field.person.subject.user.email} if state == "structure_gone" else set()
    assert told == expected


def test_person_who_has_no_address_waits_for_a_call(field, stay):
    DataSubject.objects.filter(pk=field.person.subject_id).update(user=None)
    Candidate.objects.filter(pk=field.person.pk).update(email="", phone="+33612345678")

    services.tend_follow_ups(now=DUE)

    assert _first(stay).state == FollowUpState.PLANNED
    assert [mail["to"] for mail in _mails()] == [field.member.email]


def test_answer_of_the_person_keeps_them_and_counts_as_a_contact(field, journey, stay):
    token = follow_up_token(_first(stay), None, now=DUE)
    answer = services.Answer(
        presence=Presence.HERE,
        rating=2,
        difficulties=["pay", "hours"],
        comment=" Trop de nuits ",
        wants_call=True,
    )

    services.answer_by_link(token=token, answer=answer, now=DUE)

    found = _first(stay)
    stay.refresh_from_db()
    assert (found.state, found.presence, found.rating, found.comment, found.wants_call) == (
        FollowUpState.ANSWERED,
        Presence.HERE,
        2,
        "Trop de nuits",
        True,
    )
    assert found.difficulties == ["hours", "pay"]
    assert stay.known_on == date(2026, 12, 16)
    assert DataSubject.objects.get(pk=field.person.subject_id).last_contact_at == DUE


def test_answer_of_the_structure_is_no_contact_of_the_person(field, stay):
    follow_up = _first(stay, FollowUpSide.PARTNER)
    token = follow_up_token(follow_up, field.member, now=DUE)

    services.answer_by_link(token=token, answer=HERE, now=DUE)

    follow_up.refresh_from_db()
    assert follow_up.answered_by == field.member
    assert DataSubject.objects.get(pk=field.person.subject_id).last_contact_at == NOW


def test_departure_told_by_one_side_ends_the_post_and_the_other_question(field, journey, stay):
    token = follow_up_token(_first(stay), None, now=DUE)
    gone = services.Answer(
        presence=Presence.LEFT, left_on=date(2026, 12, 1), leave_reason=LeaveReason.DISTANCE
    )

    services.answer_by_link(token=token, answer=gone, now=DUE)

    stay = Stay.objects.get()
    assert (stay.ended_on, stay.leave_reason) == (date(2026, 12, 1), LeaveReason.DISTANCE)
    assert set(stay.follow_ups.exclude(state="answered").values_list("state", flat=True)) == {
        FollowUpState.DROPPED
    }


def test_departure_without_a_day_or_a_reason_is_taken_all_the_same(field, stay):
    services.answer_follow_up(
        follow_up=_first(stay),
        answer=services.Answer(presence=Presence.LEFT),
        by=field.advisor,
        now=DUE,
    )

    stay.refresh_from_db()
    assert (stay.ended_on, stay.leave_reason) == (date(2026, 12, 16), LeaveReason.UNKNOWN)


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"presence": ""}, "presence"),
        ({"presence": "left", "left_on": date(2026, 11, 1)}, "left_on"),
        ({"presence": "left", "leave_reason": "x"}, "leave_reason"),
        ({"presence": "here", "rating": 9}, "rating"),
        ({"presence": "here", "comment": "x" * 1001}, "comment"),
    ],
)
def test_answer_that_cannot_be_is_refused_and_the_link_still_serves(stay, facts, wrong):
    token = follow_up_token(_first(stay), None, now=DUE)

    with pytest.raises(ValidationError) as refusal:
        services.answer_by_link(token=token, answer=services.Answer(**facts), now=DUE)

    assert list(refusal.value.message_dict) == [wrong]
    assert asked_follow_up(token, now=DUE).follow_up == _first(stay)


def test_link_serves_once(stay):
    token = follow_up_token(_first(stay), None, now=DUE)
    services.answer_by_link(token=token, answer=HERE, now=DUE)

    with pytest.raises(LinkUsed):
        services.answer_by_link(token=token, answer=HERE, now=DUE)


def test_link_forged_expired_or_of_somebody_gone_opens_nothing(field, stay):
    token = follow_up_token(_first(stay), None, now=DUE)
    with pytest.raises(LinkForged):
        asked_follow_up(f"{token[:-3]}abc", now=DUE)
    with pytest.raises(LinkForged):
        asked_follow_up("n’importe quoi", now=DUE)

    assert asked_follow_up(token, now=DUE + timedelta(days=30)).user is None
    with pytest.raises(LinkExpired):
        asked_follow_up(token, now=DUE + timedelta(days=31))

    theirs = follow_up_token(_first(stay, FollowUpSide.PARTNER), field.member, now=DUE)
    assert asked_follow_up(theirs, now=DUE).user == field.member
    Membership.objects.update(ended_at=NOW)
    with pytest.raises(LinkNotYours):
        asked_follow_up(theirs, now=DUE)


def test_link_to_the_mailbox_of_a_structure_needs_no_member(stay):
    token = follow_up_token(_first(stay, FollowUpSide.PARTNER), None, now=DUE)

    assert asked_follow_up(token, now=DUE).user is None


def test_link_about_somebody_frozen_opens_nothing(field, stay):
    token = follow_up_token(_first(stay), None, now=DUE)
    limit_subject(subject=field.person.subject, by=None, now=NOW)

    with pytest.raises(LinkUsed):
        asked_follow_up(token, now=DUE)


def test_whoever_asked_to_be_called_is_called_once(field, stay):
    follow_up = FollowUpFactory(stay=stay, months=2, answered=True, wants_call=True)

    services.mark_called_back(follow_up=follow_up, by=field.advisor, now=NOW)

    follow_up.refresh_from_db()
    assert follow_up.called_back_on == TODAY
    with pytest.raises(services.AlreadySettled):
        services.mark_called_back(follow_up=follow_up, by=field.advisor, now=NOW)


def test_command_says_what_it_did_and_bears_a_second_run(field, stay):
    today = timezone.localdate()
    follow_up = FollowUpFactory(stay=stay, months=2, due_on=today)
    FollowUp.objects.exclude(pk=follow_up.pk).delete()
    out = StringIO()

    call_command("tend_journeys", stdout=out)
    call_command("tend_journeys", stdout=out)

    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert first["asked"] == 1
    assert (second["asked"], second["mails"]) == (0, 0)
    assert FollowUp.objects.get(pk=follow_up.pk).sent_on == today

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from ancrage.kit.models import OutboxTask
from ancrage.kit.outbox import run_due
from ancrage.matching import services
from ancrage.matching.enums import CloseReason, Side
from ancrage.matching.models import Introduction
from ancrage.matching.queries import given_answer, proposed_introduction
from ancrage.needs.enums import WithdrawReason
from ancrage.needs.services import withdraw_need
from ancrage.privacy.services import limit_subject
from tests.factories import (
    CandidateFactory,
    IntroductionFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def read(introduction):
    return Introduction.objects.select_related(
        "candidate__subject", "need__partner", "need__profession", "partner"
    ).get(pk=introduction.pk)


def sent(now=LATER):
    """Send what is due; return (to, subject) of each mail."""
    mail.outbox.clear()
    run_due(clock=lambda: now)
    return sorted((message.to[0], message.subject) for message in mail.outbox)


def words():
    return "\n".join(
        f"{message.subject}\n{message.body}\n{message.alternatives[0][0]}"
        for message in mail.outbox
    )


def link_of(message):
    return next(
        word.rpartition("/reponse/")[2].strip("/")
        for word in message.body.split()
        if "/reponse/" in word
    )


@pytest.fixture
def candidate(territory, nurse):
    return CandidateFactory(
        territory=territory,
        professions=[nurse],
        first_name="Alix",
        last_name="Marqueur",
        email="alix@exemple.test",
    )


def test_proposal_asks_the_person_by_a_link_and_tells_nobody_else(
    candidate, need, coordinator, recruiter
):
    services.propose_introduction(candidate=candidate, need=need, by=coordinator, now=NOW)

    # A subject is one line of plain words: its spaces are ordinary ones.
    assert sent(NOW) == [
        ("alix@exemple.test", "Un poste pour vous ? Infirmier en soins généraux (IDE)")
    ]
    assert "Hôpital fictif" in words()
    token = link_of(mail.outbox[0])
    assert proposed_introduction(token, now=LATER).candidate == candidate


def test_link_of_the_mail_answers_and_takes_back(candidate, need, coordinator, recruiter, notice):
    row = services.propose_introduction(candidate=candidate, need=need, by=coordinator, now=NOW)
    sent(NOW)

    undo = services.answer_proposal(
        token=link_of(mail.outbox[0]), agrees=True, notice=notice, now=LATER
    )

    assert read(row).state == "agreed"
    assert [to for to, _subject in sent()] == [recruiter.email]
    assert "Marqueur" not in words()
    services.undo_proposal_answer(token=undo, now=LATER + timedelta(hours=1))
    assert read(row).state == "proposed"
    assert given_answer(undo, now=LATER + timedelta(hours=1)).is_undone is True


def test_need_that_closes_is_told_to_both_sides_with_its_true_reason(candidate, need, recruiter):
    agreed = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    # Not yet answered by the person: the structure knows nothing of it, and is not told.
    other = CandidateFactory(territory=need.partner.territory, email="autre@exemple.test")
    IntroductionFactory(need=need, candidate=other)

    withdraw_need(need=need, reason=WithdrawReason.UNFUNDED, by=recruiter, now=NOW)

    assert read(agreed).close_reason == CloseReason.NEED_CLOSED
    assert [to for to, _subject in sent()] == sorted(
        ["alix@exemple.test", "autre@exemple.test", recruiter.email]
    )
    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert "Ce poste n’est plus à pourvoir." in bodies["alix@exemple.test"]
    assert "Ce besoin n’est plus à pourvoir" in bodies[recruiter.email]
    assert "plus disponible" not in bodies[recruiter.email]


def test_person_of_another_language_reads_it_in_theirs(candidate, need, coordinator):
    candidate.language = "en"
    candidate.save()
    services.propose_introduction(candidate=candidate, need=need, by=coordinator, now=NOW)

    assert sent(NOW)[0][1].startswith("A post for you?")


def test_acceptance_meeting_offer_and_hire_are_told_to_the_person(candidate, need, recruiter):
    row = read(IntroductionFactory(need=need, candidate=candidate, agreed=True))
    how = {"side": Side.PARTNER, "by": recruiter, "now": NOW}

    services.answer_introduction(introduction=row, accepts=True, **how)
    assert [to for to, _subject in sent()] == ["alix@exemple.test"]
    services.plan_meeting(
        introduction=row,
        meeting_at=NOW + timedelta(days=2),
        minutes=45,
        place="Hall B",
        **how,
    )
    assert [to for to, _subject in sent()] == ["alix@exemple.test", recruiter.email]
    [(name, calendar, kind)] = mail.outbox[0].attachments
    assert (name, kind) == ("invitation.ics", "text/calendar; method=REQUEST; charset=utf-8")
    assert "METHOD:REQUEST" in calendar
    assert "Marqueur" not in calendar
    services.make_offer(introduction=row, **how)
    services.hire(introduction=row, starts_on=TODAY + timedelta(days=20), **how)
    assert [subject.partition(" :")[0] for _to, subject in sent()] == [
        "Félicitations",
        "Une offre pour vous",
    ]


def test_meeting_moved_is_told_again_with_a_higher_sequence(candidate, need, recruiter):
    row = read(IntroductionFactory(need=need, candidate=candidate, meeting=True))

    services.plan_meeting(
        introduction=row,
        meeting_at=NOW + timedelta(days=9),
        minutes=30,
        place="",
        side=Side.PARTNER,
        by=recruiter,
        now=NOW,
    )

    assert len(sent()) == 2
    assert "SEQUENCE:2" in mail.outbox[0].attachments[0][1]


def test_end_is_told_ten_minutes_later_and_not_at_all_if_taken_back(candidate, need, recruiter):
    row = read(IntroductionFactory(need=need, candidate=candidate, agreed=True))
    services.answer_introduction(
        introduction=row,
        accepts=False,
        reason=CloseReason.OTHER_SKILLS,
        side=Side.PARTNER,
        by=recruiter,
        now=NOW,
    )
    assert sent(NOW + timedelta(minutes=9)) == []

    services.undo_last_move(
        introduction=read(row), side=Side.PARTNER, by=recruiter, now=NOW + timedelta(minutes=9)
    )

    assert sent(LATER) == []


def test_end_taken_back_after_it_was_told_is_told_too(candidate, need, recruiter):
    row = read(IntroductionFactory(need=need, candidate=candidate, agreed=True))
    services.answer_introduction(
        introduction=row,
        accepts=False,
        side=Side.PARTNER,
        by=recruiter,
        now=NOW,
    )
    assert [subject.partition(" :")[0] for _to, subject in sent()] == ["Mise en relation close"]

    services.undo_last_move(introduction=read(row), side=Side.PARTNER, by=recruiter, now=LATER)

    assert [subject.partition(" :")[0] for _to, subject in sent()] == [
        "La mise en relation reprend"
    ]


def test_structure_is_not_told_why_the_person_left(candidate, need, recruiter):
    row = read(IntroductionFactory(need=need, candidate=candidate, agreed=True))

    services.refuse_introduction(
        introduction=row, by=None, now=NOW, reason=CloseReason.TOO_FAR, note="Trop de route"
    )

    assert [to for to, _subject in sent()] == [recruiter.email]
    assert "n’est plus disponible" in words()
    assert "loin" not in words()
    assert "route" not in words()


def test_structure_that_never_knew_is_not_told_of_a_refusal(candidate, need, recruiter):
    row = read(IntroductionFactory(need=need, candidate=candidate))

    services.refuse_introduction(introduction=row, by=None, now=NOW)

    assert sent() == []


def test_end_before_the_meeting_takes_it_out_of_calendars(candidate, need, recruiter):
    row = read(IntroductionFactory(need=need, candidate=candidate, meeting=True))

    services.close_introduction(
        introduction=row, reason=CloseReason.OTHER, side=Side.PARTNER, by=recruiter, now=NOW
    )

    assert [to for to, _subject in sent()] == ["alix@exemple.test"]
    assert "METHOD:CANCEL" in mail.outbox[0].attachments[0][1]


def test_nobody_writes_to_a_person_who_asked_for_silence(candidate, need, recruiter):
    IntroductionFactory(need=need, candidate=candidate, agreed=True)

    limit_subject(subject=candidate.subject, by=None, now=NOW)

    assert [to for to, _subject in sent()] == [recruiter.email]


def test_message_is_announced_and_never_quoted(candidate, need, recruiter):
    row = read(IntroductionFactory(need=need, candidate=candidate, agreed=True))
    services.post_message(
        introduction=row, side=Side.PERSON, text="Je viens jeudi", by=None, now=NOW
    )
    services.post_message(
        introduction=row, side=Side.PARTNER, text="Très bien", by=recruiter, now=NOW
    )
    services.post_message(introduction=row, side=Side.COORDINATION, text="Bravo", by=None, now=NOW)

    assert [to for to, _subject in sent()] == [
        "alix@exemple.test",
        "alix@exemple.test",
        recruiter.email,
        recruiter.email,
    ]
    assert [text in words() for text in ("jeudi", "Très bien", "Bravo")] == [False] * 3


def test_message_does_not_tell_the_structure_of_a_proposal_not_yet_agreed_to(
    candidate, need, partner, coordinator, recruiter
):
    IntroductionFactory(need=need, candidate=candidate, agreed=True)
    other = NeedFactory(partner=partner, published=True)
    row = services.propose_introduction(candidate=candidate, need=other, by=coordinator, now=NOW)
    services.post_message(
        introduction=read(row), side=Side.COORDINATION, text="Bonjour", by=coordinator, now=NOW
    )

    assert {to for to, _subject in sent()} == {"alix@exemple.test"}


def test_telling_twice_sends_once(candidate, need, coordinator):
    services.propose_introduction(candidate=candidate, need=need, by=coordinator, now=NOW)
    assert len(sent(NOW)) == 1

    # As after a worker that died before it wrote the end.
    OutboxTask.objects.filter(kind="matching.tell").update(
        done_at=None, payload={"move": Introduction.objects.get().moves.get().pk}
    )

    assert sent(NOW) == []


def test_news_of_an_introduction_erased_meanwhile_is_dropped(candidate, need, coordinator):
    services.propose_introduction(candidate=candidate, need=need, by=coordinator, now=NOW)
    Introduction.objects.all().delete()

    assert sent(NOW) == []
    assert OutboxTask.objects.get().done_at == NOW


@pytest.mark.parametrize(
    ("days", "stages"), [(-3, 0), (-2, 1), (0, 1), (1, 2), (6, 2), (7, 3), (40, 3)]
)
def test_structures_are_reminded_before_and_after_their_day(
    candidate, need, recruiter, days, stages
):
    row = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    now = NOW + timedelta(days=10 + days)

    assert services.remind_structures(now=now) == (1 if stages else 0)
    assert services.remind_structures(now=now) == 0

    assert read(row).reminders == stages
    assert len(sent(now)) == (1 if stages else 0)


def test_reminder_lists_what_a_recruiter_owes_in_one_mail(territory, partner, recruiter, nurse):
    other = PartnerFactory(territory=territory, name="Clinique fictive")
    MembershipFactory(user=recruiter, partner=other)
    for structure in (partner, other):
        IntroductionFactory(
            need=NeedFactory(partner=structure, profession=nurse, published=True), agreed=True
        )
    now = NOW + timedelta(days=11)

    services.remind_structures(now=now)

    assert sent(now) == [(recruiter.email, "2 personnes attendent votre réponse")]
    assert "Réponse attendue depuis le 26 novembre 2026" in words()


def test_coordination_reminds_once_a_day(candidate, need, recruiter, coordinator):
    row = read(IntroductionFactory(need=need, candidate=candidate, agreed=True))
    how = {"introduction": row, "by": coordinator}

    services.remind_structure(now=NOW, **how)
    with pytest.raises(services.AlreadyRemindedToday):
        services.remind_structure(now=LATER, **how)
    services.remind_structure(now=NOW + timedelta(days=1), **how)

    assert len(sent(NOW + timedelta(days=1))) == 2


def test_structure_that_owes_nothing_is_not_reminded(candidate, need, coordinator):
    row = read(IntroductionFactory(need=need, candidate=candidate, answered=True))

    with pytest.raises(services.NotWaitedFor):
        services.remind_structure(introduction=row, by=coordinator, now=NOW)


def test_silent_person_is_asked_once_more_then_left_in_peace(candidate, need, recruiter):
    row = IntroductionFactory(need=need, candidate=candidate)
    week, month = NOW + timedelta(days=7), NOW + timedelta(days=30)

    assert services.remind_people(now=week - timedelta(hours=1)) == 0
    assert services.remind_people(now=week) == 1
    assert services.remind_people(now=week + timedelta(days=5)) == 0
    assert [to for to, _subject in sent(week)] == ["alix@exemple.test"]
    assert services.give_up_silent(now=month) == 1

    assert (read(row).state, read(row).close_reason) == ("closed", "no_answer_person")
    assert services.give_up_silent(now=month) == 0


def test_round_is_a_command_that_may_run_again(candidate, need, capsys, time_machine):
    time_machine.move_to(NOW + timedelta(days=31), tick=False)
    IntroductionFactory(need=need, candidate=candidate)

    call_command("tend_introductions")
    call_command("tend_introductions")

    first, second = capsys.readouterr().out.splitlines()
    nothing = dict.fromkeys(json.loads(second), 0)
    assert json.loads(first) == nothing | {"people_reminded": 1, "given_up": 1}
    assert json.loads(second) == nothing

from datetime import timedelta

import pytest
from django.core import mail

from ancrage.candidates.services import merge_candidates, unmerge_candidates
from ancrage.kit.models import OutboxTask
from ancrage.kit.outbox import run_due
from ancrage.matching import services
from ancrage.matching.enums import PlanChoiceKind, Side
from ancrage.matching.models import (
    Introduction,
    IntroductionMessage,
    IntroductionMove,
    PlanChoice,
)
from ancrage.matching.queries import identity_released, messages_shown, with_naming
from ancrage.matching.queries.clock import answer_due_on
from ancrage.matching.services import reason_shown
from ancrage.needs import services as needs
from ancrage.needs.enums import WithdrawReason
from ancrage.privacy.retention import purge
from ancrage.privacy.services import (
    ProofMissing,
    erase_subject,
    export_subject,
    lift_limit,
    limit_subject,
    withdraw_consent,
)
from tests.factories import (
    CandidateFactory,
    DataSubjectFactory,
    IntroductionFactory,
    IntroductionMessageFactory,
    MembershipFactory,
    NeedFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"


def read(introduction):
    return Introduction.objects.get(pk=introduction.pk)


def ends(*introductions):
    return [(read(one).state, read(one).close_reason) for one in introductions]


def named_to(user, introduction):
    return with_naming(Introduction.objects.filter(pk=introduction.pk), user).get().is_named


def withdraw(subject, partner):
    return withdraw_consent(
        subject=subject,
        purpose="identity",
        scope=f"partner:{partner.pk}",
        channel="self",
        by=None,
        now=LATER,
    )


def test_need_withdrawn_ends_what_went_on_and_taken_back_resumes_it(need, candidate):
    waiting = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    hired = IntroductionFactory(
        need=need, candidate=CandidateFactory(territory=need.partner.territory), hired=True
    )

    needs.withdraw_need(need=need, reason=WithdrawReason.UNFUNDED, by=None, now=LATER)

    assert ends(waiting, hired) == [("closed", "need_closed"), ("hired", "")]
    assert waiting.moves.get(after="closed").side == Side.PLATFORM
    needs.undo_last_change(need=need, by=None, now=LATER + timedelta(hours=1))
    assert ends(waiting, hired) == [("agreed", ""), ("hired", "")]


def test_need_reopened_later_resumes_nothing(need, candidate):
    waiting = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    needs.withdraw_need(need=need, reason=WithdrawReason.OTHER, by=None, now=LATER)

    needs.reopen_need(need=need, by=None, now=LATER + timedelta(hours=2))

    assert ends(waiting) == [("closed", "need_closed")]


def test_need_paused_ends_nothing(need, candidate):
    waiting = IntroductionFactory(need=need, candidate=candidate, agreed=True)

    needs.pause_need(need=need, by=None, now=LATER)

    assert ends(waiting) == [("agreed", "")]


def test_what_was_begun_anew_is_not_resumed_twice(need, candidate):
    waiting = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    needs.withdraw_need(need=need, reason=WithdrawReason.OTHER, by=None, now=LATER)
    other = IntroductionFactory(need=need, candidate=candidate)

    needs.undo_last_change(need=need, by=None, now=LATER + timedelta(minutes=5))

    assert ends(waiting, other) == [("closed", "need_closed"), ("proposed", "")]


def test_consent_withdrawn_hides_the_name_and_ends_with_that_structure_only(
    need, candidate, recruiter, neighbour
):
    mine = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    theirs = IntroductionFactory(
        need=NeedFactory(partner=neighbour, published=True), candidate=candidate, agreed=True
    )
    other_recruiter = MembershipFactory(partner=neighbour).user
    assert (named_to(recruiter, mine), named_to(other_recruiter, theirs)) == (True, True)

    withdraw(candidate.subject, need.partner)

    assert ends(mine, theirs) == [("closed", "consent_withdrawn"), ("agreed", "")]
    assert (named_to(recruiter, mine), named_to(other_recruiter, theirs)) == (False, True)
    assert (identity_released(mine), identity_released(theirs)) == (False, True)


def test_consent_withdrawn_before_it_was_given_ends_nothing(need, candidate):
    proposed = IntroductionFactory(need=need, candidate=candidate)

    withdraw(candidate.subject, need.partner)

    assert ends(proposed) == [("proposed", "")]


def test_profile_that_rests_ends_everything_and_lifting_names_nobody_again(
    need, candidate, recruiter, coordinator
):
    mine = IntroductionFactory(need=need, candidate=candidate, agreed=True)

    limit_subject(subject=candidate.subject, by=None, now=LATER)

    assert ends(mine) == [("closed", "limited")]
    assert (named_to(recruiter, mine), named_to(coordinator, mine)) == (False, False)
    lift_limit(subject=candidate.subject, by=None, now=LATER)
    assert ends(mine) == [("closed", "limited")]
    assert named_to(coordinator, mine) is True


def test_person_reads_their_own_name_whatever_happens(need, territory):
    user = UserFactory()
    candidate = CandidateFactory(territory=territory, user=user)
    mine = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    limit_subject(subject=candidate.subject, by=None, now=LATER)

    assert named_to(user, mine) is True


def test_structure_reads_only_its_own_words_until_the_person_agrees(need, candidate, recruiter):
    introduction = IntroductionFactory(need=need, candidate=candidate, origin="partner")
    own = IntroductionMessageFactory(introduction=introduction, side=Side.PARTNER)
    IntroductionMessageFactory(introduction=introduction, side=Side.COORDINATION)
    rows = with_naming(Introduction.objects.filter(pk=introduction.pk), recruiter)

    assert list(messages_shown(rows.get(), Side.PARTNER)) == [own]


def test_structure_reads_no_word_once_the_person_withdrew(need, candidate, recruiter, coordinator):
    introduction = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    IntroductionMessageFactory(introduction=introduction, side=Side.PARTNER)
    IntroductionMessageFactory(introduction=introduction, side=Side.PERSON)
    rows = with_naming(Introduction.objects.filter(pk=introduction.pk), recruiter)
    assert messages_shown(rows.get(), Side.PARTNER).count() == 2

    withdraw(candidate.subject, need.partner)

    assert list(messages_shown(rows.get(), Side.PARTNER)) == []
    followed = with_naming(Introduction.objects.filter(pk=introduction.pk), coordinator).get()
    assert messages_shown(followed, Side.COORDINATION).count() == 2


def test_erased_person_leaves_steps_by_their_month_and_no_word(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, meeting=True)
    IntroductionMessageFactory(introduction=introduction)
    IntroductionMove.objects.update(note="Alix préfère le jour")

    erase_subject(subject=candidate.subject, by=None, now=NOW)

    row = read(introduction)
    assert ends(introduction) == [("closed", "erased")]
    assert (row.meeting_place, row.proposed_by_id) == ("", None)
    assert {row.proposed_at.day, row.agreed_at.day, row.ended_at.day, row.answer_due_on.day} == {1}
    assert IntroductionMessage.objects.count() == 0
    moves = introduction.moves.order_by("pk")
    assert [(move.at.day, move.at.hour, move.note) for move in moves] == [(1, 0, "")] * 5
    erase_subject(subject=candidate.subject, by=None, now=NOW)
    assert ends(introduction) == [("closed", "erased")]


def test_meeting_of_an_erased_person_stays_by_its_month_if_it_was_held(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, meeting=True)
    introduction.meeting_at = NOW - timedelta(days=2)
    introduction.save()

    erase_subject(subject=candidate.subject, by=None, now=NOW)

    row = read(introduction)
    assert (row.meeting_at.day, row.meeting_minutes) == (1, introduction.meeting_minutes)


def test_meeting_to_come_of_an_erased_person_is_called_off_then_forgotten(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, meeting=True)
    introduction.meeting_at = NOW + timedelta(days=2)
    introduction.save()

    erase_subject(subject=candidate.subject, by=None, now=NOW)

    # The structure's calendar is told of that very day.
    assert read(introduction).meeting_at == NOW + timedelta(days=2)
    services.forget_ended_introductions(now=NOW + timedelta(days=100))
    row = read(introduction)
    assert (row.meeting_at, row.meeting_minutes) == (None, None)


def test_person_takes_their_introductions_away(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, meeting=True)
    IntroductionMessageFactory(introduction=introduction, text="Je viendrai jeudi")

    export = services.export_introductions(subject=candidate.subject)

    assert {name: len(rows) for name, rows in export.tables.items()} == {
        "mises_en_relation": 1,
        "etapes": 4,
        "messages": 1,
        "documents_montres": 0,
    }
    assert export.tables["mises_en_relation"][0]["rendez_vous_lieu"] == "Hall B"
    assert export.tables["messages"][0]["texte"] == "Je viendrai jeudi"
    assert export_subject is not None


def test_words_are_forgotten_three_months_after_the_end(need, candidate):
    ended = IntroductionFactory(need=need, candidate=candidate, closed=True)
    going_on = IntroductionFactory(
        need=need, candidate=CandidateFactory(territory=need.partner.territory), agreed=True
    )
    for introduction in (ended, going_on):
        IntroductionMessageFactory(introduction=introduction)
        introduction.moves.update(note="Disponible en mars")

    assert purge(now=NOW + timedelta(days=80))["introductions"] == 0
    assert purge(now=NOW + timedelta(days=95))["introductions"] == 1
    assert purge(now=NOW + timedelta(days=95))["introductions"] == 0

    assert list(IntroductionMessage.objects.values_list("introduction", flat=True)) == [
        going_on.pk
    ]
    assert set(ended.moves.values_list("note", flat=True)) == {""}
    assert set(going_on.moves.values_list("note", flat=True)) == {"Disponible en mars"}


def test_merged_profile_brings_its_introductions_and_gives_them_back(
    need, candidate, territory, neighbour, recruiter
):
    double = CandidateFactory(territory=territory)
    shared = IntroductionFactory(need=need, candidate=double, agreed=True)
    own = IntroductionFactory(
        need=NeedFactory(partner=neighbour, published=True), candidate=double
    )
    IntroductionFactory(need=need, candidate=candidate, agreed=True)

    merge = merge_candidates(kept=candidate, absorbed=double, by=None, now=LATER)

    # Two were open for one need: the one of the kept profile goes on.
    assert [read(shared).candidate, read(own).candidate] == [candidate, candidate]
    assert ends(shared, own) == [("closed", "merged"), ("proposed", "")]
    assert reason_shown(read(shared), Side.PARTNER) == ""
    unmerge_candidates(merge=merge, by=None, now=LATER)
    assert [read(shared).candidate, read(own).candidate] == [double, double]
    assert ends(shared, own) == [("agreed", ""), ("proposed", "")]


def test_of_two_introductions_to_one_need_the_further_goes_on_and_nobody_is_told(
    need, candidate, territory, recruiter
):
    double = CandidateFactory(territory=territory)
    first = IntroductionFactory(need=need, candidate=candidate)
    further = IntroductionFactory(need=need, candidate=double, answered=True)
    choice = PlanChoice.objects.create(
        candidate=double, need=need, kind=PlanChoiceKind.EXCLUDE, at=NOW
    )

    merge = merge_candidates(kept=candidate, absorbed=double, by=None, now=LATER)

    assert ends(first, further) == [("closed", "merged"), ("answered", "")]
    choice.refresh_from_db()
    assert (read(further).candidate, choice.candidate) == (candidate, candidate)
    mail.outbox.clear()
    run_due(clock=lambda: LATER + timedelta(hours=1))
    # But the person: the structure no longer reads their name.
    assert [one.to for one in mail.outbox] == [[candidate.email]]
    unmerge_candidates(merge=merge, by=None, now=LATER)
    choice.refresh_from_db()
    assert ends(first, further) == [("proposed", ""), ("answered", "")]
    assert (read(further).candidate, choice.candidate) == (double, double)


def test_name_shown_by_one_profile_is_not_shown_by_the_one_that_absorbs_it(
    need, candidate, territory, recruiter
):
    double = CandidateFactory(territory=territory)
    introduction = IntroductionFactory(need=need, candidate=double, agreed=True)

    merge_candidates(kept=candidate, absorbed=double, by=None, now=LATER)

    assert read(introduction).candidate == candidate
    assert named_to(recruiter, introduction) is False


def test_person_agrees_again_after_a_merge_and_the_clock_starts_again(
    need, candidate, territory, recruiter, notice
):
    introduction = IntroductionFactory(
        need=need, candidate=CandidateFactory(territory=territory), agreed=True
    )
    merge_candidates(kept=candidate, absorbed=introduction.candidate, by=None, now=LATER)
    mail.outbox.clear()
    later = NOW + timedelta(days=30)

    with pytest.raises(ProofMissing):
        services.agree_again(
            introduction=read(introduction), notice=notice, by=None, now=later, channel="phone"
        )
    services.agree_again(introduction=read(introduction), notice=notice, by=None, now=later)

    after = read(introduction)
    assert (after.state, after.answer_due_on) == ("agreed", answer_due_on(territory.pk, now=later))
    assert named_to(recruiter, introduction) is True
    run_due(clock=lambda: later + timedelta(minutes=1))
    assert [one.to for one in mail.outbox] == [[recruiter.email]]
    with pytest.raises(services.NothingToAgreeTo):
        services.agree_again(introduction=after, notice=notice, by=None, now=later)


def asked_after(merge_of, *, then=None):
    """The mails that leave a quarter of an hour after a merge, once `then` was done."""
    run_due(clock=lambda: LATER)
    mail.outbox.clear()
    merge = merge_candidates(**merge_of, by=None, now=LATER)
    run_due(clock=lambda: LATER + timedelta(minutes=9))
    if then is not None:
        then(merge)
    run_due(clock=lambda: LATER + timedelta(minutes=15))
    return [one for one in mail.outbox if "de nouveau" in one.subject or "again" in one.subject]


@pytest.mark.parametrize("has_account", [True, False])
def test_person_is_asked_again_by_mail_after_a_merge(need, territory, recruiter, has_account):
    subject = DataSubjectFactory(**({} if has_account else {"user": None}))
    facts = {"email": "alix@exemple.test", "language": "en"}
    kept = CandidateFactory(territory=territory, subject=subject, **facts)
    double = CandidateFactory(territory=territory, subject__user=None)
    IntroductionFactory(need=need, candidate=double, agreed=True)

    (message,) = asked_after({"kept": kept, "absorbed": double})

    assert message.to == [subject.user.email if has_account else "alix@exemple.test"]
    text, (html, _kind) = message.body, message.alternatives[0]
    for body in (text, html):
        # An account is written to in its own language, French here.
        said = "ne lit donc plus votre nom" if has_account else "no longer reads your name"
        assert said in body
        assert need.partner.name in body
        assert ("/mises-en-relation/miennes/" in body) is has_account


def test_nobody_is_asked_again_once_the_merge_is_undone(need, candidate, territory, recruiter):
    double = CandidateFactory(territory=territory, subject__user=None)
    IntroductionFactory(need=need, candidate=double, agreed=True)

    def undo(merge):
        unmerge_candidates(merge=merge, by=None, now=LATER + timedelta(minutes=9))

    assert asked_after({"kept": candidate, "absorbed": double}, then=undo) == []
    assert not OutboxTask.objects.filter(key__startswith="introductions-ask-again").exists()


@pytest.mark.parametrize("case", ["agreed", "limited", "nothing agreed"])
def test_nobody_is_asked_again_who_agreed_meanwhile_or_is_limited(
    need, candidate, territory, recruiter, notice, case
):
    double = CandidateFactory(territory=territory, subject__user=None)
    agreed = case != "nothing agreed"
    introduction = IntroductionFactory(need=need, candidate=double, agreed=agreed)

    def then(_merge):
        now = LATER + timedelta(minutes=9)
        if case == "agreed":
            services.agree_again(introduction=read(introduction), notice=notice, by=None, now=now)
        if case == "limited":
            limit_subject(subject=candidate.subject, by=None, now=now)

    assert asked_after({"kept": candidate, "absorbed": double}, then=then) == []


def test_round_mends_what_no_service_saw(need, candidate, neighbour):
    of_closed_need = IntroductionFactory(need=need, candidate=candidate)
    of_who_left = IntroductionFactory(
        need=NeedFactory(partner=neighbour, published=True), candidate=candidate
    )
    type(need).objects.filter(pk=need.pk).update(status="filled")
    type(neighbour).objects.filter(pk=neighbour.pk).update(left_at=NOW)

    assert services.end_what_cannot_go_on(now=LATER) == 2

    assert ends(of_closed_need, of_who_left) == [
        ("closed", "need_closed"),
        ("closed", "partner_left"),
    ]
    assert services.end_what_cannot_go_on(now=LATER) == 0

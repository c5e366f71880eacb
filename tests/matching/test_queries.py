from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from ancrage.accounts.policy import permitted
from ancrage.kit.links import LinkExpired, LinkForged
from ancrage.matching.enums import CloseReason, IntroductionState, Side
from ancrage.matching.models import Introduction
from ancrage.matching.queries import (
    Answers,
    IntroductionFilter,
    ProposalAnswered,
    answer_days,
    answer_token,
    answers_in,
    board_of,
    given_answer,
    introductions_matching,
    late_introductions,
    proposal_token,
    proposed_introduction,
    state_counts,
    with_naming,
)
from ancrage.partners.enums import CommitmentKind
from tests.factories import (
    CandidateFactory,
    CharterFactory,
    CommitmentFactory,
    IntroductionFactory,
    MembershipFactory,
    NeedFactory,
    ProfessionFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


def rows(user):
    return permitted(user, "introductions.view", Introduction.objects.all())


def found(user, on=TODAY, sort="-since", **asked):
    search = IntroductionFilter(**asked)
    return list(introductions_matching(with_naming(rows(user), user), search, on=on, sort=sort))


def test_each_reader_has_their_own_rows(territory, partner, neighbour, coordinator, recruiter):
    user = UserFactory()
    person = CandidateFactory(territory=territory, user=user)
    need = NeedFactory(partner=partner, published=True)
    elsewhere = NeedFactory(partner=neighbour, published=True)
    agreed = IntroductionFactory(need=need, candidate=person, agreed=True)
    proposed = IntroductionFactory(need=elsewhere, candidate=person)
    asked = IntroductionFactory(
        need=elsewhere, candidate=CandidateFactory(territory=territory), origin="partner"
    )

    def keys(reader):
        return set(rows(reader))

    assert keys(user) == {agreed, proposed}
    assert keys(recruiter) == {agreed}
    assert keys(MembershipFactory(partner=neighbour).user) == {asked}
    assert keys(coordinator) == {agreed, proposed, asked}
    assert keys(TerritoryRoleFactory().user) == set()
    assert keys(TerritoryRoleFactory(territory=territory, institution=True).user) == set()
    assert keys(AnonymousUser()) == set()


def test_search_reads_posts_and_only_the_names_one_may_read(
    territory, partner, recruiter, coordinator
):
    need = NeedFactory(partner=partner, published=True, profession=ProfessionFactory(code="nurse"))
    named = IntroductionFactory(
        need=need,
        candidate=CandidateFactory(territory=territory, last_name="Visible"),
        agreed=True,
    )
    hidden = IntroductionFactory(
        need=need,
        candidate=CandidateFactory(territory=territory, last_name="Visiblement"),
        origin="partner",
    )

    assert found(recruiter, text="visible") == [named]
    assert set(found(coordinator, text="VISIBLE")) == {named, hidden}
    assert set(found(recruiter, text="hopital")) == {named, hidden}
    assert found(recruiter, text="hopital visible") == [named]
    assert found(recruiter, text="autre") == []


def test_filters_narrow_and_sort(territory, partner, neighbour, coordinator):
    nurse = ProfessionFactory(code="nurse")
    late = IntroductionFactory(
        need=NeedFactory(partner=partner, published=True, profession=nurse),
        agreed=True,
        answer_due_on=TODAY - timedelta(days=1),
    )
    fresh = IntroductionFactory(
        need=NeedFactory(partner=neighbour, published=True),
        agreed=True,
        state_since=NOW + timedelta(hours=1),
    )

    assert found(coordinator) == [fresh, late]
    assert found(coordinator, sort="since") == [late, fresh]
    assert found(coordinator, sort="due") == [late, fresh]
    assert found(coordinator, sort="partner") == [late, fresh]
    assert found(coordinator, sort="couleur") == [fresh, late]
    assert found(coordinator, late=True) == [late]
    assert found(coordinator, partner=neighbour) == [fresh]
    assert found(coordinator, profession=nurse) == [late]
    assert found(coordinator, state="closed") == []
    assert found(coordinator, origin="person") == []


def test_steps_are_counted_whatever_step_is_asked(territory, need, coordinator):
    IntroductionFactory(need=need, agreed=True)
    IntroductionFactory(need=need, closed=True)

    counts = state_counts(
        with_naming(rows(coordinator), coordinator), IntroductionFilter(state="offer"), on=TODAY
    )

    assert {state: count for state, count in counts.items() if count} == {
        IntroductionState.AGREED: 1,
        IntroductionState.CLOSED: 1,
    }


def test_board_shows_what_waits_longest_first_and_recent_hires(need, coordinator):
    young = IntroductionFactory(need=need, agreed=True)
    old = IntroductionFactory(need=need, agreed=True, state_since=NOW - timedelta(days=3))
    hired = IntroductionFactory(need=need, hired=True)
    IntroductionFactory(need=need, hired=True, state_since=NOW - timedelta(days=40))
    IntroductionFactory(need=need, closed=True)

    columns = board_of(with_naming(rows(coordinator), coordinator), IntroductionFilter(), on=TODAY)

    assert {state: found for state, found in columns.items() if found} == {
        IntroductionState.AGREED: [old, young],
        IntroductionState.HIRED: [hired],
    }


def test_board_is_two_queries(need, coordinator, django_assert_num_queries):
    IntroductionFactory.create_batch(3, need=need, agreed=True)

    mine = with_naming(rows(coordinator), coordinator)

    with django_assert_num_queries(2):
        board_of(mine, IntroductionFilter(), on=TODAY)


def test_charter_says_how_many_days_and_ten_without_it(territory):
    assert answer_days(territory) == 10

    charter = CharterFactory(territory=territory, published_at=NOW)
    assert answer_days(territory) == 10
    CommitmentFactory(charter=charter, kind=CommitmentKind.ANSWER_DELAY, threshold=4)
    assert answer_days(territory) == 4


def test_late_is_what_waits_past_its_day(need):
    day = TODAY + timedelta(days=10)
    waiting = IntroductionFactory(need=need, agreed=True)
    IntroductionFactory(need=need, answered=True)

    assert list(late_introductions(Introduction.objects.all(), on=day)) == []
    assert list(late_introductions(Introduction.objects.all(), on=day + timedelta(days=1))) == [
        waiting
    ]


def test_answers_are_measured_over_those_that_were_due(territory, partner, neighbour):
    need = NeedFactory(partner=partner, published=True)
    IntroductionFactory(need=need, answered=True)
    IntroductionFactory(need=need, closed=True)
    IntroductionFactory(need=need, answered=True, answered_at=NOW + timedelta(days=12))
    IntroductionFactory(need=need, agreed=True)
    IntroductionFactory(need=need)
    # The person left before any answer was due.
    IntroductionFactory(
        need=need,
        closed=True,
        answered_at=None,
        closed_by=Side.PERSON,
        close_reason=CloseReason.TIMING,
    )
    IntroductionFactory(need=NeedFactory(partner=neighbour, published=True), agreed=True)
    IntroductionFactory(
        need=NeedFactory(partner=neighbour, published=True),
        closed=True,
        answered_at=None,
        closed_by=Side.COORDINATION,
        close_reason=CloseReason.NO_ANSWER_FROM_PARTNER,
        ended_at=NOW + timedelta(days=20),
    )

    before = answers_in(territory, on=TODAY + timedelta(days=9))
    after = answers_in(territory, on=TODAY + timedelta(days=11))

    assert before == {partner.pk: Answers(2, 3), neighbour.pk: Answers(0, 1)}
    assert after == {partner.pk: Answers(2, 4), neighbour.pk: Answers(0, 2)}
    assert answers_in(territory, on=TODAY + timedelta(days=400)) == {}


def test_links_refuse_what_is_old_cut_or_answered(need, candidate):
    row = IntroductionFactory(need=need, candidate=candidate)
    token = proposal_token(row, now=NOW)

    assert proposed_introduction(token, now=NOW + timedelta(days=30)) == row
    with pytest.raises(LinkExpired):
        proposed_introduction(token, now=NOW + timedelta(days=31))
    with pytest.raises(LinkForged):
        proposed_introduction(token[:-2], now=NOW)
    with pytest.raises(LinkForged):
        given_answer(token, now=NOW)
    Introduction.objects.update(
        state="closed", close_reason="other", closed_by="person", ended_at=NOW
    )
    with pytest.raises(ProposalAnswered):
        proposed_introduction(token, now=NOW)
    row.delete()
    with pytest.raises(LinkExpired):
        proposed_introduction(token, now=NOW)


def test_link_that_shows_an_answer_lasts_a_day_and_names_one_step(need, candidate):
    row = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    step = row.moves.get(after="agreed")
    token = answer_token(step)

    assert given_answer(token, now=NOW + timedelta(hours=23)).move == step
    with pytest.raises(LinkExpired):
        given_answer(token, now=NOW + timedelta(hours=25))
    step.delete()
    with pytest.raises(LinkForged):
        given_answer(token, now=NOW)

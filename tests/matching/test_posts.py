"""The file of a shared post: from the agreement of each employer to the one need, and back."""

from datetime import timedelta

import pytest
from django.core import mail

from ancrage.kit.outbox import run_due
from ancrage.matching.enums import PartAnswer, PostEnd, PostState, SetAside, Vehicle
from ancrage.matching.models import PostChoice, SharedPost
from ancrage.matching.services import posts
from ancrage.matching.services.moving import tell_later
from ancrage.matching.services.posts.errors import (
    FractionGone,
    FractionTaken,
    NoPostStepToUndo,
    NotALead,
    NothingToAnswer,
    PartOfSharedPost,
    PostChangedMeanwhile,
    PostHasIntroductions,
    PostStepNotAllowed,
    PostUndoTooLate,
    RefusalNeedsReason,
    SharesDoNotAddUp,
    TermsMissing,
)
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.needs.services import fill_need, publish_need, undo_last_change, withdraw_need
from tests.factories import IntroductionFactory, PartnerFactory
from tests.factories.moments import NOW, TODAY
from tests.factories.posts import STARTS_ON, fractions_of, shared_post

pytestmark = pytest.mark.django_db
HOW = {"by": None, "now": NOW}


@pytest.fixture
def needs(partner, neighbour):
    return fractions_of(partner, neighbour)


@pytest.fixture
def asked(needs):
    return shared_post(*needs, asked=True)


def read(post):
    return SharedPost.objects.select_related("territory", "lead", "need").get(pk=post.pk)


def agree_all(post):
    for part in post.parts.order_by("pk"):
        posts.answer_part(part=part, agrees=True, **HOW)
    return read(post)


def statuses(needs):
    return [Need.objects.get(pk=need.pk).status for need in needs]


def to_open(needs):
    return [posts.PartToOpen(need, "1m") for need in needs]


def test_opened_file_shares_costs_by_time_and_is_led_by_the_largest_part(needs, partner):
    post = posts.open_shared_post(parts=to_open(needs), travel=20, **HOW)

    assert (post.state, post.lead, post.starts_on) == ("proposed", partner, needs[0].starts_on)
    rows = post.parts.order_by("pk")
    assert [(one.fte, one.cost_percent, one.copy) for one in rows] == [(60, 60, 1), (40, 40, 1)]


def test_fraction_is_in_one_live_file_only(needs, neighbour, territory):
    third = fractions_of(PartnerFactory(territory=territory), ftes=(50,))
    first = posts.open_shared_post(parts=to_open(needs), travel=0, **HOW)

    with pytest.raises(FractionTaken):
        posts.open_shared_post(parts=to_open([needs[0], *third]), travel=0, **HOW)
    posts.give_up_post(post=first, reason=PostEnd.MISTAKE, **HOW)

    posts.open_shared_post(parts=to_open([needs[0], *third]), travel=0, **HOW)
    assert SharedPost.objects.count() == 2


def test_need_of_several_posts_holds_as_many_fractions(needs):
    Need.objects.update(positions=2)
    rows = Need.objects.select_related("partner").order_by("pk")

    copies = [
        list(post.parts.order_by("pk").values_list("copy", flat=True))
        for post in [
            posts.open_shared_post(parts=to_open(rows), travel=0, **HOW) for _turn in range(2)
        ]
    ]

    assert copies == [[1, 1], [2, 2]]
    with pytest.raises(FractionTaken):
        posts.open_shared_post(parts=to_open(rows), travel=0, **HOW)


def test_employers_are_asked_by_mail_once_there_are_terms(needs, partner, recruiter):
    post = posts.open_shared_post(parts=to_open(needs), travel=0, **HOW)
    parts = {one.pk: posts.PartTerms(50) for one in post.parts.all()}
    terms = {"vehicle": Vehicle.SECONDMENT, "starts_on": STARTS_ON, "parts": parts}
    with pytest.raises(TermsMissing):
        posts.ask_employers(post=post, **HOW)
    with pytest.raises(NotALead):
        posts.set_terms(post=post, revision=1, lead=PartnerFactory(), **terms, **HOW)
    with pytest.raises(PostChangedMeanwhile):
        posts.set_terms(post=post, revision=7, lead=partner, **terms, **HOW)
    short = terms | {"parts": {key: posts.PartTerms(40) for key in parts}}
    with pytest.raises(SharesDoNotAddUp):
        posts.set_terms(post=post, revision=1, lead=partner, **short, **HOW)

    posts.set_terms(post=post, revision=1, lead=partner, **terms, **HOW)
    posts.ask_employers(post=post, **HOW)
    run_due(clock=lambda: NOW)

    assert post.state == PostState.STUDIED
    assert recruiter.email in [one.to[0] for one in mail.outbox]


def test_new_terms_ask_again_whoever_had_agreed(asked, partner):
    part = asked.parts.order_by("pk")[0]
    posts.answer_part(part=part, agrees=True, **HOW)
    asked = read(asked)
    parts = {one.pk: posts.PartTerms(50) for one in asked.parts.all()}

    posts.set_terms(
        post=asked,
        revision=asked.revision,
        vehicle=Vehicle.LOAN,
        lead=partner,
        starts_on=STARTS_ON,
        parts=parts,
        by=None,
        now=NOW + timedelta(hours=1),
    )

    assert set(asked.parts.values_list("answer", flat=True)) == {PartAnswer.ASKED}
    with pytest.raises(NothingToAnswer):
        posts.answer_part(part=part, agrees=True, **HOW)


def test_last_agreement_makes_one_need_and_keeps_the_others_aside(asked, needs, partner):
    post = agree_all(asked)

    assert post.state == PostState.AGREED
    need = post.need
    assert (need.partner, need.fte_hundredths, need.status) == (partner, 100, "published")
    assert need.description.startswith("Poste partagé entre Hôpital fictif, Voisine fictive.")
    assert need.unit == "Poste partagé avec Voisine fictive"
    assert statuses(needs) == [NeedStatus.PAUSED, NeedStatus.PAUSED]


def test_part_of_a_carried_post_is_not_published_by_itself(asked, needs):
    agree_all(asked)

    with pytest.raises(PartOfSharedPost):
        publish_need(need=Need.objects.get(pk=needs[1].pk), **HOW)


def test_need_of_several_posts_loses_one_and_finds_it_again(asked, needs):
    Need.objects.filter(pk=needs[1].pk).update(positions=3)

    post = agree_all(asked)
    kept = Need.objects.get(pk=needs[1].pk)
    posts.give_up_post(post=post, reason=PostEnd.NOBODY_FOUND, **HOW)

    assert (kept.positions, kept.status) == (2, NeedStatus.PUBLISHED)
    assert Need.objects.get(pk=needs[1].pk).positions == 3


def test_agreement_waits_for_every_need_to_be_open(asked, needs):
    withdraw_need(need=needs[1], reason="unfunded", **HOW)
    first, second = asked.parts.order_by("pk")
    posts.answer_part(part=first, agrees=True, **HOW)

    with pytest.raises(FractionGone):
        posts.answer_part(part=second, agrees=True, **HOW)
    assert read(asked).state == PostState.STUDIED


def test_refusal_says_why_is_told_to_the_coordination_and_may_be_asked_again(asked, coordinator):
    part = asked.parts.order_by("pk")[1]
    with pytest.raises(RefusalNeedsReason):
        posts.answer_part(part=part, agrees=False, **HOW)

    posts.answer_part(part=part, agrees=False, reason="days", note="Pas le lundi", **HOW)
    run_due(clock=lambda: NOW)

    assert [one.to for one in mail.outbox] == [[coordinator.email]]
    assert "Pas le lundi" not in mail.outbox[0].body
    posts.ask_again(part=part, by=None, now=NOW + timedelta(hours=1))
    part.refresh_from_db()
    assert (part.answer, part.refusal) == (PartAnswer.ASKED, "")
    assert agree_all(asked).state == PostState.AGREED


def test_filling_the_common_need_fills_the_parts_and_undoing_opens_them(asked, needs):
    post = agree_all(asked)

    fill_need(need=post.need, **HOW)
    filled = statuses(needs)
    undo_last_change(need=Need.objects.get(pk=post.need.pk), **HOW)

    assert filled == [NeedStatus.FILLED, NeedStatus.FILLED]
    assert statuses(needs) == [NeedStatus.PAUSED, NeedStatus.PAUSED]


def test_file_runs_then_ends(asked, needs):
    post = agree_all(asked)
    with pytest.raises(PostStepNotAllowed):
        posts.end_post(post=post, ends_on=TODAY, **HOW)

    posts.sign_post(post=post, signed_on=TODAY, **HOW)
    posts.start_post(post=post, **HOW)
    running = statuses([*needs, post.need])
    posts.end_post(post=post, ends_on=TODAY, **HOW)

    assert running == [NeedStatus.FILLED] * 3
    assert (post.state, post.ends_on) == (PostState.ENDED, STARTS_ON)
    assert not post.parts.filter(is_live=True).exists()


def test_giving_up_returns_the_needs_and_is_remembered_until_taken_back(asked, needs):
    post = agree_all(asked)
    together = f"{needs[0].pk} {needs[1].pk}"

    step = posts.give_up_post(post=post, reason=PostEnd.NOBODY_FOUND, **HOW)
    given_back = statuses(needs)
    remembered = list(PostChoice.objects.values_list("needs", "kind"))
    posts.undo_post_step(post=post, step=step, **HOW)

    assert given_back == [NeedStatus.PUBLISHED, NeedStatus.PUBLISHED]
    assert remembered == [(together, "exclude")]
    assert PostChoice.objects.count() == 0
    assert statuses([*needs, post.need]) == ["paused", "paused", "published"]
    assert post.parts.filter(is_live=True, set_aside=SetAside.PAUSED).count() == 2


def test_last_agreement_is_taken_back_while_nobody_is_introduced(asked, needs):
    post = agree_all(asked)
    need, step = post.need, posts.last_post_step(post)
    introduction = IntroductionFactory(need=need)
    with pytest.raises(PostHasIntroductions):
        posts.undo_post_step(post=post, step=step, **HOW)
    introduction.delete()

    posts.undo_post_step(post=read(post), step=step, **HOW)

    assert statuses([*needs, need]) == ["published", "published", "withdrawn"]
    answers = list(post.parts.order_by("pk").values_list("answer", flat=True))
    assert (read(post).state, answers) == (PostState.STUDIED, ["agreed", "asked"])


def test_step_is_taken_back_within_a_day_by_its_last_reader(needs):
    post = shared_post(*needs, asked=True)
    last = posts.last_post_step(post)
    with pytest.raises(PostUndoTooLate):
        posts.undo_post_step(post=post, step=last, by=None, now=NOW + timedelta(hours=25))

    posts.undo_post_step(post=post, step=last, **HOW)

    assert (post.state, set(post.parts.values_list("answer", flat=True))) == (
        PostState.PROPOSED,
        {PartAnswer.NOT_ASKED},
    )
    with pytest.raises(NoPostStepToUndo):
        posts.undo_post_step(post=post, step=posts.last_post_step(post), **HOW)


def test_giving_up_is_not_taken_back_once_a_fraction_is_elsewhere(needs, territory):
    post = shared_post(*needs)
    step = posts.give_up_post(post=post, reason=PostEnd.BETTER, **HOW)
    third = fractions_of(PartnerFactory(territory=territory), ftes=(50,))
    posts.open_shared_post(parts=to_open([needs[0], *third]), travel=0, **HOW)

    with pytest.raises(FractionTaken):
        posts.undo_post_step(post=post, step=step, **HOW)


def test_other_employers_learn_that_an_introduction_moves_without_a_name(asked, neighbour):
    post = agree_all(asked)
    run_due(clock=lambda: NOW)
    mail.outbox.clear()
    introduction = IntroductionFactory(need=post.need, agreed=True)
    tell_later(step=introduction.moves.get(after="agreed"), now=NOW)
    run_due(clock=lambda: NOW)
    run_due(clock=lambda: NOW)

    told = [one for one in mail.outbox if one.to == [neighbour.contact_email]]
    assert len(told) == 1
    assert introduction.candidate.last_name not in told[0].body

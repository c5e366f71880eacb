"""Two people at once, as two real processes: one does, the other is told."""

from datetime import date

import pytest

from ancrage.candidates.models import Candidate
from ancrage.matching import services
from ancrage.matching.enums import Side
from ancrage.matching.models import Introduction, SharedPost, SharedPostPart
from ancrage.matching.services import posts
from ancrage.needs.models import Need
from ancrage.privacy.notices import current_notice
from tests.factories import (
    CandidateFactory,
    IntroductionFactory,
    NeedFactory,
    PartnerFactory,
    TerritoryFactory,
)
from tests.factories.moments import NOW
from tests.factories.posts import fractions_of, shared_post
from tests.processes import FORK, Shared

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shared(transactional_db, tmp_path):
    return Shared(tmp_path)


def together(shared, act, *arguments):
    """Run `act` in two processes that both have read what they change before either writes."""
    ready = FORK.Barrier(2)
    both = [shared.start(act, ready, number, *arguments) for number in range(2)]
    return sorted(running.end() for running in both)


def refusals(ends):
    return [sentence.split(":")[0] for outcome, sentence in ends if outcome == "raised"]


def read(pk):
    return Introduction.objects.select_related(
        "candidate__subject", "need__partner", "need__profession", "partner"
    ).get(pk=pk)


def hire(ready, number, pks):
    row = read(pks[number])
    ready.wait(20)
    services.hire(
        introduction=row, starts_on=date(2027, 1, 4), side=Side.PARTNER, by=None, now=NOW
    )
    return number


def answer(ready, number, pk):
    row = read(pk)
    ready.wait(20)
    if number:
        services.refuse_introduction(introduction=row, by=None, now=NOW)
    else:
        services.agree_introduction(
            introduction=row, notice=current_notice("identity"), by=None, now=NOW
        )
    return number


def propose(ready, number, candidate_pk, need_pk):
    candidate = Candidate.objects.select_related("subject").get(pk=candidate_pk)
    need = Need.objects.select_related("partner").get(pk=need_pk)
    ready.wait(20)
    services.propose_introduction(candidate=candidate, need=need, by=None, now=NOW)
    return number


def two_offers():
    first = IntroductionFactory(offer=True)
    second = IntroductionFactory(
        need=NeedFactory(published=True, partner__territory=first.territory),
        candidate=first.candidate,
        offer=True,
    )
    return [first.pk, second.pk]


def proposal():
    return IntroductionFactory().pk


def pair():
    need = NeedFactory(published=True)
    return CandidateFactory(territory=need.partner.territory).pk, need.pk


def ends_of_all():
    rows = Introduction.objects.order_by("state").values_list("state", "close_reason")
    return list(rows), Need.objects.filter(status="filled").count()


def steps_of(pk):
    return read(pk).moves.exclude(before="").count()


def how_many():
    return Introduction.objects.count()


def test_two_structures_hire_one_person_in_the_same_second(shared):
    pks = shared.call(two_offers)

    ends = together(shared, hire, pks)

    assert refusals(ends) == ["PersonNoLongerAvailable"]
    assert shared.call(ends_of_all) == ([("closed", "hired_elsewhere"), ("hired", "")], 1)


def test_yes_and_no_to_one_proposal_in_the_same_second(shared):
    pk = shared.call(proposal)

    ends = together(shared, answer, pk)

    assert refusals(ends) == ["IntroductionChangedMeanwhile"]
    assert shared.call(steps_of, pk) == 1


def test_two_proposals_of_one_pair_in_the_same_second(shared):
    candidate, need = shared.call(pair)

    ends = together(shared, propose, candidate, need)

    assert refusals(ends) == ["AlreadyIntroduced"]
    assert shared.call(how_many) == 1


def open_post(ready, number, pks):
    """One common fraction, and one of one's own: number 0 or 1."""
    needs = Need.objects.select_related("partner").in_bulk(pks)
    parts = [posts.PartToOpen(needs[pk], "1m") for pk in (pks[0], pks[number + 1])]
    ready.wait(20)
    posts.open_shared_post(parts=parts, travel=0, by=None, now=NOW)
    return number


def agree_part(ready, number, pks):
    part = SharedPostPart.objects.select_related("post").get(pk=pks[number])
    ready.wait(20)
    posts.answer_part(part=part, agrees=True, by=None, now=NOW)
    return number


def three_fractions():
    partners = PartnerFactory.create_batch(3, territory=TerritoryFactory())
    return [need.pk for need in fractions_of(*partners, ftes=(50, 50, 50))]


def two_parts_asked():
    partners = PartnerFactory.create_batch(2, territory=TerritoryFactory())
    post = shared_post(*fractions_of(*partners), asked=True)
    return [part.pk for part in post.parts.order_by("pk")]


def posts_now():
    return list(SharedPost.objects.values_list("state", flat=True)), Need.objects.count()


def test_two_files_take_one_fraction_in_the_same_second(shared):
    pks = shared.call(three_fractions)

    ends = together(shared, open_post, pks)

    assert refusals(ends) == ["FractionTaken"]
    assert shared.call(posts_now) == (["proposed"], 3)


def test_two_employers_agree_in_the_same_second_and_one_need_is_born(shared):
    pks = shared.call(two_parts_asked)

    ends = together(shared, agree_part, pks)

    assert refusals(ends) == []
    assert shared.call(posts_now) == (["agreed"], 3)

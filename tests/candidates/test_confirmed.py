"""Invented people complete no small number: only those known to be somebody are counted."""

from datetime import timedelta

import pytest

from ancrage.candidates import services
from ancrage.candidates.models import Candidate, SearchEntry
from ancrage.candidates.queries import (
    CardCriteria,
    candidates_on_cards,
    card_groups,
    cards_matching,
    supply_of,
)
from ancrage.journeys.queries.figures import FigureFilter
from ancrage.journeys.services.figures import figures_of
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.models import DataSubject
from ancrage.privacy.notices import current_notice
from ancrage.privacy.services import give_consent, touch_subject
from tests.factories import (
    CandidateFactory,
    ContactRequestFactory,
    DataSubjectFactory,
    EpciFactory,
    ProfessionFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.factories.moments import NOW, TODAY
from tests.factories.territory import CommuneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def nurse():
    return ProfessionFactory()


@pytest.fixture
def commune():
    return CommuneFactory(epci=EpciFactory(siren="200067346"), latitude=47.1, longitude=-2.1)


@pytest.fixture
def crowd(territory, nurse, commune):
    def write(count, *, known, **facts):
        return [
            CandidateFactory(
                territory=territory,
                professions=[nurse],
                commune=commune,
                pooled=True,
                subject=DataSubjectFactory(
                    user=None, home=f"territory:{territory.pk}", is_confirmed=known
                ),
                **facts,
            )
            for _one in range(count)
        ]

    return write


def register(territory, nurse, commune, *, by=None):
    return services.register_candidate(
        territory=territory,
        by=by,
        now=NOW,
        agreed=[current_notice("talent_pool")],
        last_name="Fictive",
        email="inventee@exemple.test",
        commune=commune,
        professions=[{"profession": nurse}],
    )


def test_four_invented_people_do_not_show_the_fifth(territory, nurse, commune, crowd):
    crowd(1, known=True)
    for rank in range(4):
        services.register_candidate(
            territory=territory,
            by=None,
            now=NOW,
            agreed=[current_notice("talent_pool")],
            last_name=f"Inventée {rank}",
            email=f"inventee{rank}@exemple.test",
            commune=commune,
            professions=[{"profession": nurse}],
        )
    where = {"territories": [territory.pk], "partners": ()}

    assert Candidate.objects.filter(in_pool=True).count() == 5
    assert cards_matching(CardCriteria(), **where).cards == ()
    assert card_groups(CardCriteria(), nurse, **where).groups == ()
    assert list(candidates_on_cards([territory.pk], partners=())) == []
    found = supply_of(territory, since=TODAY, until=TODAY + timedelta(days=90))
    assert (found.by_profession, found.near(47.1, -2.1)) == ({nurse.pk: 1}, 1)
    figures = figures_of(FigureFilter(territory), on=TODAY, exact=False)
    assert figures.funnel.known is None


def test_invented_people_do_not_help_a_filter_to_single_somebody_out(territory, nurse, crowd):
    crowd(5, known=True, contracts=["cdi"])
    crowd(1, known=True, contracts=["locum"])
    crowd(4, known=False, contracts=["locum"])
    where = {"territories": [territory.pk], "partners": ()}

    everybody = cards_matching(CardCriteria(), **where)
    narrow = cards_matching(CardCriteria(contract="locum"), **where)
    groups = card_groups(CardCriteria(contract="locum"), nurse, **where)

    assert everybody.total == 10
    assert (narrow.cards, narrow.total, narrow.is_hidden) == ((), 0, True)
    assert (groups.groups, groups.total, groups.is_hidden) == ((), 0, True)


def test_coordination_still_counts_everybody_it_has_heard_of(territory, crowd):
    crowd(2, known=False)
    crowd(1, known=True)

    assert figures_of(FigureFilter(territory), on=TODAY, exact=True).funnel.known == 3


def test_whoever_registers_signed_in_counts_at_once(territory, nurse, commune):
    candidate = register(territory, nurse, commune, by=UserFactory())

    assert candidate.subject.is_confirmed is True
    assert SearchEntry.objects.get().counts is True


def test_ticking_a_box_on_a_public_page_proves_nobody(territory, nurse, commune):
    register(territory, nurse, commune)

    assert DataSubject.objects.get().is_confirmed is False
    assert SearchEntry.objects.get().counts is False


@pytest.mark.parametrize("way", ["answered", "noted", "heard", "claimed"])
def test_somebody_counts_once_they_are_known(territory, nurse, commune, way):
    candidate = register(territory, nurse, commune)
    subject, by = candidate.subject, UserFactory()

    if way == "answered":
        request = candidate.contact_requests.get()
        services.close_contact_request(request=request, answered=True, by=by, now=NOW)
    elif way == "noted":
        give_consent(
            subject=subject,
            purpose="identity",
            scope="partner:1",
            notice=current_notice("identity"),
            channel=ConsentChannel.PHONE,
            by=by,
            now=NOW,
            proof="Appel du jour",
        )
    elif way == "heard":
        touch_subject(subject=subject, now=NOW)
    else:
        services.claim_candidate(candidate=candidate, user=by, now=NOW)

    assert DataSubject.objects.get().is_confirmed is True
    assert SearchEntry.objects.get().counts is True


def test_request_closed_without_an_answer_proves_nobody(territory, nurse, commune):
    candidate = register(territory, nurse, commune)
    alone = ContactRequestFactory(territory=territory)
    by = UserFactory()

    for request, answered in ((candidate.contact_requests.get(), False), (alone, True)):
        services.close_contact_request(request=request, answered=answered, by=by, now=NOW)

    assert DataSubject.objects.get().is_confirmed is False


def test_answered_link_makes_somebody_of_a_waiting_profile(crowd):
    waiting = CandidateFactory(pending=True)

    services.confirm_candidate(candidate=waiting, user=None, by=None, now=NOW)

    assert DataSubject.objects.get(candidate=waiting).is_confirmed is True
    assert SearchEntry.objects.get(candidate=waiting).counts is True


def test_merged_profile_counts_with_the_one_that_is_known_until_parted(crowd):
    (known,), (unknown,) = crowd(1, known=True), crowd(1, known=False)

    merge = services.merge_candidates(kept=unknown, absorbed=known, by=UserFactory(), now=NOW)
    together = SearchEntry.objects.get(candidate=unknown).counts
    services.unmerge_candidates(merge=merge, by=UserFactory(), now=NOW)

    assert together is True
    assert SearchEntry.objects.get(candidate=unknown).counts is False
    assert SearchEntry.objects.get(candidate=known).counts is True

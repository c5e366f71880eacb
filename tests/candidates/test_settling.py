"""« Je ne cherche plus »: the card goes, what the person agreed to stays."""

from datetime import timedelta

import pytest

from ancrage.candidates import services
from ancrage.candidates.models import Candidate, SearchEntry
from ancrage.candidates.queries import SearchCriteria, search_candidates
from ancrage.kit.models import AuditLine
from ancrage.privacy.models import ConsentEntry, DataSubject
from ancrage.privacy.notices import current_notice
from ancrage.privacy.queries import consent_holds
from ancrage.privacy.scopes import viewer_of
from ancrage.privacy.services import SubjectFrozen, give_consent
from tests.factories import (
    CandidateFactory,
    ProfessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def standing(candidate):
    row = Candidate.objects.get(pk=candidate.pk)
    entry = SearchEntry.objects.get(candidate=candidate)
    return row.settled_at, row.in_pool, entry.in_pool, entry.is_settled


def test_card_goes_and_comes_back_with_the_agreement_untouched():
    user = UserFactory()
    candidate = CandidateFactory(pooled=True, user=user)
    how = {"candidate": candidate, "by": user}

    services.settle_candidate(now=LATER, **how)
    services.settle_candidate(now=LATER + timedelta(days=1), **how)
    assert standing(candidate) == (LATER, False, False, True)
    assert consent_holds(candidate.subject, "talent_pool") is True

    services.seek_again(now=LATER, **how)
    assert standing(candidate) == (None, True, True, False)
    assert ConsentEntry.objects.count() == 1
    lines = AuditLine.objects.order_by("pk").values_list("action", "actor")
    assert list(lines) == [("candidates.settle", user.pk), ("candidates.seek_again", user.pk)]
    assert DataSubject.objects.get().last_contact_at == LATER


def test_whoever_looks_again_without_having_agreed_is_not_shown():
    candidate = CandidateFactory(settled=True)

    services.seek_again(candidate=candidate, by=None, now=LATER)

    assert standing(candidate) == (None, False, False, False)


def test_agreement_given_meanwhile_waits_for_the_day_they_look_again():
    candidate = CandidateFactory(settled=True)

    give_consent(
        subject=candidate.subject,
        purpose="talent_pool",
        scope="",
        notice=current_notice("talent_pool"),
        channel="self",
        by=None,
        now=LATER,
    )
    assert standing(candidate) == (NOW, False, False, True)

    services.seek_again(candidate=candidate, by=None, now=LATER)
    assert standing(candidate) == (None, True, True, False)


def test_nothing_changes_while_the_profile_is_frozen_or_gone():
    candidate = CandidateFactory()
    DataSubject.objects.update(limited_at=NOW)
    with pytest.raises(SubjectFrozen):
        services.settle_candidate(candidate=candidate, by=None, now=LATER)
    DataSubject.objects.update(limited_at=None)
    services.erase_candidate(subject=candidate.subject, now=NOW)
    with pytest.raises(services.ProfileGone):
        services.seek_again(candidate=candidate, by=None, now=LATER)


def test_the_coordination_searches_among_those_who_look_or_do_not():
    territory = TerritoryFactory()
    viewer = viewer_of(TerritoryRoleFactory(territory=territory).user)
    looks = CandidateFactory(territory=territory)
    settled = CandidateFactory(territory=territory, settled=True)

    def found(is_settled):
        rows = search_candidates(SearchCriteria(is_settled=is_settled), viewer)
        return {row.candidate for row in rows}

    assert [found(asked) for asked in (None, False, True)] == [
        {looks, settled},
        {looks},
        {settled},
    ]


def test_merged_profile_no_longer_looks_if_either_did_not():
    territory, nurse = TerritoryFactory(), ProfessionFactory()
    facts = {"territory": territory, "professions": [nurse], "user": None}
    kept = CandidateFactory(pooled=True, **facts)
    absorbed = CandidateFactory(settled=True, **facts)

    merge = services.merge_candidates(kept=kept, absorbed=absorbed, by=None, now=LATER)
    assert standing(kept) == (NOW, False, False, True)

    services.unmerge_candidates(merge=merge, by=None, now=LATER)
    assert standing(kept) == (None, True, True, False)
    assert standing(absorbed) == (NOW, False, False, True)

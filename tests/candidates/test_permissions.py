import pytest

from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate, Document
from ancrage.privacy.models import DataSubject
from ancrage.privacy.notices import current_notice
from ancrage.privacy.services import give_consent, withdraw_consent
from tests.factories import (
    CandidateFactory,
    DocumentFactory,
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory():
    return TerritoryFactory()


def rows(user, permission, model=Candidate):
    return set(permitted(user, permission, model.objects.all()))


def agree(candidate, partner):
    give_consent(
        subject=candidate.subject,
        purpose="identity",
        scope=f"partner:{partner.pk}",
        notice=current_notice("identity"),
        channel="self",
        by=None,
        now=NOW,
    )


def test_structure_reads_a_name_only_while_its_person_agrees_and_no_file_by_that_alone(territory):
    chosen, neighbour = PartnerFactory.create_batch(2, territory=territory)
    recruiter = MembershipFactory(partner=chosen).user
    other = MembershipFactory(partner=neighbour).user
    candidate, silent = CandidateFactory.create_batch(2, territory=territory, pooled=True)
    DocumentFactory(candidate=candidate)
    DocumentFactory(candidate=silent)
    assert rows(recruiter, "candidates.identify") == set()

    agree(candidate, chosen)

    assert rows(recruiter, "candidates.identify") == {candidate}
    assert rows(recruiter, "candidate_files.read", Document) == set()
    assert rows(other, "candidates.identify") == set()
    assert rows(other, "candidate_files.read", Document) == set()
    withdraw_consent(
        subject=candidate.subject,
        purpose="identity",
        scope=f"partner:{chosen.pk}",
        channel="self",
        by=None,
        now=NOW,
    )
    assert rows(recruiter, "candidates.identify") == set()
    assert rows(recruiter, "candidate_files.read", Document) == set()


def test_structure_reads_the_pool_of_its_territory_only(territory):
    recruiter = MembershipFactory(partner=PartnerFactory(territory=territory)).user
    pooled = CandidateFactory(territory=territory, pooled=True)
    CandidateFactory(territory=territory)
    CandidateFactory(pooled=True)

    assert rows(recruiter, "candidates.cards") == {pooled}


def test_coordination_follows_its_territory_but_those_who_froze_their_profile(territory):
    coordinator = TerritoryRoleFactory(territory=territory).user
    active = CandidateFactory(territory=territory)
    waiting = CandidateFactory(territory=territory, pending=True)
    frozen = CandidateFactory(territory=territory)
    DataSubject.objects.filter(pk=frozen.subject_id).update(limited_at=NOW)
    CandidateFactory()

    for permission in ("view", "edit", "merge", "export"):
        assert rows(coordinator, f"candidates.{permission}") == {active, waiting}


def test_person_keeps_their_own_profile_even_frozen(territory):
    person = UserFactory()
    own = CandidateFactory(user=person, territory=territory)
    CandidateFactory(territory=territory)
    DataSubject.objects.filter(pk=own.subject_id).update(limited_at=NOW)

    assert rows(person, "candidates.edit") == {own}
    assert rows(person, "candidates.view") == set()


def test_writing_gives_no_right_to_read(territory):
    recruiter = MembershipFactory(partner=PartnerFactory(territory=territory)).user
    CandidateFactory(territory=territory)

    assert rows(recruiter, "candidates.enter") == set()
    assert rows(recruiter, "candidates.register") == set()

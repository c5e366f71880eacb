"""A structure that knew the person does not know their card again."""

import pytest
from django.test import Client

from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate, CandidateWord
from ancrage.candidates.services import note_employer
from ancrage.kit.models import AuditLine, OutboxTask
from ancrage.matching import services
from ancrage.matching.enums import Side
from ancrage.matching.models import Introduction
from ancrage.matching.queries import with_naming
from ancrage.matching.queries.board import IntroductionFilter, introductions_matching
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.services import withdraw_consent
from tests.factories import CandidateFactory, ConsentEntryFactory, IntroductionFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


def card_of(candidate):
    return Candidate.objects.values_list("card", flat=True).get(pk=candidate.pk)


def withdraw(candidate, purpose, scope):
    withdraw_consent(
        subject=candidate.subject,
        purpose=purpose,
        scope=scope,
        channel=ConsentChannel.SELF,
        by=None,
        now=NOW,
    )


def found_by(user, text):
    rows = with_naming(permitted(user, "introductions.list", Introduction.objects.all()), user)
    return list(introductions_matching(rows, IntroductionFilter(text=text), on=TODAY))


def test_hire_gives_the_card_another_name(candidate, need, recruiter):
    before = candidate.card
    introduction = IntroductionFactory(candidate=candidate, need=need, offer=True)

    services.hire(
        introduction=introduction, starts_on=TODAY, side=Side.PARTNER, by=recruiter, now=NOW
    )

    after = card_of(candidate)
    assert after != before
    assert list(CandidateWord.objects.filter(word=before.lower())) == []
    assert CandidateWord.objects.filter(word=after.lower()).get().candidate == candidate


def test_post_taken_elsewhere_gives_the_card_another_name(candidate, partner, coordinator):
    before = candidate.card

    note_employer(candidate=candidate, partner=partner, by=coordinator, now=NOW)

    assert card_of(candidate) != before


@pytest.mark.parametrize("purpose", ["identity", "talent_pool"])
def test_withdrawn_agreement_gives_the_card_another_name_once(candidate, partner, purpose):
    scope = f"partner:{partner.pk}" if purpose == "identity" else ""
    ConsentEntryFactory(subject=candidate.subject, purpose=purpose, scope=scope)
    before = candidate.card

    withdraw(candidate, purpose, scope)
    after = card_of(candidate)
    withdraw(candidate, purpose, scope)

    assert after != before
    assert card_of(candidate) == after


def test_profile_that_absorbed_another_is_called_otherwise_too(
    candidate, territory, partner, coordinator
):
    kept = CandidateFactory(territory=territory, user=None)
    ConsentEntryFactory(
        subject=candidate.subject, purpose="identity", scope=f"partner:{partner.pk}"
    )
    Candidate.objects.filter(pk=candidate.pk).update(status="merged", merged_into=kept)
    before = kept.card

    withdraw(candidate, "identity", f"partner:{partner.pk}")

    assert card_of(kept) != before


def test_nothing_tells_a_former_card_nor_ties_a_thread_to_a_card(
    candidate, need, recruiter, coordinator
):
    before = candidate.card
    introduction = IntroductionFactory(candidate=candidate, need=need, agreed=True)

    withdraw(candidate, "identity", f"partner:{need.partner_id}")

    after = card_of(candidate)
    client = Client()
    client.force_login(recruiter)
    addresses = (
        f"/mises-en-relation/{introduction.pk}/",
        "/mises-en-relation/liste/",
        "/mises-en-relation/export.csv",
    )
    pages = [client.get(address) for address in addresses]
    read = " ".join(page.getvalue().decode() for page in pages)
    lines = " ".join(f"{one.target_label} {one.changes}" for one in AuditLine.objects.all())
    mails = " ".join(str(one.payload) for one in OutboxTask.objects.all())
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert f"Profil n°\xa0{introduction.pk}" in read
    assert [card in read + lines + mails for card in (before, after)] == [False, False]


def test_structure_that_knows_the_name_does_not_find_it_by_a_card(
    candidate, need, recruiter, coordinator
):
    introduction = IntroductionFactory(candidate=candidate, need=need, agreed=True)

    assert found_by(recruiter, candidate.last_name) == [introduction]
    assert found_by(recruiter, candidate.card) == []
    assert found_by(recruiter, str(introduction.pk)) == [introduction]
    assert found_by(coordinator, candidate.card) == [introduction]

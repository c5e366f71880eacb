"""The files a person shows, introduction by introduction."""

from datetime import timedelta

import pytest

from ancrage.accounts.policy import permitted
from ancrage.kit.models import AuditLine
from ancrage.matching import services
from ancrage.matching.enums import CloseReason, Side
from ancrage.matching.models import Introduction, ShownDocument
from ancrage.privacy.models import AccessTrace
from ancrage.privacy.retention import purge
from ancrage.privacy.services import withdraw_consent
from tests.factories import (
    CandidateFactory,
    DocumentFactory,
    IntroductionFactory,
    MembershipFactory,
    NeedFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

URL = "/mises-en-relation/"


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def candidate(territory, nurse, person):
    return CandidateFactory(territory=territory, professions=[nurse], user=person)


@pytest.fixture
def agreed(need, candidate):
    return IntroductionFactory(need=need, candidate=candidate, agreed=True)


def read(introduction):
    return Introduction.objects.select_related("candidate__subject").get(pk=introduction.pk)


def files(user):
    rows = permitted(user, "introduction_files.read", ShownDocument.objects.all())
    return {row.document for row in rows}


def show(introduction, *documents, by=None):
    services.show_documents(introduction=read(introduction), documents=documents, by=by, now=NOW)


def test_structure_reads_the_files_chosen_for_it_while_it_may_read_the_name(
    agreed, candidate, recruiter, neighbour, need
):
    chosen, kept = DocumentFactory.create_batch(2, candidate=candidate)
    other = IntroductionFactory(
        need=NeedFactory(partner=neighbour, published=True), candidate=candidate, agreed=True
    )
    stranger = MembershipFactory(partner=neighbour).user

    show(agreed, chosen, DocumentFactory())
    show(other)

    assert (files(recruiter), files(stranger)) == ({chosen}, set())
    show(agreed, kept)
    show(agreed, kept)
    assert files(recruiter) == {kept}
    changes = [line.changes for line in AuditLine.objects.order_by("pk")]
    assert changes == [{"documents": [0, 1]}, {"documents": [1, 1]}]
    withdraw_consent(
        subject=candidate.subject,
        purpose="identity",
        scope=f"partner:{need.partner_id}",
        channel="self",
        by=None,
        now=NOW,
    )
    assert files(recruiter) == set()


def test_files_chosen_before_agreeing_are_read_by_nobody_and_those_of_what_is_over_neither(
    need, candidate, agreed, recruiter
):
    file = DocumentFactory(candidate=candidate)
    proposed = IntroductionFactory(
        need=NeedFactory(partner=need.partner, published=True), candidate=candidate
    )
    show(proposed, file)
    assert files(recruiter) == set()
    show(agreed, file)

    services.close_introduction(
        introduction=read(agreed),
        reason=CloseReason.OTHER_SKILLS,
        side=Side.PARTNER,
        by=recruiter,
        now=NOW,
    )

    assert files(recruiter) == set()
    with pytest.raises(services.PersonNoLongerAvailable):
        show(agreed)
    purge(now=NOW + timedelta(days=100))
    assert set(ShownDocument.objects.values_list("introduction", flat=True)) == {proposed.pk}


def test_person_chooses_on_the_sheet_and_the_structure_downloads(
    client, agreed, candidate, person, recruiter
):
    file = DocumentFactory(candidate=candidate, title="Mon CV")
    sheet = f"{URL}{agreed.pk}/"
    client.force_login(recruiter)
    assert "Mon CV" not in client.get(sheet).content.decode()
    client.force_login(person)
    assert "Documents montrés à la structure" in client.get(sheet).content.decode()

    client.post(f"{sheet}documents/", {"document": [file.pk, "x"]})

    client.force_login(recruiter)
    assert "Mon CV" in client.get(sheet).content.decode()
    AccessTrace.objects.all().erase()
    shown = ShownDocument.objects.get()
    response = client.get(f"{URL}documents/{shown.pk}/")
    assert response.content == b"%PDF-1.7 fictif"
    trace = AccessTrace.objects.get()
    assert (trace.viewer, trace.scope, trace.fields) == (
        recruiter,
        f"partner:{agreed.partner_id}",
        ["file"],
    )

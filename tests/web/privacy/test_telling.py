"""Those whom no mail reaches, as the coordination tells them that their data will be erased."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.candidates.services.indexing import index_candidates
from ancrage.kit.models import AuditLine
from ancrage.privacy.models import AccessTrace, DataSubject
from ancrage.privacy.terms import add_months
from ancrage.territory.models import Territory
from tests.factories import CandidateFactory, DataSubjectFactory, ParticipantFactory
from tests.factories.moments import NOW
from tests.web.accounts.support import faults_of

pytestmark = pytest.mark.django_db

LIST = reverse("privacy:telling_list")
OLD = add_months(NOW, -24)


def words(response: HttpResponse) -> str:
    assert faults_of(response.text) == []
    main = BeautifulSoup(response.text, "html.parser").main
    return " ".join(main.get_text(" ").split())


def listed(response: HttpResponse) -> list[str]:
    soup = BeautifulSoup(response.text, "html.parser")
    return [row.get_text(" ", strip=True) for row in soup.select("#results tbody th")]


def silent(territory: Territory, name: str, **facts: Any) -> DataSubject:
    """Somebody known by telephone only, whom somebody has to tell."""
    home = f"territory:{territory.pk}"
    facts = {"user": None, "home": home, "last_contact_at": OLD, "to_tell_since": NOW, **facts}
    subject = DataSubjectFactory(**facts)
    candidate = CandidateFactory(
        territory=territory,
        subject=subject,
        first_name="Alix",
        last_name=name,
        email="",
        phone="+33261910001",
    )
    index_candidates([candidate])
    return subject


def at(subject: DataSubject) -> str:
    return reverse("privacy:tell", args=[subject.pk])


def test_list_names_whom_to_tell_and_notes_the_reading(
    client: Client, coordinator: User, territory: Territory, django_assert_max_num_queries: Any
) -> None:
    first = silent(territory, "Fictive")
    guest = DataSubjectFactory(user=None, home=first.home, last_contact_at=OLD, to_tell_since=NOW)
    ParticipantFactory(subject=guest, first_name="Sacha", last_name="Fictif", email="")
    unknown = DataSubjectFactory(
        user=None, home=first.home, last_contact_at=NOW, to_tell_since=NOW
    )
    silent(territory, "Limitée", limited_at=NOW)
    silent(territory, "Ailleurs", home="territory:999999")
    silent(territory, "Prévenue", to_tell_since=None, warned_at=NOW)

    with django_assert_max_num_queries(20):
        page = client.get(LIST)

    said = words(page)
    assert listed(page) == [
        "Alix Fictive",
        "Sacha Fictif",
        f"Personne n°\N{NO-BREAK SPACE}{unknown.pk}",
    ]
    assert "02 61 91 00 01" in said
    assert "16 décembre 2026" in said
    traced = AccessTrace.objects.order_by("subject").values_list("subject", "purpose", "scope")
    assert list(traced) == [
        (first.pk, "identity", first.home),
        (guest.pk, "events", first.home),
    ]


def test_list_is_narrowed_by_name_and_the_fragment_is_that_of_the_page(
    client: Client, coordinator: User, territory: Territory
) -> None:
    silent(territory, "Fictive")
    silent(territory, "Inventée")

    page = client.get(LIST, {"q": "invent"})
    part = client.get(LIST, {"q": "invent"}, headers={"HX-Request": "true"})

    assert listed(page) == listed(part) == ["Alix Inventée"]
    assert "Personne ne correspond" in words(client.get(LIST, {"q": "introuvable"}))


def test_telling_somebody_is_noted_with_its_day_and_its_way(
    client: Client, coordinator: User, territory: Territory
) -> None:
    now = timezone.now()
    subject = silent(territory, "Fictive", to_tell_since=now, last_contact_at=add_months(now, -24))
    today = timezone.localdate(now).isoformat()
    assert "Téléphone : 02 61 91 00 01." in words(client.get(at(subject)))
    assert "1 personne à prévenir" in words(client.get(reverse("privacy:request_list")))
    given = {"answer": "told", "channel": "letter", "told_on": today}

    for wrong in ({"told_on": "2020-01-01"}, {"channel": ""}, {"answer": "perhaps"}):
        refused = client.post(at(subject), {**given, **wrong})
        assert refused.status_code == 422
        assert faults_of(refused.text) == []
    done = client.post(at(subject), given, follow=True)

    assert "C’est noté. Sans nouvelles d’elle, ses données sont effacées le" in words(done)
    assert "Personne n’est à prévenir" in words(done)
    subject.refresh_from_db()
    assert (subject.warned_at, subject.to_tell_since) == (now, None)
    line = AuditLine.objects.get(action="subject.warned")
    assert (line.actor, line.changes["told_by"]) == (coordinator, ["", "letter"])
    again = client.post(at(subject), given, follow=True)
    assert "n’est plus à prévenir" in words(again)
    sheet = client.get(reverse("candidates:detail", args=[subject.candidate.pk]))
    assert "Prévenue de l’effacement le" in words(sheet)


def test_somebody_told_stays_at_their_word(
    client: Client, coordinator: User, territory: Territory
) -> None:
    subject = silent(territory, "Fictive")
    sheet = client.get(reverse("candidates:detail", args=[subject.candidate.pk]))
    assert BeautifulSoup(sheet.text, "html.parser").main.find("a", href=at(subject))
    given = {"answer": "stays", "channel": "phone", "told_on": timezone.localdate().isoformat()}

    done = client.post(at(subject), given, follow=True)

    assert "veut rester suivie" in words(done)
    subject.refresh_from_db()
    assert subject.to_tell_since is None
    assert subject.last_contact_at > OLD
    assert client.get(at(subject), follow=True).redirect_chain == [(LIST, 302)]

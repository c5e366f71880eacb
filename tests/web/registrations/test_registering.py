"""Registering from the page of an event."""

import pytest
from django.core import mail
from django.urls import reverse

from ancrage.events.enums import EventState, PartyKind, QuestionKind, RegistrationState
from ancrage.events.models import Answer, Participant, Party
from ancrage.kit.outbox import run_due
from ancrage.privacy.models import ConsentEntry
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    ParticipantFactory,
    QuestionFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

ALIX = {"first_name": "Alix", "last_name": "Fictive", "email": "alix@exemple.test"}


def send(client, side, **typed):
    url = reverse("registrations:register", args=[side.event.slug, side.role])
    return client.post(url, {**ALIX, **typed})


def mails():
    mail.outbox.clear()
    run_due(clock=lambda: NOW, limit=None)
    return mail.outbox


def test_a_registration_gives_a_place_and_a_link(client, visitors):
    response = send(client, visitors, shares="on", organisation="Faculté fictive")

    person = Participant.objects.get()
    assert (person.full_name, person.state) == ("Alix Fictive", RegistrationState.REGISTERED)
    assert person.shares_sheet
    assert ConsentEntry.objects.get().scope == f"event:{visitors.event_id}"
    assert "Vous avez une place" in client.get(response.url).text
    (sent,) = mails()
    assert (sent.to, sent.subject) == (["alix@exemple.test"], "Votre inscription : Soirée fictive")
    assert "/evenements/moi/" in sent.body
    assert "Bonjour Alix," in sent.body
    assert sent.attachments[0][0] == "invitation.ics"


def test_without_the_box_nothing_is_shared(client, visitors):
    send(client, visitors)

    assert not Participant.objects.get().shares_sheet
    assert not ConsentEntry.objects.exists()


def test_a_full_side_tells_the_rank_on_the_page_and_by_mail(client, event, visitors):
    ParticipantFactory.create_batch(2, party__side=visitors)
    ParticipantFactory(party__side=visitors, state=RegistrationState.WAITING)

    response = send(client, visitors)

    assert "rang 2" in client.get(response.url).text
    (sent,) = mails()
    assert "au rang 2" in sent.body
    assert sent.attachments == []


def test_each_kind_of_question_is_kept_as_it_is_read(client, visitors):
    commune = CommuneFactory(name="Ville Fictive")
    yes = [["a", "Un"], ["b", "Deux"]]
    kinds = {
        QuestionKind.TEXT: ("Sport", ("Sport", [])),
        QuestionKind.LONG_TEXT: ("Deux\nlignes", ("Deux\nlignes", [])),
        QuestionKind.CHOICE: ("b", ("", ["b"])),
        QuestionKind.CHOICES: (["a", "b"], ("", ["a", "b"])),
        QuestionKind.YES_NO: ("no", ("", ["no"])),
        QuestionKind.NUMBER: ("25", ("25", [])),
        QuestionKind.DATE: ("2027-03-01", ("2027-03-01", [])),
        QuestionKind.COMMUNE: ("Ville Fictive", ("Ville Fictive", [commune.insee])),
        QuestionKind.LINK: ("https://video.test/1", ("https://video.test/1", [])),
    }
    asked = {kind: QuestionFactory(side=visitors, kind=kind, options=yes) for kind in kinds}

    send(client, visitors, **{f"question_{asked[kind].pk}": kinds[kind][0] for kind in kinds})

    kept = {row.question.kind: (row.text, row.codes) for row in Answer.objects.all()}
    assert kept == {kind: expected for kind, (_typed, expected) in kinds.items()}


@pytest.mark.parametrize(
    "typed",
    [
        "http://video.test/1",
        "javascript:alert(1)",
        "https://a:b@video.test/",
        "https://video",
        'https://video.test/"><script>',
        "https://[video.test/",
    ],
)
def test_a_video_is_a_link_to_a_secure_site(client, visitors, typed):
    question = QuestionFactory(side=visitors, kind=QuestionKind.LINK)

    response = send(client, visitors, **{f"question_{question.pk}": typed})

    assert response.status_code == 422
    assert "https://" in str(response.context["form"].errors)


def test_what_was_typed_is_kept_beside_the_errors(client, visitors):
    question = QuestionFactory(side=visitors, required=True, help_text="En quelques mots")

    response = send(client, visitors, last_name="", organisation="Cabinet fictif")

    form = response.context["form"]
    assert response.status_code == 422
    assert set(form.errors) == {"last_name", f"question_{question.pk}"}
    assert 'value="Cabinet fictif"' in response.text
    assert "En quelques mots" in response.text
    assert not Participant.objects.exists()


def test_what_has_no_place_in_free_text_is_read_again_once(client, visitors):
    first = send(client, visitors, remark="Je suis enceinte de six mois")

    assert first.status_code == 422
    assert "situation de famille" in first.text
    assert not Participant.objects.exists()
    send(client, visitors, remark="Je suis enceinte de six mois", read_again="on")
    assert Participant.objects.count() == 1


@pytest.mark.parametrize("name", ["Voir www.arnaque.test", "http://x.test", "a@b.test"])
def test_an_address_is_no_name(client, visitors, name):
    assert send(client, visitors, first_name=name).status_code == 422


def test_a_name_writes_no_line_and_no_markup_in_mails(client, visitors):
    send(client, visitors, first_name="<script>alert(1)</script>\r\nBcc: autre\r\n\r\nPayez")

    (sent,) = mails()
    assert sent.to == ["alix@exemple.test"]
    assert "Bonjour <script>alert(1)</script> Bcc: autre Payez," in sent.body
    assert "<script>" not in sent.alternatives[0][0]
    assert "script" not in sent.attachments[0][1]


def test_two_who_move_together_have_the_same_fate_and_each_a_link(client, visitors):
    send(client, visitors, first_name_1="Sam", last_name_1="Fictif", email_1="sam@exemple.test")

    party = Party.objects.get()
    assert party.kind == PartyKind.COUPLE
    assert [member.full_name for member in party.members.order_by("pk")] == [
        "Alix Fictive",
        "Sam Fictif",
    ]
    assert [one.to for one in mails()] == [["alix@exemple.test"], ["sam@exemple.test"]]


def test_a_team_sits_at_one_table(client, hosts):
    send(client, hosts, party_name="Maison fictive", last_name_1="Un", last_name_3="Trois")

    party = Party.objects.get()
    assert (party.kind, party.name, party.members.count()) == ("team", "Maison fictive", 3)


def test_two_people_need_two_addresses(client, visitors):
    response = send(client, visitors, last_name_1="Fictif", email_1="ALIX@exemple.test")

    assert set(response.context["form"].errors) == {"email_1"}


def test_a_known_address_reads_the_same_page_and_receives_its_link(client, visitors):
    known = ParticipantFactory(party__side=visitors, email="alix@exemple.test")

    response = send(client, visitors)

    assert Participant.objects.get() == known
    assert "Vous avez une place" in client.get(response.url).text
    (sent,) = mails()
    assert (sent.to, sent.subject) == (["alix@exemple.test"], "Votre lien : Soirée fictive")


def test_a_group_with_a_known_address_is_told_by_mail_alone(client, visitors):
    ParticipantFactory(party__side=visitors, email="sam@exemple.test")

    send(client, visitors, last_name_1="Fictif", email_1="sam@exemple.test")

    assert Participant.objects.count() == 1
    (sent,) = mails()
    assert sent.to == ["alix@exemple.test"]
    assert "sam@exemple.test" not in sent.body


def test_a_program_is_thanked_and_registered_nowhere(client, visitors):
    response = send(client, visitors, website="https://spam.test")

    assert response.status_code == 302
    assert not Participant.objects.exists()


def test_a_closed_event_leads_back_to_its_page(client, visitors):
    visitors.event.state = EventState.CLOSED
    visitors.event.save()

    assert send(client, visitors).url == "/evenements/soiree/"
    assert not Participant.objects.exists()


def test_a_candidate_finds_the_form_filled_in_and_is_recognised(client, visitors):
    candidate = CandidateFactory(first_name="Camille", last_name="Fictive")
    user = candidate.subject.user or UserFactory()
    candidate.subject.user = user
    candidate.subject.save()
    client.force_login(user)

    page = client.get(reverse("registrations:register", args=["soiree", "visitor"]))
    assert page.context["form"].initial["first_name"] == "Camille"
    send(client, visitors, email=user.email)

    person = Participant.objects.get()
    assert (person.candidate, person.subject) == (candidate, candidate.subject)


def test_somebody_else_registered_by_a_reader_is_not_taken_for_them(client, visitors):
    user = UserFactory()
    client.force_login(user)

    send(client, visitors)

    assert Participant.objects.get().subject.user is None


@pytest.mark.parametrize("address", ["connu@exemple.test", "inconnu@exemple.test"])
def test_a_lost_link_says_the_same_whatever_the_address(client, event, visitors, address):
    ParticipantFactory(party__side=visitors, email="connu@exemple.test")

    response = client.post(reverse("registrations:lost_link", args=["soiree"]), {"email": address})

    assert response.url == "/evenements/soiree/lien/envoye/"
    assert len(mails()) == (address == "connu@exemple.test")

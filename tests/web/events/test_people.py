"""The participants: looked for, read, written, given a place, grouped, exported."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from openpyxl import load_workbook

from ancrage.events.enums import PartyKind, RegistrationState, RuleKind
from ancrage.events.models import Answer, PairRule, Participant, Question
from ancrage.kit.models import AuditLine
from ancrage.privacy.models import AccessTrace
from ancrage.privacy.services import erase_subject, limit_subject
from tests.factories import NeedFactory, ParticipantFactory, PartnerFactory, PartyFactory
from tests.factories.moments import NOW
from tests.web.events.test_settings import _sent

pytestmark = pytest.mark.django_db


def _person(side, **facts):
    return ParticipantFactory(party=PartyFactory(side=side), **facts)


def _url(person, name, *more):
    return reverse(f"events:{name}", args=[person.event_id, person.pk, *more])


def _names(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [row.get_text() for row in page.select("tbody th a")]


@pytest.fixture
def days(visitors):
    return Question.objects.create(
        side=visitors,
        position=1,
        kind="choices",
        label="Quels jours ?",
        options=[["mon", "Lundi"], ["tue", "Mardi"], ["wed", "Mercredi"]],
    )


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Zoé Ábel", "Alix Martin"]),
        ({"q": "zoe abel"}, ["Zoé Ábel"]),
        ({"cote": "host"}, []),
        ({"etat": "waiting"}, ["Alix Martin"]),
        ({"presence": "awaited"}, ["Zoé Ábel"]),
        ({"origine": "import"}, []),
    ],
)
def test_people_are_looked_for(client, coordinator, event, hosts, visitors, asked, names):
    _person(visitors, first_name="Zoé", last_name="Ábel")
    _person(visitors, first_name="Alix", last_name="Martin", state="waiting")

    response = client.get(reverse("events:people", args=[event.pk]), asked)

    assert sorted(_names(response)) == sorted(names)


def test_list_asks_as_much_for_ten_people_as_for_one(
    client, coordinator, event, visitors, django_assert_max_num_queries
):
    for _number in range(10):
        _person(visitors)

    with django_assert_max_num_queries(16):
        client.get(reverse("events:people", args=[event.pk]))


def test_sheet_is_read_and_the_reading_noted(client, coordinator, visitors, days):
    person = _person(visitors, phone="+33240821234")
    Answer.objects.create(participant=person, question=days, codes=["mon", "wed"])

    response = client.get(_url(person, "participant"))

    assert "Lundi, Mercredi" in response.text
    assert "02 40 82 12 34" in response.text
    trace = AccessTrace.objects.get()
    assert (trace.subject, trace.viewer, trace.purpose) == (person.subject, coordinator, "events")


def test_sheet_of_somebody_limited_says_their_registration_only(
    client, coordinator, visitors, days
):
    person = _person(visitors)
    person.subject.limited_at = person.registered_at
    person.subject.save()

    response = client.get(_url(person, "participant"))

    assert person.badge in response.text
    assert person.last_name not in response.text
    assert person.email not in response.text
    assert _url(person, "person_edit") not in response.text
    assert client.get(_url(person, "person_edit")).status_code == 404


def test_nobody_limited_is_named_by_the_pages_nor_the_file(client, coordinator, event, visitors):
    limited = _person(visitors, first_name="Sacha", last_name="Retrait", organisation="Discrète")
    limit_subject(subject=limited.subject, by=None, now=NOW)
    mate = ParticipantFactory(party=limited.party, first_name="Lou", last_name="Fictif")
    alone = _person(visitors, first_name="Noa", last_name="Fictif")
    people, file = (
        reverse(f"events:{name}", args=[event.pk]) for name in ("people", "people_export")
    )

    pages = [
        client.get(people),
        client.get(people, {"q": "retrait"}),
        client.get(_url(mate, "participant")),
        # Whom they may be brought together with.
        client.get(_url(alone, "participant")),
        client.get(_url(limited, "person_cancel")),
        client.post(file, {"format": "csv", "reason": "Préparer les badges"}),
    ]

    for page in pages:
        assert "Retrait" not in page.text
        assert "Discrète" not in page.text
    assert _names(pages[0]) == ["Lou Fictif", "Noa Fictif", f"Badge {limited.badge}"]
    assert _names(pages[1]) == []
    assert limited.badge in pages[2].text
    assert limited.badge not in pages[-1].text


def test_nobody_limited_is_made_one_with_another(client, coordinator, event, visitors):
    kept = _person(visitors, first_name="Élo", last_name="Fictif", phone="")
    other = _person(visitors, first_name="Elo", last_name="FICTIF", phone="+33612345678")
    limit_subject(subject=other.subject, by=None, now=NOW)

    response = client.post(_url(kept, "merge", other.pk), follow=True)

    assert "Ce profil est gelé à la demande de la personne" in response.text
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.phone, other.last_name, other.cancelled_at) == ("", "FICTIF", None)


def test_erased_registration_is_not_taken_back(client, coordinator, visitors):
    person = _person(visitors)
    erase_subject(subject=person.subject, by=None, now=NOW)

    assert client.post(_url(person, "person_reinstate")).status_code == 404
    assert _url(person, "person_reinstate") not in client.get(_url(person, "participant")).text


def test_somebody_is_added_by_hand(client, coordinator, event, visitors, days):
    address = reverse("events:person_add", args=[event.pk, "visitor"])

    response = client.post(
        address,
        {
            "first_name": "Lou",
            "last_name": "Fictif",
            "email": "lou@exemple.test",
            "phone": "02 40 82 12 34",
            f"question_{days.pk}": ["mon"],
        },
    )

    person = Participant.objects.get()
    assert response["Location"] == _url(person, "participant")
    assert (person.phone, person.origin, person.state) == (
        "+33240821234",
        "organiser",
        "registered",
    )
    assert person.answers.get().codes == ["mon"]
    again = client.post(address, {"last_name": "Autre", "email": "LOU@exemple.test"})
    assert again.status_code == 422
    assert "déjà inscrite à cet événement" in again.text


def test_registration_is_changed_and_a_conflict_told(client, coordinator, visitors, days):
    person = _person(visitors)
    Answer.objects.create(participant=person, question=days, codes=["mon"])
    shown = client.get(_url(person, "person_edit"))
    sent = _sent(shown, organisation="Cabinet fictif", **{f"question_{days.pk}": ["mon", "tue"]})

    client.post(_url(person, "person_edit"), sent)

    person.refresh_from_db()
    assert (person.organisation, person.revision) == ("Cabinet fictif", 2)
    assert person.answers.get().codes == ["mon", "tue"]
    late = _sent(shown, remark="Arrive tard", **{f"question_{days.pk}": ["mon"]})
    response = client.post(_url(person, "person_edit"), late)
    assert response.status_code == 409
    page = BeautifulSoup(response.content, "html.parser")
    told = [row.th.text for row in page.select("main table tbody tr")]
    assert told == ["Cabinet, structure ou faculté", "Remarque pour l’organisation", days.label]
    ticked = page.select(f"input[name=question_{days.pk}][checked]")
    assert [box["value"] for box in ticked] == ["mon", "tue"]


def test_cancelled_place_goes_to_who_waits_and_can_be_taken_back(client, coordinator, visitors):
    leaving, _other = _person(visitors), _person(visitors)
    waiting = _person(visitors, state="waiting", first_name="Lou", last_name="Attend")

    response = client.post(_url(leaving, "person_cancel"), follow=True)

    assert "La place va à" in response.text
    assert "Lou Attend" in response.text
    waiting.refresh_from_db()
    assert waiting.state == RegistrationState.REGISTERED
    client.post(_url(leaving, "person_reinstate"))
    leaving.refresh_from_db()
    assert (leaving.state, leaving.cancelled_at) == (RegistrationState.WAITING, None)


def test_place_is_given_out_of_turn(client, coordinator, visitors):
    waiting = _person(visitors, state="waiting")

    client.post(_url(waiting, "person_place"))
    again = client.post(_url(waiting, "person_place"), follow=True)

    waiting.refresh_from_db()
    assert waiting.state == RegistrationState.REGISTERED
    assert "n’attend pas de place" in again.text


def test_two_people_become_a_couple_then_part(client, coordinator, visitors):
    one, other = _person(visitors), _person(visitors)

    client.post(
        _url(one, "party_join"),
        {"other": other.party_id, "kind": "couple", "name": "Les Fictif"},
    )

    other.refresh_from_db()
    assert other.party_id == one.party_id
    assert (other.party.kind, other.party.name) == (PartyKind.COUPLE, "Les Fictif")
    client.post(_url(other, "party_leave"))
    other.refresh_from_db()
    one.party.refresh_from_db()
    assert other.party_id != one.party_id
    assert (one.party.kind, one.party.name) == (PartyKind.SINGLE, "")


def test_meeting_imposed_on_one_and_forbidden_to_the_other_is_told(
    client, coordinator, hosts, visitors
):
    host = _person(hosts, first_name="Camille", last_name="Fictive").party
    one, other = _person(visitors), _person(visitors)
    how = {"event": host.event, "host": host, "at": NOW}
    PairRule.objects.create(visitor=one.party, kind=RuleKind.LOCKED, **how)
    PairRule.objects.create(visitor=other.party, kind=RuleKind.FORBIDDEN, **how)

    response = client.post(
        _url(one, "party_join"),
        {"other": other.party_id, "kind": "couple", "name": ""},
        follow=True,
    )

    assert "Vous aviez imposé une rencontre avec Camille Fictive" in response.text


def test_group_is_described(client, coordinator, hosts):
    person = _person(hosts)

    client.post(_url(person, "party_edit"), {"kind": "single", "name": "", "seats": "2"})

    person.party.refresh_from_db()
    assert person.party.seats == 2
    refused = client.post(_url(person, "party_edit"), {"kind": "team", "seats": "1"})
    assert refused.status_code == 422
    assert "Une personne seule." in refused.text


def test_host_comes_for_a_post_of_its_structure_only(client, coordinator, hosts, visitors):
    person, moving = _person(hosts, partner=PartnerFactory()), _person(visitors)
    ours = NeedFactory(partner=person.partner, published=True, reference="PORT-1")
    theirs = NeedFactory(published=True, reference="LARGE-9")
    said = {"kind": "single", "name": "", "seats": "1"}

    page = client.get(_url(person, "participant")).text
    assert "PORT-1" in page
    assert "LARGE-9" not in page
    assert "Poste pour lequel" not in client.get(_url(moving, "participant")).text
    assert client.post(_url(person, "party_edit"), {**said, "need": theirs.pk}).status_code == 422
    client.post(_url(person, "party_edit"), {**said, "need": ours.pk})

    person.party.refresh_from_db()
    assert person.party.need == ours


def test_people_are_exported_with_a_reason(client, coordinator, event, visitors, days):
    person = _person(visitors, first_name="Lou", last_name="=Fictif")
    Answer.objects.create(participant=person, question=days, codes=["tue"])
    address = reverse("events:people_export", args=[event.pk])
    assert client.post(address, {"format": "xlsx"}).status_code == 422

    response = client.post(address, {"format": "xlsx", "reason": "Préparer les badges"})

    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("Côté", "Prénom", "Nom")
    assert rows[1][-1] == "Mardi"
    assert rows[1][2].endswith("=Fictif")
    assert "Préparer les badges" in rows[2][0]
    assert AuditLine.objects.get().changes == {
        "count": [0, 1],
        "reason": ["", "Préparer les badges"],
    }
    assert AccessTrace.objects.get().fields == ["export"]


def test_export_asks_as_much_for_many_people_as_for_one(
    client, coordinator, event, visitors, days, django_assert_max_num_queries
):
    address = reverse("events:people_export", args=[event.pk])
    facts = {"format": "xlsx", "reason": "Préparer les badges"}
    _person(visitors)
    client.post(address, facts)
    for _number in range(3):
        Answer.objects.create(participant=_person(visitors), question=days, codes=["tue"])

    with django_assert_max_num_queries(17):
        client.post(address, facts)
    assert AccessTrace.objects.count() == 5


def test_duplicates_are_shown_and_one_is_kept(client, coordinator, event, visitors):
    kept = _person(visitors, first_name="Élo", last_name="Fictif")
    other = _person(visitors, first_name="Elo", last_name="FICTIF", phone="+33612345678")
    page = client.get(reverse("events:duplicates", args=[event.pk]))
    assert "Élo Fictif, deux fois" in page.text

    response = client.post(_url(kept, "merge", other.pk))

    kept.refresh_from_db()
    assert response["Location"] == _url(kept, "participant")
    assert kept.phone == "+33612345678"
    assert not client.get(reverse("events:duplicates", args=[event.pk])).context["likenesses"]


def test_two_people_who_look_alike_are_told_apart(client, coordinator, event, visitors):
    one = _person(visitors, first_name="Élo", last_name="Fictif")
    other = _person(visitors, first_name="Elo", last_name="FICTIF")
    page = reverse("events:duplicates", args=[event.pk])
    home = reverse("events:detail", args=[event.pk])
    assert "peut-être inscrite deux fois" in client.get(home).text
    assert "Doublons (1)" in client.get(reverse("events:people", args=[event.pk])).text

    told = client.post(_url(one, "apart", other.pk), follow=True)

    assert "1 paire déclarée deux personnes" in told.text
    assert not told.context["likenesses"]
    assert "deux fois" not in client.get(home).text
    client.post(_url(one, "compare_again", other.pk))
    assert len(client.get(page).context["likenesses"]) == 1


def test_file_of_a_side_is_offered_and_told_as_of_its_event(client, coordinator, event, visitors):
    page = client.get(reverse("events:people", args=[event.pk]))

    (_name, address) = page.context["imports"][0]
    form = client.get(address)
    chosen = BeautifulSoup(form.content, "html.parser").select_one("option[selected]")
    assert chosen["value"] == f"registrations|side:{visitors.pk}"
    assert chosen.text == "Inscriptions · Soirée fictive · internes et remplaçants"

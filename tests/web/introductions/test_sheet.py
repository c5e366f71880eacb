from datetime import timedelta

import pytest

from ancrage.candidates.services import merge_candidates, settle_candidate
from ancrage.matching.models import Introduction, IntroductionMessage
from ancrage.privacy.models import AccessTrace, ConsentEntry
from ancrage.privacy.services import erase_subject, withdraw_consent
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    EpciFactory,
    IntroductionFactory,
    IntroductionMessageFactory,
    NeedFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

URL = "/mises-en-relation/"


def sheet(row):
    return f"{URL}{row.pk}/"


@pytest.fixture
def agreed(need, candidate):
    return IntroductionFactory(need=need, candidate=candidate, agreed=True)


def test_structure_reads_the_name_it_was_given_and_the_reading_is_noted(
    client, agreed, owner, candidate
):
    client.force_login(owner)

    text = client.get(sheet(agreed)).content.decode()

    assert ("Alix Marqueur" in text, "alix@exemple.test" in text) == (True, True)
    trace = AccessTrace.objects.get()
    assert (trace.subject, trace.viewer, trace.scope, trace.purpose) == (
        candidate.subject,
        owner,
        f"partner:{agreed.partner_id}",
        "identity",
    )
    assert trace.fields == ["commune", "email", "first_name", "last_name", "phone"]


def test_structure_reads_nothing_more_at_the_next_request_once_the_person_withdrew(
    client, agreed, owner, candidate
):
    IntroductionMessageFactory(introduction=agreed, text="Mot de la personne")
    client.force_login(owner)
    assert "Mot de la personne" in client.get(sheet(agreed)).content.decode()

    withdraw_consent(
        subject=candidate.subject,
        purpose="identity",
        scope=f"partner:{agreed.partner_id}",
        channel="self",
        by=None,
        now=NOW + timedelta(minutes=1),
    )

    for address in (sheet(agreed), URL, f"{URL}liste/", f"{URL}export.csv"):
        response = client.get(address)
        text = b"".join(response).decode()
        assert [word in text for word in ("Marqueur", "alix@", "Mot de la personne")] == [
            False
        ] * 3
    assert "N’est plus disponible pour ce poste" in client.get(sheet(agreed)).content.decode()
    assert AccessTrace.objects.count() == 1


def test_neighbour_finds_no_trace_of_anything(client, agreed, rival):
    IntroductionMessageFactory(introduction=agreed, text="Mot de la personne")
    client.force_login(rival)

    assert client.get(sheet(agreed)).status_code == 404
    for address in (URL, f"{URL}liste/", f"{URL}liste/?q=marqueur", f"{URL}export.csv"):
        text = b"".join(client.get(address)).decode()
        assert [word in text for word in ("Alix", "alix@", "Hôpital", "Mot de la")] == [False] * 4


def test_each_side_reads_what_it_does_next(client, agreed, owner, person, coordinator, read):
    said = {}
    for name, reader in (("owner", owner), ("person", person), ("coordinator", coordinator)):
        client.force_login(reader)
        said[name] = read(client.get(sheet(agreed))).find(class_="alert").get_text()

    assert "Dites si vous souhaitez rencontrer cette personne" in said["owner"]
    assert "La structure a votre nom et doit vous répondre" in said["person"]
    assert "Relancez-la si le délai approche" in said["coordinator"]


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        ("agreed", ["Accepter de rencontrer", "Décliner"]),
        ("answered", ["Fixer un rendez-vous", "Faire une offre", "Clore"]),
        ("meeting", ["Faire une offre", "Déplacer le rendez-vous", "Clore"]),
        ("offer", ["Noter l’embauche", "Clore"]),
        ("hired", []),
        ("closed", []),
    ],
)
def test_structure_has_the_buttons_of_the_step(
    client, need, candidate, owner, read, state, buttons
):
    row = IntroductionFactory(need=need, candidate=candidate, **{state: True})
    client.force_login(owner)

    actions = read(client.get(sheet(row))).find(class_="page-head__actions")

    assert [one.get_text(strip=True) for one in actions.find_all(class_="button")] == buttons


def test_messages_go_both_ways_and_errors_keep_the_words(client, agreed, owner, person, read):
    client.force_login(owner)
    client.post(f"{sheet(agreed)}message/", {"text": "Quand venez-vous ?"})
    client.force_login(person)
    client.post(f"{sheet(agreed)}message/", {"text": "Jeudi <b>matin</b>"})

    empty = client.post(f"{sheet(agreed)}message/", {"text": " "})

    assert list(
        IntroductionMessage.objects.order_by("pk").values_list("side", "author", "text")
    ) == [
        ("partner", owner.pk, "Quand venez-vous ?"),
        ("person", person.pk, "Jeudi <b>matin</b>"),
    ]
    assert empty.status_code == 422
    assert "Écrivez votre message." in empty.content.decode()
    assert "Jeudi &lt;b&gt;matin" in empty.content.decode()
    assert read(empty).find("title").get_text().startswith("Erreur")


def test_nobody_writes_once_it_is_closed(client, need, candidate, owner, read):
    row = IntroductionFactory(need=need, candidate=candidate, closed=True)
    client.force_login(owner)

    assert read(client.get(sheet(row))).find("textarea") is None


def test_structure_reads_its_reason_the_person_reads_it_too_and_no_note(
    client, need, candidate, owner, person, coordinator
):
    row = IntroductionFactory(need=need, candidate=candidate, closed=True)
    row.moves.filter(after="closed").update(note="Trop junior")

    seen = {}
    for name, reader in (("owner", owner), ("person", person), ("coordinator", coordinator)):
        client.force_login(reader)
        text = client.get(sheet(row)).content.decode()
        seen[name] = ("Compétences attendues différentes" in text, "Trop junior" in text)

    assert seen == {
        "owner": (True, True),
        "person": (True, False),
        "coordinator": (True, True),
    }


def test_meeting_is_fixed_from_its_page_and_downloads_for_calendars(
    client, need, candidate, owner
):
    row = IntroductionFactory(need=need, candidate=candidate, answered=True)
    client.force_login(owner)
    assert client.get(f"{sheet(row)}rendez-vous.ics").status_code == 404

    past = client.post(
        f"{sheet(row)}rendez-vous/", {"meeting_at": "2026-11-16T08:00", "minutes": "30"}
    )
    done = client.post(
        f"{sheet(row)}rendez-vous/",
        {"meeting_at": "2026-11-20T14:30", "minutes": "45", "place": "Hall B"},
    )

    assert (past.status_code, done.status_code) == (422, 302)
    assert "Ce moment est déjà passé." in past.content.decode()
    row.refresh_from_db()
    assert (row.state, row.meeting_place) == ("meeting", "Hall B")
    calendar = client.get(f"{sheet(row)}rendez-vous.ics")
    assert calendar.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART:20261120T133000Z" in calendar.content.decode()
    assert "Marqueur" not in calendar.content.decode()
    form = client.get(f"{sheet(row)}rendez-vous/").context["form"]
    assert form["place"].value() == "Hall B"


def test_hire_from_its_page_fills_the_post(client, need, candidate, owner):
    row = IntroductionFactory(need=need, candidate=candidate, offer=True)
    client.force_login(owner)

    wrong = client.post(f"{sheet(row)}embauche/", {"starts_on": "2099-01-01"})
    done = client.post(f"{sheet(row)}embauche/", {"starts_on": "2027-01-04", "fills_post": "on"})

    assert (wrong.status_code, done.status_code) == (422, 302)
    row.refresh_from_db()
    need.refresh_from_db()
    assert (row.state, need.status) == ("hired", "filled")


def test_each_side_closes_with_its_own_reasons(client, need, candidate, owner, person, read):
    row = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    reasons = {}
    for name, reader in (("owner", owner), ("person", person)):
        client.force_login(reader)
        page = read(client.get(f"{sheet(row)}clore/"))
        reasons[name] = [one["value"] for one in page.find_all("input", {"name": "reason"})]

    assert reasons["owner"][0] == "partner:other_skills"
    assert reasons["person"][0] == "person:not_interested"
    wrong = client.post(f"{sheet(row)}clore/", {"reason": "partner:other_skills"})
    assert wrong.status_code == 422
    assert client.post(f"{sheet(row)}clore/", {"reason": "person:too_far"}).status_code == 302
    row.refresh_from_db()
    assert (row.close_reason, row.closed_by) == ("too_far", "person")


def test_coordination_takes_down_what_the_structure_said(client, agreed, coordinator):
    client.force_login(coordinator)

    client.post(f"{sheet(agreed)}clore/", {"reason": "partner:other_skills", "note": "Appel"})

    agreed.refresh_from_db()
    assert (agreed.close_reason, agreed.closed_by) == ("other_skills", "partner")
    assert agreed.answered_at == NOW


def test_page_of_a_step_that_is_past_says_so(client, need, candidate, owner):
    row = IntroductionFactory(need=need, candidate=candidate, closed=True)
    client.force_login(owner)

    response = client.post(f"{sheet(row)}clore/", {"reason": "partner:other"})

    assert response.status_code == 422
    assert "ne peut pas passer" in response.content.decode()


def test_person_says_yes_on_their_page(client, need, candidate, person, read):
    row = IntroductionFactory(need=need, candidate=candidate)
    client.force_login(person)
    page = read(client.get(f"{sheet(row)}accord/"))
    assert "cette structure, et elle seule" in page.get_text()

    client.post(f"{sheet(row)}accord/", {"answer": "agree"})

    row.refresh_from_db()
    assert (row.state, row.answer_due_on) == ("agreed", TODAY + timedelta(days=10))
    entry = ConsentEntry.objects.get(purpose="identity")
    assert (entry.given, entry.channel, entry.recorded_by) == (True, "self", person)


def test_person_says_no_without_a_reason(client, need, candidate, person):
    row = IntroductionFactory(need=need, candidate=candidate)
    client.force_login(person)

    assert client.post(f"{sheet(row)}accord/", {"answer": "peut-être"}).status_code == 422
    client.post(f"{sheet(row)}accord/", {"answer": "refuse"})

    row.refresh_from_db()
    assert (row.state, row.close_reason) == ("closed", "not_interested")
    again = client.post(f"{sheet(row)}accord/", {"answer": "agree"})
    assert again.status_code == 422


def test_coordination_notes_an_agreement_with_its_proof(client, need, candidate, coordinator):
    row = IntroductionFactory(need=need, candidate=candidate)
    client.force_login(coordinator)
    sent = {"channel": "phone", "proof": "Appel du 16", "read_to_them": "on"}

    bare = client.post(f"{sheet(row)}accord-recueilli/", {"channel": "phone"})
    client.post(f"{sheet(row)}accord-recueilli/", sent)
    twice = client.post(f"{sheet(row)}accord-recueilli/", sent)

    assert (bare.status_code, twice.status_code) == (422, 422)
    entry = ConsentEntry.objects.get(purpose="identity")
    assert (entry.channel, entry.proof, entry.recorded_by) == ("phone", "Appel du 16", coordinator)
    assert Introduction.objects.get().state == "agreed"


def test_own_page_puts_first_what_waits_for_the_person(client, need, candidate, person, partner):
    going_on = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    waiting = IntroductionFactory(
        need=NeedFactory(partner=partner, published=True),
        candidate=candidate,
        state_since=NOW - timedelta(days=9),
    )
    over = IntroductionFactory(
        need=NeedFactory(partner=partner, published=True), candidate=candidate, closed=True
    )
    IntroductionFactory(need=need, candidate=CandidateFactory(territory=need.partner.territory))
    client.force_login(person)

    open_page = client.get(f"{URL}miennes/")
    ended = client.get(f"{URL}miennes/", {"etat": "terminees"})

    assert [line["row"] for line in open_page.context["lines"]] == [waiting, going_on]
    assert [line["row"] for line in ended.context["lines"]] == [over]
    assert open_page.context["counts"] == {"open": 2, "ended": 1}


def test_own_page_costs_the_same_for_one_and_thirty(
    client, candidate, person, partner, django_assert_num_queries
):
    client.force_login(person)
    IntroductionFactory(need=NeedFactory(partner=partner, published=True), candidate=candidate)
    client.get(f"{URL}miennes/")

    with django_assert_num_queries(7):
        client.get(f"{URL}miennes/")
    for _rank in range(29):
        IntroductionFactory(need=NeedFactory(partner=partner, published=True), candidate=candidate)
    with django_assert_num_queries(7):
        client.get(f"{URL}miennes/")


def test_sheet_costs_the_same_for_one_and_thirty_messages(
    client, agreed, owner, django_assert_num_queries
):
    client.force_login(owner)
    IntroductionMessageFactory(introduction=agreed)
    client.get(sheet(agreed))

    with django_assert_num_queries(15):
        client.get(sheet(agreed))
    IntroductionMessageFactory.create_batch(29, introduction=agreed)
    with django_assert_num_queries(15):
        client.get(sheet(agreed))


def test_coordination_proposes_by_name_or_by_card(client, need, candidate, coordinator):
    client.force_login(coordinator)
    form = client.get(f"{URL}proposer/", {"profil": candidate.card}).context["form"]
    assert form["profil"].value() == candidate.card

    unknown = client.post(f"{URL}proposer/", {"profil": "personne", "besoin": need.pk})
    done = client.post(
        f"{URL}proposer/", {"profil": "marqueur alix", "besoin": need.pk, "message": "Voyez"}
    )
    twice = client.post(f"{URL}proposer/", {"profil": candidate.card, "besoin": need.pk})

    row = Introduction.objects.get()
    assert (row.candidate, row.need, done.url) == (candidate, need, sheet(row))
    assert (unknown.status_code, twice.status_code) == (422, 422)
    assert "déjà en relation" in twice.content.decode()


def test_words_that_several_profiles_answer_to_are_not_enough(
    client, need, candidate, coordinator, territory
):
    other = CandidateFactory(territory=territory, first_name="Alix", last_name="Autre")
    client.force_login(coordinator)

    response = client.post(f"{URL}proposer/", {"profil": "alix", "besoin": need.pk})

    assert response.status_code == 422
    [said] = response.context["form"].errors["profil"]
    assert f"Alix Autre ({other.card}), Alix Marqueur ({candidate.card})" in said


def test_structure_asks_from_a_card_for_one_of_its_posts(
    client, need, owner, territory, nurse, neighbour
):
    cards = CandidateFactory.create_batch(
        5, territory=territory, pooled=True, professions=[nurse], commune=CommuneFactory()
    )
    other = NeedFactory(partner=neighbour, published=True)
    elsewhere = NeedFactory(partner=need.partner, published=True)
    client.force_login(owner)
    address = f"{URL}demander/{cards[0].card}/"

    page = client.get(address)
    posts = [value for value, _label in page.context["form"].fields["besoin"].choices]
    foreign = client.post(address, {"besoin": other.pk})
    done = client.post(address, {"besoin": need.pk})

    assert cards[0].last_name not in page.content.decode()
    # The post of the card's profession comes first.
    assert posts == ["", need.pk, elsewhere.pk]
    assert foreign.status_code == 422
    row = Introduction.objects.get()
    assert (row.candidate, row.origin, done.url) == (cards[0], "partner", sheet(row))
    assert cards[0].last_name not in client.get(sheet(row)).content.decode()
    assert client.get(f"{URL}demander/INCONNUE/").status_code == 404


def test_person_applies_and_the_structure_reads_their_name(client, need, candidate, person, owner):
    client.force_login(person)
    address = f"{URL}candidater/{need.pk}/"
    assert "reçoit votre candidature" in client.get(address).content.decode()

    refused = client.post(address, {"message": "Bonjour"})
    done = client.post(address, {"message": "Bonjour", "agrees": "on"})

    assert refused.status_code == 422
    row = Introduction.objects.get()
    assert (row.state, row.origin, done.url) == ("agreed", "person", sheet(row))
    client.force_login(owner)
    text = client.get(sheet(row)).content.decode()
    assert ("Alix Marqueur" in text, "Bonjour" in text) == (True, True)


def test_applying_to_what_is_not_an_offer_is_not_found(client, candidate, person, partner):
    client.force_login(person)

    for need in (NeedFactory(partner=partner), NeedFactory(published=True, members_only=True)):
        assert client.get(f"{URL}candidater/{need.pk}/").status_code == 404


def test_whoever_has_no_profile_is_led_to_open_one(client, need, owner):
    client.force_login(owner)

    assert client.get(f"{URL}candidater/{need.pk}/").url == "/mon-profil/"


def test_request_held_by_the_charter_is_passed_on_from_its_sheet(
    client, need, candidate, person, owner, coordinator, read
):
    row = IntroductionFactory(
        need=need, candidate=candidate, origin="partner", through_coordination=True
    )
    client.force_login(person)
    assert client.get(sheet(row)).status_code == 404
    assert sheet(row) not in client.get(f"{URL}miennes/").content.decode()
    client.force_login(owner)
    shown = read(client.get(sheet(row))).main.get_text()
    assert ("Transmettre" in shown, "autre membre" in shown) == (False, False)
    assert "a_transmettre" not in client.get(f"{URL}liste/").content.decode()
    client.force_login(coordinator)
    assert "Des demandes attendent" in read(client.get(URL)).main.get_text()
    assert "autre membre" in read(client.get(sheet(row))).main.get_text()

    client.post(f"{sheet(row)}transmettre/")

    row.refresh_from_db()
    assert (row.relayed_at, row.is_held) == (NOW, False)
    assert "Des demandes attendent" not in read(client.get(URL)).main.get_text()
    again = client.post(f"{sheet(row)}transmettre/", follow=True)
    assert "n’attend plus d’être transmise" in read(again).get_text()
    client.force_login(person)
    assert client.get(sheet(row)).status_code == 200


def test_merged_person_is_asked_again_and_the_structure_waits(
    client, agreed, owner, person, candidate, territory
):
    kept = CandidateFactory(territory=territory, first_name="Alix", last_name="Marqueur")
    merge_candidates(kept=kept, absorbed=candidate, by=None, now=NOW)
    client.force_login(owner)
    page = client.get(sheet(agreed)).content.decode()
    assert ("redonner son accord" in page, "Accepter de rencontrer" in page) == (True, False)
    client.force_login(person)
    assert f"{URL}{agreed.pk}/accord/" in client.get(f"{URL}miennes/").content.decode()

    response = client.post(f"{sheet(agreed)}accord/", {"answer": "agree"})

    assert response.status_code == 302
    client.force_login(owner)
    page = client.get(sheet(agreed)).content.decode()
    assert ("Alix Marqueur" in page, "Accepter de rencontrer" in page) == (True, True)


def test_coordination_notes_the_agreement_given_again_with_its_proof(
    client, agreed, coordinator, candidate, territory
):
    kept = CandidateFactory(territory=territory)
    merge_candidates(kept=kept, absorbed=candidate, by=None, now=NOW)
    client.force_login(coordinator)
    address = f"{sheet(agreed)}accord-recueilli/"
    noted = {"channel": "phone", "proof": "Appel du 16 novembre", "read_to_them": "on"}

    assert client.post(address, noted | {"proof": ""}).status_code == 422
    assert client.post(address, noted).status_code == 302

    entry = ConsentEntry.objects.get(subject=kept.subject, purpose="identity")
    assert (entry.channel, entry.proof, entry.recorded_by) == (
        "phone",
        "Appel du 16 novembre",
        coordinator,
    )


@pytest.fixture
def pooled(territory, nurse):
    """Five people whose cards say as much; the first is asked for."""
    town = CommuneFactory(name="Bourg Marqué", epci=EpciFactory())
    return CandidateFactory.create_batch(
        5,
        territory=territory,
        professions=[nurse],
        commune=town,
        pooled=True,
        experience="years_2_5",
        first_name="Alix",
        last_name="Marqueur",
    )


def test_structure_reads_the_card_it_asked_for_until_a_name_is_known(
    client, need, pooled, owner, read
):
    row = IntroductionFactory(need=need, candidate=pooled[0], origin="partner")
    client.force_login(owner)

    text = read(client.get(sheet(row))).get_text(" ")

    words = ("De 2 à 5 ans", "CA Pornic Agglo", "Marqueur", pooled[0].card, "Bourg Marqué")
    assert [word in text for word in words] == [True, True, False, False, False]
    assert AccessTrace.objects.count() == 0


@pytest.mark.parametrize("hides", ["fewer than five", "named once", "over"])
def test_no_card_where_the_pool_shows_none_or_a_name_was_known(
    client, need, pooled, owner, read, hides
):
    facts = {"named once": {"agreed": True}, "over": {"state": "closed"}}.get(hides, {})
    if hides == "over":
        facts |= {"ended_at": NOW, "close_reason": "timing", "closed_by": "person"}
    row = IntroductionFactory(need=need, candidate=pooled[0], origin="partner", **facts)
    if hides == "named once":
        withdraw_consent(
            subject=pooled[0].subject,
            purpose="identity",
            scope=f"partner:{need.partner_id}",
            channel="self",
            by=None,
            now=NOW + timedelta(minutes=1),
        )
    if hides == "fewer than five":
        settle_candidate(candidate=pooled[1], by=None, now=NOW)
    client.force_login(owner)

    text = read(client.get(sheet(row))).get_text(" ")

    assert ("De 2 à 5 ans" in text, "Son identité ne vous est pas montrée" in text) == (
        False,
        True,
    )


def test_sheet_of_an_erased_hired_person_says_so_and_what_remains(
    client, need, candidate, owner, coordinator, read
):
    row = IntroductionFactory(need=need, candidate=candidate, hired=True)
    erase_subject(subject=candidate.subject, by=None, now=NOW)

    texts = []
    for reader in (owner, coordinator):
        client.force_login(reader)
        texts.append(read(client.get(sheet(row))).find("main").get_text(" "))

    said = ("Les données de cette personne sont effacées", "novembre 2026")
    wrong = (
        *("1, 3, 6 et 12 mois", "il y faut son accord", "Réponse attendue au plus tard"),
        *("Aucun message", "1 novembre", "Annuler la dernière étape"),
    )
    assert [[word in text for word in said] for text in texts] == [[True, True]] * 2
    assert [word for word in wrong for text in texts if word in text] == []


def test_structure_does_not_learn_that_whoever_left_before_was_erased(
    client, agreed, candidate, owner, read
):
    erase_subject(subject=candidate.subject, by=None, now=NOW)
    client.force_login(owner)

    text = read(client.get(sheet(agreed))).find("main").get_text(" ")

    assert ("sont effacées" in text, "N’est plus disponible pour ce poste" in text) == (
        False,
        True,
    )

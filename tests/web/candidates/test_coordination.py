import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate, CandidateMerge, DistinctPair
from ancrage.candidates.queries import confirm_token, duplicates_of
from ancrage.kit.models import AuditLine
from ancrage.privacy.models import AccessTrace, DataSubject
from ancrage.privacy.services import erase_subject, limit_subject
from tests.factories import CandidateFactory, DocumentFactory, ProofFactory, TerritoryFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

LIST = "/profils/"


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def shown(response):
    return [cell.find("a").get_text() for cell in soup(response).select("#results tbody th")]


def test_list_shows_the_people_of_the_territory_only(coordination, territory):
    mine = CandidateFactory(territory=territory)
    CandidateFactory(territory=TerritoryFactory())
    frozen = CandidateFactory(territory=territory)
    DataSubject.objects.filter(pk=frozen.subject_id).update(limited_at=NOW)
    frozen.search_entries.all().delete()
    waiting = CandidateFactory(territory=territory, pending=True)

    response = coordination.get(LIST)

    assert shown(response) == [mine.full_name]
    assert waiting.full_name in soup(response).get_text()
    assert frozen.full_name not in soup(response).get_text()


def test_list_is_filtered_from_the_address(coordination, territory, nurse, commune):
    here = CandidateFactory(
        territory=territory, professions=[nurse], commune=commune, contracts=["cdi"]
    )
    CandidateFactory(territory=territory, professions=[nurse], commune=None)
    address = {"metier": "nurse", "pres_de": "44131", "km": "20", "contrat": "cdi"}

    response = coordination.get(LIST, address)

    assert shown(response) == [here.full_name]
    assert shown(coordination.get(LIST, {"q": here.last_name.upper()})) == [here.full_name]
    assert shown(coordination.get(LIST, {"contrat": "locum", "pres_de": "44131"})) == []
    assert shown(coordination.get(LIST, {"metier": "n'importe", "le": "hier"})) != []


def test_coordination_notes_who_looks_for_no_post_and_lists_them(coordination, territory):
    CandidateFactory(territory=territory)
    settled = CandidateFactory(territory=territory)
    url = reverse("candidates:looking", args=[settled.pk])

    page = soup(coordination.post(url, {"cherche": "non"}, follow=True)).get_text()

    assert "Cette personne ne cherche plus de poste" in page
    assert shown(coordination.get(LIST, {"vivier": "arret"})) == [settled.full_name]
    assert "Cherche de nouveau" in page
    coordination.post(url, {"cherche": "oui"})
    assert Candidate.objects.get(pk=settled.pk).settled_at is None


def test_list_of_ending_proofs(coordination, territory, november):
    ending = CandidateFactory(territory=territory)
    ProofFactory(candidate=ending, expires_on="2026-12-01")
    CandidateFactory(territory=territory)

    assert shown(coordination.get(LIST, {"justificatif": "bientot"})) == [ending.full_name]


@pytest.mark.parametrize("count", [1, 25])
def test_list_takes_the_same_queries_whatever_its_length(
    coordination, territory, count, django_assert_max_num_queries
):
    CandidateFactory.create_batch(count, territory=territory)

    with django_assert_max_num_queries(19):
        assert len(shown(coordination.get(LIST))) == count


def test_page_after_swap_is_the_page_after_reload(coordination, territory, nurse):
    CandidateFactory.create_batch(2, territory=territory, professions=[nurse])

    whole = soup(coordination.get(LIST, {"metier": "nurse"})).find(id="results")
    part = soup(coordination.get(LIST, {"metier": "nurse"}, headers={"HX-Request": "true"})).find(
        id="results"
    )

    assert part == whole


def test_sheet_is_read_whole_and_the_reading_is_noted(coordination, coordinator, territory):
    candidate = CandidateFactory(territory=territory, note="Rappeler en janvier")
    ProofFactory(candidate=candidate)

    page = coordination.get(reverse("candidates:detail", args=[candidate.pk])).content.decode()

    assert candidate.email in page
    assert "Rappeler en janvier" in page
    employer, identity, support = AccessTrace.objects.order_by("purpose")
    assert employer.purpose == "current_employer"
    assert (identity.subject, identity.viewer, identity.purpose) == (
        candidate.subject,
        coordinator,
        "identity",
    )
    assert {"first_name", "email"} <= set(identity.fields)
    assert (support.purpose, "note" in support.fields) == ("support", True)


@pytest.mark.parametrize("count", [1, 5])
def test_sheet_takes_the_same_queries_whatever_hangs_on_it(
    coordination, territory, count, django_assert_max_num_queries
):
    candidate = CandidateFactory(territory=territory)
    ProofFactory.create_batch(count, candidate=candidate)
    DocumentFactory.create_batch(count, candidate=candidate)
    CandidateFactory.create_batch(count, territory=territory, email=candidate.email)

    with django_assert_max_num_queries(39):
        coordination.get(reverse("candidates:detail", args=[candidate.pk]))


def test_document_read_by_the_coordination_is_noted(coordination, territory):
    document = DocumentFactory(candidate=CandidateFactory(territory=territory))

    response = coordination.get(reverse("candidates:document", args=[document.pk]))

    assert response.content == b"%PDF-1.7 fictif"
    trace = AccessTrace.objects.get()
    assert (trace.purpose, trace.fields) == ("identity", ["file"])


def test_note_is_kept_by_the_coordination(coordination, territory):
    candidate = CandidateFactory(territory=territory)

    coordination.post(
        reverse("candidates:edit", args=[candidate.pk, "note"]),
        {"revision": "1", "note": "Préfère être appelée le soir."},
    )

    candidate.refresh_from_db()
    assert candidate.note == "Préfère être appelée le soir."


def test_original_seen_is_noted(coordination, coordinator, territory):
    proof = ProofFactory(candidate=CandidateFactory(territory=territory))

    coordination.post(reverse("candidates:proof_check", args=[proof.pk]), {"state": "seen"})
    coordination.post(reverse("candidates:proof_check", args=[proof.pk]), {"state": "magic"})

    proof.refresh_from_db()
    assert (proof.state, proof.checked_by) == ("seen", coordinator)


ENTERED = {
    "last_name": "Fictive",
    "email": "alix@exemple.test",
    "profession": "IDE",
    "information_proof": "Dit au téléphone le 12 novembre",
}


def test_coordination_enters_somebody_who_then_answers(
    coordination, client, territory, mailoutbox
):
    response = coordination.post(reverse("candidates:enter"), ENTERED)

    candidate = Candidate.objects.get()
    assert response.headers["Location"] == reverse("candidates:detail", args=[candidate.pk])
    assert candidate.status == CandidateStatus.PENDING
    client.logout()
    link = reverse("candidates:confirm", args=[confirm_token(candidate)])
    page = client.get(link).content.decode()
    assert "Dit au téléphone le 12 novembre" in page
    assert "checked" not in str(BeautifulSoup(page, "html.parser").find(id="id_pool"))

    done = client.post(link, {"answer": "accept", "pool": "on"})

    candidate.refresh_from_db()
    assert (done.status_code, candidate.status, candidate.in_pool) == (
        200,
        CandidateStatus.ACTIVE,
        True,
    )
    assert client.get(link).status_code == 410


def test_person_who_refuses_is_erased_at_once(client, territory):
    candidate = CandidateFactory(territory=territory, pending=True)
    link = reverse("candidates:confirm", args=[confirm_token(candidate)])

    assert client.post(link, {"answer": "perhaps"}).status_code == 422
    assert client.post(link, {"answer": "refuse"}).status_code == 200

    assert Candidate.objects.count() == 0
    assert client.get(link).status_code == 410


def test_forged_link_opens_nothing(client):
    assert client.get(reverse("candidates:confirm", args=["forge"])).status_code == 403


@pytest.mark.parametrize(("answer", "left"), [("accept", 1), ("refuse", 0)])
def test_answer_by_telephone_is_noted_with_its_proof(coordination, territory, answer, left):
    candidate = CandidateFactory(territory=territory, pending=True)
    page = reverse("candidates:note_answer", args=[candidate.pk])
    assert coordination.post(page, {"answer": answer, "channel": "phone"}).status_code == 422

    coordination.post(
        page, {"answer": answer, "channel": "phone", "proof": "Appel du 14", "pool": "on"}
    )

    assert Candidate.objects.filter(status=CandidateStatus.ACTIVE, in_pool=True).count() == left
    assert Candidate.objects.count() == left


def test_entry_without_information_comes_back_with_what_was_typed(coordination, territory):
    response = coordination.post(reverse("candidates:enter"), {**ENTERED, "information_proof": ""})

    assert response.status_code == 422
    assert soup(response).find(id="id_email")["value"] == "alix@exemple.test"
    assert Candidate.objects.count() == 0


def test_person_already_known_is_shown_before_a_second_profile(coordination, territory):
    known = CandidateFactory(territory=territory, email="alix@exemple.test")

    response = coordination.post(reverse("candidates:enter"), ENTERED)
    assert response.status_code == 422
    assert known.full_name in soup(response).get_text()

    coordination.post(reverse("candidates:enter"), {**ENTERED, "anyway": "on"})
    assert Candidate.objects.count() == 2


def test_structure_that_enters_somebody_known_does_not_learn_it(employer, territory, partner):
    # It could type the names of its own people, one after the other.
    typed = {**ENTERED, "partner": partner.pk}
    unknown = employer.post(reverse("candidates:enter"), typed)
    known = CandidateFactory(territory=territory, email="alix@exemple.test")

    asked = employer.post(reverse("candidates:enter"), typed)
    saved = employer.post(reverse("candidates:enter"), {**typed, "anyway": "on"})

    words = [soup(page).main.get_text(" ", strip=True) for page in (unknown, asked)]
    assert words[0] == words[1]
    assert saved.headers["Location"] == reverse("candidates:cards")
    entered = Candidate.objects.exclude(pk=known.pk).get()
    assert [one.candidate for one in duplicates_of(entered)] == [known]


def test_duplicates_are_compared_merged_and_parted(coordination, territory, nurse):
    kept = CandidateFactory(
        territory=territory, professions=[nurse], email="a@exemple.test", user=None
    )
    other = CandidateFactory(territory=territory, professions=[nurse], email="a@exemple.test")
    pairs = coordination.get(reverse("candidates:duplicates"))
    assert "même adresse électronique" in soup(pairs).get_text()
    merge = reverse("candidates:merge", args=[kept.pk, other.pk])
    assert coordination.get(merge).status_code == 200

    page = coordination.post(merge, follow=True)

    assert "n’en font plus qu’un" in page.content.decode()
    other.refresh_from_db()
    assert other.merged_into == kept
    done = CandidateMerge.objects.get()
    coordination.post(reverse("candidates:undo"), {"candidates": str(done.pk)})
    other.refresh_from_db()
    assert other.merged_into is None


def test_pairs_are_searched_filtered_and_handed_over_with_a_reason(coordination, territory):
    zoe, other = (
        CandidateFactory(
            territory=territory, first_name="Zoé", last_name=name, email="z@exemple.test"
        )
        for name in ("Fictive", "Fictif")
    )
    CandidateFactory.create_batch(2, territory=territory, phone="+33612345678", first_name="Ève")
    address = reverse("candidates:duplicates")

    def shown(**asked):
        page = soup(coordination.get(address, asked))
        return [row.th.get_text(strip=True) for row in page.select("#results tbody tr")]

    assert (len(shown()), len(shown(q="eve"))) == (2, 1)
    assert shown(q="zoe") == shown(pourquoi="email") == ["Zoé Fictive"]
    assert "Aucune paire" in coordination.get(address, {"q": "personne"}).content.decode()
    asks = f"{reverse('candidates:duplicates_export')}?q=zoe"
    assert coordination.post(asks, {"reason": "", "format": "csv"}).status_code == 422
    reason = "Ménage avec la coordination voisine"
    text = coordination.post(asks, {"reason": reason, "format": "csv"}).content.decode()
    assert ("z@exemple.test" in text, "Ève" in text, reason in text) == (True, False, True)
    told = AccessTrace.objects.filter(fields=["export"]).values_list("subject", flat=True)
    assert sorted(told) == sorted([zoe.subject_id, other.subject_id])


def test_two_people_are_no_longer_brought_together(coordination, territory, nurse):
    one = CandidateFactory(territory=territory, email="a@exemple.test")
    other = CandidateFactory(territory=territory, email="a@exemple.test")

    coordination.post(reverse("candidates:distinct", args=[other.pk, one.pk]))
    coordination.post(reverse("candidates:distinct", args=[one.pk, one.pk]))

    assert DistinctPair.objects.count() == 1
    assert "Aucun doublon" in coordination.get(reverse("candidates:duplicates")).content.decode()


def test_profiles_with_two_accounts_are_not_merged(coordination, territory, person):
    kept = CandidateFactory(territory=territory, user=person)
    other = CandidateFactory(territory=territory)
    DataSubject.objects.filter(pk=other.subject_id).update(user=CandidateFactory().subject.user)

    response = coordination.post(reverse("candidates:merge", args=[kept.pk, kept.pk]))

    assert response.status_code == 422


def test_export_asks_why_and_marks_the_file_and_each_person(coordination, coordinator, territory):
    people = CandidateFactory.create_batch(2, territory=territory)
    CandidateFactory()
    page = reverse("candidates:export")
    assert coordination.post(page, {"reason": "court", "format": "csv"}).status_code == 422

    response = coordination.post(page, {"reason": "Réunion du 20 novembre", "format": "csv"})

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in rows[1:-1]] == [
        one.last_name for one in sorted(people, key=lambda one: one.pk)
    ]
    assert coordinator.full_name in rows[-1][0]
    assert "Réunion du 20 novembre" in rows[-1][0]
    assert {trace.subject for trace in AccessTrace.objects.all()} == {
        one.subject for one in people
    }
    line = AuditLine.objects.get(action="candidates.export")
    assert line.changes == {"count": [0, 2], "reason": ["", "Réunion du 20 novembre"]}


def test_export_as_a_workbook(coordination, territory):
    CandidateFactory(territory=territory)

    response = coordination.post(
        reverse("candidates:export"), {"reason": "Réunion du 20 novembre", "format": "xlsx"}
    )

    assert response.content[:2] == b"PK"
    assert set(response.headers["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_coordination_enters_nobody_in_another_territory(coordination, client):
    TerritoryFactory(slug="ailleurs")
    elsewhere = f"{reverse('candidates:enter')}?territoire=ailleurs"

    assert client.get(elsewhere).status_code == 404
    assert client.post(elsewhere, ENTERED).status_code == 404
    assert Candidate.objects.count() == 0


def test_structure_enters_nobody_where_it_does_not_work(employer):
    TerritoryFactory(slug="ailleurs")

    response = employer.post(f"{reverse('candidates:enter')}?territoire=ailleurs", ENTERED)

    assert (response.status_code, Candidate.objects.count()) == (404, 0)


@pytest.mark.parametrize("how", ["erased", "frozen"])
def test_whoever_left_or_froze_their_profile_is_asked_first_and_not_named(
    coordination, territory, nurse, how
):
    known = CandidateFactory(
        territory=territory,
        professions=[nurse],
        first_name="Zéphyrine",
        email=ENTERED["email"],
    )
    if how == "erased":
        erase_subject(subject=known.subject, by=None, now=NOW)
    else:
        limit_subject(subject=known.subject, by=None, now=NOW)

    asked = coordination.post(reverse("candidates:enter"), ENTERED)
    entered = coordination.post(reverse("candidates:enter"), {**ENTERED, "anyway": "on"})

    assert (asked.status_code, asked.context["likenesses"], asked.context["is_asked"]) == (
        422,
        [],
        True,
    )
    assert "Zéphyrine" not in asked.text
    assert entered.status_code == 302

"""« Trouver un profil » for a need, by its structure and by the coordination."""

import csv
import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from ancrage.kit.models import AuditLine
from ancrage.privacy.models import AccessTrace
from tests.factories import ConsentEntryFactory, IntroductionFactory, ProfessionFactory

pytestmark = pytest.mark.django_db


def address(need):
    return reverse("finding:profiles", args=[need.pk])


def titles(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [
        " ".join(title.get_text().split()) for title in page.select("#results h2, #results h3")
    ]


def test_structure_reads_ranked_cards_with_their_reasons_and_no_name(
    employer, need, people, coast, inland, read
):
    near = people(5, coast, contracts=["cdi"], available_from=date(2027, 1, 1))
    far = people(5, inland, contracts=["locum"], available_from=date(2027, 1, 1))
    people(4, coast, professions=[ProfessionFactory(code="midwife")])

    response = employer.get(address(need))

    assert response.status_code == 200
    shown = titles(response)
    assert shown[0] == "Rien de connu ne s’y oppose (5)"
    assert shown[1:6] == sorted(f"Carte {one.card}" for one in near)
    assert shown[6] == "Une condition au moins manque (5)"
    assert shown[7:] == sorted(f"Carte {one.card}" for one in far)
    words = read(response)
    assert "Un contrat souhaité." in words
    assert "Un autre contrat est souhaité. Si la personne accepte ce contrat : CDI" in words
    assert "Droit d’exercer À vérifier Diplôme non dit." in words
    whole = response.content.decode()
    for secret in ("Zéphyrine", near[0].last_name, near[0].email, "06 12 34", "Bourgfictif"):
        assert secret not in whole


def test_structure_reads_nothing_that_a_card_does_not_print(employer, need, people, coast, read):
    """Hours, working time and reach weigh nothing: two people apart by them alone are alike."""
    people(4, coast)
    people(
        1,
        coast,
        fte_min_hundredths=10,
        fte_max_hundredths=20,
        works_nights=True,
        reach_km=1,
        available_until=date(2026, 12, 1),
    )

    page = BeautifulSoup(employer.get(address(need)).content, "html.parser")

    reasons = {str(one) for one in page.select("#results dl")}
    assert len(page.select("#results dl")) == 5
    assert len(reasons) == 1


def test_moving_a_weight_changes_the_order(employer, need, people, coast, inland):
    # The near ones come three months late, the far ones on the day.
    near = people(5, coast, available_from=date(2027, 4, 1))
    far = people(5, inland, available_from=date(2027, 1, 1))
    cards = {
        "near": {f"Carte {one.card}" for one in near},
        "far": {f"Carte {one.card}" for one in far},
    }

    by_place = titles(employer.get(address(need), {"poids_proximity": "90", "poids_timing": "10"}))
    by_date = titles(employer.get(address(need), {"poids_proximity": "10", "poids_timing": "90"}))

    assert set(by_place[1:6]) == cards["near"]
    assert set(by_date[1:6]) == cards["far"]


def test_weights_that_are_all_zero_are_replaced_and_it_is_said(
    employer, need, people, coast, read
):
    people(5, coast)

    words = read(
        employer.get(
            address(need),
            {"poids_proximity": "0", "poids_timing": "0", "poids_experience": "0"},
        )
    )

    assert "Tous les poids étaient à 0" in words


def test_filter_that_leaves_a_few_people_shows_none(employer, need, people, coast, read):
    people(5, coast, experience="under_2")
    (rare,) = people(1, coast, experience="over_20")

    words = read(employer.get(address(need), {"experience": "over_20"}))

    assert "Trop peu de personnes pour les montrer" in words
    assert rare.card not in words
    assert "1 carte" not in words


def test_repeated_searches_never_single_out_a_cell_too_small(
    employer, need, people, coast, inland, read
):
    """Whatever is asked, somebody alone in profession and place is on no page."""
    people(6, coast, experience="under_2", contracts=["cdi"])
    (alone,) = people(1, inland, experience="over_20", contracts=["locum"])
    asked = [
        {},
        {"zone": "200000002"},
        {"experience": "over_20"},
        {"contrat": "locum"},
        {"mois": "2027-12"},
        {"poids_proximity": "0", "poids_timing": "100"},
        {"annees": "20", "poids_experience": "100"},
    ]

    seen = [read(employer.get(address(need), query)) for query in asked]

    assert [alone.card in words for words in seen] == [False] * len(asked)


def test_person_who_withdrew_their_agreement_is_gone_at_once(employer, need, people, coast, read):
    """The ledger decides, even were the search rows behind it."""
    gone, *others = people(6, coast)
    ConsentEntryFactory(subject=gone.subject, purpose="talent_pool", scope="", given=False)

    words = read(employer.get(address(need)))

    assert gone.card not in words
    assert all(one.card in words for one in others)


@pytest.mark.parametrize("count", [5, 60])
def test_structure_page_takes_the_same_queries_whatever_the_number(
    employer, need, people, coast, count, django_assert_max_num_queries
):
    people(count, coast)
    employer.get(address(need))

    with django_assert_max_num_queries(17):
        response = employer.get(address(need))

    assert len(titles(response)) == min(count, 12) + 1


@pytest.mark.parametrize("count", [1, 40])
def test_coordination_page_takes_the_same_queries_whatever_the_number(
    client, coordinator, need, people, coast, count, django_assert_max_num_queries
):
    people(count, coast)
    client.force_login(coordinator)
    client.get(address(need))

    with django_assert_max_num_queries(18):
        response = client.get(address(need))

    assert len(titles(response)) == min(count, 12) + 1


def test_coordination_reads_all_that_profiles_say_and_no_name(
    client, coordinator, need, people, coast, read
):
    (one,) = people(1, coast, pooled=False, fte_min_hundredths=10, fte_max_hundredths=50)
    client.force_login(coordinator)

    response = client.get(address(need))

    words = read(response)
    assert f"Profil {one.card}" in words
    assert "Plus de temps de travail que souhaité." in words
    assert "Possible à 50 % d’un temps plein" in words
    assert "Connu de la coordination seulement" in words
    assert one.last_name not in response.content.decode()
    assert AccessTrace.objects.count() == 0  # nobody was named


def test_coordination_alone_goes_on_to_who_could_become_one(client, employer, coordinator, need):
    way = f'href="{reverse("bridges:who", args=[need.profession.code])}"'

    for_structure = employer.get(address(need)).content.decode()
    client.force_login(coordinator)
    for_coordination = client.get(address(need)).content.decode()

    assert (way in for_structure, way in for_coordination) == (False, True)


def test_pages_follow_one_another_without_repeating_anybody(employer, need, people, coast):
    cards = {f"Carte {one.card}" for one in people(30, coast)}

    pages = [titles(employer.get(address(need), {"page": page}))[1:] for page in ("1", "2", "3")]

    assert [len(page) for page in pages] == [12, 12, 6]
    assert {title for page in pages for title in page} == cards


def test_card_asked_for_says_so_instead_of_the_button(employer, need, people, coast):
    asked, *_others = people(5, coast)
    row = IntroductionFactory(need=need, candidate=asked, origin="partner")

    page = BeautifulSoup(employer.get(address(need)).content, "html.parser")

    cards = {one.h3.get_text(strip=True): one for one in page.select("#results .card")}
    mine = cards[f"Carte {asked.card}"]
    assert [link["href"] for link in mine.select(".actions a")] == [
        reverse("introductions:detail", args=[row.pk])
    ]
    assert "Proposée" in mine.get_text()
    assert len(page.select('.actions a[href*="besoin="]')) == 4


def test_proposal_that_waits_for_its_person_is_not_told_to_the_structure(
    employer, need, people, coast
):
    proposed, *_others = people(5, coast)
    IntroductionFactory(need=need, candidate=proposed, origin="coordination")

    page = BeautifulSoup(employer.get(address(need)).content, "html.parser")

    assert len(page.select('.actions a[href*="besoin="]')) == 5


def test_button_opens_the_request_with_the_need_chosen(employer, need, people, coast):
    people(5, coast)
    page = BeautifulSoup(employer.get(address(need)).content, "html.parser")

    form = employer.get(page.select_one("#results .actions a")["href"])

    chosen = BeautifulSoup(form.content, "html.parser").select_one("#id_besoin option[selected]")
    assert chosen["value"] == str(need.pk)


def test_page_after_swap_is_the_page_after_reload(employer, need, people, coast):
    people(5, coast)
    query = {"experience": "", "poids_timing": "80"}

    whole = employer.get(address(need), query)
    part = employer.get(address(need), query, headers={"HX-Request": "true"})

    results = [
        BeautifulSoup(one.content, "html.parser").find(id="results") for one in (whole, part)
    ]
    assert results[0] == results[1]
    assert b"<h1" not in part.content


def test_search_that_finds_nobody_says_what_to_do(employer, need, read):
    assert "Aucune carte ici" in read(employer.get(address(need)))


def test_structure_takes_cards_away_with_a_reason_and_no_name(employer, need, people, coast):
    found = people(5, coast)
    page = reverse("finding:export", args=[need.pk])

    refused = employer.post(page, {"format": "csv"})
    file = employer.post(page, {"reason": "Préparer l’équipe de nuit", "format": "csv"})

    assert refused.status_code == 422
    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert sorted(line[0] for line in lines[1:6]) == sorted(one.card for one in found)
    assert "Préparer l’équipe de nuit" in lines[6][0]
    assert "Zéphyrine" not in file.content.decode()
    line = AuditLine.objects.get(action="searches.export")
    assert (line.scope, line.changes["count"]) == (f"partner:{need.partner_id}", [0, 5])


def test_export_keeps_the_rule_of_small_cells(employer, need, people, coast):
    people(4, coast)

    file = employer.post(
        reverse("finding:export", args=[need.pk]),
        {"reason": "Préparer l’équipe de nuit", "format": "csv"},
    )

    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == 2  # the head, and the line that says who took it


def test_people_read_that_the_coordination_took_them_away(
    client, coordinator, need, people, coast
):
    (one,) = people(1, coast)
    client.force_login(coordinator)

    client.post(
        reverse("finding:export", args=[need.pk]),
        {"reason": "Réunion de coordination", "format": "csv"},
    )

    trace = AccessTrace.objects.get()
    assert (trace.subject, trace.viewer, trace.purpose) == (one.subject, coordinator, "support")

import csv
import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from ancrage.needs.enums import AnswerStatus
from ancrage.needs.models import AnswerLine
from ancrage.territory.models import LivingArea
from tests.factories import (
    CampaignAnswerFactory,
    CampaignFactory,
    CandidateFactory,
    CommuneFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_november")]

URL = "/territoire/"


@pytest.fixture
def _november(time_machine):
    time_machine.move_to("2026-11-16T09:30:00+00:00", tick=False)


@pytest.fixture
def territory():
    return TerritoryFactory(slug="pays-de-retz", communes=[CommuneFactory(name="Vue")])


@pytest.fixture
def partner(territory):
    return PartnerFactory(territory=territory)


def _page(response):
    return BeautifulSoup(response.content, "html.parser")


def _rows(page, caption):
    table = page.find("caption", string=caption).find_parent("table")
    return [
        [cell.get_text(" ", strip=True) for cell in line.find_all(["th", "td"])]
        for line in table.find("tbody").find_all("tr")
    ]


def test_visitor_counts_public_posts_only(client, partner):
    pornic = CommuneFactory(name="Pornic")
    partner.territory.communes.add(pornic)
    need = NeedFactory(partner=partner, published=True, positions=3, commune=pornic)
    NeedFactory(partner=partner, published=True, members_only=True, commune=pornic)
    NeedFactory(partner=partner, commune=pornic)

    response = client.get(URL)

    page = _page(response)
    rows = _rows(page, "Postes à pourvoir par commune")
    assert [(row[0], row[2], row[3]) for row in rows] == [("Pornic", "3", "3"), ("Vue", "0", "0")]
    assert (rows[0][-1], rows[1][-1]) == ("aucun profil", "— non connue")
    assert page.find("th", string=need.profession.plural_fr)


def test_every_figure_opens_the_list_it_counts(client, partner):
    NeedFactory(partner=partner, published=True, positions=2, starts_on=date(2026, 12, 1))
    NeedFactory(partner=partner, published=True, positions=5, starts_on=date(2026, 10, 1))
    NeedFactory(partner=partner, published=True, positions=3, starts_on=date(2026, 11, 16))
    NeedFactory(partner=partner, published=True, positions=4, starts_on=date(2026, 11, 30))
    other = NeedFactory(partner=partner, published=True, starts_on=date(2028, 1, 1))

    page = _page(client.get(URL))

    heat = page.find("table", class_="heat")
    for link in heat.find("tbody").select("td a"):
        listed = _page(client.get(link["href"]))
        cards = listed.select(".tiles .card")
        assert sum(_positions(card, client) for card in cards) == int(link.get_text())
    total = page.find("dt", string="Postes à pourvoir").find_parent().find("a")
    titles = [link.get_text() for link in _page(client.get(total["href"])).select(".tiles h2 a")]
    assert total.get_text(strip=True) == "14"
    assert len(titles) == 4
    assert str(other.profession) not in titles


def _positions(card, client):
    sheet = _page(client.get(card.find("a")["href"]))
    fact = sheet.find("dt", string="Nombre de postes").find_next("dd")
    return int(fact.get_text())


def test_coordinator_counts_members_only_posts_too(client, partner):
    NeedFactory(partner=partner, published=True, members_only=True, positions=4)
    NeedFactory(published=True, members_only=True, positions=9)
    client.force_login(TerritoryRoleFactory(territory=partner.territory).user)

    page = _page(client.get(URL))

    total = page.find("dt", string="Postes à pourvoir").find_next("dd")
    assert total.get_text(" ", strip=True).startswith("4 ")


def test_member_sees_own_posts_beside_those_of_the_territory(client, partner):
    NeedFactory(partner=partner, published=True, positions=2)
    NeedFactory(partner=PartnerFactory(territory=partner.territory), published=True, positions=5)
    client.force_login(MembershipFactory(partner=partner).user)

    page = _page(client.get(URL))

    assert page.find("th", string="dont les vôtres")
    totals = [
        (row[1], row[2]) for row in _rows(page, "Postes à pourvoir par commune") if row[1] != "0"
    ]
    assert sorted(totals) == [("2", "2"), ("5", "0")]


def test_filters_narrow_and_stay_in_the_address(client, partner):
    nurse = ProfessionFactory()
    NeedFactory(partner=partner, published=True, profession=nurse, positions=2)
    NeedFactory(partner=partner, published=True, positions=5)

    response = client.get(URL, {"metier": nurse.code})

    page = _page(response)
    total = page.find("dt", string="Postes à pourvoir").find_next("dd")
    assert total.get_text(" ", strip=True).startswith("2 ")
    assert page.select_one(f'option[value="{nurse.code}"]').has_attr("selected")
    assert all(f"metier={nurse.code}" in link["href"] for link in page.select("table.heat td a"))


def test_period_counts_the_very_days_asked_for(client, partner):
    for day in (14, 15, 31):
        NeedFactory(partner=partner, published=True, starts_on=date(2027, 1, day))
    NeedFactory(partner=partner, published=True, starts_on=date(2027, 2, 11))

    page = _page(client.get(URL, {"du": "2027-01-15", "au": "2027-02-10"}))

    total = page.find("dt", string="Postes à pourvoir").find_parent().find("a")
    assert total.get_text(strip=True) == "2"
    assert "du=2027-01-15&au=2027-02-10" in total["href"]


def test_full_time_equivalents_stand_beside_those_of_the_last_campaign(client, partner):
    nurse, other = ProfessionFactory(), ProfessionFactory()
    NeedFactory(partner=partner, published=True, profession=nurse, positions=2)
    NeedFactory(partner=partner, published=True, profession=other, positions=3)
    campaign = CampaignFactory(territory=partner.territory, closed=True, name="Recensement")
    answer = CampaignAnswerFactory(campaign=campaign, status=AnswerStatus.SUBMITTED)
    AnswerLine.objects.create(answer=answer, profession=nurse, vacant_fte=150)

    def said(**filters):
        page = _page(client.get(URL, filters))
        return page.find("dt", string="Équivalents temps plein").find_parent().get_text(" ")

    assert "dont 2 dans les métiers de « Recensement », qui en comptait 1,5 vacants" in said()
    assert "rien à rapprocher de la dernière campagne" in said(metier=other.code)
    assert "rien à rapprocher de la dernière campagne" in said(contrat="cdi")


def test_tension_counts_the_profiles_within_reach_and_hides_a_few(client, partner):
    nurse, orderly = ProfessionFactory(), ProfessionFactory()
    pornic = CommuneFactory(name="Pornic", latitude=47.12, longitude=-2.1)
    for profession in (nurse, orderly):
        NeedFactory(
            partner=partner, published=True, profession=profession, commune=pornic, positions=9
        )
    # Ten kilometres to the south; the last one does not go so far.
    near = {"latitude": 47.03, "longitude": -2.1, "territory": partner.territory}
    CandidateFactory.create_batch(6, pooled=True, professions=[nurse], reach_km=20, **near)
    CandidateFactory.create_batch(4, pooled=True, professions=[orderly], reach_km=5, **near)
    CandidateFactory.create_batch(5, professions=[nurse], reach_km=20, **near)

    page = _page(client.get(URL))

    tension = {row[0]: row[-3] for row in _rows(page, "Postes à pourvoir par métier")}
    assert tension == {nurse.plural_fr: "1,5", orderly.plural_fr: "moins de 5 profils"}
    assert _rows(page, "Postes à pourvoir par commune")[0][-1] == "3,0"
    narrowed = _page(client.get(URL, {"metier": orderly.code}))
    assert _rows(narrowed, "Postes à pourvoir par commune")[0][-1] == "aucun profil"


def test_period_upside_down_is_told_and_the_next_twelve_months_shown(client, partner):
    NeedFactory(partner=partner, published=True)

    response = client.get(URL, {"du": "2027-05-01", "au": "2027-01-01"})

    assert response.status_code == 200
    assert "La fin de la période précède son début." in response.content.decode()


@pytest.mark.parametrize(
    "query", [{"metier": "dompteur"}, {"du": "pas-une-date"}, {"bassin": "x"}]
)
def test_filters_that_mean_nothing_are_told(client, partner, query):
    response = client.get(URL, query)

    assert response.status_code == 200
    assert _page(response).select(".field--error")


def test_fragment_is_the_region_of_the_page(client, partner):
    NeedFactory.create_batch(3, partner=partner, published=True)

    whole = client.get(URL, {"contrat": "cdi"})
    fragment = client.get(URL, {"contrat": "cdi"}, headers={"HX-Request": "true"})

    region = _page(whole).find(id="results")
    assert _page(fragment).find(id="results").decode() == region.decode()
    assert fragment.content.lstrip().startswith(b'<div id="results"')
    assert "HX-Request" in fragment.headers["Vary"]


@pytest.mark.parametrize("count", [1, 30])
def test_overview_takes_nine_queries_whatever_the_needs(
    client, partner, count, django_assert_num_queries
):
    NeedFactory.create_batch(count, partner=partner, published=True)

    with django_assert_num_queries(9):
        assert client.get(URL).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_overview_of_the_coordination_takes_twelve_queries_with_filters_and_a_campaign(
    client, partner, count, django_assert_num_queries
):
    client.force_login(TerritoryRoleFactory(territory=partner.territory).user)
    CampaignFactory(territory=partner.territory, closed=True)
    needs = NeedFactory.create_batch(count, partner=partner, published=True)
    area = LivingArea.objects.create(territory=partner.territory, name="Côte")
    area.communes.set(need.commune for need in needs)
    asked = {
        "metier": needs[0].profession.code,
        "bassin": area.pk,
        "nature": partner.kind,
    }
    client.get(URL)  # the first page of a session also notes the device

    with django_assert_num_queries(12):
        response = client.get(URL, asked)

    assert not _page(response).select(".field--error")


def test_csv_holds_the_figures_of_the_page(client, partner):
    need = NeedFactory(
        partner=partner,
        published=True,
        positions=2,
        fte_hundredths=50,
        starts_on=date(2026, 12, 15),
        commune__name="=Pornic",
    )

    response = client.get(reverse("overview:csv"))

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    by_name = {line[2]: line for line in lines[1:]}
    assert by_name[need.profession.plural_fr][:5] == [
        "Métiers",
        need.profession.code,
        need.profession.plural_fr,
        "2",
        "1",
    ]
    assert by_name[need.profession.plural_fr][7] == "2"
    # A name that a spreadsheet would compute is escaped.
    assert by_name["'=Pornic"][3] == "2"
    assert by_name["'=Pornic"][4:8] == by_name[need.profession.plural_fr][4:8]
    assert {len(line) for line in lines} == {len(lines[0])}
    assert all(line[5] == "" or line[5].isdecimal() for line in lines[1:])


def test_map_file_stands_alone(client, partner):
    NeedFactory(partner=partner, published=True, commune=partner.territory.communes.get())

    response = client.get(reverse("overview:map"))

    assert response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert b"<script" not in response.content
    assert b" style=" not in response.content


def test_map_of_a_territory_without_place_does_not_exist(client):
    TerritoryFactory(slug="pays-de-retz")

    assert client.get(reverse("overview:map")).status_code == 404


def test_deployment_without_territory_says_what_to_do(client):
    response = client.get(URL)

    assert response.status_code == 200
    assert "Aucun territoire n’est encore décrit" in response.content.decode()

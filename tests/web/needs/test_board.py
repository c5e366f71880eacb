from datetime import date, timedelta

import pytest

from ancrage.needs.enums import NeedStatus, Urgency
from ancrage.needs.models import Need, NeedStatusChange
from tests.factories import (
    CommuneFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

URL = "/besoins/"
HTMX = {"HX-Request": "true"}


def listed(response):
    return list(response.context["page"].object_list)


def test_list_of_an_employer_holds_their_own_needs(client, partner, neighbour, owner):
    draft = NeedFactory(partner=partner)
    published = NeedFactory(partner=partner, published=True, updated_at=NOW + timedelta(days=1))
    NeedFactory(partner=neighbour, published=True)
    NeedFactory(published=True)

    response = client.get(URL)

    assert listed(response) == [published, draft]


def test_list_of_the_territory_adds_what_neighbours_publish(client, partner, neighbour, owner):
    own = NeedFactory(partner=partner)
    theirs = NeedFactory(partner=neighbour, published=True, members_only=True)
    NeedFactory(partner=neighbour)
    NeedFactory(partner=PartnerFactory(territory=TerritoryFactory()), published=True)

    response = client.get(URL, {"vue": "territoire"})

    assert set(listed(response)) == {own, theirs}
    assert {need.pk: need.may_edit for need in listed(response)} == {
        own.pk: True,
        theirs.pk: False,
    }


def test_list_of_a_coordinator_holds_the_whole_territory(client, partner, neighbour, coordinator):
    needs = {NeedFactory(partner=partner), NeedFactory(partner=neighbour)}
    NeedFactory(published=True)

    response = client.get(URL)

    assert set(listed(response)) == needs
    assert "vue" not in response.context["form"].fields


def test_list_of_an_institution_shows_no_button(client, partner, territory, read):
    client.force_login(TerritoryRoleFactory(territory=territory, institution=True).user)
    published = NeedFactory(partner=partner, published=True)
    NeedFactory(partner=partner)

    response = client.get(URL)

    assert listed(response) == [published]
    page = read(response)
    assert page.find("input", {"type": "checkbox", "name": "need"}) is None
    assert page.find("a", string="Nouveau besoin") is None
    assert page.find("a", string="CSV") is None


def test_list_filters_sorts_and_keeps_its_address(client, partner, owner):
    nurse = ProfessionFactory(code="nurse")
    pornic = CommuneFactory(insee="44131")
    first = NeedFactory(
        partner=partner,
        published=True,
        profession=nurse,
        commune=pornic,
        urgency=Urgency.CRITICAL,
        starts_on=date(2027, 3, 1),
    )
    second = NeedFactory(
        partner=partner, published=True, profession=nurse, commune=pornic, urgency=Urgency.CRITICAL
    )
    NeedFactory(partner=partner, published=True, profession=nurse)
    NeedFactory(partner=partner, published=True, commune=pornic, urgency=Urgency.CRITICAL)

    response = client.get(
        URL, {"metier": "nurse", "commune": "44131", "urgence": "4", "tri": "debut"}
    )

    assert listed(response) == [second, first]
    reversed_ = client.get(URL, {"metier": "nurse", "commune": "44131", "tri": "-debut"})
    assert listed(reversed_) == [first, second]


def test_list_with_a_period_that_ends_before_it_begins_says_so(client, partner, owner):
    need = NeedFactory(partner=partner)

    response = client.get(URL, {"du": "2027-02-01", "au": "2027-01-01"})

    assert response.context["form"].errors == {"au": ["La fin de la période précède son début."]}
    assert listed(response) == []
    assert need.starts_on == date(2027, 1, 4)


def test_list_with_unknown_criteria_leaves_them_out(client, partner, owner):
    need = NeedFactory(partner=partner)

    response = client.get(
        URL, {"metier": "astrologue", "etat": "perdu", "tri": "couleur", "page": "99"}
    )

    assert response.status_code == 200
    assert listed(response) == [need]


def test_list_counts_each_state_in_its_tab(client, partner, owner):
    NeedFactory.create_batch(2, partner=partner, published=True)
    NeedFactory(partner=partner)
    NeedFactory(partner=partner, status=NeedStatus.WITHDRAWN)

    response = client.get(URL, {"etat": "draft", "q": "", "page": "1"})

    tabs = {tab.label: (tab.count, tab.current, tab.href) for tab in response.context["tabs"]}
    assert tabs["En cours"] == (3, False, "?etat=&q=")
    assert tabs["Tous"] == (4, False, "?etat=tous&q=")
    assert tabs["Brouillon"] == (1, True, "?etat=draft&q=")
    assert tabs["Publié"] == (2, False, "?etat=published&q=")


def test_list_opens_on_what_nobody_has_closed(client, partner, owner, read):
    open_ones = {
        NeedFactory(partner=partner),
        NeedFactory(partner=partner, published=True),
        NeedFactory(partner=partner, status=NeedStatus.PAUSED),
    }
    closed = {
        NeedFactory(partner=partner, status=state)
        for state in (NeedStatus.FILLED, NeedStatus.WITHDRAWN, NeedStatus.EXPIRED)
    }

    opened, every = client.get(URL), client.get(URL, {"etat": "tous"})

    assert set(listed(opened)) == open_ones
    assert set(listed(every)) == open_ones | closed
    current = [tab.label for tab in opened.context["tabs"] if tab.current]
    assert current == ["En cours"]
    assert read(opened).find(class_="active-filters__count").get_text().startswith("3 besoins")
    assert read(every).find(class_="active-filters__count").get_text().startswith("6 besoins")


def test_list_says_how_fresh_needs_are(client, partner, owner, read):
    NeedFactory(partner=partner, published=True, confirmed_at=NOW - timedelta(days=50))

    page = read(client.get(URL, {"fraicheur": "stale"}))

    assert "Périmé" in page.find("tbody").get_text()
    assert page.find("tbody").find_all("tr")[0].find("input", {"name": "need"}) is not None


def test_list_fragment_is_the_part_of_the_page(client, partner, owner, read):
    NeedFactory.create_batch(3, partner=partner, published=True)

    whole = client.get(URL, {"etat": "published"})
    fragment = client.get(URL, {"etat": "published"}, headers=HTMX)

    region = read(whole).find(id="results")
    swapped = read(fragment).find(id="results")
    for part in (region, swapped):
        part.find("input", {"name": "csrfmiddlewaretoken"}).decompose()
    assert str(swapped) == str(region)
    assert "<html" not in fragment.content.decode()
    assert "HX-Request" in fragment.headers["Vary"]


def test_list_restored_by_the_browser_is_the_whole_page(client, owner):
    response = client.get(URL, headers={**HTMX, "HX-History-Restore-Request": "true"})

    assert b"<html" in response.content


def test_list_says_its_needs_posts_and_working_time(client, partner, owner, read):
    NeedFactory(partner=partner, published=True, positions=3, fte_hundredths=75)
    NeedFactory(partner=partner)

    shown = read(client.get(URL, {"etat": "published"}))
    every = read(client.get(URL))

    said = [page.find(class_="active-filters__count").get_text() for page in (shown, every)]
    assert said == ["1 besoin · 3 postes · 2,25 ETP", "2 besoins · 4 postes · 3,25 ETP"]


@pytest.mark.parametrize("count", [1, 30])
def test_list_costs_the_same_for_many_rows(
    client, partner, owner, count, django_assert_num_queries
):
    NeedFactory.create_batch(count, partner=partner, published=True)
    client.get(URL)

    with django_assert_num_queries(10):
        response = client.get(URL)

    assert len(listed(response)) == min(count, 25)


def test_bulk_withdraws_and_offers_to_undo(client, partner, owner, read):
    needs = NeedFactory.create_batch(2, partner=partner, published=True)
    left = NeedFactory(partner=partner, published=True)
    ticked = [need.pk for need in needs]

    response = client.post(
        f"{URL}lot/",
        {"need": ticked, "acte": "retirer", "raison": "unfunded", "retour": "etat=published&x=1"},
    )

    assert response.url == "/besoins/?etat=published&x=1"
    assert (
        list(NeedStatusChange.objects.values_list("after", "reason"))
        == [("withdrawn", "unfunded")] * 2
    )
    left.refresh_from_db()
    assert left.status == NeedStatus.PUBLISHED

    page = read(client.get(response.url))
    bar = page.find(class_="undo")
    assert "2 besoins retirés." in bar.get_text()
    sent = {field["name"]: field["value"] for field in bar.find_all("input", {"name": "needs"})}
    client.post(bar.form["action"], sent)
    assert set(Need.objects.values_list("status", flat=True)) == {NeedStatus.PUBLISHED}
    assert read(client.get(URL)).find(class_="undo") is None


def test_bulk_confirms_what_is_published_and_says_what_is_not(client, partner, owner, read):
    old = NOW - timedelta(days=40)
    published = NeedFactory(partner=partner, published=True, confirmed_at=old)
    draft = NeedFactory(partner=partner)

    response = client.post(
        f"{URL}lot/", {"need": [published.pk, draft.pk], "acte": "confirmer"}, follow=True
    )

    published.refresh_from_db()
    assert published.confirmed_at == NOW
    text = read(response).get_text(" ", strip=True)
    assert "1 besoin confirmé." in text
    assert "1 besoin inchangé. Seul un besoin publié se confirme" in text


@pytest.mark.parametrize(("act", "status"), [("pause", "paused"), ("publier", "published")])
def test_bulk_pauses_and_publishes(client, partner, owner, act, status):
    need = NeedFactory(partner=partner, **({"published": True} if act == "pause" else {}))

    client.post(f"{URL}lot/", {"need": need.pk, "acte": act})

    need.refresh_from_db()
    assert need.status == status


def test_bulk_leaves_the_needs_of_others_alone(client, partner, neighbour, owner):
    theirs = NeedFactory(partner=neighbour, published=True)

    client.post(f"{URL}lot/", {"need": theirs.pk, "acte": "retirer"})

    theirs.refresh_from_db()
    assert theirs.status == NeedStatus.PUBLISHED


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"need": "1"}, "Choisissez ce qu’il faut faire de la sélection."),
        ({"acte": "pause"}, "Cochez d’abord au moins un besoin."),
        ({"acte": "pause", "need": "beaucoup"}, "Cochez d’abord au moins un besoin."),
        ({"acte": "brûler", "need": "1"}, "brûler"),
    ],
)
def test_bulk_with_nothing_to_do_says_so(client, owner, data, sentence, read):
    response = client.post(f"{URL}lot/", data, follow=True)

    assert sentence in read(response).get_text(" ", strip=True)


def test_figure_of_the_overview_opens_the_list_it_counts(client, partner, neighbour, owner, read):
    commune = partner.commune
    NeedFactory(partner=partner, published=True, commune=commune, positions=2)
    NeedFactory(partner=neighbour, published=True, commune=commune, positions=3)
    NeedFactory(partner=partner, commune=commune)

    overview = read(client.get("/territoire/"))
    link = next(
        link["href"]
        for link in overview.find_all("a")
        if link.get("href", "").startswith("/besoins/?") and "commune=44131" in link["href"]
    )
    response = client.get(link)

    assert sum(need.positions for need in listed(response)) == 5


def test_list_for_a_member_of_nothing_is_refused(client):
    client.force_login(MembershipFactory(welcome=True).user)

    assert client.get(URL).status_code == 403

"""The searches one keeps, and the mails that tell what is new."""

import pytest
from django.urls import reverse

from ancrage.matching.models import SavedSearch
from ancrage.matching.queries import silence_token
from tests.factories import MembershipFactory, SavedSearchFactory, UserFactory

pytestmark = pytest.mark.django_db
KEPT = {"name": "Nuits à l’hôpital", "frequency": "daily"}


def test_search_is_kept_with_its_criteria_and_opened_again(employer, need, owner):
    page = employer.get(
        reverse("finding:save"),
        {"besoin": need.pk, "contrat": "cdi", "poids_timing": "80", "poids_proximity": "25"},
    )
    saved = employer.post(
        f"{reverse('finding:save')}?besoin={need.pk}&contrat=cdi&poids_timing=80&intrus=x", KEPT
    )

    assert page.status_code == 200
    assert saved.headers["Location"] == reverse("finding:saved")
    row = SavedSearch.objects.get()
    assert (row.owner, row.need, row.name, row.frequency, row.query) == (
        owner,
        need,
        "Nuits à l’hôpital",
        "daily",
        "contrat=cdi&poids_timing=80",
    )
    opened = employer.get(reverse("finding:open", args=[row.pk]))
    assert opened.headers["Location"] == (
        f"{reverse('finding:profiles', args=[need.pk])}?contrat=cdi&poids_timing=80"
    )


def test_searches_are_searched_filtered_and_handed_over(employer, owner, need):
    SavedSearchFactory(owner=owner, need=need, name="Été à l’hôpital", frequency="never")
    SavedSearchFactory(owner=owner, need=need, name="Nuits", frequency="daily")
    SavedSearchFactory(need=need, name="Été d’une autre")

    page = employer.get(reverse("finding:saved"), {"q": "ete hopital"})
    file = employer.get(reverse("finding:saved_csv"), {"courriel": "daily"}).getvalue().decode()

    assert [one.name for one in page.context["page"]] == ["Été à l’hôpital"]
    assert [line.split(";")[0] for line in file.splitlines()[1:]] == ["Nuits"]
    part = employer.get(reverse("finding:saved"), {"q": "rien"}, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="results"')
    assert "Aucune recherche ne correspond" in part.content.decode()


def test_name_is_given_once_and_the_form_says_so(employer, need, owner):
    SavedSearchFactory(owner=owner, need=need, name=KEPT["name"])

    refused = employer.post(f"{reverse('finding:save')}?besoin={need.pk}", KEPT)

    assert refused.status_code == 422
    assert "porte déjà ce nom" in refused.content.decode()


def test_need_of_a_neighbour_cannot_be_searched_for(client, need):
    client.force_login(MembershipFactory().user)

    assert client.get(reverse("finding:save"), {"besoin": need.pk}).status_code == 404
    assert client.get(reverse("finding:save"), {"besoin": "x"}).status_code == 404


def test_deleted_search_comes_back_by_the_bar(employer, owner, need):
    row = SavedSearchFactory(owner=owner, need=need)

    gone = employer.post(reverse("finding:delete", args=[row.pk]), follow=True)
    back = employer.post(reverse("finding:undo"), {"finding": row.pk}, follow=True)

    assert row.name not in gone.content.decode()
    assert "Recherche supprimée." in gone.content.decode()
    assert row.name in back.content.decode()
    assert employer.post(reverse("finding:undo"), {"finding": "x"}).status_code == 404


def test_search_is_renamed(employer, owner, need):
    row = SavedSearchFactory(owner=owner, need=need)

    employer.post(
        reverse("finding:edit", args=[row.pk]), {"name": "Autrement", "frequency": "never"}
    )

    row.refresh_from_db()
    assert (row.name, row.frequency) == ("Autrement", "never")


def test_list_says_what_to_do_when_nothing_is_kept(employer, client):
    assert "Choisir un besoin" in employer.get("/recherches/").content.decode()
    client.force_login(UserFactory())
    assert "Les besoins qui me correspondent" in client.get("/recherches/").content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_list_takes_the_same_queries_whatever_the_number(
    employer, owner, need, count, django_assert_max_num_queries
):
    SavedSearchFactory.create_batch(count, owner=owner, need=need)

    with django_assert_max_num_queries(9):
        employer.get("/recherches/")


def test_link_of_a_mail_shows_a_button_that_stops_the_mails(client):
    row = SavedSearchFactory()
    page = reverse("finding:silence", args=[silence_token(row)])

    assert "Arrêter ces courriels" in client.get(page).content.decode()
    row.refresh_from_db()
    assert row.frequency == "weekly"
    assert "C’est noté" in client.post(page).content.decode()
    row.refresh_from_db()
    assert row.frequency == "never"


def test_link_forged_or_of_a_search_that_is_gone_is_refused(client):
    row = SavedSearchFactory()
    token = silence_token(row)
    row.delete()

    assert client.get(reverse("finding:silence", args=["forge"])).status_code == 403
    assert client.post(reverse("finding:silence", args=[token])).status_code == 410

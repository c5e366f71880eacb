"""A partner keeps its offers: terms, calendar."""

from datetime import date

import pytest

from ancrage.welcome import services
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import WelcomeTerms
from ancrage.welcome.services import Period
from tests.factories import ResourceFactory, WelcomeTermsFactory
from tests.web.partners.support import soup, words

URL = "/conciergerie/nos-offres/"
SUMMER = Period(date(2027, 5, 1), date(2027, 10, 31))


def line(number, first, last, places=""):
    return {
        f"lignes-{number}-starts_on": first,
        f"lignes-{number}-ends_on": last,
        f"lignes-{number}-places": places,
    }


def calendar(*lines, revision=1):
    sent = {"revision": revision, "lignes-TOTAL_FORMS": len(lines), "lignes-INITIAL_FORMS": 0}
    for number, one in enumerate(lines):
        sent |= line(number, *one)
    return sent


def test_own_offers_say_what_is_left_and_what_waits(
    client, partner, room, ask, django_assert_max_num_queries
):
    ask()
    WelcomeTermsFactory.create_batch(3, resource__partner=room.resource.partner)
    WelcomeTermsFactory(resource__title="Ailleurs")

    with django_assert_max_num_queries(14):
        page = words(client.get(URL))

    assert "1 demande attend" in page
    assert "libre du 1er mai 2027 au 31 octobre 2027 (1 place)" in page
    assert "Ailleurs" not in page


def test_terms_are_written_then_the_calendar_is_asked(client, partner, body):
    resource = ResourceFactory(partner=body, published=True, kind="housing")

    response = client.post(
        f"{URL}{resource.pk}/conditions/",
        {
            "kind": "housing",
            "has_places": "on",
            "price_cents": "320,50",
            "area": "",
            "opening_hours": "",
        },
    )

    assert response["Location"] == f"{URL}{resource.pk}/calendrier/"
    terms = WelcomeTerms.objects.get()
    assert (terms.kind, terms.price_cents, terms.area) == (WelcomeKind.HOUSING, 32_050, [])


def test_themes_are_chosen_from_the_schema_and_those_imported_stay_on_offer(client, partner, room):
    url, imported = f"{URL}{room.resource_id}/conditions/", "famille--soutien-aidants"
    WelcomeTerms.objects.update(themes=[imported])
    rent = "logement-hebergement--louer-un-logement"
    change = "logement-hebergement--changer-de-logement"

    ticked = soup(client.get(url)).select("[name=themes][checked]")
    refused = client.post(url, {"kind": "housing", "themes": ["logement--inconnu"]})
    written = []
    for themes in ([change, imported], []):
        client.post(url, {"kind": "housing", "themes": themes})
        written.append(WelcomeTerms.objects.get().themes)

    assert [one["value"] for one in ticked] == [imported]
    assert refused.status_code == 422
    assert [set(themes) for themes in written] == [{change, imported}, {rent}]


def test_terms_that_cannot_stand_are_kept_in_the_form(client, partner, room):
    response = client.post(
        f"{URL}{room.resource_id}/conditions/",
        {"kind": "housing", "opening_hours": "de 6 h à 22 h", "area": "Atlantide"},
    )

    assert response.status_code == 422
    page = words(response)
    assert "n’est pas une commune du territoire" in page
    assert soup(response).select_one("#id_opening_hours")["value"] == "de 6 h à 22 h"

    hours = {"kind": "housing", "opening_hours": "de 6 h à 22 h"}
    response = client.post(f"{URL}{room.resource_id}/conditions/", hours)
    assert "Ces horaires ne se lisent pas." in words(response)


def test_calendar_is_changed_whole(client, partner, room):
    sent = calendar(("2027-05-01", "2027-06-30", "2"), ("", "", ""), ("2027-09-01", "2027-09-30"))

    response = client.post(f"{URL}{room.resource_id}/calendrier/", sent)

    assert response.status_code == 302
    assert services.calendar_of(room) == [
        Period(date(2027, 5, 1), date(2027, 6, 30), 2),
        Period(date(2027, 9, 1), date(2027, 9, 30), 1),
    ]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            [("2027-05-01", "2027-06-30"), ("", ""), ("2027-06-15", "2027-07-31")],
            {"lignes-2-starts_on": "Cette période en recouvre une autre"},
        ),
        (
            [("2027-05-01", ""), ("", "2027-06-01")],
            {
                "lignes-0-ends_on": "Donnez les deux dates de la période, ou aucune.",
                "lignes-1-starts_on": "Donnez les deux dates de la période, ou aucune.",
            },
        ),
    ],
)
def test_calendar_that_cannot_stand_says_so_at_its_line(client, partner, room, lines, told):
    response = client.post(f"{URL}{room.resource_id}/calendrier/", calendar(*lines))

    assert response.status_code == 422
    assert len(soup(response).select("#error-summary-title")) == 1
    for name, sentence in told.items():
        field = soup(response).select_one(f"#id_{name}")
        assert field["aria-invalid"] == "true"
        assert sentence in words(response)
    assert services.calendar_of(room) == [SUMMER]


def test_calendar_changed_meanwhile_or_cut_where_a_place_is_given_is_refused(
    client, partner, room, ask
):
    services.grant_request(request=ask(), by=None, now=room.updated_at)
    room.refresh_from_db()
    url, short = f"{URL}{room.resource_id}/calendrier/", ("2027-05-01", "2027-05-31")

    stale = client.post(url, calendar(short, revision=1))
    cut = client.post(url, calendar(short, revision=room.calendar_revision))

    assert (stale.status_code, cut.status_code) == (422, 422)
    assert "Ce calendrier a changé entre-temps" in words(stale)
    assert "ce jour ne peut pas quitter le calendrier" in words(cut)

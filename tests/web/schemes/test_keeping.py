"""Coordinators keep the inventory: rule written beside its trial, conflicts, amounts, dates."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from ancrage.schemes.models import Scheme, SchemeCase
from ancrage.schemes.queries import amounts_of
from tests.factories import TerritoryRoleFactory
from tests.web.partners.support import HTMX, soup, words

pytestmark = pytest.mark.django_db

URL = "/aides/mobili-pass/"
RULE = f"{URL}regle/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def client():
    signed_in = Client()
    signed_in.force_login(TerritoryRoleFactory().user)
    return signed_in


def scheme() -> Scheme:
    return Scheme.objects.get(code="mobili-pass")


def typed(text: str, **more) -> dict[str, str]:
    return {
        "text": text,
        "applies_from": "",
        "based_on": str(scheme().rules.order_by("-pk")[0].pk),
        "essai-jour": "2026-11-22",
        **more,
    }


def saved_rules() -> list[str]:
    return list(scheme().rules.order_by("pk").values_list("text", flat=True))[1:]


def shown(form) -> dict[str, list[str]]:
    """What the browser would send back, as the page shows it."""
    data: dict[str, list[str]] = {}
    for one in form.select("[name]"):
        if one.name == "select":
            values = [option["value"] for option in one.select("option[selected]")]
        elif one.name == "textarea":
            values = [one.get_text().removeprefix("\n")]
        elif one.get("type") in ("checkbox", "radio"):
            values = [one.get("value", "on")] if one.has_attr("checked") else []
        else:
            values = [one.get("value", "")]
        data.setdefault(one["name"], []).extend(values)
    return data


# --- The rule -----------------------------------------------------------------------------------


def test_rule_page_opens_on_the_rule_in_force_and_asks_for_its_facts(client):
    page = soup(client.get(RULE))

    assert "effectif >= 10" in page.select_one("#id_text").get_text()
    assert page.select_one('[name="essai-effectif"]') is not None
    assert "À vérifier" in page.select_one("#reponse").get_text()


@pytest.mark.parametrize(
    ("facts", "answer"),
    [({}, "À vérifier"), ({"essai-age": "25"}, "Oui"), ({"essai-age": "34"}, "Non")],
)
def test_trial_turns_with_the_facts_and_saves_nothing(client, facts, answer):
    sent = typed("age <= 30", **facts)

    fragment = client.post(f"{RULE}essai/", sent, headers=HTMX)
    whole = client.post(f"{RULE}essai/", sent)

    assert answer in soup(fragment).select_one("#reponse .tag").get_text()
    assert soup(fragment).select_one("#id_text") is None
    assert soup(whole).select_one("#reponse .tag") == soup(fragment).select_one("#reponse .tag")
    assert soup(whole).select_one("#id_text").get_text().strip() == "age <= 30"
    assert saved_rules() == []


def test_trial_of_a_line_being_typed_keeps_the_facts_told(client):
    sent = typed("age <= 30\nop", **{"essai-age": "25"})

    page = soup(client.post(f"{RULE}essai/", sent, headers=HTMX))

    assert "Ligne 2" in page.select_one("#reponse").get_text()
    assert page.select_one('[name="essai-age"]')["value"] == "25"


def test_wrong_fact_is_refused_at_save_with_its_line(client):
    response = client.post(RULE, typed("effectif >= 10\nags <= 30"))

    assert response.status_code == 422
    assert "Ligne 2, colonne 1" in words(response)
    assert saved_rules() == []


def test_rule_is_saved_and_its_version_shown(client):
    response = client.post(RULE, typed("age <= 30", applies_from="2026-11-01", note="Arrêté"))

    assert response.status_code == 302
    assert saved_rules() == ["age <= 30"]
    page = words(client.get(response["Location"]))
    assert "Depuis le 1er novembre 2026 Arrêté En vigueur" in page
    assert "Nouvelle règle d’une aide" in page


def test_case_is_kept_from_the_trial_then_tried_at_save(client):
    kept = client.post(
        f"{RULE}cas/",
        typed("age <= 30", **{"essai-age": "25", "essai-cas": "À 25 ans", "essai-attendu": "yes"}),
        headers=HTMX,
    )
    assert "À 25 ans" in soup(kept).select_one("#cas").get_text()

    refused = client.post(RULE, typed("age <= 20"))
    assert refused.status_code == 422
    assert soup(refused).select_one("[name=despite_cases]") is not None
    assert "la règle répond" in words(refused)

    assert client.post(RULE, typed("age <= 20", despite_cases="on")).status_code == 302
    assert saved_rules() == ["age <= 20"]


@pytest.mark.parametrize(
    ("text", "told"), [("age <= 30", {}), ("ags", {"essai-cas": "Sans règle lisible"})]
)
def test_case_without_a_name_or_a_rule_is_not_kept(client, text, told):
    response = client.post(f"{RULE}cas/", typed(text, **told))

    assert response.status_code == 200
    assert not SchemeCase.objects.exists()


def test_case_is_removed_and_put_back(client):
    sent = {"essai-cas": "À 25 ans", "essai-age": "25", "essai-attendu": "yes"}
    client.post(f"{RULE}cas/", typed("age <= 30", **sent))
    case = SchemeCase.objects.get()

    removed = client.post(f"{RULE}cas/{case.pk}/retirer/", follow=True)
    undo = soup(removed).select_one(
        '.undo form[action="/aides/annuler/"], form[action="/aides/annuler/"]'
    )
    client.post(undo["action"], shown(undo))

    case.refresh_from_db()
    assert case.removed_at is None


def test_rule_written_by_somebody_else_meanwhile_is_shown_beside(client):
    sent = typed("age <= 40")
    client.post(RULE, typed("age <= 35"))

    response = client.post(RULE, sent)

    page = soup(response)
    assert response.status_code == 409
    assert [one.get_text() for one in page.select(".alert del, .alert ins")] == [
        "retiré : age <= 35",
        "ajouté : age <= 40",
    ]
    again = shown(page.select_one("form[novalidate]"))
    assert client.post(RULE, again).status_code == 302
    assert saved_rules() == ["age <= 35", "age <= 40"]


# --- The aid ------------------------------------------------------------------------------------


def test_aid_edited_by_two_shows_the_three_versions(client):
    sent = shown(soup(client.get(f"{URL}modifier/")).select_one("form[novalidate]"))
    Scheme.objects.filter(code="mobili-pass").update(label_en="Move pass", revision=2)

    response = client.post(f"{URL}modifier/", {**sent, "label_fr": ["Passe mobilité"]})

    assert response.status_code == 409
    assert "l’autre version, reprise" in words(response)
    again = shown(soup(response).select_one("form[novalidate]"))
    assert client.post(f"{URL}modifier/", again).status_code == 302
    assert (scheme().label_fr, scheme().label_en) == ("Passe mobilité", "Move pass")


def test_end_before_start_is_refused_beside_its_field(client):
    sent = shown(soup(client.get(f"{URL}modifier/")).select_one("form[novalidate]"))

    response = client.post(
        f"{URL}modifier/", {**sent, "opens_on": "2026-06-01", "closes_on": "2026-05-01"}
    )

    page = soup(response)
    assert response.status_code == 422
    assert page.select_one(".field--error #id_closes_on") is not None
    assert scheme().opens_on is None


def test_aid_is_added_then_its_rule_is_tried(client):
    facts = {
        "code": "chambre",
        "topic": "housing",
        "payer": "local_authority",
        "for_person": "on",
        "label_fr": "Chambre",
        "label_en": "Room",
        "content_fr": "Une chambre.",
        "content_en": "A room.",
        "source_name": "Mairie",
        "source_url": "https://mairie.example/chambre",
        "checked_on": "2026-11-20",
        "check_every_days": "365",
        "commitment_months": "0",
        "commitment_factor": "0",
        "commitment_least": "0",
        "repayment": "none",
        "rule": "age <= 30",
    }

    refused = client.post("/aides/nouvelle/", {**facts, "rule": "ags <= 30"})
    taken = client.post("/aides/nouvelle/", {**facts, "code": "mes-aides"})
    added = client.post("/aides/nouvelle/", facts)

    assert (refused.status_code, taken.status_code) == (422, 422)
    assert soup(taken).select_one(".field--error #id_code") is not None
    assert added["Location"] == "/aides/chambre/regle/"


def test_amounts_are_corrected_all_at_once(client):
    page = soup(client.get(f"{URL}montants/"))
    sent = shown(page.select_one("form[novalidate]"))
    assert (sent["form-0-low"], sent["form-0-high"]) == (["3000"], ["3500"])

    wrong = client.post(f"{URL}montants/", {**sent, "form-0-high": "12"})
    saved = client.post(
        f"{URL}montants/", {**sent, "form-1-low": "2 150,50", "form-1-period": "month"}
    )

    assert (wrong.status_code, saved.status_code) == (422, 302)
    rows = amounts_of([scheme()])[scheme().pk]
    assert [(one.low, one.high) for one in rows] == [(300_000, 350_000), (215_050, 215_050)]
    # The same page sent again no longer knows the aid.
    assert client.post(f"{URL}montants/", sent).status_code == 409


def test_aid_is_closed_undone_then_read_again(client):
    early = client.post(f"{URL}clore/", {"on": "1999-01-01"})
    assert early.status_code == 302
    page = soup(client.get(URL))
    assert "Close" in page.get_text()
    undo = page.select_one('.undo form[action="/aides/annuler/"], form[action="/aides/annuler/"]')
    client.post(undo["action"], shown(undo))
    assert scheme().closes_on is None

    client.post(f"{URL}relue/")
    assert scheme().checked_on == date(2026, 11, 22)


def test_list_of_sources_to_read_again_leads_to_each_and_empties(client):
    page = soup(client.get("/aides/?etat=a-revoir"))
    first = page.select_one("tbody tr form")

    response = client.post(first["action"], {"retour": "liste"}, follow=True)

    assert first["action"] not in {one["action"] for one in soup(response).select("tbody form")}
    assert "source relue aujourd’hui" in words(response)


def test_page_of_versions_asks_few_questions(client, django_assert_max_num_queries):
    for day in range(1, 8):
        client.post(RULE, typed(f"age <= {day}", applies_from=f"2026-10-0{day}"))

    with django_assert_max_num_queries(14):
        client.get(f"{URL}versions/")

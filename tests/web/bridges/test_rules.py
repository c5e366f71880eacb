"""The pages of the rules: lists, one rule, its form, its acts, files."""

from datetime import date

import pytest
from django.urls import reverse

from ancrage.professions.models import BridgeFunding, ProfessionBridge
from tests.factories import TerritoryRoleFactory
from tests.factories.moments import TODAY

pytestmark = pytest.mark.django_db

CODE = "nurse-second-year-from-aide"


@pytest.fixture
def keeper(client, time_machine):
    time_machine.move_to(TODAY)
    client.force_login(TerritoryRoleFactory().user)
    return client


def sent(form):
    """What a browser sends of a form as it is shown."""
    values = {}
    for field in form:
        value = field.value()
        if isinstance(value, list):
            values[field.name] = [str(one) for one in value]
        elif value not in (None, False):
            values[field.name] = "on" if value is True else str(value)
    return values


def test_list_tells_what_is_to_read_again_and_narrows(keeper, django_assert_max_num_queries):
    ProfessionBridge.objects.filter(code=CODE).update(checked_on=date(2020, 1, 1))

    with django_assert_max_num_queries(18):
        page = keeper.get(reverse("bridges:rules"))
    narrowed = keeper.get(reverse("bridges:rules"), {"etat": "a_relire"})
    empty = keeper.get(reverse("bridges:rules"), {"q": "introuvable"})

    assert (page.context["page"].paginator.count, page.context["to_check"]) == (58, 1)
    assert [line.bridge.code for line in narrowed.context["lines"]] == [CODE]
    assert "Aucune passerelle ici" in empty.content.decode()


def test_form_sent_as_it_was_shown_changes_nothing(keeper):
    address = reverse("bridges:rule_edit", args=[CODE])
    before = ProfessionBridge.objects.values().get(code=CODE)

    answer = keeper.post(address, sent(keeper.get(address).context["form"]))

    assert (answer.status_code, answer.url) == (302, reverse("bridges:rule", args=[CODE]))
    assert ProfessionBridge.objects.values().get(code=CODE) == before


def test_rule_is_corrected_checked_closed_and_taken_back(keeper):
    address = reverse("bridges:rule_edit", args=[CODE])
    values = sent(keeper.get(address).context["form"]) | {"months": "30", "fee": "1250,50"}

    keeper.post(address, values)
    for act in ("rule_check", "rule_undo", "rule_close"):
        keeper.post(reverse(f"bridges:{act}", args=[CODE]))

    row = ProfessionBridge.objects.get(code=CODE)
    assert (row.months, row.fee_cents, row.valid_to is None) == (30, 125050, False)
    page = keeper.get(reverse("bridges:rule", args=[CODE]))
    assert [act for _line, act, _changes in page.context["history"]][-1] == (
        "Règle de passerelle modifiée"
    )
    keeper.post(reverse("bridges:rule_reopen", args=[CODE]))
    assert ProfessionBridge.objects.get(code=CODE).valid_to is None


def test_wrong_answers_keep_the_form_and_say_how_to_mend_them(keeper):
    address = reverse("bridges:rule_add")
    values = {
        "origin": "nurse",
        "target": "nurse",
        "kind": "full_course",
        "rhythm": "full_time",
        "months": "12",
        "seniority_months": "36",
        "seniority_window": "12",
        "any_of": ["astronaut"],
        "source": "https://exemple.test/",
        "checked_on": "2026-11-01",
        "in_force_from": "2026-02-01",
        "in_force_to": "2026-01-01",
    }

    first = keeper.post(address, values)
    second = keeper.post(address, values | {"seniority_window": "60", "any_of": []})

    assert (first.status_code, set(first.context["form"].errors)) == (
        422,
        {"seniority_window", "any_of"},
    )
    assert set(second.context["form"].errors) == {"target", "in_force_to"}


def test_new_bridge_and_new_funding_are_written(keeper):
    funding = {
        "label_fr": "Fonds fictif",
        "label_en": "Invented fund",
        "owed_times": "3",
        "owed_most_months": "61",
        "source": "https://exemple.test/",
        "checked_on": "2026-11-01",
    }
    refused = keeper.post(reverse("bridges:funding_add"), funding)
    written = keeper.post(reverse("bridges:funding_add"), funding | {"owed_most_months": "60"})
    bridge = keeper.post(
        reverse("bridges:rule_add"),
        {
            "origin": "nurse",
            "target": "care_assistant",
            "kind": "right",
            "rhythm": "in_post",
            "months": "0",
            "fundings": ["fonds-fictif-1"],
            "intakes": ["9"],
            "source": "https://exemple.test/",
            "checked_on": "2026-11-01",
        },
    )

    assert "60 mois au plus" in refused.content.decode()
    assert written.url == reverse("bridges:funding", args=["fonds-fictif-1"])
    row = ProfessionBridge.objects.get(code="care-assistant-nurse-1")
    assert (bridge.status_code, row.fundings, row.intakes) == (302, ["fonds-fictif-1"], [9])
    assert keeper.get(written.url).status_code == 200


def test_funding_is_corrected_checked_closed_and_taken_back(keeper):
    address = reverse("bridges:funding_edit", args=["study_promotion"])
    values = sent(keeper.get(address).context["form"])
    keeper.post(address, values | {"kept_percent": "90"})

    for act in ("funding_check", "funding_undo", "funding_close"):
        keeper.post(reverse(f"bridges:{act}", args=["study_promotion"]))

    row = BridgeFunding.objects.get(code="study_promotion")
    assert (row.kept_percent, row.valid_to is None) == (90, False)
    keeper.post(reverse("bridges:funding_reopen", args=["study_promotion"]))
    again = keeper.post(reverse("bridges:funding_reopen", args=["study_promotion"]), follow=True)
    assert "Cette règle n’est pas close." in again.content.decode()


def test_files_hold_what_the_filters_show(keeper):
    bridges = keeper.get(reverse("bridges:rules_csv"), {"de": "care_assistant", "vers": "nurse"})
    fundings = keeper.get(reverse("bridges:fundings_csv"))

    text = b"".join(bridges.streaming_content).decode()
    assert text.count("\r\n") == 3
    assert "Étude promotionnelle" in b"".join(fundings.streaming_content).decode()

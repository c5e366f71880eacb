"""`plan_runs`: from a file to a file, without a database."""

import json
from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command

from tests.planners import refusal_of, write

COURSE = {"id": "deas", "profession": "care_assistant", "months": 11}
RUN = {
    "id": "pornic-janvier",
    "course": "deas",
    "site": "pornic",
    "month": "2027-01",
    "least": 2,
    "most": 3,
    "cost": 8_000,
}
WISH = {"person": "ana", "course": "deas", "sites": ["pornic"], "months": ["2027-01"]}
NEED = {"profession": "care_assistant", "month": "2027-12", "people": 4}
INSTANCE = {
    "courses": [COURSE],
    "runs": [RUN, {**RUN, "id": "pornic-mars", "month": "2027-03"}],
    "wishes": [
        WISH,
        {**WISH, "person": "bea", "priority": 2},
        {**WISH, "person": "cleo", "sites": []},
    ],
    "needs": [NEED],
    "budget": 20_000,
}
PLAN = {
    "runs": [
        {
            "run": "pornic-janvier",
            "course": "deas",
            "site": "pornic",
            "month": "2027-01",
            "cost": 8_000,
            "people": ["ana", "bea"],
        }
    ],
    "covers": [
        {
            "run": "pornic-janvier",
            "profession": "care_assistant",
            "month": "2027-12",
            "people": 2,
        }
    ],
    "not_sent": [{"person": "cleo", "course": "deas", "why": "no_run", "runs": []}],
    "closed": [{"run": "pornic-mars", "why": "few", "could_come": 0, "go_nowhere": 0}],
    "missing": [{"profession": "care_assistant", "month": "2027-12", "people": 2, "why": "few"}],
    "points": 5,
    "cost": 8_000,
    "bound": {"points": 5, "cost": 8_000},
    "gap": 0,
    "proof": "optimal",
}


refusal = partial(refusal_of, "plan_runs")


def test_runs_are_written_to_their_file(tmp_path):
    out, said = tmp_path / "plan.json", StringIO()

    call_command("plan_runs", write(tmp_path, INSTANCE), out=out, stdout=said)

    assert json.loads(out.read_text(encoding="utf-8")) == PLAN
    assert said.getvalue().splitlines() == [
        "Sessions ouvertes : 1, pour 8000 €.",
        "Vœux servis : 2.",
        "Besoins couverts : 2.",
        "Preuve : le meilleur plan, prouvé par ses prix.",
        "Vœux non servis : 1.",
        "  aucune session possible sur ces sites à ces mois : 1",
    ]


def test_runs_are_printed_and_unknown_keys_told(tmp_path):
    said, told = StringIO(), StringIO()
    turned = {**INSTANCE, "runs": INSTANCE["runs"][::-1], "note": 1}

    call_command("plan_runs", write(tmp_path, turned), seconds=9, stdout=said, stderr=told)

    assert json.loads(said.getvalue()) == PLAN
    assert told.getvalue() == "Clés ignorées : note.\n"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"courses": None}, "L’instance : « courses » doit être une liste."),
        ({"runs": [3]}, "La session n° 1 doit être un objet JSON."),
        (
            {"runs": [{**RUN, "month": "janvier"}]},
            "La session « pornic-janvier » : « janvier » n’est pas un mois ; écrivez 2027-01.",
        ),
        (
            {"runs": [{**RUN, "course": "x"}]},
            "La session « pornic-janvier » est d’une formation inconnue : « x ».",
        ),
        (
            {"runs": [{**RUN, "least": 4}]},
            "La session « pornic-janvier » va de 4 à 3 personnes : il faut 1 ≤ least ≤ most",
        ),
        ({"runs": [RUN, RUN]}, "La session « pornic-janvier » est donnée deux fois."),
        (
            {"wishes": [{**WISH, "months": ["2027-13"]}]},
            "Le vœu de « ana » : « 2027-13 » n’est pas un mois",
        ),
        (
            {"wishes": [{**WISH, "sites": [3]}]},
            "Le vœu de « ana » : « sites » doit être une liste de textes.",
        ),
        ({"wishes": [WISH, WISH]}, "« ana » demande deux fois la formation « deas »."),
        ({"wishes": [{**WISH, "priority": 0}]}, "« priority » de « ana » vaut 0 : il faut de 1"),
        ({"needs": [NEED, NEED]}, "Le besoin de « care_assistant » est donné deux fois"),
        ({"needs": [{**NEED, "people": -1}]}, "Le besoin de « care_assistant » est de -1 person"),
        ({"budget": -1}, "« budget » vaut -1 € : il faut au moins 0, ou null."),
        ({"budget": "x"}, "L’instance : « budget » doit être un nombre entier."),
    ],
)
def test_bad_instance_is_refused_in_a_sentence(tmp_path, change, words):
    assert words in refusal(write(tmp_path, INSTANCE | change))


def test_file_that_cannot_be_read_or_written(tmp_path):
    assert "Impossible de lire" in refusal(tmp_path / "absent.json")
    assert "pas du JSON lisible" in refusal(write(tmp_path, "{"))
    assert "Impossible d’écrire" in refusal(write(tmp_path, INSTANCE), out=tmp_path)

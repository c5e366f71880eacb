"""`plan_shared_posts`: from a file to a file, without a database."""

import json
from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command

from tests.planners import refusal_of, write

HOME = {
    "id": "ehpad",
    "employer": "EHPAD Les Tilleuls",
    "site": "pornic",
    "profession": "nurse",
    "fte": 40,
    "start": "2027-01-04",
    "slots": ["mon", "tue"],
}
CLINIC = {
    **HOME,
    "id": "clinique",
    "employer": "Clinique",
    "site": "machecoul",
    "fte": 60,
    "start": "2027-02-01",
    "slots": ["mon", "wed", "thu", "fri"],
    "needed": 6,
    "holder": {"id": "ana", "travel": 30, "off": []},
}
SCHOOL = {**HOME, "id": "école", "employer": "École", "profession": "cook"}
INSTANCE = {
    "fractions": [HOME, CLINIC, SCHOOL],
    "trips": [{"from": "pornic", "to": "machecoul", "minutes": 30}],
    "limits": {"travel": 20},
}
PLAN = {
    "posts": [
        {
            "parts": [
                {
                    "fraction": "clinique",
                    "employer": "Clinique",
                    "site": "machecoul",
                    "fte": 60,
                    "week": ["wed-am", "wed-pm", "thu-am", "thu-pm", "fri-am", "fri-pm"],
                    "kept": True,
                    "missing_alone": 20,
                },
                {
                    "fraction": "ehpad",
                    "employer": "EHPAD Les Tilleuls",
                    "site": "pornic",
                    "fte": 40,
                    "week": ["mon-am", "mon-pm", "tue-am", "tue-pm"],
                    "kept": False,
                    "missing_alone": 40,
                },
            ],
            "profession": "nurse",
            "fte": 100,
            "travel": 30,
            "start": "2027-02-01",
            "person": "ana",
            "days": 5,
            "days_on_the_road": 0,
            "longest_trip": 30,
        }
    ],
    "left_out": [{"fraction": "école", "why": "alone", "figure": None, "partners": []}],
    "fte": 100,
    "travel": 30,
    "bound": {"fte": 100, "travel": 30},
    "gap": 0,
    "proof": "optimal",
    "sets": 1,
    "complete": True,
}


refusal = partial(refusal_of, "plan_shared_posts")


def test_posts_are_written_to_their_file(tmp_path):
    out, said = tmp_path / "plan.json", StringIO()

    call_command("plan_shared_posts", write(tmp_path, INSTANCE), out=out, stdout=said)

    assert json.loads(out.read_text(encoding="utf-8")) == PLAN
    assert said.getvalue().splitlines() == [
        "Postes partagés : 1, soit 1,00 ETP.",
        "Trajets entre leurs sites : 30 minutes en tout.",
        "Preuve : le meilleur plan, prouvé par ses prix.",
        "Fractions laissées seules : 1.",
        "  personne d’autre ne cherche ce métier : 1",
    ]


def test_posts_are_printed_and_unknown_keys_told(tmp_path):
    said, told = StringIO(), StringIO()
    turned = {**INSTANCE, "fractions": INSTANCE["fractions"][::-1], "note": 1}

    call_command("plan_shared_posts", write(tmp_path, turned), seconds=0, stdout=said, stderr=told)

    assert json.loads(said.getvalue()) == PLAN
    assert told.getvalue() == "Clés ignorées : note.\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("{", "Ce fichier n’est pas du JSON lisible"),
        ("[NaN]", "NaN n’est pas un nombre fini."),
        ([], "L’instance doit être un objet JSON."),
        ({}, "L’instance : « fractions » doit être une liste."),
        ({"fractions": [3]}, "La fraction n° 1 doit être un objet JSON."),
        ({"fractions": [{}]}, "La fraction n° 1 : « id » doit être un texte."),
        ({"fractions": [{**HOME, "site": ""}]}, "La fraction « ehpad » : « site » doit être"),
        (
            {"fractions": [{**HOME, "fte": 0.4}]},
            "La fraction « ehpad » : « fte » doit être un nombre entier.",
        ),
        (
            {"fractions": [{**HOME, "fte": 10**12}]},
            "La fraction « ehpad » : « fte » vaut 1000000000000, bien plus qu’il n’est possible.",
        ),
        (
            {"fractions": [{**HOME, "start": "4/1/2027"}]},
            "La fraction « ehpad » : « start » est « 4/1/2027 » ; écrivez une date comme "
            "2027-01-31.",
        ),
        (
            {"fractions": [{**HOME, "slots": ["lundi"]}]},
            "La fraction « ehpad » : « lundi » n’est pas une demi-journée ; écrivez « mon »",
        ),
        (
            {"fractions": [{**HOME, "holder": {"id": "ana", "off": [3]}}]},
            "La fraction « ehpad », « holder » : « 3 » n’est pas une demi-journée",
        ),
        ({"fractions": [], "refused": ["a"]}, "« refused » doit être une liste de listes"),
        ({"fractions": [HOME, HOME]}, "La fraction « ehpad » est donnée deux fois."),
        ({"fractions": [{**HOME, "fte": 101}]}, "« fte » de la fraction « ehpad » vaut 101 : il"),
        (
            {"fractions": [{**HOME, "needed": 9}]},
            "« needed » de la fraction « ehpad » vaut 9, pour 4 demi-journées possibles.",
        ),
        ({"fractions": [], "limits": {"employers": 1}}, "« employers » vaut 1 : un poste partagé"),
        (
            {"fractions": [], "trips": [{"from": "a", "to": "a", "minutes": 1}]},
            "Le trajet « a » – « a » est donné deux fois, ou va d’un site à lui-même.",
        ),
        (
            {"fractions": [], "refused": [["x"]]},
            "Dans « refused », la fraction « x » est inconnue",
        ),
    ],
)
def test_bad_instance_is_refused_in_a_sentence(tmp_path, data, words):
    assert words in refusal(write(tmp_path, data))


def test_file_that_cannot_be_read_or_written(tmp_path):
    latin = tmp_path / "latin.json"
    latin.write_bytes(b"\xe9")

    assert "Impossible de lire" in refusal(tmp_path / "absent.json")
    assert "n’est pas un texte en UTF-8" in refusal(latin)
    assert "Impossible d’écrire" in refusal(write(tmp_path, INSTANCE), out=tmp_path)

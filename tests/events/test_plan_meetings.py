"""`plan_meetings`: from a file to a file, without a database."""

import json
from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.planners import refusal_of, write

INSTANCE = {
    "rounds": 3,
    "tables": 2,
    "hosts": [{"id": "a"}, {"id": "b", "max": 2, "absent": [0]}, {"id": 7, "capacity": 2}],
    "visitors": [{"id": "x"}, {"id": "y", "min": 1}],
    "pairs": [
        {"host": "a", "visitor": "x", "score": 0.7},
        {"host": "b", "visitor": "x", "score": 1},
        {"host": 7, "visitor": "x", "score": 0.25},
        {"host": "a", "visitor": "y", "score": 0.5},
        {"host": 7, "visitor": "y", "score": 0},
    ],
    "held": [{"host": "a", "visitor": "x", "round": 0}],
    "promised": [{"host": "b", "visitor": "x", "round": 0}],
    "from_round": 1,
}
PLAN = {
    "meetings": [
        {"host": "a", "visitor": "x", "round": 0, "table": 1},
        {"host": "a", "visitor": "y", "round": 1, "table": 1},
        {"host": 7, "visitor": "x", "round": 1, "table": 2},
        {"host": "b", "visitor": "x", "round": 2, "table": 1},
        {"host": 7, "visitor": "y", "round": 2, "table": 2},
    ],
    "levels": [5, 3, 1],
    "score": 2.45,
    "bound": 2.45,
    "gap": 0,
    "proof": "optimal",
    "changes": 1,
}


refusal = partial(refusal_of, "plan_meetings")


def test_plan_is_written_to_its_file(tmp_path):
    out, said = tmp_path / "plan.json", StringIO()

    call_command("plan_meetings", write(tmp_path, INSTANCE), out=out, stdout=said)

    assert json.loads(out.read_text(encoding="utf-8")) == PLAN
    assert said.getvalue().splitlines() == [
        "Rencontres : 5.",
        "Preuve : le meilleur plan, prouvé par ses prix.",
        "Personnes qui en ont au moins 1 : 5.",
        "Personnes qui en ont au moins 2 : 3.",
        "Personnes qui en ont au moins 3 : 1.",
        "Rencontres promises qui changent : 1.",
    ]


def test_plan_is_the_same_whatever_the_order(tmp_path):
    turned = {
        key: value[::-1] if isinstance(value, list) else value for key, value in INSTANCE.items()
    }
    said = StringIO()

    call_command("plan_meetings", write(tmp_path, turned), stdout=said)

    assert json.loads(said.getvalue()) == PLAN


def test_plan_of_pairs_in_a_spreadsheet(tmp_path):
    said, told = StringIO(), StringIO()
    pairs = write(tmp_path, "Hôte;Visiteur;Note\na;x;0,5\n\nb;x;1\n", "pairs.csv")

    call_command("plan_meetings", pairs, rounds=2, tables=1, stdout=said, stderr=told)

    assert json.loads(said.getvalue()) == {
        "meetings": [
            {"host": "a", "visitor": "x", "round": 0, "table": 1},
            {"host": "b", "visitor": "x", "round": 1, "table": 1},
        ],
        "levels": [3, 1],
        "score": 1.5,
        "bound": 1.5,
        "gap": 0,
        "proof": "optimal",
    }
    assert told.getvalue() == ""


def test_unknown_keys_are_told(tmp_path):
    said, told = StringIO(), StringIO()
    data = {"rounds": 1, "hosts": [{"id": "a", "name": "A"}], "visitors": [], "salle": 2}

    call_command("plan_meetings", write(tmp_path, data), stdout=said, stderr=told)

    assert json.loads(said.getvalue())["meetings"] == []
    assert told.getvalue() == "Clés ignorées : name, salle.\n"


def test_time_limit_is_accepted(tmp_path):
    said = StringIO()

    call_command("plan_meetings", write(tmp_path, INSTANCE), seconds=0, stdout=said)

    assert json.loads(said.getvalue())["proof"] == "optimal"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rounds": None}, "L’instance : « rounds » doit être un nombre entier."),
        ({"rounds": -1}, "Le nombre de tours (« rounds ») est -1 : il en faut au moins 0."),
        ({"rounds": 10**6}, "1000000 tours : pas plus de 1000."),
        (
            {"tables": -2},
            "Le nombre de tables (« tables ») est -2 : il en faut au moins 0, ou null.",
        ),
        ({"tables": 1.5}, "L’instance : « tables » doit être un nombre entier."),
        ({"from_round": 4}, "« from_round » vaut 4, hors des tours de l’instance."),
        ({"hosts": None}, "« hosts » doit être une liste."),
        ({"hosts": [3]}, "Chaque ligne de « hosts » doit être un objet JSON."),
        ({"hosts": [{}]}, "Dans « hosts », « id » doit être un texte ou un nombre entier."),
        (
            {"visitors": [{"id": "x"}, {"id": "x"}]},
            "L’identifiant « x » est donné à deux personnes du même côté.",
        ),
        (
            {"visitors": [{"id": "x"}, {"id": "7"}]},
            "« 7 » est écrit tantôt comme un texte, tantôt comme un nombre.",
        ),
        (
            {"visitors": [{"id": "x", "min": 3, "max": 2}]},
            "« min » de « x » (3) dépasse son « max » (2).",
        ),
        ({"visitors": [{"id": "x", "max": -1}]}, "« max » de « x » vaut -1 : il faut au moins 0."),
        ({"visitors": [{"id": "x", "min": -1}]}, "« min » de « x » vaut -1 : il faut au moins 0."),
        (
            {"visitors": [{"id": "x", "absent": 2}]},
            "« absent » de « x » doit être une liste de tours.",
        ),
        (
            {"visitors": [{"id": "x", "absent": [3]}]},
            "« x » est absent au tour 3, qui n’existe pas (comptés depuis 0).",
        ),
        (
            {"hosts": [{"id": "a", "seats": 0}]},
            "« a » a 0 place à sa table : il en faut au moins 1.",
        ),
        (
            {"pairs": [{"host": "c", "visitor": "x", "score": 1}]},
            "Hôte inconnu : « c » n’est pas dans « hosts ».",
        ),
        (
            {"pairs": [{"host": "a", "visitor": "z", "score": 1}]},
            "Visiteur inconnu : « z » n’est pas dans « visitors ».",
        ),
        (
            {"pairs": [{"host": "a", "visitor": "x", "score": 1}] * 2},
            "La paire « a » – « x » est donnée deux fois.",
        ),
        (
            {"pairs": [{"host": "a", "visitor": "x"}]},
            "La note de « a » – « x » doit être un nombre.",
        ),
        (
            {"pairs": [{"host": "a", "visitor": "x", "score": 1e10}]},
            "La note de « a » – « x » doit être finie, entre −10⁹ et 10⁹.",
        ),
        (
            {"pairs": [{"host": "a", "visitor": "x", "score": float("nan")}]},
            "NaN n’est pas un nombre fini : donnez à chaque note une valeur finie.",
        ),
        (
            {"held": [{"host": "a", "visitor": "x", "round": 3}]},
            "La rencontre « a » – « x » est au tour 3, qui n’existe pas (comptés depuis 0).",
        ),
        (
            {"held": [{"host": "a", "visitor": "x", "round": when} for when in (0, 1)]},
            "La rencontre « a » – « x » est donnée à deux tours : on ne se rencontre qu’une fois.",
        ),
        (
            {"held": [{"host": host, "visitor": "x", "round": 0} for host in "ab"]},
            "Le visiteur « x » a deux rencontres au tour 0.",
        ),
        (
            {"held": [{"host": "a", "visitor": name, "round": 0} for name in "xy"]},
            "L’hôte « a » a trop de rencontres au tour 0.",
        ),
        (
            {"hosts": [{"id": "a", "max": 0}, {"id": "b"}, {"id": 7}]},
            "« a » a 1 rencontres tenues, plus que son maximum.",
        ),
        (
            {"tables": 0, "from_round": 0},
            "Au tour 0, 1 tables tenues pour 0 disponibles.",
        ),
    ],
)
def test_bad_instance_gets_one_clear_message(tmp_path, change, words):
    assert refusal(write(tmp_path, {**INSTANCE, **change})) == words


def test_unreadable_files(tmp_path):
    (tmp_path / "latin.json").write_bytes("é".encode("latin-1"))
    pairs = write(tmp_path, "host,visitor,score\na,x,trop\n", "pairs.csv")
    short = write(tmp_path, "host,visitor,score\na\n", "short.csv")
    titles = write(tmp_path, "host,score\n", "titles.csv")
    asked = write(tmp_path, INSTANCE)

    assert refusal(tmp_path / "none.json").endswith("none.json » : No such file or directory.")
    assert refusal(tmp_path / "latin.json").endswith("n’est pas un texte en UTF-8.")
    assert refusal(write(tmp_path, "{", "cut.json")).startswith("Ce fichier n’est pas du JSON")
    assert refusal(write(tmp_path, "[]", "list.json")) == "L’instance doit être un objet JSON."
    assert "ajoutez « --rounds »" in refusal(pairs)
    assert refusal(pairs, rounds=1) == "Ligne 2 : « trop » n’est pas une note."
    assert refusal(short, rounds=1) == "Ligne 2 : 1 colonnes, il en faut 3."
    assert refusal(titles, rounds=1).startswith("Il manque la colonne « visitor »")
    assert refusal(asked, compact=True).startswith("« --compact » serre des rencontres")
    assert refusal(asked, most_in_a_row=0) == "« --most-in-a-row » doit être d’au moins 1."
    assert refusal(asked, guarantee=-1) == "« --guarantee » ne peut pas être négatif."
    assert "Impossible d’écrire" in refusal(asked, out=tmp_path / "none" / "plan.json")


def test_plan_with_rests_and_less_walking(tmp_path):
    said = StringIO()
    data = {
        "rounds": 5,
        "hosts": [{"id": f"h{rank}"} for rank in range(9)],
        "visitors": [{"id": "x", "max": 4}],
        "pairs": [{"host": f"h{rank}", "visitor": "x", "score": 1} for rank in (0, 8, 2, 6)],
    }

    call_command(
        "plan_meetings", write(tmp_path, data), most_in_a_row=2, walk_less=True, stdout=said
    )

    meetings = json.loads(said.getvalue())["meetings"]
    assert [one["round"] for one in meetings] == [0, 1, 3, 4]
    assert sorted(one["table"] for one in meetings) == [1, 2, 3, 4]


def test_promises_have_a_price(tmp_path):
    """b is promised; a would bring more than the price."""
    data = {
        "rounds": 1,
        "hosts": [{"id": "a", "min": 0}, {"id": "b", "min": 0}],
        "visitors": [{"id": "x"}],
        "pairs": [
            {"host": "a", "visitor": "x", "score": 0.9},
            {"host": "b", "visitor": "x", "score": 0.5},
        ],
        "promised": [{"host": "b", "visitor": "x", "round": 0, "table": 2}],
    }
    instance = write(tmp_path, data)
    kept, changed = StringIO(), StringIO()

    call_command("plan_meetings", instance, stdout=kept)
    call_command("plan_meetings", instance, price=0, stdout=changed)

    assert json.loads(kept.getvalue())["meetings"] == [
        {"host": "b", "visitor": "x", "round": 0, "table": 2}
    ]
    assert json.loads(kept.getvalue())["changes"] == 0
    assert json.loads(changed.getvalue())["meetings"][0]["host"] == "a"
    assert json.loads(changed.getvalue())["changes"] == 1


# Four people, three meetings, the second after the first; 4 is absent in the first slot.
DZN = """
nBusiness = 4; nMeetings = 3; nTables = 1; nTotalSlots = 4; nMorningSlots = 2;
requested = [|1, 2, 3,
|1, 3, 1,
|1, 4, 2, |];
meetingsxBusiness = [{1,2,3,4},{1,2},{1,3},{1,4}];
nMeetingsBusiness = [3,1,1,1];
forbidden = [{0},{0},{0},{0,3}];
fixed = [0, 0, 0];
precedences = [{2},{},{}];
"""


def test_meetings_already_decided_are_put_close_together(tmp_path):
    said, told = StringIO(), StringIO()
    out = tmp_path / "plan.json"

    call_command("plan_meetings", write(tmp_path, DZN, "data.dzn"), stdout=said)
    call_command(
        "plan_meetings", write(tmp_path, DZN, "data.dzn"), out=out, compact=True, stdout=told
    )

    found = json.loads(said.getvalue())
    assert [(one["host"], one["visitor"], one["round"]) for one in found["meetings"]] in (
        [(1, 3, 1), (1, 2, 2), (1, 4, 3)],
        [(1, 3, 0), (1, 2, 1), (1, 4, 3)],
    )
    assert {one["table"] for one in found["meetings"]} == {1}
    assert (found["breaks"], found["bound"], found["gap"]) == (0, 0, 0)
    assert found["proof"] == "searched"
    assert json.loads(out.read_text(encoding="utf-8")) == found
    assert told.getvalue() == "Pauses : 0 ; aucune grille n’en a moins de 0.\n"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("nTables = 1;", "", "Il manque « nTables »."),
        ("nTables = 1;", "nTables = un;", "« nTables » doit être un nombre entier."),
        ("nMeetings = 3", "nMeetings = 4", "« requested » doit avoir 4 lignes de trois nombres."),
        ("|1, 2, 3,", "|1, 2, 4,", "La session 4 n’est ni 1, ni 2, ni 3."),
        ("[0, 0, 0]", "[0, 0]", "« fixed », « precedences » ou « forbidden »"),
        ("|1, 2, 3,", "|1, 1, 3,", "Une rencontre n’a pas de sens"),
    ],
)
def test_bad_data_of_the_benchmark(tmp_path, before, after, words):
    assert words in refusal(write(tmp_path, DZN.replace(before, after), "data.dzn"))


def test_meetings_that_cannot_all_be_held(tmp_path):
    fixed = DZN.replace("[0, 0, 0]", "[2, 2, 0]")

    with pytest.raises(CommandError, match="Aucune grille") as refused:
        call_command("plan_meetings", write(tmp_path, fixed, "data.dzn"), stdout=StringIO())

    assert refused.value.returncode == 1

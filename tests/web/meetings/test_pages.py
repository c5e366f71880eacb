"""The plan room: computed, read in every way, published."""

from io import BytesIO

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from ancrage.events import services
from ancrage.events.enums import EventState, RuleKind
from ancrage.events.models import Event, PairRule, Timetable
from ancrage.kit.models import AuditLine, OutboxTask
from tests.events.crowd import fill
from tests.factories import EventFactory, TerritoryFactory, TerritoryRoleFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _november(time_machine):
    time_machine.move_to("2026-11-16T09:30:00+00:00", tick=False)


@pytest.fixture
def event(client):
    territory = TerritoryFactory(slug="pays-de-retz")
    client.force_login(TerritoryRoleFactory(territory=territory).user)
    return EventFactory(territory=territory, rounds=3, guarantee=1, title="Soirée fictive")


def address(name, event, *arguments):
    return reverse(f"meetings:{name}", args=[event.pk, *arguments])


def build(event):
    return services.build_timetable(event=event, by=None, now=NOW, walk_less=False)


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def rows(response, caption=None):
    tables = soup(response).select("table.table")
    table = next(one for one in tables if caption is None or caption in one.caption.get_text())
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in table.select("tbody tr")
    ]


def key(event, role, place=0):
    parties = event.parties.filter(side__role=role).order_by("pk")
    return parties.values_list("pk", flat=True)[place]


def test_a_version_is_computed_then_read_with_its_proof(client, event):
    fill(event, 3, 2, wishes=1)
    page = client.get(address("room", event))
    assert "Aucune grille calculée" in page.text

    answer = client.post(address("build", event), follow=True)

    assert answer.redirect_chain == [(address("version", event, 1), 302)]
    assert "Personne ne peut avoir davantage de rencontres" in answer.text
    assert rows(answer, "Côté par côté")[1][:4] == ["Internes", "2", "3", "3,0"]
    grid = rows(answer, "Grille")
    assert [row[0] for row in grid] == [f"{n} · Dr Hôte Fictif {n}" for n in (1, 2, 3)]
    assert sorted(name for row in grid for name in row[1:] if name) == [
        *["Visite Fictif 1"] * 3,
        *["Visite Fictif 2"] * 3,
    ]
    assert "Version 1" in client.get(address("room", event)).text


def test_the_grid_is_read_by_round_and_by_name(client, event):
    fill(event, 3, 2)
    build(event)

    one = client.get(address("version", event, 1), {"tour": "2", "q": "hote fictif 3"})

    assert [len(row) for row in rows(one, "Grille")] in ([2], [])
    fragment = client.get(address("version", event, 1), headers={"HX-Request": "true"})
    assert fragment.text.strip().startswith('<div id="results"')


@pytest.mark.parametrize(
    ("hosts", "visitors", "said"),
    [
        (0, 0, "Personne n’a de place du côté"),
        (1, 1, "Aucune paire ne peut se rencontrer"),
    ],
)
def test_what_cannot_be_planned_is_said(client, event, hosts, visitors, said):
    fill(event, hosts, visitors)
    if hosts:
        PairRule.objects.create(
            event=event,
            host_id=key(event, "host"),
            visitor_id=key(event, "visitor"),
            kind=RuleKind.FORBIDDEN,
            at=NOW,
        )

    answer = client.post(address("build", event))

    assert answer.status_code == 422
    assert said in answer.text
    assert said in client.get(address("room", event)).text
    assert Timetable.objects.count() == 0


def test_nothing_is_offered_to_compute_once_the_evening_has_begun(client, event):
    Event.objects.update(state=EventState.RUNNING)

    page = client.get(reverse("meetings:room", args=[event.pk])).text

    assert reverse("meetings:build", args=[event.pk]) not in page
    assert reverse("evenings:replan", args=[event.pk]) in page


def test_a_version_out_of_date_says_so_and_names_who_left(client, event):
    fill(event, 2, 2, tables=2)
    build(event)
    assert "plus à jour" not in client.get(address("room", event)).text
    event.participants.filter(party=key(event, "host")).update(state="cancelled", cancelled_at=NOW)

    assert "plus à jour" in client.get(address("room", event)).text
    assert "N’ont plus de place" in client.get(address("version", event, 1)).text


def test_people_are_listed_from_those_who_have_fewest(client, event):
    event.rounds = 1
    event.save()
    fill(event, 3, 1, wishes=1)
    build(event)

    listing = client.get(address("people", event, 1))

    assert [row[2] for row in rows(listing)] == ["0", "0", "1", "1"]
    few = client.get(address("people", event, 1), {"rencontres": "0", "cote": "host", "q": "hote"})
    assert len(rows(few)) == 2
    none = client.get(address("people", event, 1), {"q": "personne d’autre"})
    assert "Personne ne correspond" in none.text


def test_an_evening_is_read_round_by_round(client, event):
    fill(event, 2, 1, wishes=2, tables=2)
    build(event)

    page = client.get(address("person", event, 1, key(event, "visitor")))

    evening = rows(page)
    assert [row[0].split()[0] for row in evening] == ["1", "2", "3"]
    assert sorted(row[3] for row in evening) == ["n° 1", "n° 2", "–"]
    assert client.get(address("person", event, 1, 10**6)).status_code == 404


def test_unmet_wishes_have_their_reason(client, event):
    event.rounds = 1
    event.save()
    fill(event, 2, 1, wishes=2, tables=2)
    build(event)

    page = client.get(address("unmet", event, 1))

    found = rows(page)
    assert [row[2] for row in found] == ["1", "2"]
    assert all("points sur 1 000" in row[3] or "équité" in row[3] for row in found)
    first = client.get(address("unmet", event, 1), {"rang": "1", "cote": "visitor"})
    assert "Aucun vœu à expliquer" in first.text or len(rows(first)) == 1


def test_a_pair_is_explained_and_ruled_with_a_reason(client, event):
    fill(event, 2, 1, wishes=1)
    pair = address("pair", event, key(event, "host"), key(event, "visitor"))
    assert "Compatibilité" in client.get(pair).text

    refused = client.post(pair, {"kind": "locked", "round": "1", "reason": " "})
    assert refused.status_code == 422
    assert "Écrivez en quelques mots pourquoi" in refused.text
    kept = client.post(pair, {"kind": "locked", "round": "1", "reason": "Se connaissent"})

    assert (kept.status_code, kept.url) == (302, pair)
    rule = PairRule.objects.get()
    assert (rule.kind, rule.round, rule.reason) == ("locked", 1, "Se connaissent")
    listed = rows(client.get(address("rules", event)), "à la main")
    assert listed == [
        ["Dr Hôte Fictif 1 – Visite Fictif 1", "Imposée au tour 2", "Se connaissent"]
    ]
    build(event)
    assert "ils se rencontrent au tour 2" in client.get(pair).text
    client.post(pair, {"kind": "free"})
    assert PairRule.objects.count() == 0


def test_a_lock_where_somebody_is_away_is_refused_beside_the_round(client, event):
    fill(event, 1, 1)
    event.parties.update(absent_rounds=[0])
    pair = address("pair", event, key(event, "host"), key(event, "visitor"))

    answer = client.post(pair, {"kind": "locked", "round": "0", "reason": "Se connaissent"})

    assert answer.status_code == 422
    assert "n’est pas là à ce tour" in soup(answer).select_one(".field--error").get_text()


def test_any_pair_is_reached_from_two_names(client, event):
    fill(event, 1, 1)
    names = {"host": key(event, "host"), "visitor": key(event, "visitor")}

    answer = client.get(address("rules", event), names)

    assert answer.url == address("pair", event, names["host"], names["visitor"])
    swapped = {"host": names["visitor"], "visitor": names["host"]}
    assert client.get(address("rules", event), swapped).status_code == 200


def test_weights_move_and_the_scarce_side_is_advised_more(client, event):
    fill(event, 4, 1)
    page = client.get(address("weights", event))
    assert "Conseillé pour cet événement : 10." in page.text
    sent = {
        one["name"]: one.get("value", "")
        for one in soup(page).select("form[data-guard] input[name]")
    }
    sent |= {"mode": "3", "wishes_visitor": "10"}

    answer = client.post(address("weights", event), sent)

    assert answer.url == address("room", event)
    event.refresh_from_db()
    assert (event.weights["mode"], event.weights["distance"]) == (3, 8)
    assert event.sides.get(role="visitor").wish_weight == 10
    late = client.post(address("weights", event), sent)
    assert late.status_code == 422
    assert "Une autre personne vient de modifier" in late.text


def test_trials_are_compared_with_ones_own_first(client, event):
    fill(event, 4, 2, tables=4)

    page = client.get(address("what_if", event), {"tours": "2", "garantie": "x"})

    found = rows(page)
    assert [row[0] for row in found[:3]] == ["+2 tours Votre essai", "Comme prévu", "+1 tour"]
    assert [row[1] for row in found[:2]] == ["5 × 7 min", "3 × 7 min"]
    assert Timetable.objects.count() == 0
    Event.objects.update(state="over")
    event.participants.update(state="waiting")
    assert "Personne n’a de place" in client.get(address("what_if", event)).text


def test_two_versions_are_compared_person_by_person(client, event):
    fill(event, 2, 1, tables=2)
    build(event)
    assert "Une seule version" in client.get(address("compare", event, 1)).text
    PairRule.objects.create(
        event=event,
        host_id=key(event, "host"),
        visitor_id=key(event, "visitor"),
        kind=RuleKind.FORBIDDEN,
        at=NOW,
    )
    build(event)

    found = rows(client.get(address("compare", event, 2)))

    assert ["Dr Hôte Fictif 1", "Visite Fictif 1", "–", "–"] in found
    build(event)
    same = client.get(address("compare", event, 3), {"avec": "2"})
    assert "Aucune différence" in same.text


def test_publishing_asks_first_and_one_version_is_in_force(client, event):
    fill(event, 2, 1)
    build(event)
    build(event)
    asked = client.get(address("publish", event, 1)).text
    assert "Si vous confirmez" in asked
    assert "ne comptent que si vous recalculez" in asked

    client.post(address("publish", event, 1), {"tell": "on"})
    assert OutboxTask.objects.get().kind == "events.announce_timetable"
    client.post(address("publish", event, 2))
    assert OutboxTask.objects.count() == 1
    again = client.post(address("publish", event, 2), follow=True)

    assert list(event.timetables.order_by("version").values_list("in_force", flat=True)) == [
        False,
        True,
    ]
    assert "déjà en vigueur" in again.text
    lines = AuditLine.objects.filter(action="events.publish").order_by("pk")
    assert [one.changes for one in lines] == [{"version": [None, 1]}, {"version": [1, 2]}]


def test_the_grid_is_taken_away_with_a_reason(client, event):
    fill(event, 1, 1)
    build(event)
    event.participants.update(first_name="=1+1", last_name="")
    assert client.post(address("export", event, 1), {"reason": "court"}).status_code == 422

    answer = client.post(
        address("export", event, 1), {"reason": "Affichage à l’accueil", "format": "xlsx"}
    )

    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[0] == ["Tour", "Heure", "Table", "Reste à sa table", "Change de table"]
    assert lines[1][2:] == [1, "'=1+1", "'=1+1"]
    assert AuditLine.objects.filter(action="events.export").count() == 1


@pytest.mark.parametrize(("hosts", "visitors"), [(1, 1), (12, 6)])
def test_pages_ask_few_questions_of_the_database(
    client, event, hosts, visitors, django_assert_max_num_queries
):
    fill(event, hosts, visitors, wishes=3, tables=hosts)
    build(event)
    pages = {
        "room": 27,
        "what_if": 20,
        "version": 18,
        "people": 18,
        "unmet": 18,
    }
    for name, most in pages.items():
        arguments = [] if name in {"room", "what_if"} else [1]
        with django_assert_max_num_queries(most):
            assert client.get(address(name, event, *arguments)).status_code == 200

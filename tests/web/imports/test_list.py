"""The list of imports: what is found, for whom, and taken away as a file."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from ancrage.kit.models import StagedImport
from tests.factories import MembershipFactory, PartnerFactory, TerritoryRoleFactory
from tests.factories.moments import NOW
from tests.web.imports.helpers import CREATED, applied, deposit, page, send, upload

pytestmark = pytest.mark.django_db

HX = {"HX-Request": "true"}
LIST_QUERIES = 7


def resources_of(client, partner, name="Été_Ressources.csv") -> StagedImport:
    file = upload("L1;Logement;Studio", header="Réf;Nature;Intitulé", name=name)
    send(client, partner, file, kind="resources", publish="yes")
    return StagedImport.objects.latest("pk")


def shown(client, **criteria: Any) -> list[StagedImport]:
    answer = client.get(reverse("imports:list"), criteria)
    return [line.staged for line in answer.context["lines"]]


@pytest.fixture
def three(client, clerk, hospital):
    """A reading to decide, resources to decide, needs that were imported."""
    waiting = deposit(client, hospital, CREATED)
    done = applied(client, hospital, "B1;1;AS;CDI;01/02/2027;")
    return waiting, resources_of(client, hospital), done


def test_list_is_narrowed_by_name_blind_to_accents_and_case(client, three):
    _waiting, resources, _done = three

    assert shown(client, q="ETE ressources") == [resources]
    assert shown(client, q="absent") == []


def test_list_is_narrowed_by_content_and_by_state(client, three):
    waiting, resources, done = three

    assert shown(client) == [resources, done, waiting]
    assert shown(client, contenu="resources") == [resources]
    assert shown(client, etat="a-decider") == [resources, waiting]
    assert shown(client, etat="importes") == [done]
    assert shown(client, etat="importes", contenu="resources") == []
    client.post(page("abandon", waiting))
    assert shown(client, etat="abandonnes") == [waiting]


def test_coordinator_narrows_the_list_to_one_structure(client, three, hospital):
    other = PartnerFactory(territory=hospital.territory, name="Association fictive")
    client.force_login(TerritoryRoleFactory(territory=hospital.territory).user)
    own = deposit(client, other, CREATED)

    form = client.get(reverse("imports:list")).context["form"]

    assert [name for _key, name in form.fields["pour"].choices] == [
        "Tous", "Association fictive", "Hôpital fictif",
    ]  # fmt: skip
    assert shown(client, pour=own.owner_key) == [own]


def test_criterion_that_means_nothing_is_left_out(client, three):
    waiting, resources, done = three

    assert shown(client, etat="perdu", contenu="lunes", pour="partner:99") == [
        resources, done, waiting,
    ]  # fmt: skip


def test_owner_of_another_structure_is_no_criterion(client, three, hospital):
    stranger = MembershipFactory(partner=PartnerFactory(territory=hospital.territory)).user
    client.force_login(stranger)

    answer = client.get(reverse("imports:list"), {"pour": three[0].owner_key})

    assert answer.context["lines"] == []
    assert [name for _key, name in answer.context["form"].fields["pour"].choices] == ["Tous"]
    assert "Hôpital fictif" not in answer.text


def test_fragment_is_the_page_and_history_gets_the_whole(client, three):
    url = f"{reverse('imports:list')}?etat=importes"

    whole, part = client.get(url).text, client.get(url, headers=HX).text
    history = client.get(url, headers={**HX, "HX-History-Restore-Request": "true"})

    assert part.strip().startswith('<div id="results"')
    assert part.strip() in whole
    assert "<html" in history.text


def test_nothing_found_and_nothing_yet_are_not_the_same(client, clerk, hospital):
    assert "Aucun import pour l’instant" in client.get(reverse("imports:list")).text
    deposit(client, hospital, CREATED)

    assert "Aucun import ne correspond" in client.get(reverse("imports:list"), {"q": "zzz"}).text


def test_second_page_keeps_the_criteria(client, clerk, hospital):
    first = deposit(client, hospital, CREATED)
    for rank in range(20):
        StagedImport.objects.create(
            kind="needs",
            owner_key=first.owner_key,
            created_at=NOW - timedelta(days=rank + 1),
            filename=f"ancien-{rank}.csv",
            search=f"ancien {rank} csv",
            size=1,
            sha256="",
            file_format="csv",
            status="abandoned",
        )

    html = client.get(reverse("imports:list"), {"contenu": "needs"}).text

    assert "contenu=needs&amp;page=2" in html
    assert [one.filename for one in shown(client, page=2)] == ["ancien-19.csv"]


def test_csv_holds_what_the_filters_show(client, three, clerk):
    answer = client.get(reverse("imports:export"), {"etat": "importes"})

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    header, line = csv.reader(io.StringIO(text), delimiter=";")
    told = dict(zip(header, line, strict=True))
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="imports-2026-11-16.csv"'
    )
    assert told == {
        "Fichier": "besoins.csv",
        "Contenu": "Des besoins",
        "Pour qui": "Hôpital fictif",
        "Déposé le": "16/11/2026 10:30",
        "Déposé par": str(clerk),
        "État": "appliqué",
        "Importé le": "16/11/2026 10:30",
        "Importé par": str(clerk),
        "Lignes lues": "1",
        "À créer": "1",
        "À modifier": "0",
        "À clore": "0",
        "Inchangée": "0",
        "À vérifier": "0",
        "Refusée": "0",
        "Ignorée": "0",
    }


def test_csv_of_another_structure_is_empty(client, three, hospital):
    client.force_login(MembershipFactory(partner=PartnerFactory()).user)

    answer = client.get(reverse("imports:export"))

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_or_three_imports(
    client, clerk, hospital, count, django_assert_num_queries
):
    for _ in range(count):
        deposit(client, hospital, CREATED)
    client.get(reverse("imports:list"))

    with django_assert_num_queries(LIST_QUERIES):
        answer = client.get(reverse("imports:list"))

    assert len(answer.context["lines"]) == count

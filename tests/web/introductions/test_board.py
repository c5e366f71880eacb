import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from ancrage.kit.models import OutboxTask
from ancrage.matching.models import Introduction
from ancrage.privacy.models import AccessTrace
from ancrage.web.introductions.views.board import CARDS_SHOWN
from tests.factories import CandidateFactory, IntroductionFactory, NeedFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

URL = "/mises-en-relation/"
LIST = f"{URL}liste/"
HTMX = {"HX-Request": "true"}


def columns(response):
    return {
        column.state: (column.count, [line.who for line in column.lines])
        for column in response.context["columns"]
        if column.count
    }


def listed(response):
    return [line.row for line in response.context["lines"]]


def test_board_names_only_whom_its_reader_may_know(
    client, need, candidate, territory, owner, coordinator, rival
):
    IntroductionFactory(need=need, candidate=candidate, agreed=True)
    asked = IntroductionFactory(
        need=need, candidate=CandidateFactory(territory=territory), origin="partner"
    )
    IntroductionFactory(need=need, candidate=CandidateFactory(territory=territory))

    client.force_login(owner)
    assert columns(client.get(URL)) == {
        "proposed": (1, [f"Profil n°\xa0{asked.pk}"]),
        "agreed": (1, ["Alix Marqueur"]),
    }
    client.force_login(coordinator)
    assert columns(client.get(URL))["agreed"] == (1, ["Alix Marqueur"])
    client.force_login(rival)
    assert columns(client.get(URL)) == {}


def test_board_offers_each_card_the_steps_it_may_take(client, need, candidate, owner, read):
    IntroductionFactory(need=need, candidate=candidate, agreed=True)
    client.force_login(owner)

    card = read(client.get(URL)).find(attrs={"data-card": True})

    steps = card.find_all("button", {"name": "etape"})
    assert [step["value"] for step in steps] == ["answered", "closed"]
    assert card.find("summary").get_text(strip=True) == "Étape suivante de Alix Marqueur"
    assert "Répondre sous 10 jours" in card.get_text()


def test_full_column_shows_its_first_cards_and_leads_to_the_rest(client, need, owner, read):
    IntroductionFactory.create_batch(CARDS_SHOWN + 2, need=need, agreed=True)
    client.force_login(owner)

    column = read(client.get(URL)).find(attrs={"data-column": "agreed"})

    assert len(column.find_all(attrs={"data-card": True})) == CARDS_SHOWN
    assert column.find(class_="count").get_text() == str(CARDS_SHOWN + 2)
    assert column.find_all("a")[-1]["href"] == f"{LIST}?etape=agreed"


def test_board_says_who_is_late(client, need, candidate, owner, november, read):
    IntroductionFactory(need=need, candidate=candidate, agreed=True)
    november.move_to(NOW + timedelta(days=12), tick=False)
    client.force_login(owner)

    assert "En retard de 2 jours" in read(client.get(URL)).get_text()
    assert columns(client.get(URL, {"en_retard": "on"})) == {"agreed": (1, ["Alix Marqueur"])}


@pytest.mark.parametrize("address", [URL, LIST])
def test_fragment_is_the_part_of_the_page(client, need, owner, read, address):
    IntroductionFactory.create_batch(3, need=need, agreed=True)
    client.force_login(owner)

    whole = client.get(address, {"q": "infirmier"})
    fragment = client.get(address, {"q": "infirmier"}, headers=HTMX)

    region, swapped = (read(one).find(id="results") for one in (whole, fragment))
    for part in (region, swapped):
        for token in part.find_all("input", {"name": "csrfmiddlewaretoken"}):
            token.decompose()
    assert str(swapped) == str(region)
    assert read(fragment).find("h1") is None
    assert "HX-Request" in whole.headers["Vary"]


# One of them asks which of the names were noted today; those that were not cost two more.
@pytest.mark.parametrize(("address", "queries"), [(URL, 9), (LIST, 9)])
def test_pages_cost_the_same_for_one_and_thirty(
    client, need, owner, django_assert_num_queries, address, queries
):
    IntroductionFactory(need=need, agreed=True)
    client.force_login(owner)
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)
    for rank in range(29):
        IntroductionFactory(need=need, **{("agreed", "answered", "offer")[rank % 3]: True})
    with django_assert_num_queries(queries + 2):
        client.get(address)


def test_list_holds_every_state_filtered_sorted_and_counted(client, need, owner, territory):
    closed = IntroductionFactory(need=need, closed=True)
    old = IntroductionFactory(need=need, agreed=True, state_since=NOW - timedelta(days=5))
    client.force_login(owner)

    assert listed(client.get(LIST)) == [closed, old]
    assert listed(client.get(LIST, {"tri": "depuis"})) == [old, closed]
    assert listed(client.get(LIST, {"etape": "closed"})) == [closed]
    assert listed(client.get(LIST, {"q": "introuvable"})) == []
    tabs = {tab.label: (tab.count, tab.current) for tab in client.get(LIST).context["tabs"]}
    assert (tabs["Toutes"], tabs["À répondre"], tabs["Close"]) == (
        (2, True),
        (1, False),
        (1, False),
    )


def test_list_has_pages(client, need, owner):
    IntroductionFactory.create_batch(26, need=need, agreed=True)
    client.force_login(owner)

    assert len(listed(client.get(LIST, {"page": "2"}))) == 1


def test_step_without_question_is_taken_at_once_and_may_be_undone(
    client, need, candidate, owner, read
):
    row = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    client.force_login(owner)

    response = client.post(f"{URL}{row.pk}/etape/", {"etape": "answered", "retour": f"{URL}?q=x"})

    assert (response.status_code, response.url) == (302, f"{URL}?q=x")
    row.refresh_from_db()
    assert row.state == "answered"
    bar = read(client.get(URL)).find(class_="undo")
    assert "Réponse envoyée" in bar.get_text()
    sent = bar.find("input", {"name": "introductions"})["value"]
    client.post(f"{URL}annuler/", {"introductions": sent})
    row.refresh_from_db()
    assert row.state == "agreed"


@pytest.mark.parametrize(
    ("state", "wanted", "page"),
    [
        ("answered", "meeting", "rendez-vous/"),
        ("offer", "hired", "embauche/"),
        ("agreed", "closed", "clore/"),
    ],
)
def test_step_with_questions_leads_to_their_page(
    client, need, candidate, owner, state, wanted, page
):
    row = IntroductionFactory(need=need, candidate=candidate, **{state: True})
    client.force_login(owner)

    response = client.post(f"{URL}{row.pk}/etape/", {"etape": wanted})

    assert (response.status_code, response.url) == (302, f"{URL}{row.pk}/{page}")
    scripted = client.post(f"{URL}{row.pk}/etape/", {"etape": wanted}, headers=HTMX)
    assert scripted.headers["HX-Redirect"] == f"{URL}{row.pk}/{page}"


def test_step_out_of_order_or_unknown_changes_nothing(client, need, candidate, owner, read):
    row = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    client.force_login(owner)

    for wanted in ("offer", "envolée", ""):
        response = client.post(
            f"{URL}{row.pk}/etape/", {"etape": wanted, "retour": "https://ailleurs.test/"}
        )
        assert response.url == f"{URL}{row.pk}/"
    page = read(client.get(f"{URL}{row.pk}/")).find(id="messages").get_text()

    row.refresh_from_db()
    assert row.state == "agreed"
    assert (
        "ne peut pas passer à « Offre faite »".replace(" »", "\u00a0»").replace("« ", "«\u00a0")
        in page
    )


def test_structure_takes_no_step_of_what_it_only_asked_for(client, need, candidate, owner):
    row = IntroductionFactory(need=need, candidate=candidate, origin="partner")
    client.force_login(owner)

    client.post(f"{URL}{row.pk}/etape/", {"etape": "answered"})

    row.refresh_from_db()
    assert row.state == "proposed"


def test_coordination_reminds_and_closes_many(client, need, coordinator, owner, territory):
    waiting = IntroductionFactory(need=need, agreed=True)
    met = IntroductionFactory(need=need, meeting=True)
    elsewhere = IntroductionFactory(need=NeedFactory(published=True), agreed=True)
    client.force_login(coordinator)
    ticked = {"introduction": [waiting.pk, met.pk, elsewhere.pk, "x"], "retour": "etape=agreed"}

    response = client.post(f"{LIST}lot/", {**ticked, "acte": "relancer"}, follow=True)

    assert response.redirect_chain == [(f"{LIST}?etape=agreed", 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "C’est fait pour 1 mise en relation.",
        "Cette mise en relation n’attend pas de réponse de la structure.",
    ]
    assert OutboxTask.objects.filter(key__startswith="introduction-answers").count() == 1
    client.post(f"{LIST}lot/", {**ticked, "acte": "clore", "raison": "mistake"})
    assert set(Introduction.objects.values_list("pk", "state", "close_reason")) == {
        (waiting.pk, "closed", "mistake"),
        (met.pk, "closed", "mistake"),
        (elsewhere.pk, "agreed", ""),
    }


def test_batch_without_act_or_without_tick_says_so(client, coordinator):
    client.force_login(coordinator)

    for sent, said in (
        ({}, "Choisissez ce qu’il faut faire de la sélection."),
        ({"acte": "clore"}, "Cochez d’abord au moins une mise en relation."),
    ):
        response = client.post(f"{LIST}lot/", sent, follow=True)
        assert [str(message) for message in response.context["messages"]] == [said]


def test_file_names_nobody(client, need, candidate, owner, coordinator):
    IntroductionFactory(need=need, candidate=candidate, agreed=True)
    for reader in (owner, coordinator):
        client.force_login(reader)

        response = client.get(f"{URL}export.csv")

        text = b"".join(response.streaming_content).decode("utf-8-sig")
        header, line = text.splitlines()
        assert header.split(";")[:3] == ["Numéro", "Structure", "Métier"]
        assert line.split(";")[1] == "Hôpital fictif"
        assert f"{TODAY + timedelta(days=10):%d/%m/%Y}" in line
        book = load_workbook(io.BytesIO(client.get(f"{URL}export.xlsx").content))
        sheet = "\n".join(str(cell.value) for row in book.active for cell in row)
        assert "Hôpital fictif" in sheet
        for told in (text, sheet):
            assert [word in told for word in ("Marqueur", "alix@", candidate.card)] == [False] * 3


def test_undo_of_something_else_is_not_found(client, need, candidate, owner):
    row = IntroductionFactory(need=need, candidate=candidate, answered=True)
    client.force_login(owner)

    for sent in ("", "x:1", f"{row.pk}:", "999999:1"):
        assert client.post(f"{URL}annuler/", {"introductions": sent}).status_code == 404
    client.post(f"{URL}annuler/", {"introductions": f"{row.pk}:{row.revision + 1}"})
    row.refresh_from_db()
    assert row.state == "answered"


def test_board_and_list_leave_a_line_for_each_person_they_name(
    client, need, candidate, territory, owner, coordinator, rival
):
    IntroductionFactory(need=need, candidate=candidate, agreed=True)
    unnamed = CandidateFactory(territory=territory)
    IntroductionFactory(need=need, candidate=unnamed, origin="partner")

    for reader in (owner, rival):
        client.force_login(reader)
        for address in (URL, LIST, URL):
            client.get(address)

    looks = AccessTrace.objects.values_list("subject", "viewer", "scope", "purpose", "fields")
    assert list(looks) == [
        (
            candidate.subject_id,
            owner.pk,
            f"partner:{need.partner_id}",
            "identity",
            ["first_name", "last_name"],
        )
    ]
    client.force_login(coordinator)
    client.get(LIST)
    theirs = AccessTrace.objects.filter(viewer=coordinator).order_by("subject")
    assert [(one.subject, one.scope) for one in theirs] == [
        (one.subject, f"territory:{territory.pk}") for one in (candidate, unnamed)
    ]

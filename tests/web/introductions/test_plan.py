import pytest

from ancrage.kit.outbox import run_due
from ancrage.matching.models import Introduction, PlanChoice, PlanRun
from ancrage.matching.queries import lines_of
from tests.factories import CandidateFactory, CommuneFactory, NeedFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

URL = "/mises-en-relation/plan/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def town():
    return CommuneFactory(latitude=47.1, longitude=-2.0)


@pytest.fixture
def people(territory, nurse, town):
    return [
        CandidateFactory(
            territory=territory, professions=[nurse], commune=town, last_name=f"Personne{rank}"
        )
        for rank in range(2)
    ]


@pytest.fixture
def post(partner, nurse, town):
    return NeedFactory(
        partner=partner, profession=nurse, commune=town, published=True, positions=2
    )


@pytest.fixture
def run(client, coordinator, people, post):
    client.force_login(coordinator)
    client.post(f"{URL}calculer/", {"propositions": "1"})
    run_due(clock=lambda: NOW)
    return PlanRun.objects.get()


def test_plan_is_asked_for_followed_and_read(client, coordinator, people, post, read):
    client.force_login(coordinator)
    assert "Aucun plan calculé" in client.get(URL).content.decode()

    asked = client.post(f"{URL}calculer/", {"propositions": "2"}, follow=True)

    run = PlanRun.objects.get()
    assert asked.redirect_chain == [(f"{URL}{run.pk}/", 302)]
    bar = read(asked).find(class_="progress")
    assert bar["data-hx-get"] == f"{URL}{run.pk}/avancement/"
    assert "progress" in client.get(f"{URL}{run.pk}/avancement/").content.decode()
    again = client.post(f"{URL}calculer/", follow=True)
    assert [str(message) for message in again.context["messages"]] == [
        "Un plan est déjà en cours de calcul."
    ]
    run_due(clock=lambda: NOW)
    assert "voir le plan" in client.get(f"{URL}{run.pk}/avancement/").content.decode()
    page = read(client.get(f"{URL}{run.pk}/"))
    names = {row.find("th").get_text(" ", strip=True) for row in page.select("tbody tr")[:2]}
    assert names == {"Alix Personne0", "Alix Personne1"}
    assert client.get(URL).url == f"{URL}{run.pk}/"


def test_plan_asked_for_with_nonsense_has_one_proposal_a_person(client, coordinator):
    client.force_login(coordinator)

    client.post(f"{URL}calculer/", {"propositions": "mille"})

    assert PlanRun.objects.get().proposals_per_person == 1


def test_lines_ticked_become_introductions_once(client, run, people):
    keys = list(lines_of(run).values_list("pk", flat=True))

    first = client.post(f"{URL}{run.pk}/proposer/", {"ligne": [keys[0], "x"]}, follow=True)
    both = client.post(f"{URL}{run.pk}/proposer/", {"ligne": keys}, follow=True)
    none = client.post(f"{URL}{run.pk}/proposer/", follow=True)

    said = [[str(message) for message in one.context["messages"]] for one in (first, both, none)]
    assert said == [
        ["1 proposition envoyée."],
        ["1 proposition envoyée.", "Cette ligne a déjà donné une mise en relation."],
        ["Cochez d’abord au moins une ligne."],
    ]
    assert Introduction.objects.count() == 2


def test_pair_is_imposed_left_out_and_set_free(client, run, people, post):
    address = f"{URL}{run.pk}/choix/"
    pair = f"{people[0].pk}-{post.pk}"

    client.post(address, {"choix": f"imposer:{pair}"})
    assert PlanChoice.objects.get().kind == "lock"
    client.post(address, {"choix": f"ecarter:{pair}"})
    assert PlanChoice.objects.get().kind == "exclude"
    assert "Écartée" in client.get(f"{URL}{run.pk}/").content.decode()
    client.post(address, {"choix": f"liberer:{pair}"})
    assert PlanChoice.objects.count() == 0
    for wrong in ("", "imposer:", "chasser:1-1", f"imposer:{people[0].pk}-999999", "imposer:a-b"):
        assert client.post(address, {"choix": wrong}).status_code == 404


def test_choices_that_cannot_hold_are_told_on_the_page(client, run, people, post, partner, nurse):
    other = NeedFactory(partner=partner, profession=nurse, commune=post.commune, published=True)
    for need in (post, other):
        PlanChoice.objects.create(candidate=people[0], need=need, kind="lock", at=NOW)
    client.post(f"{URL}calculer/", {"propositions": "1"})
    run_due(clock=lambda: NOW)

    text = client.get(URL, follow=True).content.decode()

    assert "Une personne est imposée à deux postes." in text


def test_lines_are_filtered_and_the_fragment_is_the_part_of_the_page(client, run, read):
    address = f"{URL}{run.pk}/"

    def shown(**asked):
        return [line.candidate.last_name for line in client.get(address, asked).context["page"]]

    assert sorted(shown()) == ["Personne0", "Personne1"]
    assert shown(q="personne0") == ["Personne0"]
    assert len(shown(q="hopital", metier="nurse", lignes="plan")) == 2
    assert shown(lignes="reserve") == []
    assert len(shown(metier="astrologue")) == 2
    whole, fragment = client.get(address), client.get(address, headers=HTMX)
    region, swapped = (read(one).find(id="results") for one in (whole, fragment))
    for part in (region, swapped):
        for token in part.find_all("input", {"name": "csrfmiddlewaretoken"}):
            token.decompose()
    assert str(swapped) == str(region)


def test_file_of_the_plan_names_nobody(client, run, people):
    text = b"".join(client.get(f"{URL}{run.pk}/export.csv").streaming_content).decode("utf-8-sig")

    assert len(text.splitlines()) == 3
    assert people[0].card in text
    assert "Personne" not in text


def test_page_costs_the_same_for_two_lines_and_thirty(
    client, run, territory, partner, nurse, town, django_assert_num_queries
):
    client.get(f"{URL}{run.pk}/")
    with django_assert_num_queries(11):
        client.get(f"{URL}{run.pk}/")
    for _rank in range(28):
        CandidateFactory(territory=territory, professions=[nurse], commune=town)
        NeedFactory(partner=partner, profession=nurse, commune=town, published=True)
    client.post(f"{URL}calculer/", {"propositions": "1"})
    run_due(clock=lambda: NOW)
    latest = PlanRun.objects.latest("pk")
    assert lines_of(latest).count() == 30

    client.get(f"{URL}{latest.pk}/")
    with django_assert_num_queries(11):
        client.get(f"{URL}{latest.pk}/")

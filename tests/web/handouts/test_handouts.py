"""The pages that hand over sheets, badges and lists."""

import re
import zipfile
from io import BytesIO

import pytest
from django.urls import reverse

from ancrage.events.models import EventBreak, Participant
from ancrage.privacy.models import AccessTrace
from ancrage.web.handouts.kinds import KINDS
from ancrage.web.handouts.papers import check_in_address
from tests.factories import EventFactory, TerritoryFactory, TerritoryRoleFactory
from tests.factories.evenings import running_evening
from tests.papers import pages_of

pytestmark = pytest.mark.django_db
REASON = {"reason": "Badges et fiches de la soirée"}


@pytest.fixture(autouse=True)
def _november(time_machine):
    time_machine.move_to("2026-11-16T09:30:00+00:00", tick=False)


@pytest.fixture
def territory():
    return TerritoryFactory(slug="pays-de-retz")


@pytest.fixture
def coordinator(client, territory):
    user = TerritoryRoleFactory(territory=territory).user
    client.force_login(user)
    return user


@pytest.fixture
def evening(territory, coordinator):
    made = running_evening(
        hosts=2, visitors=2, rounds=2, territory=territory, slug="soiree", welcome="Bienvenue."
    )
    return made


def take(client, event, kind, **asked):
    return client.post(reverse("handouts:take", args=[event.pk, kind]), REASON | asked)


def words(response):
    """The text of each page, on one line: pieces of other fonts are drawn apart."""
    return [re.sub(r"\s+", " ", page) for page in pages_of(response.content)]


def test_the_choice_says_which_version_is_printed(client, evening):
    page = client.get(reverse("handouts:index", args=[evening.event.pk]))

    text = page.content.decode()
    assert "version 1, publiée le 16 novembre à 10:30" in text
    assert [kind.slug for kind, ready in page.context["kinds"] if ready] == list(KINDS)


def test_before_a_timetable_badges_and_lists_only_can_be_printed(client, evening):
    evening.timetable.in_force = False
    evening.timetable.save()

    page = client.get(reverse("handouts:index", args=[evening.event.pk]))

    ready = [kind.slug for kind, is_ready in page.context["kinds"] if is_ready]
    assert ready == ["badges", "emargement", "classeur"]
    assert "Pas encore de grille publiée" in page.content.decode()
    assert take(client, evening.event, "grille").status_code == 404
    assert take(client, evening.event, "badges").status_code == 200


def test_with_nobody_registered_there_is_nothing_to_print(client, territory, coordinator):
    event = EventFactory(territory=territory)

    page = client.get(reverse("handouts:index", args=[event.pk]))

    assert "Personne à imprimer pour le moment" in page.content.decode()
    assert take(client, event, "badges").status_code == 404


def test_a_sheet_of_a_person_tells_where_to_go_when_and_to_meet_whom(client, evening):
    EventBreak.objects.create(event=evening.event, after_round=0, minutes=15)
    person = evening.person(evening.visitors[0])

    response = take(client, evening.event, "personnes", audience=f"person:{person.pk}", paper="a5")

    (page,) = words(response)
    assert "Alix Vîsiteur 1 fictif" in page
    assert f"Badge {person.badge}" in page
    assert "Bienvenue." in page
    assert "1 11:00 1 Alix Hôte 1 fictif" in page
    assert "Pause de 15 minutes" in page
    assert "2 11:24 2 Alix Hôte 2 fictif" in page
    assert "version 1, publiée le 16 novembre à 10:30" in page


def test_each_person_of_a_side_has_a_sheet(client, evening):
    pages = words(take(client, evening.event, "personnes", audience="host", paper="a4"))

    assert ["Hôte 1" in pages[0], "Hôte 2" in pages[1], len(pages)] == [True, True, 2]


def test_a_sheet_of_a_table_tells_who_sits_there(client, evening):
    pages = words(take(client, evening.event, "tables", paper="a4"))

    assert [page.startswith("DOC’DATING FICTIF") for page in pages] == [True, True]
    assert "Table 1 Alix Hôte 1 fictif" in pages[0]
    assert "1 11:00 Alix Vîsiteur 1 fictif" in pages[0]


def test_a_badge_tells_the_name_the_side_and_the_code(client, evening):
    person = evening.person(evening.visitors[0])

    (page,) = words(take(client, evening.event, "badges", audience=f"person:{person.pk}"))

    assert "Alix Vîsiteur 1 fictif" in page
    assert person.badge in page
    assert "Interne ou remplaçant" in page


def test_the_code_of_a_badge_opens_its_person_at_the_door(client, evening, settings):
    settings.SITE_URL = "https://ancrage.example/"
    person = evening.person(evening.visitors[0])

    address = check_in_address(person)

    assert address.startswith("https://ancrage.example/evenements/")
    page = client.get(address.removeprefix("https://ancrage.example"))
    assert page.context["person"] == person


def test_the_list_to_sign_and_the_grid_name_everybody_and_say_who_took_them(client, evening):
    signed = " ".join(words(take(client, evening.event, "emargement")))
    grid = " ".join(words(take(client, evening.event, "grille")))

    assert "Médecins installés (2)" in signed
    assert "Vîsiteur 2 fictif" in signed
    assert "Tour 2 · 11:09" in grid
    assert "Motif : Badges et fiches de la soirée" in signed
    assert "Motif : Badges et fiches de la soirée" in grid


def test_markup_and_formulas_in_a_name_stay_words(client, evening):
    hostile = '=1+1 #import "x" $a$ <script>'
    Participant.objects.filter(party=evening.visitors[0]).update(last_name=hostile)

    (badges,) = words(take(client, evening.event, "badges", audience="visitor"))
    workbook = take(client, evening.event, "classeur")

    assert "=1+1 #import" in badges
    with zipfile.ZipFile(BytesIO(workbook.content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "'=1+1 #import" in sheet


def test_the_workbook_holds_the_list_the_grid_and_the_meetings(client, evening):
    response = take(client, evening.event, "classeur")

    with zipfile.ZipFile(BytesIO(response.content)) as archive:
        names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
        meetings = archive.read("xl/worksheets/sheet3.xml").decode()
    assert names == ["Émargement", "Grille", "Rencontres"]
    assert meetings.count("Alix Hôte") == 4


@pytest.mark.parametrize(
    ("kind", "name"), [("badges", "badges-soiree-v1.pdf"), ("classeur", "classeur-soiree-v1.xlsx")]
)
def test_a_file_has_a_plain_name_and_is_kept_by_nobody(client, evening, kind, name):
    response = take(client, evening.event, kind)

    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in response["Cache-Control"]


def test_only_those_who_are_printed_read_that_they_were(client, evening):
    person = evening.person(evening.visitors[0])

    take(client, evening.event, "badges", audience=f"person:{person.pk}")

    assert [trace.subject for trace in AccessTrace.objects.all()] == [person.subject]


def test_an_address_may_propose_one_person(client, evening):
    key = f"person:{evening.person(evening.visitors[0]).pk}"
    address = reverse("handouts:take", args=[evening.event.pk, "badges"])

    page = client.get(f"{address}?pour={key}")

    assert page.context["form"]["audience"].value() == key


def test_without_a_reason_nothing_leaves(client, evening):
    response = take(client, evening.event, "badges", reason="")

    assert response.status_code == 422
    assert AccessTrace.objects.count() == 0


def test_paper_is_in_the_language_of_its_reader(client, evening):
    client.cookies["django_language"] = "en"

    (page,) = words(take(client, evening.event, "emargement"))[:1]

    assert "Sign-in list" in page

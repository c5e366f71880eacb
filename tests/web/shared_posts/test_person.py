"""A shared post looked for on behalf of somebody: by the coordination, with nothing kept."""

import pytest
from bs4 import BeautifulSoup

from ancrage.matching.models import PostRun, SharedPost
from ancrage.privacy.models import AccessTrace
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)
from tests.factories.posts import fractions_of

pytestmark = pytest.mark.django_db

LIMITS = {"au_moins": "80", "au_plus": "100", "domicile": "45", "trajet": "45"}


@pytest.fixture(autouse=True)
def november(time_machine):
    """The page reads the clock: it stands still at the moment of the factories."""
    time_machine.move_to("2026-11-16T09:30:00+00:00", tick=False)


@pytest.fixture
def territory():
    return TerritoryFactory(slug="pays-de-retz")


@pytest.fixture
def needs(territory):
    """60 % and 40 %: together a whole post, for who works five days."""
    return fractions_of(*PartnerFactory.create_batch(2, territory=territory))


@pytest.fixture
def candidate(territory, needs):
    return CandidateFactory(
        territory=territory, professions=[needs[0].profession], commune=needs[0].commune
    )


@pytest.fixture
def coordinator(client, territory):
    user = TerritoryRoleFactory(territory=territory).user
    client.force_login(user)
    return client


def url(candidate):
    return f"/postes-partages/pour/{candidate.pk}/"


def text_of(response):
    text = BeautifulSoup(response.content, "html.parser").get_text(" ")
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())


def test_posts_that_suit_are_shown_and_the_reading_noted(coordinator, candidate, needs):
    before = AccessTrace.objects.count()

    page = text_of(coordinator.get(url(candidate)))
    fewer_days = text_of(coordinator.get(url(candidate), LIMITS | {"sans": ["1", "2"]}))
    nights = text_of(coordinator.get(url(candidate), LIMITS | {"au_moins": "20", "au_plus": "50"}))

    assert "Poste 1, 1 ETP" in page
    for refused in (fewer_days, nights):
        assert "Aucun poste partagé ne convient aujourd’hui" in refused
    assert AccessTrace.objects.count() > before
    assert PostRun.objects.count() == 0


def test_other_professions_and_far_homes_find_nothing(coordinator, candidate, needs, territory):
    far = CandidateFactory(
        territory=territory,
        professions=[needs[0].profession],
        commune=CommuneFactory(latitude=48.5, longitude=2.5),
    )

    for person in (CandidateFactory(territory=territory), far):
        assert "Aucun poste partagé ne convient" in text_of(coordinator.get(url(person)))


@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_the_same_whatever_it_finds(
    coordinator, candidate, needs, territory, count, django_assert_num_queries
):
    for _turn in range(count - 1):
        fractions_of(
            *PartnerFactory.create_batch(2, territory=territory), profession=needs[0].profession
        )
    coordinator.get(url(candidate))

    with django_assert_num_queries(17):
        coordinator.get(url(candidate))


def test_file_opened_for_somebody_does_not_say_for_whom(coordinator, candidate, needs):
    keys = "-".join(str(need.pk) for need in needs)

    opened = coordinator.post(url(candidate), LIMITS | {"poste": keys})
    again = coordinator.post(url(candidate), LIMITS | {"poste": keys})
    wrong = coordinator.post(url(candidate), LIMITS | {"au_moins": "100", "au_plus": "90"})

    post = SharedPost.objects.get()
    assert opened.url == f"/postes-partages/{post.pk}/"
    page = text_of(coordinator.get(opened.url)).partition("Les parts")[2]
    assert candidate.last_name not in page
    assert (again.status_code, wrong.status_code) == (422, 422)
    assert "Une des fractions est déjà dans un autre dossier" in text_of(again)


def test_who_looks_for_nothing_any_more_has_no_such_page(coordinator, candidate):
    type(candidate).objects.update(settled_at="2026-11-01T00:00:00Z")

    assert coordinator.get(url(candidate)).status_code == 404

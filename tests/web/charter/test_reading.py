"""The charter as it is read, who signed it, and how well it is kept."""

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.utils import timezone

from ancrage.matching.queries.keeping import Kept, measures_of
from ancrage.partners.enums import CommitmentKind
from ancrage.partners.models import Charter, Partner
from ancrage.partners.queries import commitments_in
from tests.factories import (
    CharterFactory,
    CharterSignatureFactory,
    CommitmentFactory,
    IntroductionFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

URL = "/charte/"


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory(
        name="Hôpital fictif", territory=TerritoryFactory(slug="pays-de-retz", name="Retz")
    )


@pytest.fixture
def charter(partner: Partner) -> Charter:
    made = CharterFactory(
        territory=partner.territory, published=True, version=2, title="Notre charte"
    )
    kinds = (
        (CommitmentKind.NEEDS_FRESH, "Tenir ses besoins à jour.", 50),
        (CommitmentKind.PAY_SHOWN, "Afficher la rémunération.", 80),
        (CommitmentKind.NO_POACHING, "Ne pas démarcher.", None),
    )
    for position, (kind, text, threshold) in enumerate(kinds, start=1):
        CommitmentFactory(
            charter=made, position=position, kind=kind, text=text, threshold=threshold
        )
    return made


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def rows(response, caption: str = "Structures qui ont signé") -> list[list[str]]:
    """The lines of the table of that caption."""
    tables = BeautifulSoup(response.content, "html.parser").select("table")
    table = next(one for one in tables if caption in one.caption.get_text())
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in table.select("tbody tr")
    ]


def test_charter_in_force_is_read_by_everybody_and_may_be_indexed(charter) -> None:
    CharterFactory(territory=charter.territory, version=3, title="Projet secret")

    response = Client().get(URL)

    assert "Notre charte" in words(response)
    assert "Ne pas démarcher." in words(response)
    assert "Projet secret" not in words(response)
    assert 'content="noindex"' not in response.content.decode()


def test_older_version_stays_readable_and_says_it_is_over(charter) -> None:
    CharterFactory(territory=charter.territory, published=True, version=1, title="Ancienne")

    response = Client().get(f"{URL}versions/1/")

    assert "Cette version n’est plus en vigueur." in words(response)
    assert 'content="noindex"' in response.content.decode()
    assert "Version 1, publiée le 16 novembre 2026" in words(Client().get(URL))


def test_draft_and_unknown_versions_are_not_found(charter) -> None:
    CharterFactory(territory=charter.territory, version=3)

    assert Client().get(f"{URL}versions/3/").status_code == 404
    assert Client().get(f"{URL}versions/9/").status_code == 404


def test_charter_of_another_territory_is_chosen_in_the_address(charter) -> None:
    other = CharterFactory(
        territory=TerritoryFactory(slug="ailleurs"), published=True, title="Charte d’ailleurs"
    )

    assert "Charte d’ailleurs" in words(Client().get(URL, {"territoire": other.territory.slug}))


def test_territory_without_charter_says_so_and_lets_its_coordination_write(partner) -> None:
    coordinator = signed_in(TerritoryRoleFactory(territory=partner.territory).user)

    assert "Pas encore de charte" in words(Client().get(URL))
    assert "Rédiger la charte" not in words(Client().get(URL))
    assert "Rédiger la charte" in words(coordinator.get(URL))
    assert "Pas encore de charte" in words(coordinator.get(f"{URL}signatures/"))
    assert coordinator.get(f"{URL}signatures.csv").status_code == 404


def test_platform_without_territory_has_no_charter() -> None:
    assert Client().get(URL).status_code == 404


def test_signatures_tell_who_when_and_in_what_capacity(partner, charter) -> None:
    CharterSignatureFactory(
        charter=charter, partner=partner, signatory="J. Exemple", capacity="Directrice"
    )
    PartnerFactory(territory=partner.territory, name="Voisine fictive")
    gone = PartnerFactory(territory=partner.territory, name="Partie fictive", left_at=NOW)
    CharterSignatureFactory(charter=charter, partner=gone)
    PartnerFactory(name="Lointaine fictive")
    client = signed_in(MembershipFactory(partner=partner).user)

    response = client.get(f"{URL}signatures/")

    assert rows(response) == [["Hôpital fictif", "16 novembre 2026", "J. Exemple", "Directrice"]]
    assert "N’ont pas encore signé Voisine fictive" in words(response)
    assert "1 sur 2 structures" in words(response)
    assert "Ont signé puis quitté le territoire : Partie fictive." in words(response)
    assert "Lointaine" not in words(response)


def test_institution_reads_which_structure_signed_and_never_who(partner, charter) -> None:
    CharterSignatureFactory(
        charter=charter, partner=partner, signatory="Canari", capacity="Canari en chef"
    )
    client = signed_in(TerritoryRoleFactory(territory=partner.territory, institution=True).user)

    page = client.get(f"{URL}signatures/")
    export = client.get(f"{URL}signatures.csv").getvalue().decode()

    assert rows(page) == [["Hôpital fictif", "16 novembre 2026"]]
    assert "Canari" not in page.content.decode()
    assert "Canari" not in export


def test_signatures_leave_as_csv(partner, charter) -> None:
    CharterSignatureFactory(charter=charter, partner=partner)
    gone = PartnerFactory(territory=partner.territory, name="Partie fictive", left_at=NOW)
    CharterSignatureFactory(charter=charter, partner=gone)
    PartnerFactory(territory=partner.territory, name="Voisine fictive")
    client = signed_in(TerritoryRoleFactory(territory=partner.territory).user)

    text = client.get(f"{URL}signatures.csv").getvalue().decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(text), delimiter=";")) == [
        ["Structure", "Version", "Signée le", "Par", "En qualité de"],
        ["Hôpital fictif", "2", "16/11/2026", "Camille Exemple", "Direction"],
        ["Voisine fictive", "2", "", "", ""],
        ["Partie fictive", "2", "16/11/2026", "Camille Exemple", "Direction"],
    ]


# --- measures ----------------------------------------------------------------------------------


def published_need(partner: Partner, *, days_old: int, paid: bool) -> None:
    moment = timezone.now() - timedelta(days=days_old)
    pay = {"pay_min_cents": 200_000, "pay_period": "month"} if paid else {}
    NeedFactory(published=True, partner=partner, confirmed_at=moment, **pay)


@pytest.fixture
def neighbour(partner: Partner) -> Partner:
    """Three needs at the hospital, one at its neighbour, others that do not count."""
    stale = settings.FRESHNESS_STALE_DAYS + 2
    published_need(partner, days_old=1, paid=True)
    published_need(partner, days_old=stale, paid=True)
    published_need(partner, days_old=stale, paid=False)
    neighbour = PartnerFactory(territory=partner.territory, name="Voisine fictive")
    published_need(neighbour, days_old=1, paid=True)
    published_need(
        PartnerFactory(territory=partner.territory, left_at=NOW), days_old=1, paid=False
    )
    published_need(PartnerFactory(), days_old=1, paid=False)
    NeedFactory(partner=partner)
    return neighbour


def test_measures_count_the_published_needs_that_keep_each_promise(
    partner, charter, neighbour, django_assert_num_queries
) -> None:
    commitments = list(commitments_in(charter))

    with django_assert_num_queries(1):
        fresh, paid = measures_of(commitments, partner.territory, now=timezone.now())

    assert (fresh.overall, paid.overall) == (Kept(2, 4), Kept(3, 4))
    assert fresh.partners == {partner.pk: Kept(1, 3), neighbour.pk: Kept(1, 1)}
    assert (fresh.is_kept, paid.is_kept) == (True, False)
    assert (fresh.of(partner).overall, paid.of(partner).overall) == (Kept(1, 3), Kept(2, 3))
    assert (fresh.of(partner).overall.percent, paid.of(partner).overall.percent) == (33, 66)


def test_measures_of_promises_that_cannot_be_measured_are_none(partner) -> None:
    charter = CharterFactory(territory=partner.territory, published=True)
    CommitmentFactory(charter=charter, position=1, kind=CommitmentKind.NO_POACHING)
    CommitmentFactory(
        charter=charter, position=2, kind=CommitmentKind.ANSWER_DELAY, threshold=None
    )

    assert measures_of(commitments_in(charter), partner.territory, now=NOW) == []


def test_page_says_what_is_held_by_the_platform_and_what_is_not_measured(partner) -> None:
    charter = CharterFactory(territory=partner.territory, published=True)
    for position, kind in enumerate((CommitmentKind.NO_POACHING, CommitmentKind.LOCUM_GRID), 1):
        CommitmentFactory(charter=charter, position=position, kind=kind, text=f"Texte {kind}.")

    page = signed_in(MembershipFactory(partner=partner).user).get(f"{URL}signatures/")

    lines = [
        item.get_text(" ", strip=True)
        for item in BeautifulSoup(page.content, "html.parser").select("main li")
        if item.get_text().strip().startswith("Texte")
    ]
    assert [line.partition(". ")[2][:18] for line in lines] == [
        "appliqué par la pl",
        "non mesuré Rien de",
    ]


def test_delay_is_measured_over_the_answers_that_were_due(partner, neighbour) -> None:
    charter = CharterFactory(territory=partner.territory, published=True)
    CommitmentFactory(charter=charter, position=1, kind=CommitmentKind.ANSWER_DELAY, threshold=10)
    mine = NeedFactory(partner=partner, published=True)
    IntroductionFactory(need=mine, answered=True)
    IntroductionFactory(need=mine, agreed=True)
    IntroductionFactory(need=NeedFactory(partner=neighbour, published=True), answered=True)

    [on_time] = measures_of(commitments_in(charter), partner.territory, now=NOW)
    [late] = measures_of(commitments_in(charter), partner.territory, now=NOW + timedelta(days=11))

    assert (on_time.overall, on_time.is_kept) == (Kept(2, 2), True)
    assert (late.overall, late.is_kept) == (Kept(2, 3), False)
    assert late.of(partner).overall == Kept(1, 2)
    assert late.of(neighbour).is_kept is True


def test_page_says_the_delay_in_days_and_counts_answers(partner, neighbour, time_machine) -> None:
    time_machine.move_to(NOW)
    charter = CharterFactory(territory=partner.territory, published=True)
    CommitmentFactory(
        charter=charter,
        position=1,
        kind=CommitmentKind.ANSWER_DELAY,
        text="Répondre vite.",
        threshold=10,
    )
    client = signed_in(MembershipFactory(partner=partner).user)
    assert rows(client.get(f"{URL}signatures/"), "sur le territoire") == [
        ["Répondre vite.", "10 jours", "—", "aucune réponse attendue"]
    ]
    IntroductionFactory(need=NeedFactory(partner=neighbour, published=True), answered=True)

    page = client.get(f"{URL}signatures/")

    assert rows(page, "sur le territoire") == [
        ["Répondre vite.", "10 jours", "100 %", "1 sur 1 réponse attendue"]
    ]
    assert rows(page, "Hôpital fictif") == [
        ["Répondre vite.", "10 jours", "—", "aucune réponse attendue"]
    ]


def test_structure_reads_the_territory_and_its_own_detail(partner, charter, neighbour) -> None:
    client = signed_in(MembershipFactory(partner=partner).user)

    response = client.get(f"{URL}signatures/")

    assert rows(response, "sur le territoire") == [
        ["Tenir ses besoins à jour.", "50 %", "50 %", "2 sur 4 besoins publiés"],
        ["Afficher la rémunération.", "80 %", "75 %", "3 sur 4 besoins publiés"],
    ]
    assert rows(response, "Hôpital fictif") == [
        ["Tenir ses besoins à jour.", "50 %", "33 %", "1 sur 3 besoins publiés"],
        ["Afficher la rémunération.", "80 %", "66 %", "2 sur 3 besoins publiés"],
    ]


def test_territory_without_need_has_nothing_to_measure(partner, charter) -> None:
    client = signed_in(TerritoryRoleFactory(territory=partner.territory).user)

    assert rows(client.get(f"{URL}signatures/"), "sur le territoire") == [
        ["Tenir ses besoins à jour.", "50 %", "—", "aucun besoin publié"],
        ["Afficher la rémunération.", "80 %", "—", "aucun besoin publié"],
    ]


def test_signatures_cost_the_same_for_one_and_many(
    partner, charter, neighbour, django_assert_num_queries
) -> None:
    CharterSignatureFactory(charter=charter, partner=partner)
    client = signed_in(TerritoryRoleFactory(territory=partner.territory).user)
    client.get(f"{URL}signatures/")

    with django_assert_num_queries(11):
        client.get(f"{URL}signatures/")
    for _turn in range(3):
        other = PartnerFactory(territory=partner.territory)
        CharterSignatureFactory(charter=charter, partner=other)
        published_need(other, days_old=1, paid=True)
    with django_assert_num_queries(11):
        client.get(f"{URL}signatures/")

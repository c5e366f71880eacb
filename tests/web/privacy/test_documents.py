"""Who answers for the data, and the impact assessment: from the settings and from the code."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django.fixtures import Settings

from ancrage.privacy.purposes import PURPOSES
from ancrage.privacy.queries import RULES, Door
from ancrage.web.privacy.impact import DOORS, RISKS
from ancrage.web.privacy.processors import Processor, controllers, processors
from tests.web.accounts.support import faults_of

pytestmark = pytest.mark.django_db

RESPONSIBLE = "/donnees-personnelles/responsables/"
IMPACT = "/donnees-personnelles/analyse-d-impact/"


def words(client: Client, url: str) -> str:
    page = client.get(url).text
    assert faults_of(page) == []
    return " ".join(BeautifulSoup(page, "html.parser").main.get_text(" ").split())


def test_what_is_not_filled_in_says_so(client: Client) -> None:
    said = words(client, RESPONSIBLE)

    assert "à renseigner par la structure" in said
    assert "Aucun n’est déclaré." in said


def test_several_controllers_decide_together(client: Client, settings: Settings) -> None:
    settings.LEGAL_CONTROLLERS = ["Hôpital fictif", " ", "CPTS fictive"]
    settings.LEGAL_PROCESSORS = ["Hébergeur fictif | hébergement | France", "Courrier fictif", ""]

    said = words(client, RESPONSIBLE)

    assert controllers() == ["Hôpital fictif", "CPTS fictive"]
    assert processors() == [
        Processor("Hébergeur fictif", "hébergement", "France"),
        Processor("Courrier fictif", "", ""),
    ]
    for expected in ("CPTS fictive", "décident ensemble", "reste à renseigner", "hébergement"):
        assert expected in said


def test_one_controller_decides_alone(client: Client, settings: Settings) -> None:
    settings.LEGAL_PUBLISHER = "Territoire fictif"

    said = words(client, RESPONSIBLE)

    assert "Territoire fictif" in said
    assert "ensemble" not in said


@pytest.mark.parametrize(
    ("agreement", "shown"),
    [
        ("https://accord.test/", '<a href="https://accord.test/" rel="external">'),
        ("Convention 2026-03", "art. 26)\xa0: Convention 2026-03"),
        ("javascript:alert(1)", "art. 26)\xa0: javascript:alert(1)"),
    ],
)
def test_the_agreement_between_them_can_be_read(
    agreement: str, shown: str, client: Client, settings: Settings
) -> None:
    settings.LEGAL_CONTROLLERS = ["A", "B"]
    settings.LEGAL_JOINT_AGREEMENT = agreement

    assert shown in client.get(RESPONSIBLE).text


def test_the_impact_assessment_follows_the_code(client: Client, settings: Settings) -> None:
    settings.LEGAL_DPO_OPINION = "Favorable, 3 janvier 2027"

    said = words(client, IMPACT)

    for purpose in PURPOSES.values():
        assert " ".join(str(purpose.kept).split()) in said
    for risk in RISKS:
        assert str(risk.event) in said
    for door in set().union(*RULES.values()):
        assert str(DOORS[door]) in said
    assert set(DOORS) == set(Door)
    assert "Favorable, 3 janvier 2027" in said


def test_both_are_reached_from_the_register(client: Client) -> None:
    main = BeautifulSoup(client.get("/donnees-personnelles/").text, "html.parser").main

    assert main.find("a", href=RESPONSIBLE)
    assert main.find("a", href=IMPACT)

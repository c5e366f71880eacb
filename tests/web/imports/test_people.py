"""People brought by the same pages as needs: by the coordination, for its territory only."""

import pytest
from django.urls import reverse

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.kit.models import StagedImport
from tests.factories import (
    CommuneFactory,
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)
from tests.web.imports.helpers import page, upload

pytestmark = pytest.mark.django_db

HEADER = "Nom;Prénom;Mail;Tél;Ville;Métier;Observations"
ALIX = "FICTIVE;Alix;alix@exemple.test;06 12 34 56 78;Pornic;IDE;"
UNKNOWN = "AUTRE;Ange;ange@exemple.test;;Pornic;Dompteur;"
ILL = "MALADE;Sacha;sacha@exemple.test;;Pornic;AS;En arrêt longue maladie"
TOLD = "Dit au salon du 12 novembre"


@pytest.fixture
def territory():
    commune = CommuneFactory(insee="44131", name="Pornic", search_name="pornic")
    return TerritoryFactory(communes=[commune])


@pytest.fixture
def coordinator(territory, client):
    """Somebody of the coordination, signed in."""
    user = TerritoryRoleFactory(territory=territory).user
    client.force_login(user)
    return user


def send(client, territory, *lines: str, **data):
    file = upload(*lines, header=HEADER, name="contacts.csv")
    target = f"candidates|territory:{territory.pk}"
    sent = {"target": target, "file": file, "information_proof": TOLD, **data}
    return client.post(reverse("imports:create"), sent)


def bring(client, territory, *lines: str) -> StagedImport:
    answer = send(client, territory, *lines)
    assert answer.status_code == 302, answer.context["form"].errors
    return StagedImport.objects.latest("pk")


def test_people_are_tried_then_entered_and_wait(client, coordinator, territory):
    staged = bring(client, territory, ALIX, UNKNOWN, ILL)
    tried = client.get(page("detail", staged))
    assert tried.context["summary"] == ["1 personne est saisie, et invitée à donner son accord."]
    assert "médecine du travail" in tried.text
    assert Candidate.objects.count() == 0

    done = client.post(page("apply", staged), follow=True)

    alix = Candidate.objects.get()
    assert (alix.status, alix.entered_by, alix.information_proof) == (
        CandidateStatus.PENDING,
        coordinator,
        TOLD,
    )
    assert (done.context["sentence"], done.context["left_out"]) == (
        "1 personne saisie",
        "2 lignes refusées",
    )
    assert reverse("candidates:detail", args=[alix.pk]) in done.text
    assert reverse("candidates:waiting") in done.text


def test_proof_of_information_is_asked_for_and_the_file_named_again(
    client, coordinator, territory
):
    answer = send(client, territory, ALIX, information_proof=" ")

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["information_proof"]
    assert StagedImport.objects.count() == 0


def test_proof_can_be_said_otherwise_before_applying(client, coordinator, territory):
    staged = bring(client, territory, ALIX)

    refused = client.post(page("options", staged), {"information_proof": ""})
    client.post(page("options", staged), {"information_proof": "Par courriel le 14"})
    client.post(page("apply", staged))

    assert refused.status_code == 422
    assert Candidate.objects.get().information_proof == "Par courriel le 14"


def test_name_of_somebody_who_refused_leaves_the_result(client, coordinator, territory):
    staged = bring(client, territory, ALIX)
    client.post(page("apply", staged))
    Candidate.objects.all().delete()

    assert "Alix" not in client.get(page("detail", staged)).text


@pytest.mark.parametrize(
    "name", ["detail", "progress", "report", "columns", "line", "apply", "options"]
)
def test_import_of_people_is_not_there_for_anybody_else(client, territory, name):
    client.force_login(TerritoryRoleFactory(territory=territory).user)
    staged = bring(client, territory, ALIX)
    url = page(name, staged, **({"line": 2} if name == "line" else {}))
    ask = client.post if name in ("apply", "options") else client.get

    for reader in (
        TerritoryRoleFactory(territory=TerritoryFactory()).user,
        MembershipFactory(partner=PartnerFactory(territory=territory), manager=True).user,
    ):
        client.force_login(reader)
        assert ask(url).status_code == 404
        assert "contacts.csv" not in client.get(reverse("imports:list")).text


def test_only_the_coordination_may_bring_people(client, territory):
    client.force_login(MembershipFactory(partner=PartnerFactory(territory=territory)).user)

    refused = send(client, territory, ALIX)
    template = client.get(reverse("imports:template", args=["candidates"]))

    assert (refused.status_code, template.status_code) == (422, 404)
    assert StagedImport.objects.count() == 0


def test_template_and_door_from_the_profiles_are_offered(client, coordinator, territory):
    listed = client.get(reverse("candidates:list"))
    asked = client.get(reverse("imports:create"), {"pour": f"candidates|territory:{territory.pk}"})

    assert f"pour=candidates%7Cterritory:{territory.pk}" in listed.text
    assert asked.context["form"]["target"].initial == f"candidates|territory:{territory.pk}"
    assert reverse("imports:template", args=["candidates"]) in asked.text
    template = client.get(reverse("imports:template", args=["candidates"]))
    assert template["Content-Disposition"] == 'attachment; filename="profils.xlsx"'

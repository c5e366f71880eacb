"""« Ma passerelle »: the ways of a person, their facts, and the goal of their journey."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ancrage.candidates.enums import DiplomaState, Experience
from ancrage.candidates.models import CandidateProfession, Career
from ancrage.partners.enums import PartnerKind
from ancrage.privacy.models import AccessTrace
from ancrage.professions.models import ProfessionBridge
from tests.factories import (
    CandidateFactory,
    JourneyFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    ProofFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def aide():
    """A care assistant of a public hospital, for long enough; her AFGSU 2 has expired."""
    user = UserFactory()
    candidate = CandidateFactory(
        user=user,
        professions=[ProfessionFactory(code="care_assistant")],
        experience=Experience.YEARS_5_10,
        employer=PartnerFactory(kind=PartnerKind.PUBLIC_HOSPITAL),
    )
    ProofFactory(
        candidate=candidate,
        issued_on=TODAY - timedelta(days=1500),
        expires_on=TODAY - timedelta(days=30),
    )
    return candidate


def own_page(client, candidate, **asked):
    client.force_login(candidate.subject.user)
    return client.get(reverse("bridges:own"), asked)


def test_care_assistant_sees_the_ways_to_become_a_nurse(
    client, aide, time_machine, django_assert_max_num_queries
):
    time_machine.move_to(TODAY)
    NeedFactory(
        published=True,
        partner=PartnerFactory(territory=aide.territory),
        profession=ProfessionFactory(code="nurse"),
        positions=2,
    )
    client.force_login(aide.subject.user)

    with django_assert_max_num_queries(40):
        page = client.get(reverse("bridges:own"), {"metier": "nurse"})

    path = page.context["paths"][0]
    (step,) = path.steps
    assert path.title == "Aide-soignant (AS) → Infirmier en soins généraux (IDE)"
    assert (path.cost, path.income, path.chance) == ("rien à payer", "salaire gardé", "40 %")
    assert [(line.answer, line.text) for line in step.checks] == [
        ("acquis", "Avoir l’un de ces titres : Aide-soignant (AS)"),
        (
            "acquis",
            "3 ans à temps plein sur les 5 ans qui précèdent, comme : Aide-soignant (AS)",
        ),
        ("à vérifier", "Admission à l’issue de la sélection"),
        ("à vérifier", "L’employeur donne son accord"),
        ("manque", "AFGSU niveau 2 en cours de validité"),
    ]
    assert "à renouveler avant le" in step.checks[-1].why
    assert "Étude promotionnelle" in page.content.decode()
    assert "5 ans de service" in page.content.decode().replace("\u00a0", " ")


def test_page_without_a_goal_lists_what_is_in_reach(client, aide):
    goals = own_page(client, aide).context["goals"]

    assert {"nurse", "gerontology_assistant", "advanced_practice_nurse"} <= {
        one.code for one in goals
    }
    months = [one.path.months for one in goals]
    assert months == sorted(months)
    assert "Tout le monde" not in " ".join(one.route for one in goals)


def test_rule_that_ends_too_soon_and_rule_checked_long_ago_are_said(client, aide):
    bridges = ProfessionBridge.objects.filter(target__code="nurse")
    bridges.filter(code="nurse-second-year-from-aide").update(in_force_to=date(2020, 1, 1))
    bridges.exclude(code="nurse-second-year-from-aide").update(checked_on=date(2020, 1, 1))

    page = own_page(client, aide, metier="nurse")

    text = page.content.decode()
    assert "Règle relue il y a plus d’un an" in text
    assert [bridge.code for bridge, _title, _why in page.context["closed"]][:1] == [
        "nurse-second-year-from-aide"
    ]
    assert "La règle prend fin le 1 janvier 2020" in page.context["closed"][0][2].replace(
        "1er", "1"
    )


def test_answers_are_asked_kept_and_change_the_ways(client, aide):
    client.force_login(aide.subject.user)
    address = reverse("bridges:facts", args=[aide.pk]) + "?metier=nurse"
    form = client.get(address).context["form"]
    assert "fait_employer_agrees@nurse-second-year-from-aide" in form.fields

    sent = client.post(
        address,
        {
            "revision": "0",
            "sector": "private",
            "mois_care_assistant": "12",
            "fait_employer_agrees@nurse-second-year-from-aide": "non",
        },
    )

    assert (sent.status_code, sent.url) == (302, reverse("bridges:own") + "?metier=nurse")
    career = Career.objects.get()
    assert (career.sector, career.practices, career.words) == (
        "private",
        [{"title": "care_assistant", "months": 12, "until": None}],
        {"employer_agrees@nurse-second-year-from-aide": False},
    )
    page = client.get(sent.url)
    assert ("Une réponse donnée la ferme.") in [why for *_rest, why in page.context["closed"]]
    # What was answered is asked again, so that it can be changed.
    again = client.get(address).context["form"]
    assert again["fait_employer_agrees@nurse-second-year-from-aide"].initial == "non"


def test_answers_that_cannot_be_keep_the_form(client, aide):
    client.force_login(aide.subject.user)
    address = reverse("bridges:facts", args=[aide.pk])

    refused = client.post(address, {"revision": "0", "mois_care_assistant": "-3"})
    outdated = client.post(address, {"revision": "7", "mois_care_assistant": "3"})

    assert (refused.status_code, outdated.status_code) == (422, 422)
    assert "modifié entre-temps" in outdated.content.decode()
    assert not Career.objects.exists()


def test_coordinator_sees_the_ways_of_a_person_and_makes_one_the_goal(client, aide):
    coordinator = TerritoryRoleFactory(territory=aide.territory).user
    journey = JourneyFactory(candidate=aide, advisor=coordinator)
    client.force_login(coordinator)

    page = client.get(reverse("bridges:person", args=[aide.pk]), {"metier": "nurse"})
    aimed = client.post(
        reverse("bridges:aim", args=[journey.pk]),
        {"metier": "nurse", "revision": str(page.context["journey"].revision)},
    )

    journey.refresh_from_db()
    assert (aimed.status_code, journey.goal) == (
        302,
        "Passerelle vers : Infirmier en soins généraux (IDE)",
    )
    traced = AccessTrace.objects.filter(subject=aide.subject).values_list("purpose", flat=True)
    assert set(traced) == {"identity", "support", "current_employer"}


def test_person_without_a_profile_is_led_to_it(client):
    client.force_login(UserFactory())

    page = client.get(reverse("bridges:own"))

    assert "Il faut d’abord un profil" in page.content.decode()


def test_orderly_not_admitted_to_the_short_way_sees_the_chain_to_advanced_practice(client):
    orderly = CandidateFactory(
        user=UserFactory(),
        professions=[ProfessionFactory(code="hospital_orderly")],
        experience=Experience.YEARS_2_5,
    )
    CandidateProfession.objects.update(diploma=DiplomaState.UNKNOWN)
    Career.objects.create(
        candidate=orderly, words={"selected@nurse-by-continuing-education": False}, told_on=TODAY
    )

    paths = own_page(client, orderly, metier="advanced_practice_nurse").context["paths"]

    routes = [[step.step.bridge.target.code for step in path.steps] for path in paths]
    assert ["care_assistant", "nurse", "advanced_practice_nurse"] in routes

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from ancrage.journeys.enums import FollowUpSide
from ancrage.privacy.models import AccessTrace
from tests.factories import (
    CandidateFactory,
    ContactLogFactory,
    CourseFactory,
    EnrolmentFactory,
    FollowUpFactory,
    ImmersionFactory,
    JourneyFactory,
    StayFactory,
    StepFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def _fill(field, count):
    """So many people, each with something of everything."""
    today = timezone.localdate()
    for _one in range(count):
        person = CandidateFactory(territory=field.territory, created_at=NOW - timedelta(days=400))
        journey = JourneyFactory(
            candidate=person, advisor=field.advisor, next_action_on=today - timedelta(days=40)
        )
        StepFactory(journey=journey, due_on=today)
        ContactLogFactory(journey=journey)
        ImmersionFactory(journey=journey, partner=field.partner, starts_on=today, ends_on=today)
        stay = StayFactory(
            journey=journey,
            partner=field.partner,
            contract_ends_on=today + timedelta(days=20),
        )
        FollowUpFactory(stay=stay, due_on=today - timedelta(days=20))
        FollowUpFactory(stay=stay, months=3, answered=True, wants_call=True)
        CandidateFactory(territory=field.territory, created_at=NOW - timedelta(days=400))


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("journeys:day", 23),
        ("journeys:list", 17),
        ("journeys:lost", 13),
        ("journeys:alerts", 18),
    ],
)
def test_page_asks_the_same_questions_whatever_its_length(
    client, field, name, most, count, django_assert_max_num_queries
):
    _fill(field, count)

    with django_assert_max_num_queries(most):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_sheet_asks_the_same_questions_whatever_happened(
    client, field, journey, count, django_assert_max_num_queries
):
    for index in range(count):
        StepFactory(journey=journey)
        ContactLogFactory(journey=journey, by=field.advisor)
        stay = StayFactory(journey=journey, partner=field.partner, ended=True)
        FollowUpFactory(stay=stay, months=index + 1, answered=True, wants_call=True)
        ImmersionFactory(journey=journey, partner=field.partner)
        EnrolmentFactory(run__course__partner=field.partner, candidate=field.person, enrolled=True)

    with django_assert_max_num_queries(28):
        assert client.get(reverse("journeys:detail", args=[journey.pk])).status_code == 200


def test_courses_of_the_person_are_told_to_who_may_read_them(client, field, journey):
    course = CourseFactory(partner=field.partner, title="Cours d’ici")
    abroad = CourseFactory(title="Cours d’ailleurs")
    given_up = CourseFactory(partner=field.partner, title="Cours abandonné")
    for one, facts in (
        (course, {"state": "attended", "result": "passed", "result_on": NOW.date()}),
        (abroad, {"enrolled": True}),
        (given_up, {"state": "withdrawn"}),
    ):
        EnrolmentFactory(run__course=one, candidate=field.person, **facts)
    told = ["Place en formation confirmée", "Formation suivie", "Cours d’ici"]
    told += ["réussite complète", "Cours d’ailleurs", "Cours abandonné"]

    sheet = client.get(reverse("journeys:detail", args=[journey.pk])).content.decode()
    traces = set(AccessTrace.objects.values_list("subject", "purpose"))
    client.force_login(field.person.subject.user)
    own = client.get(reverse("journeys:own")).content.decode()

    assert [one in sheet for one in told] == [True, True, True, True, False, False]
    assert (field.person.subject.pk, "training") in traces
    assert [one in own for one in told] == [True] * 5 + [False]


def test_day_shows_mine_and_the_team_on_demand(client, field, journey):
    theirs = JourneyFactory(
        candidate=CandidateFactory(territory=field.territory),
        next_action_on=timezone.localdate(),
    )
    elsewhere = JourneyFactory(next_action_on=timezone.localdate())

    mine = client.get(reverse("journeys:day")).content.decode()
    team = client.get(reverse("journeys:day"), {"vue": "equipe"}).content.decode()

    assert str(journey.candidate) in mine
    assert str(theirs.candidate) not in mine
    assert str(theirs.candidate) in team
    assert str(elsewhere.candidate) not in team


def test_day_of_nobody_says_so(client, field):
    page = client.get(reverse("journeys:day")).content.decode()

    assert "Rien n’est prévu pour ce jour." in page


def test_list_fragment_is_the_list_of_the_page(client, field, journey):
    asked = {"q": journey.candidate.last_name}
    page = client.get(reverse("journeys:list"), asked)
    fragment = client.get(reverse("journeys:list"), asked, headers=HTMX)

    whole = BeautifulSoup(page.content, "html.parser").find(id="results")
    swapped = BeautifulSoup(fragment.content, "html.parser").find(id="results")
    assert str(whole) == str(swapped)
    assert str(journey.candidate) in str(whole)
    assert b"<html" not in fragment.content


@pytest.mark.parametrize(
    "asked",
    [
        {"etat": "closed"},
        {"quand": "waiting"},
        {"referent": "personne"},
        {"q": "introuvable"},
    ],
)
def test_list_filtered_to_nothing_says_what_to_do(client, field, journey, asked):
    page = client.get(reverse("journeys:list"), asked).content.decode()

    assert "Aucun parcours ici" in page
    assert str(journey.candidate) not in page


def test_list_bears_an_address_written_by_hand(client, field, journey):
    asked = {"referent": "abc", "metier": "x", "quand": "jamais", "tri": "-rien", "page": "zz"}

    assert client.get(reverse("journeys:list"), asked).status_code == 200


def test_lost_leads_to_a_journey_to_open(client, field):
    person = CandidateFactory(territory=field.territory, created_at=NOW - timedelta(days=400))

    page = client.get(reverse("journeys:lost"), {"raison": "never"}).content.decode()

    assert str(person) in page
    assert reverse("journeys:open", args=[person.pk]) in page


@pytest.mark.parametrize(
    "kind", ["call_wanted", "bad_answer", "contract_ending", "unanswered", "inconnue", ""]
)
def test_alerts_show_the_kind_asked_for(client, field, kind):
    _fill(field, 1)

    response = client.get(reverse("journeys:alerts"), {"type": kind})

    assert response.status_code == 200


def test_sheet_is_noted_and_shown_to_the_person(client, field, journey):
    client.get(reverse("journeys:detail", args=[journey.pk]))

    trace = AccessTrace.objects.get()
    assert (trace.subject, trace.viewer, trace.purpose, trace.scope) == (
        field.person.subject,
        field.advisor,
        "support",
        f"territory:{field.territory.pk}",
    )
    assert {"last_name", "email", "goal", "next_action"} <= set(trace.fields)


def test_sheet_tells_what_happened_the_newest_first(client, field, journey):
    stay = StayFactory(journey=journey, partner=field.partner)
    FollowUpFactory(
        stay=stay, side=FollowUpSide.PARTNER, answered=True, rating=4, comment="Parfait"
    )
    ContactLogFactory(journey=journey, note="Appelée hier", on=timezone.localdate())

    page = BeautifulSoup(
        client.get(reverse("journeys:detail", args=[journey.pk])).content, "html.parser"
    )

    titles = [one.get_text(strip=True) for one in page.select(".timeline__title")]
    assert titles == [
        "Appel · Échange avec la personne",
        "Point à 1 mois, la structure : oui, toujours en poste",
        "Prise de poste",
    ]


def test_note_to_read_again_is_announced(client, field, journey):
    ContactLogFactory(journey=journey, flags="health")

    page = client.get(reverse("journeys:detail", args=[journey.pk])).content.decode()

    assert "Une note est à relire" in page


def test_person_reads_their_own_journey_without_the_notes(client, field, journey):
    ContactLogFactory(journey=journey, note="Note de la coordination")
    StepFactory(journey=journey, label="Refaire le CV", done_on=timezone.localdate())
    client.force_login(field.person.subject.user)

    page = client.get(reverse("journeys:own")).content.decode()

    assert journey.goal in page
    assert "Refaire le CV" in page
    assert field.advisor.full_name in page
    assert "Note de la coordination" not in page


def test_somebody_without_a_journey_is_told_what_it_is(client, field):
    client.force_login(field.member)

    assert "Aucun parcours pour l’instant" in client.get(reverse("journeys:own")).content.decode()

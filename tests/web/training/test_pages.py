"""The pages of training: what everybody reads, what is kept, one's own, the plan."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from ancrage.kit.models import AuditLine
from ancrage.privacy.models import AccessTrace
from ancrage.training.models import CourseRun, Enrolment, FundingFile, OpeningPlan, TrainingWish
from tests.factories import (
    CandidateFactory,
    CourseFactory,
    CourseRunFactory,
    EnrolmentFactory,
    FundingFileFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
    RunSessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    TrainingWishFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def later(days):
    return timezone.localdate() + timedelta(days=days)


class Field:
    """A territory, a school with somebody who keeps it, a course, a run that takes requests."""

    def __init__(self):
        self.territory = TerritoryFactory()
        self.coordinator = TerritoryRoleFactory(territory=self.territory).user
        self.school = PartnerFactory(territory=self.territory)
        self.teacher = MembershipFactory(partner=self.school).user
        self.course = CourseFactory(partner=self.school, title="Aide-soignant, fictif")
        self.run = self.run_of(self.course)

    def run_of(self, course, **facts):
        days = {"starts_on": later(60), "ends_on": later(90), "apply_by": later(30)}
        return CourseRunFactory(course=course, **{**days, **facts})

    def person(self):
        return CandidateFactory(
            territory=self.territory, user=UserFactory(), first_name="Camille", last_name="Lenoir"
        )


@pytest.fixture
def field():
    return Field()


def page(client, name, *args, **asked):
    response = client.get(reverse(f"training:{name}", args=args), asked)
    assert response.status_code == 200
    return b"".join(response).decode()


def send(client, name, *args, **data):
    return client.post(reverse(f"training:{name}", args=args), data)


def test_runs_are_found_by_words_and_left_in_files(client, field):
    field.run_of(CourseFactory(partner=field.school, title="Hygiène"))
    field.run_of(field.course, planned=True)
    CourseRunFactory(course=field.course, cancelled=True)

    found = page(client, "list", q="aide soignant")
    table = page(client, "csv", q="aide-soignant")
    agenda = page(client, "agenda")

    assert found.count('<tr><th scope="row">') == 1
    assert "Aucune session ne correspond" in page(client, "list", q="introuvable")
    assert [line.count("Aide-soignant") for line in table.splitlines()] == [0, 1]
    assert (agenda.count("BEGIN:VEVENT"), "METHOD:PUBLISH" in agenda) == (2, True)
    fragment = client.get(reverse("training:list"), headers={"HX-Request": "true"})
    assert fragment.content.decode().strip().startswith('<div id="results"')


def test_run_is_a_calendar_entry_of_whole_days_with_its_sessions(client, field):
    nine = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=61)
    RunSessionFactory(run=field.run, starts_at=nine)

    agenda = page(client, "run_ics", field.run.pk)

    assert f"DTSTART;VALUE=DATE:{later(60):%Y%m%d}" in agenda
    assert f"DTEND;VALUE=DATE:{later(91):%Y%m%d}" in agenda
    assert f"DTSTART:{nine:%Y%m%dT%H%M%SZ}" in agenda


def test_person_asks_confirms_and_gives_up(client, field):
    person = field.person()
    client.force_login(person.subject.user)

    assert "Ce que l’organisme saura" in page(client, "ask", field.run.pk)
    send(client, "ask", field.run.pk)
    place = Enrolment.objects.get()
    asked = (place.state, place.name, place.subject)
    Enrolment.objects.update(state="accepted")
    CourseRun.objects.filter(pk=field.run.pk).update(taken=1)
    send(client, "answer", place.pk, reponse="oui")
    place.refresh_from_db()
    confirmed = place.state
    send(client, "answer", place.pk, reponse="non")
    given_up = page(client, "own")
    send(client, "answer", place.pk, reponse="annuler")
    place.refresh_from_db()

    assert asked == ("asked", "Camille Lenoir", person.subject)
    assert confirmed == "enrolled"
    assert "Revenir sur ce renoncement" in given_up
    assert place.state == "enrolled"


def test_person_says_what_they_would_learn_and_takes_it_back(client, field):
    person = field.person()
    client.force_login(person.subject.user)
    month = f"{later(60):%Y-%m}"
    wished = {"course": field.course.pk, "months": [month], "reach_km": 40}

    nothing = send(client, "wish_new", reach_km=40, months=[month])
    send(client, "wish_new", **wished)
    wish = TrainingWish.objects.get()
    own = page(client, "own")
    send(client, "wish_move", wish.pk)
    wish.refresh_from_db()

    assert nothing.status_code == 422
    assert (wish.months, wish.reach_km, wish.subject) == ([month], 40, person.subject)
    assert "Aide-soignant, fictif" in own
    assert wish.state == "withdrawn"


def test_wish_changed_in_two_windows_keeps_what_the_second_typed(client, field):
    person = field.person()
    client.force_login(person.subject.user)
    months = [f"{later(60):%Y-%m}", f"{later(120):%Y-%m}"]
    wish = TrainingWishFactory(candidate=person, course=field.course, months=months[:1])

    first = {"months": months, "reach_km": 40, "revision": 1}
    send(client, "wish_edit", wish.pk, **first)
    late = send(client, "wish_edit", wish.pk, months=months[1:], reach_km=77, revision=1)
    told, form = late.content.decode(), late.context["form"]
    wish.refresh_from_db()
    between = (wish.months, wish.reach_km)
    again = {name: form[name].value() for name in ("months", "reach_km", "revision")}
    send(client, "wish_edit", wish.pk, **again)
    wish.refresh_from_db()

    assert (late.status_code, "dans une autre fenêtre" in told) == (422, True)
    assert between == (months, 40)
    assert again == {"months": months[1:], "reach_km": "77", "revision": "2"}
    assert (wish.months, wish.reach_km, wish.commune) == (months[1:], 77, None)
    assert send(client, "wish_edit", wish.pk, revision=3, reach_km=0).status_code == 422


def test_wishes_leave_in_a_file_with_a_reason_and_a_trace(client, field):
    wish = TrainingWishFactory(candidate=field.person(), course=field.course)
    TrainingWishFactory(candidate=field.person(), course=field.course, state="withdrawn")
    elsewhere = TrainingWishFactory()
    client.force_login(field.coordinator)

    refused = send(client, "wishes_export", reason="court", format="csv")
    file = send(client, "wishes_export", reason="Réunion avec la Région", format="csv")

    lines = file.content.decode("utf-8-sig").splitlines()
    assert (
        refused.status_code,
        AuditLine.objects.filter(action__endswith="exported").count(),
    ) == (
        422,
        1,
    )
    assert [elsewhere.course.title in line for line in lines] == [False] * 3
    assert lines[1].startswith("Camille;Lenoir;Aide-soignant, fictif;janvier 2027;;;Normale;")
    assert "Réunion avec la Région." in lines[2]
    assert [(one.subject, one.fields) for one in AccessTrace.objects.all()] == [
        (wish.subject, ["export"])
    ]


def test_provider_adds_a_course_and_a_run_then_opens_it(client, field):
    client.force_login(field.teacher)
    course = {
        "title": "Soins d’hygiène",
        "kind": "short",
        "hours": 70,
        "months": 1,
        "rhythm": "full_time",
        "modality": "on_site",
        "min_group": 1,
        "max_group": 8,
        "run_cost_cents": "1 200",
    }
    run = {
        "commune": field.run.commune.name,
        "starts_on": later(40),
        "ends_on": later(50),
        "apply_by": later(20),
        "least": 1,
        "places": 8,
    }

    refused = send(client, "course_new", field.school.slug, **{**course, "max_group": 0})
    send(client, "course_new", field.school.slug, **course)
    added = field.course.provider.courses.get(title="Soins d’hygiène")
    send(client, "run_new", added.pk, **run)
    planned = CourseRun.objects.get(course=added)
    send(client, "run_move", planned.pk, etat="open")
    send(client, "run_edit", planned.pk, **{**run, "places": 9, "revision": 2})
    planned.refresh_from_db()

    assert refused.status_code == 422
    assert (added.run_cost_cents, planned.state, planned.places) == (120_000, "open", 9)
    assert "Annuler le dernier changement" in page(client, "manage", planned.pk)
    send(client, "run_move", planned.pk, etat="")
    planned.refresh_from_db()
    assert planned.state == "planned"


def test_provider_reads_names_given_and_the_reading_is_noted(client, field):
    shared = EnrolmentFactory(run=field.run, last_name="Visible")
    EnrolmentFactory(run=field.run, granted=True, last_name="Secrète")
    client.force_login(field.teacher)

    seen = page(client, "manage", field.run.pk)

    assert ("Visible" in seen, "Secrète" in seen) == (True, False)
    assert "1 place est tenue par une personne" in seen
    assert list(AccessTrace.objects.values_list("subject", "purpose", "scope")) == [
        (shared.subject_id, "training", f"partner:{field.school.pk}")
    ]


def test_steps_results_and_presences_are_noted(client, field):
    client.force_login(field.teacher)
    row = EnrolmentFactory(run=field.run)
    session = RunSessionFactory(run=field.run)

    send(client, "enrolment", row.pk, etape="accepted")
    send(client, "enrolment", row.pk, etape="enrolled")
    send(client, "attendance", session.pk, **{f"p{row.pk}": "present"})
    send(client, "enrolment", row.pk, etape="resultat", result="passed")
    sheet = page(client, "attendance", session.pk)
    file = send(
        client, "export", field.run.pk, reason="Bilan de la session", format="csv"
    ).content.decode()

    row.refresh_from_db()
    assert (row.state, row.result) == ("enrolled", "passed")
    assert '<option value="present" selected>' in sheet
    assert row.last_name in file
    assert "Bilan de la session" in file
    assert send(client, "enrolment", row.pk, etape="dropped").status_code == 302
    row.refresh_from_db()
    assert row.state == "enrolled"


def test_coordination_offers_a_place_and_follows_the_money(client, field):
    person = field.person()
    TrainingWishFactory(candidate=person, course=field.course)
    client.force_login(field.coordinator)

    nobody = send(client, "enrol", field.run.pk)
    send(client, "enrol", field.run.pk, person=person.pk)
    row = Enrolment.objects.get()
    send(client, "funding_new", row.pk, payer="anfh", due_on=later(10), asked_cents="5 400")
    file = FundingFile.objects.get()
    desk = page(client, "desk")
    send(client, "funding", file.pk, etape="sent")
    missing = send(client, "funding", file.pk, etape="granted")
    send(client, "funding", file.pk, etape="granted", granted="5 000")

    file.refresh_from_db()
    assert nobody.status_code == missing.status_code == 422
    assert (row.name, row.state, row.shared_at) == ("Camille Lenoir", "accepted", None)
    assert "Dossiers de financement à déposer" in desk
    assert (file.state, file.asked_cents, file.granted_cents) == ("granted", 540_000, 500_000)


def test_desk_tells_providers_from_the_structures_that_might_become_one(client, field):
    ambulances = PartnerFactory(territory=field.territory, name="Ambulances (fictif)")
    client.force_login(field.coordinator)

    card = BeautifulSoup(page(client, "desk"), "html.parser").find(id="organismes")

    lists = [[link.get_text() for link in one.find_all("a")] for one in card.find_all("ul")]
    assert lists == [[field.school.name], [ambulances.name]]
    assert not card.find("details").has_attr("open")


def test_structure_that_gave_no_course_yet_may_add_its_first(client):
    partner = PartnerFactory()
    client.force_login(MembershipFactory(partner=partner).user)

    desk = page(client, "desk")

    assert reverse("training:course_new", args=[partner.slug]) in desk
    assert "Aucune structure n’est encore déclarée comme organisme." in desk


def test_plan_says_what_to_open_and_opens_it(client, field):
    person = field.person()
    possible = field.run_of(field.course, planned=True)
    wish = TrainingWishFactory(
        candidate=person, course=field.course, months=[f"{possible.starts_on:%Y-%m}"]
    )
    NeedFactory(partner=field.school, profession=field.course.profession, published=True)
    client.force_login(field.coordinator)
    send(client, "priority", wish.pk, priorite="high")

    send(client, "plan_make", horizon="24", poids="1")
    waiting = page(client, "plan")
    call_command("run_outbox", verbosity=0)
    result = page(client, "plan")
    option = OpeningPlan.objects.get().options.get()
    send(client, "plan_accept", option.pk)

    possible.refresh_from_db()
    place = Enrolment.objects.get()
    assert "Calcul en cours" in waiting
    assert "Souhaits servis" in result
    assert "1 sur 1" in result
    assert (possible.state, place.state, place.name) == ("open", "accepted", "Camille Lenoir")
    assert "Lenoir" in page(client, "wishes")


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize(
    ("name", "most"),
    [("list", 12), ("courses", 13), ("desk", 17), ("wishes", 16), ("own", 14)],
)
def test_lists_ask_the_same_questions_whatever_their_length(
    client, field, name, most, count, django_assert_max_num_queries
):
    person = field.person()
    for _one in range(count):
        course = CourseFactory(partner=field.school)
        run = field.run_of(course)
        FundingFileFactory(enrolment__run=run, due_on=later(3))
        TrainingWishFactory(course=course)
        EnrolmentFactory(run=run, subject=person.subject)
        TrainingWishFactory(candidate=person, course=course)
    client.force_login(person.subject.user if name == "own" else field.coordinator)

    with django_assert_max_num_queries(most):
        assert client.get(reverse(f"training:{name}")).status_code == 200


@pytest.mark.parametrize("count", [1, 12])
def test_run_asks_the_same_questions_whatever_its_length(
    client, field, count, django_assert_max_num_queries
):
    field.run.places = 40
    field.run.save()
    EnrolmentFactory.create_batch(count, run=field.run, enrolled=True)
    client.force_login(field.coordinator)

    with django_assert_max_num_queries(22):
        page(client, "manage", field.run.pk)

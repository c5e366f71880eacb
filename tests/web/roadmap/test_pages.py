"""The pages of the roadmap: what each reader sees, what forms keep, what is undone."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ancrage.roadmap.enums import ActionState, RoadmapStatus
from ancrage.roadmap.models import Action, Indicator, IndicatorValue, Roadmap, SafetyReport
from ancrage.web.roadmap.forms import RoadmapForm
from ancrage.web.roadmap.safety_forms import SafetyForm
from ancrage.web.roadmap.words import acts
from tests.factories import (
    ActionFactory,
    AxisFactory,
    DecisionFactory,
    GoodPracticeFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    MeetingFactory,
    MembershipFactory,
    MilestoneFactory,
    PartnerFactory,
    RoadmapFactory,
    SafetyReportFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


class Field:
    """A territory with a roadmap, its coordinator, a structure that leads an action."""

    def __init__(self):
        self.territory = TerritoryFactory()
        self.coordinator = TerritoryRoleFactory(territory=self.territory).user
        self.partner = PartnerFactory(territory=self.territory, name="Le Phare fictif")
        self.member = MembershipFactory(partner=self.partner).user
        self.roadmap = RoadmapFactory(territory=self.territory)
        self.axis = AxisFactory(roadmap=self.roadmap, rank=1)
        self.action = ActionFactory(axis=self.axis, owner=self.partner, running=True)

    def fill(self, number):
        for _ in range(number):
            action = ActionFactory(axis=self.axis, owner=self.partner, running=True)
            MilestoneFactory(action=action)
            indicator = IndicatorFactory(axis=self.axis, action=action)
            IndicatorValueFactory(indicator=indicator)
        DecisionFactory(meeting=MeetingFactory(roadmap=self.roadmap), axis=self.axis)


@pytest.fixture
def field():
    return Field()


def to(name, *args):
    return reverse(f"roadmap:{name}", args=args)


@pytest.mark.parametrize(
    ("name", "budget"), [("detail", 17), ("late", 14), ("meeting", 20), ("log", 10)]
)
@pytest.mark.parametrize("number", [1, 12])
def test_pages_ask_a_constant_number_of_queries(
    client, field, name, budget, number, django_assert_num_queries
):
    field.fill(number)
    client.force_login(field.coordinator)

    with django_assert_num_queries(budget):
        response = client.get(to(name, field.roadmap.pk))

    assert response.status_code == 200


def test_draft_is_read_by_the_coordination_alone(client, field):
    Roadmap.objects.update(status=RoadmapStatus.DRAFT)

    client.force_login(field.member)
    assert client.get(to("detail", field.roadmap.pk)).status_code == 404
    assert client.get(to("action", field.action.pk)).status_code == 404
    assert client.post(to("action_move", field.action.pk), {"etat": "done"}).status_code == 404

    client.force_login(field.coordinator)
    assert client.get(to("detail", field.roadmap.pk)).status_code == 200


def test_roadmap_is_begun_from_the_template_then_opened(client, field):
    client.force_login(field.coordinator)
    facts = {"title": "2027-2029", "starts_on": "2027-01-01", "ends_on": "2026-01-01"}

    refused = client.post(to("create"), {**facts, "start": "modele"})
    assert refused.status_code == 422
    assert refused.context["form"]["title"].value() == "2027-2029"

    client.post(to("create"), {**facts, "ends_on": "2029-12-31", "start": "modele"})
    begun = Roadmap.objects.get(title="2027-2029")
    assert (begun.status, begun.axes.count()) == (RoadmapStatus.DRAFT, 6)
    client.post(to("move", begun.pk), {"etat": "active"})
    begun.refresh_from_db()
    assert begun.status == RoadmapStatus.ACTIVE
    # Two are under way: one chooses.
    assert len(client.get(to("list")).context["page"]) == 2


def test_leader_follows_its_action_and_changes_nothing_else(client, field):
    client.force_login(field.member)
    page = client.get(to("action", field.action.pk))
    assert (page.context["may_follow"], page.context["may_edit"]) == (True, False)

    client.post(to("action_move", field.action.pk), {"etat": "done"})
    assert client.get(to("action_edit", field.action.pk)).status_code == 403
    client.post(to("milestone_new", field.action.pk), {"title": "Bilan", "due_on": "2026-05-01"})
    step = field.action.milestones.get()
    client.post(to("milestone_reached", step.pk), {"on": "2026-05-02"})
    typed = IndicatorFactory(axis=field.axis, action=field.action, unit="jours")
    sent = {"on": "2025-01-01", "value": "12,5", "source": "Comptage fictif"}
    client.post(to("value_give", typed.pk), sent)

    field.action.refresh_from_db()
    step.refresh_from_db()
    assert (field.action.state, step.done_on) == (ActionState.DONE, date(2026, 5, 2))
    value = IndicatorValue.objects.get()
    assert (value.value, value.given_by) == (Decimal("12.5"), field.member)
    elsewhere = IndicatorFactory(axis=field.axis)
    assert client.get(to("value_give", elsewhere.pk)).status_code == 404


def test_two_editors_are_told_of_one_another(client, field):
    client.force_login(field.coordinator)
    url = to("action_edit", field.action.pk)
    first = client.get(url).context["editor"]
    shown = {
        "revision": first.revision,
        "opened_on": first.opened_on,
        "axis": field.axis.pk,
        "owner": field.partner.pk,
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
    }

    client.post(url, {**shown, "title": field.action.title, "description": "Leur texte"})
    conflict = client.post(url, {**shown, "title": "Mon titre", "description": ""})

    assert conflict.status_code == 409
    editor = conflict.context["editor"]
    assert {(one.label, one.takes_theirs) for one in editor.versions} == {
        ("Intitulé", False),
        ("Description", True),
    }
    assert editor.form["title"].value() == "Mon titre"
    assert editor.form["description"].value() == "Leur texte"
    again = {**shown, "title": "Mon titre", "description": "Leur texte"}
    client.post(url, {**again, "revision": editor.revision, "opened_on": editor.opened_on})
    assert Action.objects.filter(title="Mon titre", description="Leur texte").exists()


def test_text_about_a_person_is_told_once(client, field):
    client.force_login(field.coordinator)
    sent = {"reason": "La responsable est en arrêt maladie"}
    url = to("action_stop", field.action.pk)

    warned = client.post(url, sent)
    assert warned.status_code == 422
    assert "reason" in warned.context["form"].errors
    client.post(url, {**sent, "relu": warned.context["form"].reread})

    field.action.refresh_from_db()
    assert field.action.state == ActionState.STOPPED


def test_what_is_removed_is_put_back_by_the_bar(client, field):
    client.force_login(field.coordinator)
    indicator = IndicatorFactory(axis=field.axis)

    for kind, row, name in (
        ("action", field.action, "action_remove"),
        ("indicateur", indicator, "indicator_remove"),
    ):
        page = client.post(to(name, row.pk), follow=True)
        assert page.context["undo"].rows == f"{kind}-{row.pk}"
        client.post(to("undo"), {"rows": page.context["undo"].rows})
        row.refresh_from_db()
        assert row.removed_at is None
    refused = client.post(to("axis_remove", field.axis.pk), follow=True)

    assert "porte encore" in refused.content.decode()


def test_indicator_is_bound_to_a_measure_and_never_stores_its_value(client, field):
    client.force_login(field.coordinator)
    sent = {
        "title": "Besoins pourvus",
        "kind": "computed",
        "measure": "needs.filled",
        "periodicity": "year",
        "direction": "up",
        "target": "60",
        "target_on": "2027-12-31",
    }

    client.post(to("indicator_new", field.axis.pk), sent)
    indicator = Indicator.objects.get()
    page = client.get(to("indicator", indicator.pk))
    assert page.context["stand"].last.text == "0"
    Indicator.objects.update(measure="no.such")
    gone = client.get(to("indicator", indicator.pk))

    assert "n’existe plus" in gone.content.decode()
    assert client.get(to("value_give", indicator.pk)).status_code == 404
    assert not IndicatorValue.objects.exists()


def test_documents_are_joined_handed_over_and_removed(client, field):
    client.force_login(field.member)
    url = to("document_new", field.action.pk)
    sent = {"title": "Compte rendu"}

    empty = client.post(url, sent)
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 fictif", "application/pdf")
    client.post(url, {**sent, "content": file})
    row = field.action.documents.get()
    handed = client.get(to("document", row.pk))

    assert list(empty.context["form"].errors) == ["url"]
    assert handed.content == b"%PDF-1.7 fictif"
    client.post(to("document_remove", row.pk))
    assert not field.action.documents.exists()


def test_late_is_searched_and_exported(client, field):
    MilestoneFactory(action=field.action, title="Salle retenue", due_on=date(2025, 1, 1))
    IndicatorFactory(axis=field.axis, title="Lycéens accueillis")
    client.force_login(field.member)

    page = client.get(to("late", field.roadmap.pk), {"quoi": "milestone"})
    file = client.get(to("late_csv", field.roadmap.pk), {"q": "lycéens"})

    assert [one.label for one in page.context["page"]] == ["Salle retenue"]
    lines = b"".join(file).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Lycéens accueillis" in lines[1]


def test_journal_names_people_to_those_who_keep_the_roadmap(client, field):
    client.force_login(field.member)
    client.post(to("action_move", field.action.pk), {"etat": "done"})

    seen = client.get(to("log", field.roadmap.pk)).content.decode()
    client.force_login(field.coordinator)
    kept = client.get(to("log", field.roadmap.pk), {"quoi": "roadmap.action_moved"})

    assert field.action.title in seen
    assert f"· {field.member.full_name}" not in seen
    assert f"· {field.member.full_name}" in kept.content.decode()


def test_meeting_is_shown_an_axis_at_a_time_and_its_decisions_noted(client, field):
    AxisFactory(roadmap=field.roadmap, rank=2)
    client.force_login(field.coordinator)

    whole = client.get(to("meeting", field.roadmap.pk))
    alone = client.get(to("meeting", field.roadmap.pk), {"axe": "1", "depuis": "2026-01-05"})
    client.post(to("meeting_new", field.roadmap.pk), {"held_on": "2026-10-01", "title": "Comité"})
    meeting = field.roadmap.meetings.get()
    client.post(
        to("decision_new", field.roadmap.pk),
        {"meeting": meeting.pk, "text": "Reporter.", "axis": field.axis.pk},
    )
    shown = client.get(to("meeting", field.roadmap.pk), {"depuis": "2026-09-01"})

    assert (len(whole.context["sheets"]), whole.context["alone"]) == (2, None)
    assert (alone.context["alone"], alone.context["since"]) == (field.axis, date(2026, 1, 5))
    decisions = shown.context["sheets"][0]["changes"].decisions
    assert [one.text for one in decisions] == ["Reporter."]


def test_structure_reports_and_reads_its_own_numbers_only(client, field, time_machine):
    time_machine.move_to(NOW)
    neighbour = PartnerFactory(territory=field.territory)
    SafetyReportFactory(partner=neighbour, accidents=733, aggressions=811)
    url = to("safety_report", field.partner.slug, 2026, 1)
    half = {"semestre": "2026-01-01"}
    client.force_login(field.member)

    empty = client.post(url, {})
    assert empty.status_code == 422
    client.post(url, {"accidents": "7"})
    page = client.get(to("safety"), half)

    assert SafetyReport.objects.get(partner=field.partner).accidents == 7
    assert page.context["report"].accidents == 7
    assert page.context["answered"] == []
    client.force_login(field.coordinator)
    seen = client.get(to("safety"), half)
    assert seen.context["answered"] == sorted([field.partner.name, neighbour.name])
    for one in (page, seen):
        assert "733" not in one.content.decode()
        assert "811" not in one.content.decode()
    client.post(to("safety_close", field.territory.slug, 2026, 1))
    client.force_login(field.member)
    client.post(url, {"accidents": "9", "revision": "1"})
    assert SafetyReport.objects.get(partner=field.partner).accidents == 7
    assert client.get(to("safety_report", field.partner.slug, 2026, 3)).status_code == 404


def test_practice_is_shared_found_removed_and_put_back(client, field):
    client.force_login(field.member)
    sent = {"title": "Binôme", "text": "Un mois à deux.", "contact_email": "jeanne.durand@a.fr"}
    url = to("practice_new", field.partner.slug)

    refused = client.post(url, sent)
    client.post(url, {**sent, "contact_email": "qualite@a.example"})
    GoodPracticeFactory(title="Ailleurs, binôme")
    found = client.get(to("practices"), {"q": "binome"})

    assert list(refused.context["form"].errors) == ["contact_email"]
    (practice,) = found.context["page"]
    assert practice.title == "Binôme"
    page = client.post(to("practice_remove", practice.pk), follow=True)
    client.post(page.context["undo"].url)
    practice.refresh_from_db()
    assert practice.removed_at is None


def test_action_done_or_stopped_begins_again_and_a_planned_one_begins():
    labels = {state: dict(acts(state)).get("running") for state in ActionState}

    assert {state.value: str(label) for state, label in labels.items() if label} == {
        "planned": "Faire commencer",
        "done": "Reprendre l’action",
        "stopped": "Reprendre l’action",
    }


def test_short_fields_share_a_line_and_the_asterisk_is_explained_where_there_is_one():
    roadmap = RoadmapForm(None)

    assert [[one.name for one in row] for row in roadmap.rows] == [
        ["title"],
        ["starts_on", "ends_on"],
        ["summary"],
    ]
    assert (roadmap.has_required, SafetyForm(None).has_required) == (True, False)


def test_milestone_of_an_action_that_is_done_is_not_late(client, field):
    for state in (ActionState.RUNNING, ActionState.DONE):
        MilestoneFactory(action=ActionFactory(axis=field.axis, state=state, title=state.value))
    client.force_login(field.coordinator)

    late = [
        "En retard" in client.get(to("action", row.pk)).content.decode()
        for row in Action.objects.filter(title__in=["running", "done"]).order_by("-title")
    ]

    assert late == [True, False]


def test_value_is_typed_with_spaces_corrected_and_taken_back(client, field):
    indicator = IndicatorFactory(axis=field.axis, unit="heures")
    client.force_login(field.coordinator)
    sent = {"on": "2025-01-01", "source": "Comptage fictif"}
    page = to("value_give", indicator.pk)

    for text in ("1e3", "12,345", "douze"):
        assert client.post(page, {**sent, "value": text}).status_code == 422
    for text in ("12,5", "8 120", "8\xa0121", "8\u202f122"):
        assert client.post(page, {**sent, "value": text}).status_code == 302
    value = IndicatorValue.objects.get(replaced_at=None)
    assert value.value == Decimal(8122)
    withdraw = to("value_withdraw", value.pk)
    assert "reste dans l’historique" in client.get(withdraw).content.decode()
    client.post(withdraw)

    assert not IndicatorValue.objects.filter(replaced_at=None).exists()
    html = client.get(to("indicator", indicator.pk)).content.decode()
    assert (html.count("Remplacée"), html.count("Retirée")) == (3, 1)
    told = client.get(to("log", field.roadmap.pk)).content.decode()
    assert "12,5 → 8 120" in " ".join(told.split())
    assert client.get(withdraw).status_code == 404

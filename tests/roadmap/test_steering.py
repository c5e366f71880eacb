"""Roadmaps, axes, actions, milestones, meetings: what changes, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from ancrage.kit.models import AuditLine
from ancrage.roadmap import services
from ancrage.roadmap.enums import ActionState, IndicatorKind, RoadmapStatus
from ancrage.roadmap.models import Action, ActionDocument, Axis, Decision, Indicator, Milestone
from ancrage.roadmap.queries import (
    LateKind,
    LateSearch,
    LogSearch,
    changes_since,
    log_of,
    overdue_in,
)
from ancrage.roadmap.reference import AXES
from tests.factories import (
    ActionFactory,
    AxisFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    MilestoneFactory,
    PartnerFactory,
    RoadmapFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
LATER = NOW + timedelta(hours=1)


def test_template_gives_six_axes_and_indicators_computed_where_a_part_can():
    roadmap = services.create_roadmap(
        territory=TerritoryFactory(),
        title="2026",
        from_template=True,
        by=UserFactory(),
        now=NOW,
        **DAYS,
    )

    assert list(
        Axis.objects.filter(roadmap=roadmap).order_by("rank").values_list("rank", "title")
    ) == [(rank, axis.title) for rank, axis in enumerate(AXES, start=1)]
    found = Indicator.objects.filter(axis__roadmap=roadmap)
    assert {(one.title, one.measure) for one in found} == {
        (one.title, one.measure) for axis in AXES for one in axis.indicators
    }
    assert roadmap.status == RoadmapStatus.DRAFT


def test_roadmap_goes_from_one_state_to_the_next():
    roadmap, by = RoadmapFactory(draft=True), UserFactory()

    services.move_roadmap(roadmap=roadmap, to=RoadmapStatus.ACTIVE, by=by, now=NOW)
    services.move_roadmap(roadmap=roadmap, to=RoadmapStatus.CLOSED, by=by, now=NOW)
    with pytest.raises(services.StepNotAllowed):
        services.move_roadmap(roadmap=roadmap, to=RoadmapStatus.DRAFT, by=by, now=NOW)

    roadmap.refresh_from_db()
    assert roadmap.status == RoadmapStatus.CLOSED


def test_axis_keeps_its_number_and_what_it_holds():
    roadmap, by = RoadmapFactory(), UserFactory()
    first = services.add_axis(roadmap=roadmap, rank=1, title="Former", by=by, now=NOW)
    ActionFactory(axis=first)

    with pytest.raises(ValidationError, match="numéro"):
        services.add_axis(roadmap=roadmap, rank=1, title="Recruter", by=by, now=NOW)
    with pytest.raises(services.AxisInUse):
        services.remove_axis(axis=first, by=by, now=NOW)
    empty = services.add_axis(roadmap=roadmap, rank=2, title="Recruter", by=by, now=NOW)
    services.remove_axis(axis=empty, by=by, now=NOW)
    assert services.next_rank(roadmap) == 2
    services.restore_axis(axis=empty, by=by, now=LATER)

    assert services.next_rank(roadmap) == 3


def test_action_is_written_at_its_revision_and_told_in_words():
    territory = TerritoryFactory()
    owner, other = (PartnerFactory(territory=territory, name=name) for name in ("Ouest", "Sud"))
    axis, by = AxisFactory(roadmap=RoadmapFactory(territory=territory)), UserFactory()
    action = services.add_action(
        axis=axis, title="Forum", owner=owner, partners=[other], by=by, now=NOW, **DAYS
    )

    services.edit_action(
        action=action, revision=1, owner=other, partners=[], description="Loin", by=by, now=LATER
    )
    with pytest.raises(services.ChangedMeanwhile) as refused:
        services.edit_action(action=action, revision=1, owner=owner, by=by, now=LATER)

    assert refused.value.current.owner == other
    line = AuditLine.objects.get(action="roadmap.action_edited")
    assert line.scope == f"territory:{territory.pk}"
    assert line.changes == {
        "owner": ["Ouest", "Sud"],
        "description": ["", ""],
        "partners": ["Sud", ""],
    }


def test_action_belongs_to_the_members_of_its_territory():
    axis, by = AxisFactory(), UserFactory()

    with pytest.raises(ValidationError, match="pilote"):
        services.add_action(axis=axis, title="Forum", by=by, now=NOW, **DAYS)
    with pytest.raises(services.NotAMember):
        services.add_action(
            axis=axis, title="Forum", owner=PartnerFactory(), by=by, now=NOW, **DAYS
        )

    assert not Action.objects.exists()


def test_action_takes_what_measures_it_to_another_axis_of_its_roadmap():
    action, by = ActionFactory(), UserFactory()
    indicator = IndicatorFactory(axis=action.axis, action=action)
    other = AxisFactory(roadmap=action.axis.roadmap)
    facts = {"action": action, "outside_body": "Organisme fictif", "by": by, "now": NOW}

    with pytest.raises(services.ElsewhereAxis):
        services.edit_action(**facts, revision=1, axis=AxisFactory())
    services.edit_action(**facts, revision=1, axis=other)

    indicator.refresh_from_db()
    assert indicator.axis == other


@pytest.mark.parametrize("name", ["Mme Durand", "Dr. Martin", "p.nom@exemple.fr"])
def test_body_that_leads_is_never_a_person(name):
    with pytest.raises(ValidationError, match="organisme"):
        services.add_action(
            axis=AxisFactory(), title="Forum", outside_body=name, by=None, now=NOW, **DAYS
        )


def test_roadmap_and_axis_are_edited_at_their_revision():
    axis, by = AxisFactory(rank=1), UserFactory()
    roadmap = axis.roadmap

    services.edit_roadmap(
        roadmap=roadmap, revision=1, title="2026-2028", summary="Ensemble", by=by, now=NOW, **DAYS
    )
    services.edit_axis(axis=axis, revision=1, title="Former", rank=3, by=by, now=NOW)
    services.edit_axis(axis=axis, revision=2, title="Former", rank=3, by=by, now=LATER)
    for edit, row in (
        (services.edit_roadmap, {"roadmap": roadmap}),
        (services.edit_axis, {"axis": axis}),
    ):
        with pytest.raises(services.ChangedMeanwhile):
            edit(**row, revision=1, title="Autre", by=by, now=LATER)

    told = AuditLine.objects.order_by("pk").values_list("action", flat=True)
    assert list(told) == ["roadmap.edited", "roadmap.axis_edited"]


def test_axis_whose_number_was_taken_does_not_come_back():
    axis, by = AxisFactory(rank=1), UserFactory()

    services.remove_axis(axis=axis, by=by, now=NOW)
    AxisFactory(roadmap=axis.roadmap, rank=1)

    with pytest.raises(services.RankTaken):
        services.restore_axis(axis=axis, by=by, now=LATER)


def test_action_stops_with_a_reason_and_the_change_is_taken_back():
    action, by = ActionFactory(), UserFactory()

    with pytest.raises(services.StepNotAllowed):
        services.move_action(action=action, to=ActionState.DONE, by=by, now=NOW)
    services.move_action(action=action, to=ActionState.RUNNING, by=by, now=NOW)
    with pytest.raises(services.ReasonMissing):
        services.move_action(action=action, to=ActionState.STOPPED, by=by, now=NOW)
    stopped = services.move_action(
        action=action, to=ActionState.STOPPED, reason="Sans financeur", by=by, now=LATER
    )
    assert stopped.stop_reason == "Sans financeur"
    back = services.undo_action_move(action=action, by=by, now=LATER)
    assert (back.state, back.stop_reason) == (ActionState.RUNNING, "")
    with pytest.raises(services.NothingToUndo):
        services.undo_action_move(action=action, by=by, now=LATER + timedelta(days=2))


def test_milestone_is_put_off_reached_reopened_removed():
    by = UserFactory()
    milestone = services.add_milestone(
        action=ActionFactory(), title="Salle", due_on=date(2026, 5, 1), by=by, now=NOW
    )

    services.edit_milestone(
        milestone=milestone, title="Salle retenue", due_on=date(2026, 6, 1), by=by, now=NOW
    )
    with pytest.raises(ValidationError, match="pas encore venu"):
        services.reach_milestone(milestone=milestone, on=TODAY + timedelta(days=1), by=by, now=NOW)
    services.reach_milestone(milestone=milestone, on=TODAY, by=by, now=NOW)
    milestone.refresh_from_db()
    assert (milestone.title, milestone.done_on) == ("Salle retenue", TODAY)
    services.reopen_milestone(milestone=milestone, by=by, now=NOW)
    services.remove_milestone(milestone=milestone, by=by, now=NOW)

    assert not Milestone.objects.exists()
    told = AuditLine.objects.filter(target_type="roadmap.action").order_by("pk")
    assert [line.action.rpartition("_")[2] for line in told] == [
        *("added", "edited", "done", "undone", "removed")
    ]


def test_document_is_a_link_or_a_file_kept_under_a_drawn_name(
    django_capture_on_commit_callbacks,
):
    action, by = ActionFactory(), UserFactory()
    written = {"action": action, "title": "Compte rendu", "by": by, "now": NOW}

    for wrong in ({}, {"url": "pas une adresse"}, {"content": b"MZ"}):
        with pytest.raises(ValidationError):
            services.add_document(**written, **wrong)
    services.add_document(**written, url="https://exemple.example/a")
    file = services.add_document(**written, content=b"%PDF-1.7 fictif")
    storage, name = file.file.storage, file.file.name
    assert name == f"roadmap/{file.key[:2]}/{file.key}.pdf"
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_document(document=file, by=by, now=NOW)

    assert ActionDocument.objects.count() == 1
    assert not storage.exists(name)


def test_late_tells_actions_milestones_and_values_the_longest_first(django_assert_num_queries):
    roadmap = RoadmapFactory()
    axis = AxisFactory(roadmap=roadmap, rank=1)
    owner = PartnerFactory(territory=roadmap.territory, name="Le Phare fictif")
    begun = ActionFactory(axis=axis, owner=owner, running=True, ends_on=date(2026, 11, 1))
    waiting = ActionFactory(axis=axis, starts_on=date(2026, 11, 10))
    on_time = ActionFactory(axis=axis, running=True)
    step = MilestoneFactory(action=on_time, due_on=date(2026, 11, 15))
    MilestoneFactory(action=on_time, due_on=date(2026, 11, 1), done_on=date(2026, 11, 2))
    MilestoneFactory(action=ActionFactory(axis=axis, state=ActionState.DONE))
    lacking = IndicatorFactory(axis=axis)
    IndicatorValueFactory(indicator=IndicatorFactory(axis=axis))
    IndicatorFactory(axis=axis, measure="needs.filled")
    ActionFactory(running=True, ends_on=date(2026, 1, 1))

    with django_assert_num_queries(4):
        found = overdue_in(roadmap, on=TODAY)

    assert [(one.kind, one.label, one.days) for one in found] == [
        (LateKind.VALUE, lacking.title, 289),
        (LateKind.ACTION, begun.title, 15),
        (LateKind.START, waiting.title, 6),
        (LateKind.MILESTONE, step.title, 1),
    ]
    for search in (LateSearch(text="phare"), LateSearch(owner=owner.pk)):
        assert [one.row for one in overdue_in(roadmap, search, on=TODAY)] == [begun]
    assert overdue_in(roadmap, LateSearch(kind="value", axis=AxisFactory()), on=TODAY) == []


def test_meeting_reads_what_changed_since_and_the_journal_tells_all():
    roadmap, by = RoadmapFactory(), UserFactory()
    axis, other = AxisFactory(roadmap=roadmap), AxisFactory(roadmap=roadmap)
    action = ActionFactory(axis=axis, created_at=NOW - timedelta(days=90))
    typed = IndicatorFactory(axis=other, kind=IndicatorKind.TYPED)
    held = (NOW - timedelta(days=30)).date()
    meeting = services.note_meeting(roadmap=roadmap, held_on=held, title="Comité", by=by, now=NOW)
    with pytest.raises(services.MeetingNoted):
        services.note_meeting(roadmap=roadmap, held_on=held, title="Encore", by=by, now=NOW)
    decision = services.note_decision(
        meeting=meeting, text="Reporter.", action=action, by=by, now=NOW
    )
    with pytest.raises(ValidationError):
        services.note_decision(meeting=meeting, text="?", axis=AxisFactory(), by=by, now=NOW)
    services.move_action(action=action, to=ActionState.RUNNING, by=by, now=NOW)
    value = services.give_value(
        indicator=typed, on=date(2025, 1, 1), value=Decimal(3), by=by, now=NOW
    )

    since = changes_since(roadmap, [axis, other], held)

    assert [one.action for one in since[axis.pk].moves] == [action]
    assert since[axis.pk].decisions == (decision,)
    assert since[axis.pk].added == ()
    assert since[other.pk].values == (value,)
    assert changes_since(roadmap, [axis], TODAY + timedelta(days=1))[axis.pk].is_empty
    assert [line.action for line in log_of(roadmap, LogSearch())] == [
        "roadmap.value_given",
        "roadmap.action_moved",
        "roadmap.decision_noted",
        "roadmap.meeting_noted",
    ]
    assert [line.target_label for line in log_of(roadmap, LogSearch(text=action.title))] == [
        action.title
    ]
    assert list(log_of(roadmap, LogSearch(event="roadmap.value_given", last=held))) == []
    services.remove_decision(decision=decision, by=by, now=NOW)
    assert not Decision.objects.exists()

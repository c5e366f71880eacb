from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from ancrage.kit.models import AuditLine
from ancrage.resources import services
from ancrage.resources.enums import TRANSITIONS, ResourceKind, ResourceStatus
from ancrage.resources.models import Resource, ResourceStatusChange
from ancrage.resources.queries import history_of
from ancrage.resources.validators import LENGTHS
from tests.factories import (
    CommuneFactory,
    FacilityFactory,
    PartnerFactory,
    ProfessionFactory,
    ResourceFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def facts(**changes):
    return {
        "kind": ResourceKind.HOUSING,
        "title": "Studio meublé",
        "commune": CommuneFactory(name="Pornic"),
        "available_from": date(2027, 5, 1),
        **changes,
    }


def actions():
    return list(AuditLine.objects.order_by("pk").values_list("action", flat=True))


def test_create_keeps_every_fact_and_makes_it_searchable():
    partner = PartnerFactory(name="Hôpital de la Côte")
    nurse = ProfessionFactory(code="nurse")

    resource = services.create_resource(
        partner=partner,
        by=None,
        now=NOW,
        **facts(profession=nurse, contact_phone="02 40 82 12 34", days=" mardi ", quantity=2),
    )

    row = Resource.objects.get()
    assert row == resource
    assert (row.status, row.revision, row.days, row.quantity) == ("draft", 1, "mardi", 2)
    assert row.contact_phone == "+33240821234"
    words = row.search.split()
    assert {"studio", "meuble", "logement", "cote", "pornic", "mardi"} <= set(words)
    assert actions() == ["resource.created"]


def test_create_and_publish_leaves_one_line():
    resource = services.create_resource(
        partner=PartnerFactory(), by=None, now=NOW, publish=True, **facts()
    )

    assert (resource.status, resource.published_at, resource.confirmed_at) == (
        ResourceStatus.PUBLISHED,
        NOW,
        NOW,
    )
    assert actions() == ["resource.published"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"kind": "boat"}, "kind"),
        ({"quantity": 0}, "quantity"),
        ({"fte_hundredths": 101}, "fte_hundredths"),
        ({"available_to": date(2027, 4, 30)}, "available_to"),
        ({"available_from": date(1990, 1, 1)}, "available_from"),
        ({"contact_email": "camille.dupont@exemple.fr"}, "contact_email"),
        ({"contact_email": "nimporte"}, "contact_email"),
        ({"contact_phone": "12"}, "contact_phone"),
        ({"commune": None}, "commune"),
        ({"days": "x" * 161}, "days"),
    ],
)
def test_create_refuses_what_cannot_stand(changes, field):
    with pytest.raises(ValidationError) as refused:
        services.create_resource(partner=PartnerFactory(), by=None, now=NOW, **facts(**changes))

    assert set(refused.value.message_dict) == {field}
    assert not Resource.objects.exists()
    assert actions() == []


def test_create_at_the_site_of_a_neighbour_is_refused():
    with pytest.raises(ValidationError) as refused:
        services.create_resource(
            partner=PartnerFactory(), by=None, now=NOW, **facts(facility=FacilityFactory())
        )

    assert set(refused.value.message_dict) == {"facility"}


def test_create_with_a_reference_in_use_is_refused():
    kept = ResourceFactory(reference="R-1")

    with pytest.raises(services.ReferenceTaken):
        services.create_resource(partner=kept.partner, by=None, now=NOW, **facts(reference="R-1"))

    assert list(Resource.objects.all()) == [kept]


def test_lengths_are_those_of_the_columns():
    columns = {name: Resource._meta.get_field(name).max_length for name in LENGTHS}

    assert {name: longest for name, longest in columns.items() if longest} == {
        name: longest for name, longest in LENGTHS.items() if columns[name]
    }


def test_edit_of_a_published_resource_confirms_it():
    resource = ResourceFactory(published=True)

    edited = services.edit_resource(
        resource=resource, revision=1, by=None, now=LATER, title="Grand studio"
    )

    row = Resource.objects.get()
    assert (row.title, row.confirmed_at, row.revision) == ("Grand studio", LATER, 2)
    assert edited.revision == 2
    (line,) = AuditLine.objects.all()
    assert (line.action, line.changes) == (
        "resource.edited",
        {"title": [resource.title, "Grand studio"]},
    )


def test_edit_of_an_old_revision_changes_nothing():
    resource = ResourceFactory()
    services.edit_resource(resource=resource, revision=1, by=None, now=NOW, title="Le premier")

    with pytest.raises(services.ResourceChangedMeanwhile) as refused:
        services.edit_resource(resource=resource, revision=1, by=None, now=NOW, title="Le second")

    assert refused.value.current.title == "Le premier"
    assert Resource.objects.get().title == "Le premier"


def test_edit_may_not_end_a_published_resource_in_the_past():
    resource = ResourceFactory(published=True, available_from=date(2026, 1, 1))

    with pytest.raises(services.ResourceIsOver):
        services.edit_resource(
            resource=resource, revision=1, by=None, now=NOW, available_to=date(2026, 2, 1)
        )


def test_duplicate_starts_today_without_reference_nor_past_end():
    resource = ResourceFactory(
        published=True, available_from=date(2026, 5, 1), available_to=date(2026, 10, 31)
    )

    copy = services.duplicate_resource(resource=resource, by=None, now=NOW)

    assert (copy.status, copy.reference, copy.title) == ("draft", "", resource.title)
    assert (copy.available_from, copy.available_to) == (NOW.date(), None)


def test_delete_draft_deletes_what_was_never_shared():
    draft, shared = ResourceFactory(), ResourceFactory(published=True)

    services.delete_draft(resource=draft, by=None, now=NOW)
    with pytest.raises(services.ResourceNotDraft):
        services.delete_draft(resource=shared, by=None, now=NOW)
    with pytest.raises(services.ResourceGone):
        services.delete_draft(resource=draft, by=None, now=NOW)

    assert list(Resource.objects.all()) == [shared]


ACTS = {
    ResourceStatus.PUBLISHED: services.publish_resource,
    ResourceStatus.PAUSED: services.pause_resource,
    ResourceStatus.GIVEN: services.give_resource,
    ResourceStatus.WITHDRAWN: services.withdraw_resource,
}


@pytest.mark.parametrize("before", list(ResourceStatus))
@pytest.mark.parametrize("after", list(ACTS))
def test_moves_are_those_of_the_table(before, after):
    resource = ResourceFactory(status=before)
    allowed = after in TRANSITIONS[before]
    closed = not TRANSITIONS[before] - {ResourceStatus.PUBLISHED}

    if allowed and not (after == ResourceStatus.PUBLISHED and closed):
        ACTS[after](resource=resource, by=None, now=NOW)
        assert Resource.objects.get().status == after
        assert ResourceStatusChange.objects.get().before == before
    else:
        with pytest.raises((services.TransitionNotAllowed, services.ResourceClosed)):
            ACTS[after](resource=resource, by=None, now=NOW)
        assert Resource.objects.get().status == before


def test_reopen_shares_what_was_closed_and_nothing_else():
    given, draft = ResourceFactory(given=True), ResourceFactory()

    services.reopen_resource(resource=given, by=None, now=LATER)
    with pytest.raises(services.ResourceNotClosed):
        services.reopen_resource(resource=draft, by=None, now=LATER)

    given.refresh_from_db()
    assert (given.status, given.published_at, given.confirmed_at) == ("published", NOW, LATER)


def test_undo_returns_to_the_state_before_within_a_day():
    by = UserFactory()
    resource = ResourceFactory(published=True)
    services.give_resource(resource=resource, by=by, now=NOW)

    services.undo_last_change(resource=resource, by=by, now=NOW + timedelta(hours=23))

    resource.refresh_from_db()
    assert resource.status == ResourceStatus.PUBLISHED
    assert [entry.is_undone for entry in history_of(resource)] == [False, True]
    with pytest.raises(services.NothingToUndo):
        services.undo_last_change(resource=resource, by=by, now=NOW + timedelta(hours=23))


def test_undo_of_yesterday_is_too_late():
    resource = ResourceFactory(published=True)
    services.pause_resource(resource=resource, by=None, now=NOW)

    with pytest.raises(services.UndoTooLate):
        services.undo_last_change(resource=resource, by=None, now=NOW + timedelta(hours=25))

    assert Resource.objects.get().status == ResourceStatus.PAUSED


def test_undo_of_the_first_publication_makes_a_draft_again():
    resource = ResourceFactory()
    services.publish_resource(resource=resource, by=None, now=LATER)

    services.undo_last_change(resource=resource, by=None, now=LATER)

    row = Resource.objects.get()
    assert (row.status, row.published_at, row.status_since) == ("draft", None, NOW)


def test_a_move_seen_too_late_is_refused():
    resource = ResourceFactory(published=True)
    stale = Resource.objects.get()
    services.give_resource(resource=resource, by=None, now=NOW)

    with pytest.raises(services.ResourceChangedMeanwhile):
        services.pause_resource(resource=stale, by=None, now=NOW)

    assert Resource.objects.get().status == ResourceStatus.GIVEN


def test_refresh_search_follows_a_structure_that_changes_its_name():
    resource = services.create_resource(partner=PartnerFactory(), by=None, now=NOW, **facts())
    type(resource.partner).objects.update(name="Clinique des Dunes")

    assert (services.refresh_search(), services.refresh_search()) == (1, 0)
    assert "dunes" in Resource.objects.get().search.split()

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from ancrage.kit.changes import ChangeSource
from ancrage.kit.models import AuditLine
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import LegalPublication, Need, NeedStatusChange, PracticeSheet
from ancrage.needs.services import (
    NeedChangedMeanwhile,
    NeedGone,
    NeedIsOver,
    NeedNotDraft,
    ReferenceTaken,
    create_need,
    create_needs,
    delete_draft,
    duplicate_need,
    edit_need,
    edit_needs,
    facts_of,
    refresh_search,
)
from ancrage.professions.enums import ContractKind
from tests.factories import (
    CommuneFactory,
    FacilityFactory,
    NeedFactory,
    PartnerFactory,
    PracticeSheetFactory,
    ProfessionFactory,
    SpecialtyFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def partner():
    return PartnerFactory(name="Hôpital fictif de l’Estuaire", short_name="HFE")


def basic_facts(**facts):
    return {
        "profession": ProfessionFactory(
            code="care_assistant_test", label_fr="Aide-soignant", search="aide soignant as"
        ),
        "commune": CommuneFactory(name="Saint-Père-en-Retz"),
        "contract": ContractKind.CDI,
        "starts_on": date(2027, 1, 4),
        **facts,
    }


def traces():
    return list(AuditLine.objects.order_by("at", "pk").values_list("action", "scope", "changes"))


def test_create_need_writes_a_draft_with_what_is_derived(partner, by):
    facts = basic_facts(
        unit="  Médecine  ",
        reference="R-12",
        description="Équipe\r\nde nuit. CV avec photo.",
        contact_phone="02 40 82 12 34",
    )

    need = create_need(partner=partner, by=by, now=NOW, **facts)

    need.refresh_from_db()
    assert (need.status, need.created_by, need.created_at, need.status_since, need.revision) == (
        NeedStatus.DRAFT,
        by,
        NOW,
        NOW,
        1,
    )
    assert (need.published_at, need.confirmed_at) == (None, None)
    assert (need.unit, need.description) == ("Médecine", "Équipe\nde nuit. CV avec photo.")
    assert need.contact_phone == "+33240821234"
    assert need.wording_flags == "appearance"
    assert {
        "aide",
        "soignant",
        "as",
        "hopital",
        "hfe",
        "saint",
        "pere",
        "medecine",
        "nuit",
    } <= set(need.search.split())
    assert traces() == [
        ("need.created", f"partner:{partner.pk}", {"status": ["", "draft"]}),
    ]
    assert not NeedStatusChange.objects.exists()


def test_create_need_published_at_once_is_dated_and_can_be_traced(partner, by):
    need = create_need(
        partner=partner,
        by=by,
        now=NOW,
        publish=True,
        source=ChangeSource.API,
        **basic_facts(),
    )

    need.refresh_from_db()
    assert (need.status, need.published_at, need.confirmed_at) == (NeedStatus.PUBLISHED, NOW, NOW)
    assert list(NeedStatusChange.objects.values_list("before", "after", "at", "by", "source")) == [
        ("draft", "published", NOW, by.pk, "api")
    ]
    assert traces() == [
        (
            "need.created",
            f"partner:{partner.pk}",
            {"status": ["", "published"], "source": ["", "api"]},
        )
    ]


def test_create_need_with_its_sheets_reads_their_wording_too(partner, by):
    need = create_need(
        partner=partner,
        by=by,
        now=NOW,
        practice={"patients": 1200, "note": "Bonne présentation exigée"},
        publication={"missions": "Moins de 30 ans souhaité"},
        **basic_facts(),
    )

    assert need.practice_sheet.patients == 1200
    assert LegalPublication.objects.get(need=need).missions == "Moins de 30 ans souhaité"
    assert Need.objects.get().wording_flags == "age appearance"


@pytest.mark.parametrize("missing", ["profession", "commune", "contract", "starts_on"])
def test_create_need_without_what_makes_one(partner, by, missing):
    facts = basic_facts()
    del facts[missing]

    with pytest.raises(ValidationError) as raised:
        create_need(partner=partner, by=by, now=NOW, **facts)

    assert set(raised.value.message_dict) == {missing}
    assert not Need.objects.exists()
    assert not AuditLine.objects.exists()


def test_create_need_that_cannot_stand(partner, by):
    with pytest.raises(ValidationError) as raised:
        create_need(partner=partner, by=by, now=NOW, **basic_facts(positions=0))

    assert set(raised.value.message_dict) == {"positions"}


def test_create_need_in_a_facility_of_another_structure(partner, by):
    elsewhere = FacilityFactory()

    with pytest.raises(ValidationError) as raised:
        create_need(partner=partner, by=by, now=NOW, **basic_facts(facility=elsewhere))

    assert set(raised.value.message_dict) == {"facility"}


def test_create_need_published_after_its_end(partner, by):
    facts = basic_facts(starts_on=date(2026, 7, 1), ends_on=date(2026, 8, 31))

    with pytest.raises(NeedIsOver):
        create_need(partner=partner, by=by, now=NOW, publish=True, **facts)


def test_create_need_with_a_telephone_that_does_not_ring(partner, by):
    with pytest.raises(ValidationError) as raised:
        create_need(partner=partner, by=by, now=NOW, **basic_facts(contact_phone="12"))

    assert set(raised.value.message_dict) == {"contact_phone"}


def test_create_need_with_a_reference_already_there(partner, by):
    NeedFactory(partner=partner, reference="R-12")

    with pytest.raises(ReferenceTaken, match="R-12"):
        create_need(partner=partner, by=by, now=NOW, **basic_facts(reference="R-12"))

    assert Need.objects.count() == 1


def test_create_needs_twice_the_same_reference_writes_none(partner, by):
    drafts = [basic_facts(reference="R-1"), basic_facts(reference="R-1")]

    with pytest.raises(ReferenceTaken, match="R-1"):
        create_needs(partner=partner, drafts=drafts, by=by, now=NOW)

    assert not Need.objects.exists()


def test_create_needs_of_many_costs_few_statements(partner, by, django_assert_max_num_queries):
    drafts = [basic_facts(reference=f"R-{n}") for n in range(30)]

    # Savepoint, needs (in two parts on SQLite), changes of state, traces, release.
    with django_assert_max_num_queries(6):
        needs = create_needs(partner=partner, drafts=drafts, by=by, now=NOW, publish=True)

    assert len({need.pk for need in needs}) == 30
    assert Need.objects.filter(status=NeedStatus.PUBLISHED).count() == 30
    assert NeedStatusChange.objects.count() == 30
    assert AuditLine.objects.count() == 30


def test_create_needs_of_none_writes_nothing(partner, by):
    assert create_needs(partner=partner, drafts=[], by=by, now=NOW) == []


def test_edit_need_changes_what_is_given_and_says_what_changed(partner, by):
    need = NeedFactory(partner=partner, unit="Médecine", positions=2)
    profession = ProfessionFactory(label_fr="Kinésithérapeute")
    later = NOW + timedelta(days=1)

    edited = edit_need(
        need=need,
        revision=1,
        by=by,
        now=later,
        positions=3,
        unit="Médecine",
        profession=profession,
    )

    need.refresh_from_db()
    assert (need.positions, need.profession, need.revision, need.updated_at) == (
        3,
        profession,
        2,
        later,
    )
    assert edited.revision == 2
    assert "kinesitherapeute" in need.search.split()
    ((action, _scope, changes),) = traces()
    assert action == "need.edited"
    assert changes["positions"] == [2, 3]
    assert changes["profession"][1] == "Kinésithérapeute"
    assert set(changes) == {"positions", "profession"}


def test_edit_need_published_confirms_it(by):
    need = NeedFactory(published=True)
    later = NOW + timedelta(days=20)

    edit_need(need=need, revision=1, by=by, now=later, positions=2)

    need.refresh_from_db()
    assert (need.confirmed_at, need.published_at) == (later, NOW)


def test_edit_need_published_saved_as_it_was_is_a_confirmation(by):
    need = NeedFactory(published=True)
    later = NOW + timedelta(days=20)

    edit_need(need=need, revision=1, by=by, now=later, positions=need.positions)

    need.refresh_from_db()
    assert (need.confirmed_at, need.revision, need.updated_at) == (later, 1, NOW)
    assert [action for action, _scope, _changes in traces()] == ["need.confirmed"]


def test_edit_need_draft_saved_as_it_was_leaves_no_trace(by):
    need = NeedFactory()

    edit_need(need=need, revision=1, by=by, now=NOW + timedelta(days=1), positions=1)

    need.refresh_from_db()
    assert (need.revision, traces()) == (1, [])


def test_edit_need_changed_meanwhile_carries_the_present_version(by):
    colleague = UserFactory()
    need = NeedFactory()
    edit_need(need=need, revision=1, by=colleague, now=NOW, positions=4)

    with pytest.raises(NeedChangedMeanwhile) as raised:
        edit_need(need=need, revision=1, by=by, now=NOW + timedelta(hours=1), positions=2)

    assert raised.value.current.positions == 4
    assert (raised.value.changed_at, raised.value.changed_by) == (NOW, colleague)
    need.refresh_from_db()
    assert need.positions == 4


def test_edit_need_that_is_gone(by):
    need = NeedFactory()
    Need.objects.all().delete()

    with pytest.raises(NeedGone):
        edit_need(need=need, revision=1, by=by, now=NOW, positions=2)


def test_edit_need_to_a_reference_already_there(partner, by):
    NeedFactory(partner=partner, reference="R-1")
    need = NeedFactory(partner=partner, reference="R-2")

    with pytest.raises(ReferenceTaken, match="R-1"):
        edit_need(need=need, revision=1, by=by, now=NOW, reference="R-1")

    need.refresh_from_db()
    assert (need.reference, need.revision) == ("R-2", 1)


def test_edit_need_that_cannot_stand(by):
    need = NeedFactory()

    with pytest.raises(ValidationError) as raised:
        edit_need(need=need, revision=1, by=by, now=NOW, ends_on=date(2026, 12, 1))

    assert set(raised.value.message_dict) == {"ends_on"}


def test_edit_need_keeps_an_old_start_that_was_accepted_once(by):
    need = NeedFactory(starts_on=date(2022, 1, 3))

    edit_need(need=need, revision=1, by=by, now=NOW, positions=2)

    need.refresh_from_db()
    assert (need.starts_on, need.positions) == (date(2022, 1, 3), 2)


def test_edit_need_writes_and_rewrites_its_sheets(by):
    need = NeedFactory()

    edited = edit_need(
        need=need,
        revision=1,
        by=by,
        now=NOW,
        practice={"patients": 900},
        publication={"category": "C"},
    )
    edit_need(
        need=edited,
        revision=2,
        by=by,
        now=NOW,
        source=ChangeSource.API,
        practice={"patients": 950, "software": "Logiciel"},
    )

    sheet = PracticeSheet.objects.get(need=need)
    assert (sheet.patients, sheet.software) == (950, "Logiciel")
    assert LegalPublication.objects.get(need=need).category == "C"
    assert [changes for _action, _scope, changes in traces()] == [
        {"practice_sheet.patients": [None, 900], "publication.category": ["", "C"]},
        {
            "practice_sheet.patients": [900, 950],
            "practice_sheet.software": ["", "Logiciel"],
            "source": ["", "api"],
        },
    ]


def test_edit_need_leaves_an_empty_sheet_unwritten(by):
    need = NeedFactory()

    edit_need(need=need, revision=1, by=by, now=NOW, practice={"patients": None}, positions=2)

    assert not PracticeSheet.objects.exists()


def test_edit_need_with_a_sheet_that_cannot_stand(by):
    need = NeedFactory()

    with pytest.raises(ValidationError) as raised:
        edit_need(need=need, revision=1, by=by, now=NOW, practice={"retrocession_percent": 130})

    assert set(raised.value.message_dict) == {"retrocession_percent"}


def test_edit_needs_changes_each(partner, by):
    first, second = NeedFactory(partner=partner), NeedFactory(partner=partner)

    edited = edit_needs(
        edits=[(first, {"positions": 2}), (second, {"positions": 3})],
        by=by,
        now=NOW,
        source=ChangeSource.IMPORT,
    )

    assert [need.positions for need in edited] == [2, 3]
    assert sorted(Need.objects.values_list("positions", flat=True)) == [2, 3]
    assert AuditLine.objects.filter(action="need.edited").count() == 2


def test_edit_needs_is_all_or_nothing(by):
    first, second = NeedFactory(), NeedFactory()
    Need.objects.filter(pk=second.pk).update(revision=7)

    with pytest.raises(NeedChangedMeanwhile):
        edit_needs(edits=[(first, {"positions": 2}), (second, {"positions": 3})], by=by, now=NOW)

    assert list(Need.objects.values_list("positions", flat=True)) == [1, 1]
    assert traces() == []


def test_edit_needs_of_one_that_is_gone(by):
    need = NeedFactory()
    Need.objects.all().delete()

    with pytest.raises(NeedGone):
        edit_needs(edits=[(need, {"positions": 2})], by=by, now=NOW)


def test_duplicate_need_copies_all_but_what_is_unique(by):
    need = NeedFactory(
        published=True,
        reference="R-1",
        unit="Nuit",
        specialty=SpecialtyFactory(),
        starts_on=date(2026, 6, 1),
        ends_on=date(2026, 9, 30),
    )
    PracticeSheetFactory(need=need, patients=800)

    copy = duplicate_need(need=need, by=by, now=NOW)

    assert copy.pk != need.pk
    assert facts_of(copy) == {
        **facts_of(need),
        "reference": "",
        "starts_on": date(2026, 11, 16),
        "ends_on": None,
    }
    assert (copy.status, copy.created_by, copy.practice_sheet.patients) == (
        NeedStatus.DRAFT,
        by,
        800,
    )


def test_duplicate_need_keeps_dates_to_come(by):
    need = NeedFactory(starts_on=date(2027, 3, 1), ends_on=date(2027, 8, 31))

    copy = duplicate_need(need=need, by=by, now=NOW)

    assert (copy.starts_on, copy.ends_on) == (date(2027, 3, 1), date(2027, 8, 31))
    assert not PracticeSheet.objects.exists()


def test_delete_draft_leaves_a_trace(by):
    need = NeedFactory()

    delete_draft(need=need, by=by, now=NOW)

    assert not Need.objects.exists()
    assert [(line.action, line.target_id) for line in AuditLine.objects.all()] == [
        ("need.deleted", str(need.pk))
    ]


@pytest.mark.parametrize("trait", ["published", "paused", "closed"])
def test_delete_draft_of_what_was_published(by, trait):
    need = NeedFactory(**{trait: True})

    with pytest.raises(NeedNotDraft):
        delete_draft(need=need, by=by, now=NOW)

    assert Need.objects.exists()


def test_delete_draft_twice(by):
    need = NeedFactory()
    delete_draft(need=need, by=by, now=NOW)

    with pytest.raises(NeedGone):
        delete_draft(need=need, by=by, now=NOW)


def test_refresh_search_after_a_structure_took_another_name(partner, by):
    need = create_need(partner=partner, by=by, now=NOW, **basic_facts())
    partner.name = "Résidence des Dunes"
    partner.save()

    assert refresh_search() == 1
    assert refresh_search() == 0
    need.refresh_from_db()
    assert "dunes" in need.search.split()
    assert "estuaire" not in need.search.split()


def test_create_need_with_a_mistake_of_ours_is_not_taken_for_a_reference(partner, by):
    with pytest.raises(IntegrityError):
        create_need(partner=partner, by=by, now=NOW, **basic_facts(works_days=None))


def test_edit_need_with_a_mistake_of_ours_is_not_taken_for_a_reference(by):
    need = NeedFactory()

    with pytest.raises(IntegrityError):
        edit_need(need=need, revision=1, by=by, now=NOW, works_days=None)


def test_edit_need_to_say_what_a_colleague_has_just_said_is_no_conflict(by):
    need = NeedFactory()
    edit_need(need=need, revision=1, by=by, now=NOW, positions=4)

    edited = edit_need(need=need, revision=1, by=by, now=NOW, positions=4)

    assert (edited.positions, edited.revision) == (4, 2)

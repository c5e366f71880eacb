"""Who sees what: each purpose with its doors, the same for one person and for lists."""

from datetime import timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ancrage.kit.models import Base
from ancrage.privacy.models import AccessTrace, DataSubject
from ancrage.privacy.purposes import PURPOSES, UnknownPurpose
from ancrage.privacy.queries import (
    RULES,
    consent_holds,
    subjects_shown_to,
    visible_fields,
)
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.services import forget_old_traces, trace_access
from tests.factories import ConsentEntryFactory, DataSubjectFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


class Card(Base):
    """A profile as the candidates' part declares one; never stored."""

    personal: ClassVar[dict[str, str]] = {
        "name": "identity",
        "email": "identity",
        "experience": "talent_pool",
        "next_step": "support",
        "message": "application",
    }

    class Meta:
        abstract = True


HOME = Viewer(user_pk=900, scopes=frozenset({"territory:1"}))
ELSEWHERE = Viewer(user_pk=901, scopes=frozenset({"territory:2"}))
HOSPITAL = Viewer(user_pk=902, scopes=frozenset({"partner:12"}))
NEIGHBOUR = Viewer(user_pk=903, scopes=frozenset({"partner:13"}))
VISITOR = Viewer(user_pk=None)
ALL_FIELDS = frozenset(Card.personal)
POOL, IDENTITY = frozenset({"experience"}), frozenset({"name", "email"})


def seen(viewer: Viewer, subject: DataSubject, purpose: str, **more: Any) -> frozenset[str]:
    return visible_fields(viewer, subject, Card, purpose, **more)


def agree(subject: DataSubject, purpose: str, scope: str = "", **more: Any) -> None:
    ConsentEntryFactory(subject=subject, purpose=purpose, scope=scope, **more)


def test_every_purpose_has_its_rule() -> None:
    assert set(RULES) == set(PURPOSES)


def test_an_unknown_purpose_is_refused_to_all() -> None:
    subject = DataSubjectFactory()
    own = Viewer(user_pk=subject.user_id)

    for viewer in (HOME, own, VISITOR):
        with pytest.raises(UnknownPurpose):
            seen(viewer, subject, "curiosity")
    with pytest.raises(UnknownPurpose):
        subjects_shown_to(HOME, "curiosity")


@pytest.mark.parametrize("state", [{}, {"limited": True}])
def test_the_person_sees_all_of_theirs(state: dict[str, Any]) -> None:
    subject = DataSubjectFactory(**state)
    own = Viewer(user_pk=subject.user_id)

    assert {purpose: seen(own, subject, purpose) for purpose in PURPOSES} == dict.fromkeys(
        PURPOSES, ALL_FIELDS
    )


def test_nobody_is_the_person_of_a_profile_without_account() -> None:
    assert seen(VISITOR, DataSubjectFactory(user=None), "identity") == frozenset()


def test_without_consent_only_those_who_follow_the_person_see() -> None:
    subject = DataSubjectFactory()

    for viewer in (ELSEWHERE, HOSPITAL, NEIGHBOUR, VISITOR):
        assert {p: seen(viewer, subject, p) for p in PURPOSES} == dict.fromkeys(
            PURPOSES, frozenset()
        )
    assert seen(HOME, subject, "identity") == IDENTITY
    assert seen(HOME, subject, "talent_pool") == POOL
    assert seen(HOME, subject, "support") == {"next_step"}
    assert seen(HOME, subject, "account") == frozenset()


def test_the_pool_is_for_every_member_and_no_visitor() -> None:
    subject = DataSubjectFactory()
    agree(subject, "talent_pool")

    assert [
        seen(viewer, subject, "talent_pool") for viewer in (HOSPITAL, NEIGHBOUR, ELSEWHERE)
    ] == [POOL, POOL, POOL]
    assert seen(VISITOR, subject, "talent_pool") == frozenset()
    assert seen(HOSPITAL, subject, "identity") == frozenset()


def test_identity_is_for_the_structure_named_and_no_other() -> None:
    subject = DataSubjectFactory()
    agree(subject, "identity", "partner:12")

    assert seen(HOSPITAL, subject, "identity") == IDENTITY
    assert seen(NEIGHBOUR, subject, "identity") == frozenset()
    assert seen(VISITOR, subject, "identity") == frozenset()
    assert seen(HOSPITAL, subject, "talent_pool") == frozenset()

    agree(subject, "identity", "partner:12", given=False)
    assert seen(HOSPITAL, subject, "identity") == frozenset()


def test_a_row_is_shown_to_the_structure_that_is_one_side_of_it() -> None:
    subject = DataSubjectFactory()

    assert seen(HOSPITAL, subject, "application", party="partner:12") == {"message"}
    assert seen(NEIGHBOUR, subject, "application", party="partner:12") == frozenset()
    assert seen(HOSPITAL, subject, "application") == frozenset()
    waiting = DataSubjectFactory(pending=True)
    assert seen(HOSPITAL, waiting, "application", party="partner:12") == frozenset()


@pytest.mark.parametrize("state", ["limited", "anonymised"])
def test_a_limited_or_anonymised_profile_shows_nothing(state: str) -> None:
    subject = DataSubjectFactory(**{state: True})
    for purpose, scope in (("talent_pool", ""), ("identity", "partner:12")):
        agree(subject, purpose, scope)

    for viewer in (HOME, HOSPITAL):
        assert {
            p: seen(viewer, subject, p, party="partner:12") for p in PURPOSES
        } == dict.fromkeys(PURPOSES, frozenset())


def test_a_profile_to_confirm_is_seen_by_those_who_entered_it_only() -> None:
    subject = DataSubjectFactory(pending=True)
    agree(subject, "talent_pool")
    agree(subject, "identity", "partner:12")

    assert seen(HOME, subject, "identity") == IDENTITY
    assert seen(HOSPITAL, subject, "identity") == frozenset()
    assert seen(HOSPITAL, subject, "talent_pool") == frozenset()


def test_a_list_is_asked_in_one_query(django_assert_num_queries: Any) -> None:
    shown = DataSubjectFactory()
    agree(shown, "identity", "partner:12")
    DataSubjectFactory()

    with django_assert_num_queries(1):
        assert list(subjects_shown_to(HOSPITAL, "identity")) == [shown]


class TestListsAndPeopleAgree(TestCase):
    """Whatever was agreed to, whatever the state: the two forms of the rule say the same."""

    @settings(max_examples=30)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["", "limited", "pending", "anonymised"]),
                st.sampled_from(["territory:1", "territory:2"]),
                st.lists(
                    st.tuples(
                        st.sampled_from([("talent_pool", ""), ("identity", "partner:12")]),
                        st.booleans(),
                    ),
                    max_size=4,
                ),
            ),
            max_size=4,
        ),
        st.sampled_from(sorted(PURPOSES)),
        st.sampled_from([HOME, ELSEWHERE, HOSPITAL, NEIGHBOUR, VISITOR]),
    )
    def test_the_same_people(self, people: list[Any], purpose: str, viewer: Viewer) -> None:
        subjects = []
        for state, home, entries in people:
            facts = {state: True} if state else {"user": None}
            subject = DataSubjectFactory(home=home, **facts)
            for (code, scope), given_then in entries:
                agree(subject, code, scope, given=given_then)
            subjects.append(subject)

        class Whole(Base):
            personal: ClassVar[dict[str, str]] = {"x": purpose}

            class Meta:
                abstract = True

        expected = {
            subject.pk for subject in subjects if visible_fields(viewer, subject, Whole, purpose)
        }
        assert {one.pk for one in subjects_shown_to(viewer, purpose)} == expected
        if viewer is HOSPITAL and purpose == "identity":
            assert expected == {
                one.pk for one in subjects if consent_holds(one, "identity", "partner:12")
            }


def test_a_look_is_noted_with_its_reader_its_purpose_and_its_fields() -> None:
    subject, reader = DataSubjectFactory(), UserFactory()
    agree(subject, "identity", "partner:12")
    viewer = Viewer(user_pk=reader.pk, scopes=frozenset({"partner:12", "partner:13"}))

    trace = trace_access(
        subject=subject, viewer=viewer, purpose="identity", fields={"name", "email"}, now=NOW
    )

    assert list(
        AccessTrace.objects.values_list("subject", "viewer", "scope", "purpose", "fields", "at")
    ) == [(subject.pk, reader.pk, "partner:12", "identity", ["email", "name"], NOW)]
    assert str(trace) == "2026-11-16 09:30 identity"


@pytest.mark.parametrize(
    ("scopes", "asked", "noted"),
    [
        ({"territory:1", "partner:13"}, "", "territory:1"),
        ({"partner:13"}, "", "partner:13"),
        ({"partner:13", "partner:14"}, "", ""),
        ({"partner:13", "partner:14"}, "partner:14", "partner:14"),
    ],
)
def test_a_look_says_for_whom_where_only_one_can_be_meant(
    scopes: set[str], asked: str, noted: str
) -> None:
    viewer = Viewer(user_pk=UserFactory().pk, scopes=frozenset(scopes))

    trace = trace_access(
        subject=DataSubjectFactory(),
        viewer=viewer,
        purpose="identity",
        fields=["name"],
        now=NOW,
        scope=asked,
    )

    assert trace is not None
    assert trace.scope == noted


def test_ones_own_look_and_an_empty_one_are_not_noted() -> None:
    subject = DataSubjectFactory()
    looks: dict[str, Any] = {"subject": subject, "purpose": "identity", "now": NOW}
    own = Viewer(user_pk=subject.user_id)

    assert trace_access(viewer=own, fields=["name"], **looks) is None
    assert trace_access(viewer=HOSPITAL, fields=[], **looks) is None
    with pytest.raises(UnknownPurpose):
        trace_access(viewer=own, fields=[], **{**looks, "purpose": "curiosity"})
    assert AccessTrace.objects.count() == 0


def test_looks_are_forgotten_after_a_year() -> None:
    subject, viewer = DataSubjectFactory(), Viewer(user_pk=UserFactory().pk)
    for days in (364, 365, 400):
        trace_access(
            subject=subject,
            viewer=viewer,
            purpose="identity",
            fields=["name"],
            now=NOW - timedelta(days=days),
        )

    assert [forget_old_traces(now=NOW) for _time in range(2)] == [2, 0]
    assert AccessTrace.objects.count() == 1

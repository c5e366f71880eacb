"""People followed: opened once an account, confirmed within a month, heard from."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from ancrage.kit.models import AuditLine
from ancrage.privacy.models import DataSubject
from ancrage.privacy.scopes import Viewer, viewer_of
from ancrage.privacy.services import (
    AlreadyFollowed,
    NotPending,
    SubjectFrozen,
    confirm_subject,
    erase_subject,
    link_account,
    open_subject,
    touch_subject,
)
from ancrage.privacy.terms import add_months, month_of
from tests.factories import (
    DataSubjectFactory,
    MembershipFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=10)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2026, 11, 16), 1, (2026, 12, 16)),
        ((2026, 12, 31), 2, (2027, 2, 28)),
        ((2028, 2, 29), -24, (2026, 2, 28)),
        ((2026, 1, 15), -1, (2025, 12, 15)),
    ],
)
def test_months_are_counted_by_the_calendar(
    start: tuple[int, int, int], months: int, end: tuple[int, int, int]
) -> None:
    assert add_months(datetime(*start, 9, tzinfo=UTC), months) == datetime(*end, 9, tzinfo=UTC)


def test_month_of_a_moment_is_its_first_instant() -> None:
    assert month_of(NOW) == datetime(2026, 11, 1, tzinfo=UTC)


def test_a_person_is_opened_with_their_account() -> None:
    user = UserFactory()

    subject = open_subject(user=user, home="territory:3", by=user, now=NOW)

    assert user.data_subject == subject
    assert (subject.created_at, subject.last_contact_at, subject.pending_until) == (
        NOW,
        NOW,
        None,
    )
    assert AuditLine.objects.values_list("action", "scope", "target_label").get() == (
        "subject.opened",
        "territory:3",
        f"personne {subject.pk}",
    )
    with pytest.raises(AlreadyFollowed):
        open_subject(user=user, home="territory:3", by=user, now=NOW)


def test_a_person_entered_by_somebody_else_has_a_month_to_confirm() -> None:
    officer, person = UserFactory(), UserFactory()
    subject = open_subject(user=None, home="territory:3", by=officer, now=NOW, pending=True)

    assert subject.pending_until == add_months(NOW, 1)
    assert not subject.is_shown
    confirm_subject(subject=subject, user=person, by=person, now=LATER)

    subject.refresh_from_db()
    assert (subject.user, subject.pending_until, subject.last_contact_at) == (person, None, LATER)
    assert subject.is_shown
    with pytest.raises(NotPending):
        confirm_subject(subject=subject, user=person, by=person, now=LATER)


def test_a_month_is_a_month() -> None:
    subject = DataSubjectFactory(pending=True)

    with pytest.raises(NotPending):
        confirm_subject(subject=subject, user=UserFactory(), by=None, now=add_months(NOW, 1))


def test_an_answer_by_telephone_confirms_without_an_account() -> None:
    subject = DataSubjectFactory(pending=True)

    confirm_subject(subject=subject, user=None, by=UserFactory(), now=LATER)

    assert DataSubject.objects.get().pending_until is None
    assert subject.user is None


def test_an_account_confirms_for_one_person_only() -> None:
    followed = DataSubjectFactory()
    subject = DataSubjectFactory(pending=True)

    with pytest.raises(AlreadyFollowed):
        confirm_subject(subject=subject, user=followed.user, by=followed.user, now=LATER)

    subject.refresh_from_db()
    assert subject.pending_until is not None


def test_an_account_opened_since_is_linked_once() -> None:
    subject, user = DataSubjectFactory(user=None), UserFactory()

    for _time in range(2):
        link_account(subject=subject, user=user, by=user, now=LATER)

    subject.refresh_from_db()
    assert (subject.user, subject.last_contact_at) == (user, LATER)
    assert AuditLine.objects.values_list("action").get() == ("subject.account_linked",)
    with pytest.raises(AlreadyFollowed):
        link_account(subject=subject, user=UserFactory(), by=user, now=LATER)
    with pytest.raises(AlreadyFollowed):
        link_account(subject=DataSubjectFactory(user=None), user=user, by=user, now=LATER)


def test_an_account_is_not_linked_to_a_frozen_profile() -> None:
    with pytest.raises(SubjectFrozen):
        link_account(
            subject=DataSubjectFactory(user=None, limited=True),
            user=UserFactory(),
            by=None,
            now=LATER,
        )


def test_whoever_was_erased_since_they_were_read_does_not_come_back() -> None:
    alone = DataSubjectFactory(user=None)
    waiting = DataSubjectFactory(user=None, pending_until=add_months(NOW, 1))
    read_before = {one.pk: DataSubject.objects.get(pk=one.pk) for one in (alone, waiting)}
    for one in (alone, waiting):
        erase_subject(subject=one, by=None, now=LATER)
    user = UserFactory()

    with pytest.raises(SubjectFrozen):
        link_account(subject=read_before[alone.pk], user=user, by=user, now=LATER)
    with pytest.raises(NotPending):
        confirm_subject(subject=read_before[waiting.pk], user=user, by=user, now=LATER)

    for one in DataSubject.objects.filter(pk__in=read_before):
        assert (one.anonymised_at, one.user_id) == (month_of(LATER), None)
        assert one.key != read_before[one.pk].key


def test_last_contact_only_moves_forward_and_ends_the_warning() -> None:
    subject = DataSubjectFactory(warned_at=NOW)

    touch_subject(subject=subject, now=NOW - timedelta(days=1))
    subject.refresh_from_db()
    assert (subject.last_contact_at, subject.warned_at) == (NOW, NOW)

    touch_subject(subject=subject, now=LATER)
    in_memory = (subject.last_contact_at, subject.warned_at)
    subject.refresh_from_db()
    assert in_memory == (subject.last_contact_at, subject.warned_at) == (LATER, None)


def test_nobody_is_heard_from_once_anonymised() -> None:
    subject = DataSubjectFactory(anonymised=True)

    touch_subject(subject=subject, now=LATER)

    subject.refresh_from_db()
    assert subject.last_contact_at == NOW


@pytest.mark.parametrize(
    "mark", ["user", "warned_at", "to_tell_since", "limited_at", "pending_until"]
)
def test_database_refuses_an_anonymised_row_that_is_somebody(mark: str) -> None:
    value: Any = UserFactory() if mark == "user" else NOW

    with pytest.raises(IntegrityError), transaction.atomic():
        DataSubjectFactory(anonymised=True, **{mark: value})


def test_a_reader_acts_for_what_they_coordinate_and_recruit_for() -> None:
    role = TerritoryRoleFactory()
    member = MembershipFactory(user=role.user)
    institution = TerritoryRoleFactory(institution=True).user

    assert viewer_of(role.user) == Viewer(
        user_pk=role.user.pk,
        scopes=frozenset({f"territory:{role.territory_id}", f"partner:{member.partner_id}"}),
    )
    assert viewer_of(institution) == Viewer(user_pk=institution.pk)


def test_a_visitor_or_a_closed_account_acts_for_nothing() -> None:
    closed = TerritoryRoleFactory().user
    closed.is_active = False

    assert viewer_of(AnonymousUser()) == Viewer(user_pk=None)
    assert viewer_of(closed) == Viewer(user_pk=closed.pk)

"""Agreements: the latest line decides, nothing is rewritten, withdrawing is as easy as giving."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ancrage.kit.models import AuditLine
from ancrage.privacy.append_only import AppendOnlyViolation
from ancrage.privacy.models import ConsentEntry, DataSubject
from ancrage.privacy.notices import (
    NOTICES,
    Notice,
    UnknownNotice,
    current_notice,
    notice_of,
)
from ancrage.privacy.purposes import PURPOSES, UnknownPurpose, purpose_of
from ancrage.privacy.queries import (
    consent_holds,
    consents_of,
    entry_in_force,
    subjects_consenting,
)
from ancrage.privacy.rights import Registry, follows
from ancrage.privacy.services import (
    ConsentNotAsked,
    NoticeOutdated,
    ProofMissing,
    SubjectFrozen,
    give_consent,
    withdraw_consent,
)
from tests.factories import ConsentEntryFactory, DataSubjectFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)

# A wording that somebody agreed to never changes: a new text is a new version, added here.
PUBLISHED = {
    ("talent_pool", "2026-11"): (
        "06823acfaaa1d2671a79de4f3a216d6f6ec1b20068b83d9e9322697958e9b23e"
    ),
    ("identity", "2026-11"): ("023bd6e71792508eeedab35a33e88312c42986d9300302a303eade07578e8e42"),
    ("events_sharing", "2026-11"): (
        "269bc8e1e831e85d5d8affe705fc99a5ea197e56f5d9a6cf382425a9e3dc4b69"
    ),
    ("concierge", "2026-11"): ("dbfa4055b937031d948943c0a5bf2c8cbf7a3cce971fc19718a7d1f9e2269003"),
}


def give(subject: DataSubject, purpose: str = "talent_pool", **more: Any) -> ConsentEntry:
    facts: dict[str, Any] = {
        "scope": "",
        "notice": more.get("notice") or current_notice(purpose),
        "channel": "self",
        "by": subject.user,
        "now": NOW,
    }
    return give_consent(subject=subject, purpose=purpose, **{**facts, **more})


def withdraw(subject: DataSubject, **more: Any) -> ConsentEntry | None:
    facts: dict[str, Any] = {
        "purpose": "talent_pool",
        "scope": "",
        "channel": "self",
        "by": subject.user,
        "now": LATER,
    }
    return withdraw_consent(subject=subject, **{**facts, **more})


def consenting(purpose: str = "talent_pool", scope: str = "") -> set[int]:
    return {row["pk"] for row in subjects_consenting(purpose, scope)}


def test_published_wordings_never_change() -> None:
    assert {(notice.purpose, notice.version): notice.digest for notice in NOTICES} == PUBLISHED


def test_digest_is_that_of_the_french_text_whatever_the_reader_speaks() -> None:
    french = current_notice("talent_pool").digest

    with translation.override("en"):
        assert current_notice("talent_pool").digest == french


def test_every_purpose_that_asks_has_a_wording_and_no_other() -> None:
    asked = {code for code, purpose in PURPOSES.items() if purpose.consent}

    assert {notice.purpose for notice in NOTICES} == asked


def test_wordings_are_found_by_version() -> None:
    assert notice_of("identity", "2026-11") == current_notice("identity")
    with pytest.raises(UnknownNotice, match="identity 1999-01"):
        notice_of("identity", "1999-01")
    with pytest.raises(UnknownPurpose, match="account"):
        current_notice("account")
    with pytest.raises(UnknownPurpose, match="no_such"):
        purpose_of("no_such")


def test_giving_writes_one_line_with_its_wording_and_its_audit() -> None:
    subject = DataSubjectFactory(last_contact_at=NOW - timedelta(days=300), warned_at=NOW)

    entry = give(subject, now=LATER)

    notice = current_notice("talent_pool")
    assert ConsentEntry.objects.values_list(
        "subject", "purpose", "scope", "notice_version", "notice_hash", "given", "at", "channel"
    ).get() == (subject.pk, "talent_pool", "", "2026-11", notice.digest, True, LATER, "self")
    assert entry.recorded_by == subject.user
    assert str(entry) == "talent_pool"
    line = AuditLine.objects.get()
    assert (line.action, line.target_label, line.scope, line.changes) == (
        "consent.given",
        f"personne {subject.pk}",
        "territory:1",
        {"talent_pool": [False, True]},
    )
    subject.refresh_from_db()
    assert (subject.last_contact_at, subject.warned_at) == (LATER, None)


def test_giving_twice_on_the_same_wording_writes_one_line() -> None:
    subject = DataSubjectFactory()

    assert give(subject) == give(subject, now=LATER)

    assert ConsentEntry.objects.count() == 1


def test_giving_again_on_a_new_wording_writes_a_line() -> None:
    subject = DataSubjectFactory()
    ConsentEntryFactory(subject=subject, notice_version="2020-01")

    give(subject)

    assert ConsentEntry.objects.filter(given=True).count() == 2


def test_withdrawing_is_one_more_line_of_the_same_wording() -> None:
    subject = DataSubjectFactory()
    given_entry = give(subject)

    withdrawn = withdraw(subject)

    assert withdrawn is not None
    assert (withdrawn.given, withdrawn.at) == (False, LATER)
    assert withdrawn.notice_hash == given_entry.notice_hash
    assert ConsentEntry.objects.count() == 2
    assert AuditLine.objects.order_by("-pk")[0].action == "consent.withdrawn"
    assert not consent_holds(subject, "talent_pool")


def test_withdrawing_what_was_never_given_writes_nothing() -> None:
    subject = DataSubjectFactory()

    assert withdraw(subject) is None
    give(subject)
    first = withdraw(subject)
    assert withdraw(subject) == first
    assert ConsentEntry.objects.count() == 2


def test_an_agreement_holds_for_its_scope_only() -> None:
    subject = DataSubjectFactory()
    give(subject, "identity", scope="partner:12")

    assert consent_holds(subject, "identity", "partner:12")
    assert not consent_holds(subject, "identity", "partner:1")
    assert not consent_holds(subject, "identity")
    assert consenting("identity", "partner:12") == {subject.pk}
    assert consenting("identity", "partner:1") == set()
    assert str(entry_in_force(subject, "identity", "partner:12")) == "identity partner:12"


def test_what_is_noted_by_somebody_else_says_where_its_proof_is() -> None:
    subject = DataSubjectFactory(user=None)
    officer = UserFactory()

    with pytest.raises(ProofMissing):
        give(subject, channel="phone", by=officer, proof="  ")
    assert ConsentEntry.objects.count() == 0
    entry = give(subject, channel="phone", by=officer, proof="Appel du 16 novembre")

    assert (entry.recorded_by, entry.proof) == (officer, "Appel du 16 novembre")
    with pytest.raises(ProofMissing):
        withdraw(subject, channel="phone", by=officer)


def test_database_refuses_what_is_noted_by_somebody_else_without_proof() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentEntryFactory(channel="paper", proof="")


def test_nothing_is_asked_where_the_basis_is_another() -> None:
    subject = DataSubjectFactory()

    with pytest.raises(ConsentNotAsked, match="support"):
        give(subject, "support", notice=current_notice("identity"))
    with pytest.raises(UnknownPurpose):
        give(subject, "no_such", notice=current_notice("identity"))
    for question in (consent_holds, entry_in_force):
        with pytest.raises(UnknownPurpose):
            question(subject, "no_such")
    with pytest.raises(UnknownPurpose):
        subjects_consenting("no_such")


def test_an_outdated_or_foreign_wording_is_refused() -> None:
    subject = DataSubjectFactory()
    current = current_notice("talent_pool")
    old = Notice("talent_pool", "2020-01", current.short, current.full)

    for wording in (old, current_notice("identity")):
        with pytest.raises(NoticeOutdated):
            give(subject, notice=wording)


@pytest.mark.parametrize("state", ["limited", "anonymised"])
def test_a_frozen_profile_agrees_to_nothing_new(state: str) -> None:
    with pytest.raises(SubjectFrozen):
        give(DataSubjectFactory(**{state: True}))


def test_a_limited_profile_may_still_withdraw() -> None:
    subject = DataSubjectFactory(limited=True)
    ConsentEntryFactory(subject=subject)

    withdraw(subject)

    entry = entry_in_force(subject, "talent_pool")
    assert entry is not None
    assert not entry.given


@pytest.mark.parametrize("state", ["limited", "pending", "anonymised"])
def test_agreements_count_only_for_those_who_are_shown(state: str) -> None:
    subject = DataSubjectFactory(**{state: True})
    shown = DataSubjectFactory()
    for one in (subject, shown):
        ConsentEntryFactory(subject=one)

    assert [consent_holds(one, "talent_pool") for one in (subject, shown)] == [False, True]
    assert consenting() == {shown.pk}


def test_the_person_reads_where_each_agreement_stands() -> None:
    subject = DataSubjectFactory()
    ConsentEntryFactory()
    give(subject)
    give(subject, "identity", scope="partner:2")
    withdraw(subject)

    found = [(one.purpose.code, one.scope, one.given, one.since) for one in consents_of(subject)]

    assert found == [("talent_pool", "", False, LATER), ("identity", "partner:2", True, NOW)]
    assert consents_of(subject)[0].notice == current_notice("talent_pool")


def test_lines_are_never_changed_nor_deleted() -> None:
    entry = ConsentEntryFactory()
    entry.given = False

    for act in (
        entry.save,
        entry.delete,
        ConsentEntry.objects.all().delete,
        lambda: ConsentEntryFactory.build(subject=entry.subject).save(force_update=True),
        lambda: ConsentEntry.objects.update(given=False),
        lambda: ConsentEntry.objects.bulk_update([entry], ["given"]),
    ):
        with pytest.raises(AppendOnlyViolation):
            act()

    assert ConsentEntry.objects.get().given
    assert ConsentEntry.objects.filter(pk=entry.pk).erase() == 1
    assert ConsentEntry.objects.count() == 0


def test_parts_follow_every_change_of_standing(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, Any, bool]] = []
    registry: Registry[Any] = Registry()
    monkeypatch.setattr(follows, "functions", registry.functions)

    @follows("zèbre")
    def second(*, subject: DataSubject, now: Any) -> None:
        told.append(("zèbre", now, consent_holds(subject, "talent_pool")))

    @follows("autruche")
    def first(*, subject: DataSubject, now: Any) -> None:
        told.append(("autruche", now, consent_holds(subject, "talent_pool")))

    subject = DataSubjectFactory()
    give(subject)
    withdraw(subject)

    assert told == [
        ("autruche", NOW, True),
        ("zèbre", NOW, True),
        ("autruche", LATER, False),
        ("zèbre", LATER, False),
    ]
    assert follows("zèbre")(second) is second
    with pytest.raises(ValueError, match="two functions are called 'zèbre'"):
        follows("zèbre")(first)


def test_a_failing_follower_undoes_the_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*, subject: DataSubject, now: Any) -> None:
        raise ValidationError("plus tard")

    monkeypatch.setattr(follows, "functions", {"fragile": fail})
    subject = DataSubjectFactory()

    with pytest.raises(ValidationError):
        give(subject)

    assert ConsentEntry.objects.count() == AuditLine.objects.count() == 0


class TestAnyHistory(TestCase):
    """Whatever is given and withdrawn, in whatever order, the last act decides."""

    @settings(max_examples=40)
    @given(
        st.lists(
            st.tuples(
                st.integers(0, 1), st.sampled_from(["", "partner:1", "partner:2"]), st.booleans()
            ),
            max_size=12,
        )
    )
    def test_the_last_act_decides(self, acts: list[tuple[int, str, bool]]) -> None:
        people = [DataSubjectFactory(user=None) for _one in range(2)]
        expected: dict[tuple[int, str], bool] = {}
        for who, scope, gives in acts:
            act = give if gives else withdraw
            act(people[who], purpose="identity", scope=scope)
            expected[who, scope] = gives

        for scope in ("", "partner:1", "partner:2"):
            holding = {
                person.pk for who, person in enumerate(people) if expected.get((who, scope))
            }
            assert consenting("identity", scope) == holding
            assert {
                person.pk for person in people if consent_holds(person, "identity", scope)
            } == holding

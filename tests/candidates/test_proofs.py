from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from ancrage.candidates import services
from ancrage.candidates.enums import ProofKind, ProofState
from ancrage.candidates.models import Proof
from ancrage.candidates.queries import current_proofs, shortfall_of
from ancrage.candidates.reference import PROOF_RULES, end_of, rule_for
from ancrage.kit.models import AuditLine, OutboxTask
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import SubjectFrozen
from tests.factories import (
    CandidateFactory,
    DepartmentFactory,
    ProofFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


def add(candidate, kind, **facts):
    return services.add_proof(
        candidate=candidate,
        kind=kind,
        issued_on=facts.pop("issued_on", date(2026, 9, 1)),
        by=facts.pop("by", None),
        now=NOW,
        **facts,
    )


@pytest.mark.parametrize(
    ("department", "issued_on", "end"),
    [
        ("44", date(2026, 9, 1), date(2026, 11, 15)),
        ("17", date(2026, 11, 15), date(2026, 11, 15)),
        ("63", date(2026, 11, 16), date(2027, 11, 15)),
        ("76", date(2026, 11, 16), date(2026, 11, 30)),
    ],
)
def test_locum_licence_ends_on_the_day_of_its_departement(department, issued_on, end):
    proof = add(
        CandidateFactory(),
        ProofKind.LOCUM_LICENCE,
        department=DepartmentFactory(code=department, name="Département"),
        issued_on=issued_on,
    )

    assert proof.expires_on == end


def test_locum_licence_of_another_departement_needs_the_day_written_on_it():
    candidate = CandidateFactory()
    elsewhere = DepartmentFactory(code="29", name="Finistère")

    with pytest.raises(ValidationError) as refusal:
        add(candidate, ProofKind.LOCUM_LICENCE, department=elsewhere)
    assert list(refusal.value.message_dict) == ["expires_on"]

    proof = add(
        candidate, ProofKind.LOCUM_LICENCE, department=elsewhere, expires_on=date(2026, 12, 31)
    )
    assert proof.expires_on == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("kind", "facts", "field"),
    [
        ("magic", {}, "kind"),
        (ProofKind.LOCUM_LICENCE, {}, "department"),
        (ProofKind.AFGSU_2, {"issued_on": TODAY + timedelta(days=1)}, "issued_on"),
        (ProofKind.AFGSU_2, {"issued_on": date(1950, 1, 1)}, "issued_on"),
        (ProofKind.AFGSU_2, {"expires_on": date(2026, 8, 1)}, "expires_on"),
        (ProofKind.AFGSU_2, {"expires_on": date(2060, 8, 1)}, "expires_on"),
        (ProofKind.AFGSU_2, {"amount": 3}, "amount"),
        (ProofKind.STUDENT_AS_AIDE, {}, "amount"),
        (ProofKind.STUDENT_AS_AIDE, {"amount": 301}, "amount"),
        (ProofKind.INTERIM_PRACTICE, {}, "amount"),
    ],
)
def test_proof_that_cannot_stand_is_refused_beside_its_field(kind, facts, field):
    with pytest.raises(ValidationError) as refusal:
        add(CandidateFactory(), kind, **facts)

    assert list(refusal.value.message_dict) == [field]
    assert Proof.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "amount", "lacks"),
    [
        (ProofKind.STUDENT_AS_AIDE, 47, 1),
        (ProofKind.STUDENT_AS_AIDE, 48, 0),
        (ProofKind.INTERIM_PRACTICE, 18, 6),
        (ProofKind.INTERIM_PRACTICE, 30, 0),
        (ProofKind.AFGSU_2, None, 0),
    ],
)
def test_proof_that_attests_too_little_is_kept_and_says_how_much_it_lacks(kind, amount, lacks):
    proof = add(CandidateFactory(), kind, amount=amount)

    assert shortfall_of(proof) == lacks


def test_emergency_training_lasts_four_years():
    proof = add(CandidateFactory(), ProofKind.AFGSU_2, issued_on=date(2024, 3, 1))

    assert proof.expires_on == date(2028, 2, 29)


def test_rules_have_a_source_and_every_kind_has_one_today():
    assert [rule for rule in PROOF_RULES if not rule.source] == []
    assert [kind for kind in ProofKind if rule_for(kind, on=TODAY) is None] == []
    with pytest.raises(LookupError):
        rule_for(ProofKind.INTERIM_PRACTICE, on=date(2024, 6, 30))
    assert end_of(rule_for(ProofKind.DIPLOMA, on=TODAY), TODAY) is None


def test_renewed_proof_takes_the_place_of_the_other_once():
    proof = ProofFactory(issued_on=date(2022, 11, 20), expires_on=date(2026, 11, 19))
    by = UserFactory()

    new = services.renew_proof(proof=proof, issued_on=date(2026, 11, 1), by=by, now=NOW)

    assert (new.kind, new.expires_on) == (ProofKind.AFGSU_2, date(2030, 10, 31))
    assert list(current_proofs(proof.candidate)) == [new]
    with pytest.raises(services.ProofReplaced):
        services.renew_proof(proof=proof, issued_on=date(2026, 11, 1), by=by, now=NOW)
    assert Proof.objects.count() == 2


def test_checked_proof_says_by_whom_and_leaves_a_trace():
    proof, by = ProofFactory(), UserFactory()

    services.check_proof(proof=proof, state="seen", by=by, now=NOW, note=" Original vu ")

    proof.refresh_from_db()
    assert (proof.state, proof.note, proof.checked_by, proof.checked_at) == (
        ProofState.SEEN,
        "Original vu",
        by,
        NOW,
    )
    assert AuditLine.objects.get().changes == {"state": ["declared", "seen"]}


def test_document_of_another_profile_supports_nothing():
    stranger = services.add_document(
        candidate=CandidateFactory(),
        kind="certificate",
        title="Attestation",
        content=b"%PDF-1.7 fictif",
        by=None,
        now=NOW,
    )

    with pytest.raises(ValidationError) as refusal:
        add(CandidateFactory(), ProofKind.AFGSU_2, document=stranger)

    assert list(refusal.value.message_dict) == ["document"]


def test_frozen_profile_takes_no_proof():
    candidate = CandidateFactory()
    DataSubject.objects.update(limited_at=NOW)

    with pytest.raises(SubjectFrozen):
        add(candidate, ProofKind.AFGSU_2)


def test_holder_is_told_at_each_step_once_and_coordination_how_many():
    candidate = CandidateFactory(email="alix@exemple.test")
    coordinator = TerritoryRoleFactory(territory=candidate.territory).user
    proof = ProofFactory(candidate=candidate, expires_on=TODAY + timedelta(days=60))
    ProofFactory(candidate=CandidateFactory(email="", phone="+33612345678"))

    first = services.alert_ending_proofs(now=NOW)
    again = services.alert_ending_proofs(now=NOW + timedelta(days=1))
    # The command did not run for weeks: one word, at the step that is due.
    late = services.alert_ending_proofs(now=NOW + timedelta(days=55))

    assert (first.proofs, first.mails) == (1, 2)
    assert (again.proofs, again.mails) == (0, 0)
    assert (late.proofs, late.mails) == (1, 2)
    proof.refresh_from_db()
    assert proof.alerted_days == 7
    mails = [(task.payload["to"], task.payload) for task in OutboxTask.objects.order_by("pk")]
    assert {to for to, _payload in mails} == {"alix@exemple.test", coordinator.email}
    told = str([payload for to, payload in mails if to == coordinator.email])
    assert "alix" not in told.lower()


def test_proofs_that_alert_nobody():
    soon = TODAY + timedelta(days=5)
    ProofFactory(expires_on=TODAY - timedelta(days=1), issued_on=date(2022, 1, 1))
    ProofFactory(expires_on=TODAY + timedelta(days=61))
    ProofFactory(expires_on=soon, state=ProofState.REFUSED)
    ProofFactory(expires_on=soon, candidate=CandidateFactory(pending=True))
    frozen = ProofFactory(expires_on=soon)
    DataSubject.objects.filter(candidate=frozen.candidate).update(limited_at=NOW)
    renewed = ProofFactory(expires_on=soon)
    services.renew_proof(proof=renewed, issued_on=TODAY, by=None, now=NOW)

    assert services.alert_ending_proofs(now=NOW) == services.Alerted(proofs=0, mails=0)


def test_command_prints_what_it_told(capsys, time_machine):
    time_machine.move_to(NOW)
    ProofFactory(expires_on=TODAY + timedelta(days=10))

    call_command("tend_candidates")

    assert capsys.readouterr().out == '{"proofs": 1, "mails": 1}\n'

"""Limitation, requests at the rights desk, and the register of breaches."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ancrage.kit.models import AuditLine
from ancrage.privacy.enums import BreachRisk, RequestKind, RequestStatus
from ancrage.privacy.models import Breach, RightsRequest
from ancrage.privacy.queries import consent_holds
from ancrage.privacy.rights import follows
from ancrage.privacy.services import (
    AnswerMissing,
    BreachClosed,
    BreachUnsettled,
    DiscoveredLater,
    LateReasonMissing,
    RequestClosed,
    RequesterMissing,
    RequestExtended,
    SubjectFrozen,
    assess_breach,
    close_breach,
    close_request,
    extend_request,
    file_request,
    forget_old_breaches,
    forget_old_requests,
    lift_limit,
    limit_subject,
    log_breach,
    missing_before_closing,
    note_own_act,
    notify_authority,
    tell_people,
)
from ancrage.privacy.terms import add_months
from tests.factories import (
    BreachFactory,
    ConsentEntryFactory,
    DataSubjectFactory,
    RightsRequestFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def actions() -> list[str]:
    return list(AuditLine.objects.order_by("pk").values_list("action", flat=True))


def test_a_limited_profile_is_hidden_then_shown_again(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    monkeypatch.setattr(
        follows,
        "functions",
        {"x": lambda *, subject, now: told.append(consent_holds(subject, "talent_pool"))},
    )
    subject = DataSubjectFactory()
    ConsentEntryFactory(subject=subject)

    for _time in range(2):
        limit_subject(subject=subject, by=subject.user, now=NOW)
    assert subject.limited_at == NOW
    assert not consent_holds(subject, "talent_pool")
    for _time in range(2):
        lift_limit(subject=subject, by=subject.user, now=NOW + HOUR)

    subject.refresh_from_db()
    assert subject.limited_at is None
    assert told == [False, True]
    assert actions() == ["subject.limited", "subject.limit_lifted"]


def test_nobody_is_left_to_limit_once_anonymised() -> None:
    with pytest.raises(SubjectFrozen):
        limit_subject(subject=DataSubjectFactory(anonymised=True), by=None, now=NOW)


def filed(**more: Any) -> RightsRequest:
    facts: dict[str, Any] = {
        "subject": None,
        "home": "territory:1",
        "kind": "access",
        "channel": "letter",
        "requester": " Mme Fictive, 3 rue du Port ",
        "details": "Tout ce que vous avez.",
        "by": UserFactory(),
        "now": NOW,
    }
    return file_request(**{**facts, **more})


def test_a_request_is_due_a_month_after_it_was_received() -> None:
    request = filed(received_at=NOW - timedelta(days=3))

    assert (request.requester, request.status) == ("Mme Fictive, 3 rue du Port", "open")
    assert request.due_at == add_months(NOW - timedelta(days=3), 1)
    assert str(request) == f"demande {request.pk}"
    line = AuditLine.objects.get()
    assert (line.action, line.scope, line.changes) == (
        "rights.filed",
        "territory:1",
        {"kind": ["", "access"]},
    )


def test_somebody_must_be_there_to_answer() -> None:
    with pytest.raises(RequesterMissing):
        filed(requester="  ")
    assert filed(requester="", subject=DataSubjectFactory()).requester == ""


def test_a_complex_request_takes_two_months_more_once() -> None:
    request = filed()

    extend_request(request=request, reason=" Archives papier ", by=None, now=NOW)

    request.refresh_from_db()
    assert (request.due_at, request.extension_reason) == (add_months(NOW, 3), "Archives papier")
    with pytest.raises(RequestExtended):
        extend_request(request=request, reason="Encore", by=None, now=NOW)


def test_a_request_that_a_colleague_answered_since_it_was_read_is_not_extended() -> None:
    request = filed()
    read_before = RightsRequest.objects.get(pk=request.pk)
    close_request(request=request, status="done", answer="Fait", by=None, now=NOW)

    with pytest.raises(RequestClosed):
        extend_request(request=read_before, reason="Archives papier", by=None, now=NOW)


def test_a_request_is_closed_once_with_its_proof() -> None:
    request, officer = filed(), UserFactory()

    with pytest.raises(AnswerMissing):
        close_request(request=request, status="done", answer=" ", by=officer, now=NOW)
    close_request(request=request, status="done", answer="Courrier du 20", by=officer, now=NOW)

    request.refresh_from_db()
    assert (request.status, request.closed_at, request.closed_by, request.answer) == (
        RequestStatus.DONE,
        NOW,
        officer,
        "Courrier du 20",
    )
    for act in (
        lambda: close_request(request=request, status="refused", answer="x", by=None, now=NOW),
        lambda: extend_request(request=request, reason="x", by=None, now=NOW),
    ):
        with pytest.raises(RequestClosed):
            act()


def test_what_a_person_does_alone_is_a_request_satisfied_at_once() -> None:
    subject = DataSubjectFactory()

    request = note_own_act(
        subject=subject,
        kind=RequestKind.LIMITATION,
        answer="Par la personne",
        by=subject.user,
        now=NOW,
    )

    assert (request.channel, request.status, request.closed_at) == ("self", "done", NOW)
    assert actions() == ["rights.filed", "rights.closed"]


def test_database_refuses_an_end_without_a_date() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RightsRequestFactory(status=RequestStatus.DONE)


def test_requests_are_forgotten_five_years_after_their_end() -> None:
    RightsRequestFactory()
    for months in (59, 60):
        RightsRequestFactory(closed=True, closed_at=add_months(NOW, -months))

    assert [forget_old_requests(now=NOW) for _time in range(2)] == [1, 0]
    assert RightsRequest.objects.count() == 2


# --- breaches ----------------------------------------------------------------------------------


def assess(breach: Breach, **more: Any) -> None:
    facts: dict[str, Any] = {
        "risk": "risk",
        "people_count": 12,
        "facts": breach.facts,
        "effects": "Adresses connues de tiers",
        "measures": "Courriel rappelé",
        "by": None,
        "now": NOW,
    }
    assess_breach(breach=breach, **{**facts, **more})


def test_a_breach_starts_a_clock_of_72_hours() -> None:
    officer = UserFactory()

    breach = log_breach(
        discovered_at=NOW - HOUR, facts=" Courriel envoyé à tous ", by=officer, now=NOW
    )

    assert breach.notification_due_at == NOW + 71 * HOUR
    assert (breach.facts, breach.risk, breach.recorded_by) == (
        "Courriel envoyé à tous",
        BreachRisk.UNKNOWN,
        officer,
    )
    assert str(breach) == f"violation {breach.pk}"
    with pytest.raises(DiscoveredLater):
        log_breach(discovered_at=NOW + HOUR, facts="x", by=officer, now=NOW)


def test_a_breach_is_closed_when_the_law_has_been_kept() -> None:
    breach = log_breach(discovered_at=NOW, facts="Fichier égaré", by=None, now=NOW)

    assert len(missing_before_closing(breach)) == 2
    with pytest.raises(BreachUnsettled, match="risque"):
        close_breach(breach=breach, by=None, now=NOW)
    assess(breach, risk="high")
    assert len(missing_before_closing(breach)) == 2
    notify_authority(
        breach=breach,
        notified_at=NOW + HOUR,
        reference=" N-1 ",
        late_reason="",
        by=None,
        now=NOW + HOUR,
    )
    tell_people(breach=breach, told_at=NOW + HOUR, silence_reason="", by=None, now=NOW + HOUR)
    close_breach(breach=breach, by=None, now=NOW + 2 * HOUR)

    breach.refresh_from_db()
    assert (breach.authority_reference, breach.people_count, breach.closed_at) == (
        "N-1",
        12,
        NOW + 2 * HOUR,
    )
    assert actions() == [
        "breach.logged",
        "breach.assessed",
        "breach.notified",
        "breach.told",
        "breach.closed",
    ]


@pytest.mark.parametrize(
    ("risk", "silence", "missing"),
    [("none", "", 0), ("risk", "", 1), ("high", "", 2), ("high", "Données chiffrées", 1)],
)
def test_each_risk_asks_what_the_law_asks(risk: str, silence: str, missing: int) -> None:
    breach = BreachFactory(risk=risk, measures="Mot de passe changé", silence_reason=silence)

    assert len(missing_before_closing(breach)) == missing


def test_past_72_hours_the_delay_is_explained() -> None:
    breach = BreachFactory()
    late: dict[str, Any] = {
        "breach": breach,
        "notified_at": NOW + 73 * HOUR,
        "reference": "N-2",
        "by": None,
        "now": NOW + 73 * HOUR,
    }

    with pytest.raises(LateReasonMissing):
        notify_authority(late_reason=" ", **late)
    notify_authority(late_reason="Découverte un vendredi soir", **late)

    breach.refresh_from_db()
    assert breach.late_reason == "Découverte un vendredi soir"


def test_a_closed_line_is_not_rewritten() -> None:
    breach = BreachFactory(closed_at=NOW)

    for act in (
        lambda: assess(breach),
        lambda: tell_people(breach=breach, told_at=NOW, silence_reason="", by=None, now=NOW),
        lambda: close_breach(breach=breach, by=None, now=NOW),
    ):
        with pytest.raises(BreachClosed) as refusal:
            act()
        assert isinstance(refusal.value, ValidationError)


def test_a_line_that_a_colleague_closed_since_it_was_read_is_not_rewritten() -> None:
    breach = BreachFactory(risk="none", measures="Mot de passe changé")
    read_before = Breach.objects.get(pk=breach.pk)
    close_breach(breach=breach, by=None, now=NOW)

    with pytest.raises(BreachClosed):
        assess(read_before, risk="high")

    breach.refresh_from_db()
    assert breach.risk == "none"


def test_breaches_are_forgotten_five_years_after_their_end() -> None:
    BreachFactory()
    for months in (59, 60):
        BreachFactory(closed_at=add_months(NOW, -months))

    assert [forget_old_breaches(now=NOW) for _time in range(2)] == [1, 0]
    assert Breach.objects.count() == 2

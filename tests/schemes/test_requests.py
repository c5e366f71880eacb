"""Requests for aids: asked once, moved with dates, undone, owed, erased, joined, reminded."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from ancrage.kit.models import AuditLine, OutboxTask
from ancrage.privacy.models import AccessTrace
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.services import SubjectFrozen
from ancrage.schemes.enums import AidState
from ancrage.schemes.models import AidMove, AidRequest, Scheme
from ancrage.schemes.queries.requests import RequestFilter, in_the_way, requests_matching
from ancrage.schemes.services.requests import (
    AidClosed,
    AlreadyAsked,
    DayToCome,
    DayTooEarly,
    MoveNotAllowed,
    NoMoveToUndo,
    NotForThem,
    RequestChangedMeanwhile,
    TooManyRequests,
    ask_for_partner,
    ask_for_person,
    asking,
    edit_request,
    erase_requests,
    export_requests,
    move_request,
    note_listed,
    owed_on,
    read_request,
    record_requests_export,
    tend_requests,
    undo_move,
)
from ancrage.schemes.services.requests.rights import move_requests, move_requests_back
from tests.factories import (
    AidRequestFactory,
    DataSubjectFactory,
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
LATER = NOW + timedelta(days=400)


def aid(code="visale-30-ans"):
    return Scheme.objects.get(code=code)


@pytest.fixture
def subject():
    return DataSubjectFactory(home=f"territory:{TerritoryFactory().pk}")


def ask(subject, code="visale-30-ans", *, on=TODAY, by=None, now=NOW, **more):
    return ask_for_person(scheme=aid(code), subject=subject, on=on, by=by, now=now, **more)


def move(request, to, *, on=TODAY, now=NOW, **more):
    return move_request(request=request, to=to, on=on, by=None, now=now, **more)


def test_request_goes_from_asked_to_paid_with_its_dates(subject):
    request = ask(subject, by=subject.user, now=NOW + timedelta(minutes=5), asked_cents=100)

    granted = move(request, AidState.GRANTED, granted_cents=90)
    paid = move(granted, AidState.PAID, paid_cents=90, now=LATER, on=TODAY + timedelta(days=9))

    row = AidRequest.objects.get()
    assert (row.state, row.asked_cents, row.granted_cents, row.paid_cents) == ("paid", 100, 90, 90)
    assert row.state_on == TODAY + timedelta(days=9)
    assert paid.revision == row.revision == 3
    moves = AidMove.objects.order_by("pk").values_list("before", "after")
    assert list(moves) == [("", "asked"), ("asked", "granted"), ("granted", "paid")]
    subject.refresh_from_db()
    # What one does for oneself is a last contact.
    assert subject.last_contact_at == NOW + timedelta(minutes=5)
    assert {line.target_label for line in AuditLine.objects.all()} == {row.audit_label}


@pytest.mark.parametrize(
    ("code", "days", "refusal"),
    [
        ("voitures-service-autres", 0, NotForThem),
        ("caim", 0, AidClosed),
        ("visale-30-ans", 1, DayToCome),
    ],
)
def test_request_that_cannot_be_is_refused(subject, code, days, refusal):
    with pytest.raises(refusal):
        ask(subject, code, on=TODAY + timedelta(days=days))

    assert not AidRequest.objects.exists()


def test_same_aid_is_asked_once_at_a_time(subject, monkeypatch):
    first = ask(subject)
    with pytest.raises(AlreadyAsked):
        ask(subject)

    move(first, AidState.REFUSED)
    ask(subject)
    with pytest.raises(AlreadyAsked):
        move(first, AidState.ASKED)
    monkeypatch.setattr(asking, "MOST_REQUESTS", 2)
    with pytest.raises(TooManyRequests):
        ask(subject, "mobili-pass")


def test_structure_asks_for_what_is_for_structures():
    partner = PartnerFactory()
    how = {"partner": partner, "on": TODAY, "by": None, "now": NOW}

    request = ask_for_partner(scheme=aid("exoneration-frr"), **how)

    assert (request.subject, request.territory) == (None, partner.territory)
    with pytest.raises(NotForThem):
        ask_for_partner(scheme=aid("visale-30-ans"), **how)
    read_request(request=request, viewer=Viewer(user_pk=UserFactory().pk), now=NOW)
    assert not AccessTrace.objects.exists()


def test_move_out_of_order_or_too_late_is_refused(subject):
    request = ask(subject)

    with pytest.raises(MoveNotAllowed):
        move(request, AidState.PAID)
    with pytest.raises(DayToCome):
        move(request, AidState.GRANTED, on=TODAY + timedelta(days=1))
    with pytest.raises(DayTooEarly):
        move(request, AidState.GRANTED, on=TODAY - timedelta(days=1))
    move(request, AidState.REFUSED, revision=1)
    with pytest.raises(RequestChangedMeanwhile):
        move(request, AidState.CLOSED, revision=1)
    with pytest.raises(TypeError):
        move(request, AidState.CLOSED, paid_cents=3)


def test_last_move_is_undone_within_a_day_with_all_it_said(subject):
    request = ask(subject)
    granted = move(request, AidState.GRANTED, granted_cents=90, starts_on=TODAY)

    undone = undo_move(request=granted, by=None, now=NOW)

    assert (undone.state, undone.granted_cents, undone.starts_on) == ("asked", None, None)
    with pytest.raises(NoMoveToUndo):
        undo_move(request=undone, by=None, now=NOW)
    late = move(undone, AidState.GRANTED)
    with pytest.raises(NoMoveToUndo):
        undo_move(request=late, by=None, now=NOW + timedelta(days=2))


def test_correction_is_told_without_its_words(subject):
    request = ask(subject)

    edited = edit_request(request=request, note="Relancé", by=subject.user, now=NOW, revision=1)
    same = edit_request(request=edited, note="Relancé", by=None, now=NOW)

    assert (edited.note, same.revision) == ("Relancé", 2)
    line = AuditLine.objects.get(action="aid_requests.edit")
    assert line.changes == {"note": ["", ""]}
    with pytest.raises(TypeError):
        edit_request(request=edited, state="paid", by=None, now=NOW)


def test_nothing_is_noted_of_somebody_who_asked_to_be_left_alone(subject):
    request = ask(subject)
    subject.limited_at = NOW
    subject.save()

    for act in (lambda: move(request, AidState.GRANTED), lambda: ask(subject, "mobili-pass")):
        with pytest.raises(SubjectFrozen):
            act()


def test_commitment_runs_once_granted_and_says_what_leaving_costs(subject):
    start = TODAY - timedelta(days=100)
    request = AidRequestFactory(
        subject=subject,
        scheme=aid("cae-pays-de-la-loire"),
        state=AidState.PAID,
        paid_cents=500_000,
        starts_on=start,
    )

    owed = owed_on(request=request, on=TODAY)

    assert owed.clock.served == 101
    assert owed_on(request=AidRequestFactory(subject=subject), on=TODAY) is None
    request.starts_on = None
    assert owed_on(request=request, on=TODAY).needs_start


def test_commitment_that_depends_on_a_course_asks_for_its_length(subject):
    request = AidRequestFactory(
        subject=subject,
        scheme=aid("etude-promotionnelle"),
        state=AidState.GRANTED,
        granted_cents=100,
        starts_on=TODAY,
    )

    assert owed_on(request=request, on=TODAY).needs_length
    request.course_months = 11
    # Three times the course: thirty-three months.
    assert owed_on(request=request, on=TODAY).clock.ends_on == date(2029, 8, 15)


def test_list_finds_by_aid_name_state_and_silence(subject):
    old = AidRequestFactory(subject=subject, asked_on=TODAY, state_on=TODAY - timedelta(days=0))
    AidRequest.objects.filter(pk=old.pk).update(
        asked_on=TODAY - timedelta(days=40), state_on=TODAY - timedelta(days=40)
    )
    hospital = AidRequestFactory(
        of_structure=True, partner=PartnerFactory(name="Clinique", search="clinique")
    )

    def found(**asked):
        return list(requests_matching(AidRequest.objects.all(), RequestFilter(**asked), on=TODAY))

    assert found(state="silent", who="person") == [old]
    assert found(text="visale") == [old]
    assert found(text="clinique") == [hospital]
    assert found(text="inconnue", subjects=[subject.pk]) == [old]
    assert found(scheme=aid("exoneration-frr"), state="asked", who="structure") == [hospital]


def test_aids_that_exclude_one_another_are_told(subject):
    held = AidRequestFactory(subject=subject, scheme=aid("transport-interne"))
    asked = AidRequestFactory(subject=subject, scheme=aid("docteur-junior-zip"))
    AidRequestFactory(scheme=aid("hebergement-interne"))

    assert [others for _group, others in in_the_way(asked)] == [[held]]
    assert in_the_way(AidRequestFactory(subject=subject, state=AidState.REFUSED)) == []


# --- Rights -------------------------------------------------------------------------------------


def test_erased_person_leaves_a_month_and_an_amount(subject):
    request = ask(subject, asked_cents=100, note="Dossier")

    for _twice in range(2):
        erase_requests(subject=subject, now=NOW)

    row = AidRequest.objects.get(pk=request.pk)
    assert (row.note, row.opened_by, row.asked_on.day, row.state) == ("", None, 1, "closed")
    assert not AidMove.objects.exists()


def test_copy_holds_the_requests_and_their_moves(subject):
    move(ask(subject, note="Dossier"), AidState.GRANTED, granted_cents=90)

    tables = export_requests(subject=subject).tables

    (told,) = tables["demandes_d_aides"]
    assert (told["note"], told["state"], told["granted_cents"]) == ("Dossier", "granted", 90)
    assert [one["after"] for one in tables["suites_des_demandes"]] == ["asked", "granted"]


def test_requests_of_two_profiles_of_one_person_are_joined_then_parted(subject):
    other = DataSubjectFactory(home=subject.home)
    ask(subject)
    twice, alone = ask(other), ask(other, "mobili-pass")

    moved = move_requests(kept=subject, absorbed=other, now=NOW)

    assert moved == [alone.pk]
    assert list(AidRequest.objects.filter(subject=other)) == [twice]
    move_requests_back(kept=subject, absorbed=other, moved=moved, now=NOW)
    assert AidRequest.objects.filter(subject=other).count() == 2


def test_reading_and_taking_away_are_noted_for_the_person(subject):
    reader = UserFactory()
    viewer = Viewer(user_pk=reader.pk, scopes=frozenset({subject.home}))
    request = ask(subject)
    structure = AidRequestFactory(of_structure=True)

    read_request(request=request, viewer=viewer, now=NOW)
    note_listed(requests=[request, structure], by=reader, now=NOW)
    record_requests_export(
        requests=[request, structure], viewer=viewer, reason="Bilan", by=reader, now=NOW
    )

    assert AccessTrace.objects.filter(subject=subject, purpose="aids").count() >= 2
    lines = AuditLine.objects.filter(action="aid_requests.export")
    assert sum(line.changes["count"][1] for line in lines) == 2


# --- The daily round ----------------------------------------------------------------------------


def test_silence_is_asked_about_three_times_and_no_more(subject):
    ask(subject)
    AidRequestFactory(
        of_structure=True,
        partner=MembershipFactory().partner,
        asked_on=TODAY,
        state_on=TODAY,
    )
    days = [29, 31, 31, 62, 93, 124]

    told = [tend_requests(now=NOW + timedelta(days=day)).reminded for day in days]

    assert told == [0, 2, 0, 2, 2, 0]
    mails = OutboxTask.objects.filter(key__endswith=":person").order_by("pk")
    assert mails.count() == 3
    assert "Visale" not in str([mail.payload for mail in mails])


def test_person_without_an_address_is_left_to_the_coordination(capsys, time_machine):
    time_machine.move_to(NOW + timedelta(days=40), tick=False)
    nobody = DataSubjectFactory(home=f"territory:{TerritoryFactory().pk}", user=None)
    AidRequestFactory(subject=nobody, asked_on=TODAY, state_on=TODAY)

    call_command("tend_aids")

    assert capsys.readouterr().out.strip() == '{"reminded": 0, "mails": 0}'

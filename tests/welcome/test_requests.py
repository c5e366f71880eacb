from datetime import date, timedelta

import pytest

from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.models import AccessTrace
from ancrage.privacy.services import withdraw_consent
from ancrage.resources.services import pause_resource
from ancrage.welcome import services
from ancrage.welcome.enums import ClosingReason, RequestState, WelcomeKind
from ancrage.welcome.models import LifeProject, RequestMove, TakenDay, WelcomeRequest
from tests.factories import (
    AvailabilityFactory,
    CandidateFactory,
    LifeProjectFactory,
    PartnerFactory,
    UserFactory,
    WelcomeRequestFactory,
    WelcomeTermsFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


@pytest.fixture
def room():
    terms = WelcomeTermsFactory()
    AvailabilityFactory(resource=terms.resource)
    return terms


@pytest.fixture
def asked(room, project, agree):
    agree(project.subject, room.resource.partner)
    return send(project, room)


def send(project, room, **changes):
    facts = {
        "kind": WelcomeKind.HOUSING,
        "resource": room.resource,
        "starts_on": date(2027, 5, 3),
        "ends_on": date(2027, 5, 5),
        **changes,
    }
    return services.send_request(
        project=project, partner=room.resource.partner, by=None, now=NOW, **facts
    )


def steps(request):
    return list(request.moves.order_by("pk").values_list("before", "after"))


def days_taken(request):
    return list(request.taken_days.order_by("on", "place").values_list("on", "place"))


def test_request_is_seen_once_then_granted_with_its_days(asked, room):
    services.see_request(request=asked, by=None, now=NOW)
    services.see_request(request=asked, by=None, now=LATER)

    granted = services.grant_request(request=asked, by=None, now=LATER, answer=" Bienvenue ")

    assert (granted.state, granted.answer, granted.answered_at) == (
        RequestState.GRANTED,
        "Bienvenue",
        LATER,
    )
    assert steps(asked) == [("", "sent"), ("sent", "seen"), ("seen", "granted")]
    assert days_taken(asked) == [(date(2027, 5, day), 1) for day in (3, 4, 5)]


def test_room_is_never_given_twice(asked, room, agree):
    other = LifeProjectFactory()
    agree(other.subject, room.resource.partner)
    rival = send(other, room, starts_on=date(2027, 5, 5), ends_on=date(2027, 5, 6))
    services.grant_request(request=asked, by=None, now=NOW)

    with pytest.raises(services.NothingFree) as refused:
        services.grant_request(request=rival, by=None, now=NOW)

    assert refused.value.on == date(2027, 5, 5)
    rival.refresh_from_db()
    assert (rival.state, days_taken(rival)) == (RequestState.SENT, [])


def test_nobody_changes_rooms_when_one_is_free_all_along(project, agree):
    house = WelcomeTermsFactory()
    AvailabilityFactory(resource=house.resource, places=2)
    agree(project.subject, house.resource.partner)
    TakenDay.objects.create(
        resource=house.resource, place=1, on=date(2027, 5, 4), request=WelcomeRequestFactory()
    )

    request = send(project, house)
    services.grant_request(request=request, by=None, now=NOW)

    assert days_taken(request) == [(date(2027, 5, day), 2) for day in (3, 4, 5)]


def test_request_outside_the_calendar_or_without_dates_is_not_granted(project, agree, room):
    agree(project.subject, room.resource.partner)
    outside = send(project, room, starts_on=date(2027, 4, 30))
    with pytest.raises(services.NothingFree):
        services.grant_request(request=outside, by=None, now=NOW)
    WelcomeRequest.objects.filter(pk=outside.pk).update(starts_on=None)

    with pytest.raises(services.DatesMissing):
        services.grant_request(request=outside, by=None, now=NOW)

    outside.refresh_from_db()
    assert (outside.state, days_taken(outside)) == (RequestState.SENT, [])


def test_advice_is_granted_without_days(project, agree):
    advice = WelcomeTermsFactory(kind=WelcomeKind.FORMALITIES, has_places=False)
    agree(project.subject, advice.resource.partner)
    request = send(project, advice, kind=WelcomeKind.FORMALITIES, starts_on=None, ends_on=None)

    services.grant_request(request=request, by=None, now=NOW)

    assert (request.moves.count(), TakenDay.objects.count()) == (2, 0)


def test_partner_names_an_offer_of_its_own_where_the_request_named_none(project, agree, room):
    agree(project.subject, room.resource.partner)
    request = send(project, room, resource=None)
    elsewhere = WelcomeTermsFactory()
    with pytest.raises(services.OfferNotOpen):
        services.grant_request(request=request, by=None, now=NOW, resource=elsewhere.resource)

    granted = services.grant_request(request=request, by=None, now=NOW, resource=room.resource)

    assert granted.resource == room.resource
    assert len(days_taken(granted)) == 3


def test_refusal_says_why_and_is_not_turned_into_a_grant(asked):
    services.refuse_request(request=asked, reason=ClosingReason.FULL, by=None, now=NOW)

    with pytest.raises(services.RequestStepNotAllowed) as refused:
        services.grant_request(request=asked, by=None, now=NOW)

    told = refused.value.messages[0].replace("\xa0", " ")
    assert told == "Une demande « Refusée » ne peut pas devenir « Accordée »."
    asked.refresh_from_db()
    assert (asked.reason, asked.ended_at) == (ClosingReason.FULL, NOW)


def test_closing_frees_the_days_to_come_and_keeps_those_spent(asked, room):
    services.grant_request(request=asked, by=None, now=NOW)

    services.close_request(
        request=asked,
        reason=ClosingReason.CANCELLED_BY_PARTNER,
        by=None,
        now=NOW.replace(year=2027, month=5, day=4),
    )

    assert days_taken(asked) == [(date(2027, 5, 3), 1)]
    room.refresh_from_db()
    assert room.calendar_revision == 3


def test_request_needs_the_agreement_for_that_partner(project, room):
    with pytest.raises(services.ConsentMissing):
        send(project, room)

    assert not WelcomeRequest.objects.exists()


def test_same_offer_is_not_asked_twice_while_the_first_lives(asked, project, room):
    with pytest.raises(services.AlreadyRequested):
        send(project, room)
    services.refuse_request(request=asked, reason=ClosingReason.FULL, by=None, now=NOW)

    assert send(project, room).state == RequestState.SENT


def test_offer_that_is_paused_is_neither_asked_nor_granted(asked, project, room, agree):
    pause_resource(resource=room.resource, by=None, now=NOW)
    with pytest.raises(services.OfferNotOpen):
        services.grant_request(request=asked, by=None, now=NOW)
    other = LifeProjectFactory()
    agree(other.subject, room.resource.partner)

    with pytest.raises(services.OfferNotOpen):
        send(other, room)


def test_closed_project_asks_nothing(asked, project, room):
    services.close_project(project=project, by=None, now=NOW)

    asked.refresh_from_db()
    assert (asked.state, asked.reason) == (RequestState.CLOSED, ClosingReason.NO_LONGER_NEEDED)
    with pytest.raises(services.ProjectClosed):
        send(project, room)


def test_ages_are_told_to_who_looks_after_children_only(project, agree):
    LifeProject.objects.filter(pk=project.pk).update(child_ages=[14, 50])
    creche = WelcomeTermsFactory(kind=WelcomeKind.CHILDCARE)
    agree(project.subject, creche.resource.partner)

    care = send(project, creche, kind=WelcomeKind.CHILDCARE)
    housing = send(project, creche, resource=None)

    assert (care.child_ages, housing.child_ages) == ([14, 50], [])


def test_agreement_withdrawn_for_a_partner_closes_what_it_was_asked(asked, project, agree):
    other = PartnerFactory()
    agree(project.subject, other)
    elsewhere = services.send_request(
        project=project, partner=other, kind=WelcomeKind.MOBILITY, by=None, now=NOW
    )
    services.grant_request(request=asked, by=None, now=NOW)

    withdraw_consent(
        subject=project.subject,
        purpose="concierge",
        scope=f"partner:{asked.partner_id}",
        channel=ConsentChannel.SELF,
        by=None,
        now=LATER,
    )

    asked.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (asked.state, asked.reason) == (RequestState.CLOSED, ClosingReason.CONSENT_WITHDRAWN)
    assert (days_taken(asked), elsewhere.state) == ([], RequestState.SENT)


def test_agreement_withdrawn_for_all_leaves_only_what_counts(asked, project):
    services.grant_request(request=asked, by=None, now=NOW, answer="Bienvenue")

    withdraw_consent(
        subject=project.subject,
        purpose="concierge",
        scope="",
        channel=ConsentChannel.SELF,
        by=None,
        now=LATER,
    )

    assert not LifeProject.objects.exists()
    row = WelcomeRequest.objects.get()
    assert (row.project, row.answer, row.message, row.child_ages) == (None, "", "", [])
    assert (row.state, row.starts_on, row.ends_on) == (
        RequestState.CLOSED,
        date(2027, 5, 1),
        date(2027, 5, 1),
    )
    assert not TakenDay.objects.exists()
    assert RequestMove.objects.count() == 3


@pytest.mark.parametrize("answer", ["grant", "refuse"])
def test_answer_is_taken_back_within_the_day_and_its_days_are_free_again(asked, answer):
    if answer == "grant":
        services.grant_request(request=asked, by=None, now=NOW, answer="Bienvenue")
    else:
        services.refuse_request(request=asked, reason=ClosingReason.FULL, by=None, now=NOW)

    services.undo_answer(request=asked, by=None, now=NOW + timedelta(hours=24))

    asked.refresh_from_db()
    assert (asked.state, asked.reason, asked.answer) == (RequestState.SEEN, "", "")
    assert (asked.answered_at, asked.ended_at, asked.granted_from) == (None, None, None)
    assert days_taken(asked) == []


def test_answer_is_not_taken_back_after_a_day_nor_before_there_is_one(asked):
    with pytest.raises(services.RequestStepNotAllowed):
        services.undo_answer(request=asked, by=None, now=NOW)
    services.grant_request(request=asked, by=None, now=NOW)

    with pytest.raises(services.UndoTooLate):
        services.undo_answer(request=asked, by=None, now=NOW + timedelta(hours=25))

    assert not services.can_undo(
        request=WelcomeRequest.objects.get(), now=NOW + timedelta(hours=25)
    )
    assert len(days_taken(asked)) == 3


def test_partner_grants_other_dates_and_another_offer_of_its_own(asked, room):
    house = WelcomeTermsFactory(resource__partner=room.resource.partner)
    AvailabilityFactory(resource=house.resource)

    with pytest.raises(services.DatesInDisorder):
        services.grant_request(request=asked, by=None, now=NOW, ends_on=date(2027, 5, 1))
    granted = services.grant_request(
        request=asked, by=None, now=NOW, resource=house.resource, starts_on=date(2027, 5, 5)
    )

    assert (granted.resource, granted.granted_from, granted.granted_to) == (
        house.resource,
        date(2027, 5, 5),
        date(2027, 5, 5),
    )
    assert days_taken(granted) == [(date(2027, 5, 5), 1)]


def test_offer_that_the_project_asks_apart_is_not_granted_for_another_request(asked, room):
    house = WelcomeTermsFactory(resource__partner=room.resource.partner)
    send(asked.project, house)

    with pytest.raises(services.AlreadyRequested):
        services.grant_request(request=asked, by=None, now=NOW, resource=house.resource)


def test_request_tells_the_first_name_and_how_to_reach_the_person(room, agree):
    person = CandidateFactory(first_name="Nora", email="nora@exemple.test")
    agree(person.subject, room.resource.partner)

    request = send(LifeProjectFactory(subject=person.subject), room)

    assert (request.first_name, request.email) == ("Nora", "nora@exemple.test")
    services.see_request(request=request, by=UserFactory(), now=NOW)
    trace = AccessTrace.objects.get()
    assert (trace.purpose, trace.scope) == ("concierge", f"partner:{room.resource.partner_id}")

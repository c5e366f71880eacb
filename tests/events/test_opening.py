"""Contacts: opened for a yes on both sides, all at once, and nothing for one side alone."""

from datetime import timedelta

import pytest
from django.core import mail

from ancrage.events.enums import EventState, Interest, PartyKind, RegistrationState
from ancrage.events.models import Contact, ContactFollowUp, Mark
from ancrage.events.queries import contacts_of
from ancrage.events.services import open_contacts, open_due_contacts, plan_opening
from ancrage.kit.models import AuditLine, OutboxTask
from ancrage.kit.outbox import run_due
from ancrage.matching.enums import IntroductionState
from tests.factories import (
    CandidateFactory,
    NeedFactory,
    ParticipantFactory,
    PartyFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(event):
    event.state = EventState.OVER
    event.save()
    return event


@pytest.fixture
def term(over):
    return over.marks_close_at


@pytest.fixture
def host(hosts):
    return ParticipantFactory(
        party__side=hosts,
        first_name="Camille",
        last_name="Fictive",
        organisation="Cabinet fictif",
        phone="+33231000000",
    )


@pytest.fixture
def visitor(visitors):
    return ParticipantFactory(party__side=visitors)


def mark(one, other, interest=Interest.YES, note=""):
    Mark.objects.create(
        participant=one,
        about=other.party,
        interest=interest,
        note=note,
        at=one.event.starts_at,
    )


def pairs():
    return list(Contact.objects.values_list("host", "visitor"))


def test_a_yes_on_both_sides_opens_a_contact_and_nothing_else_does(
    over, term, host, visitor, hosts, visitors
):
    hopeful, perhaps, silent = (ParticipantFactory(party__side=hosts) for _ in range(3))
    mark(host, visitor)
    mark(visitor, host)
    mark(visitor, hopeful, Interest.NO)
    mark(hopeful, visitor)
    mark(visitor, perhaps)
    mark(perhaps, visitor, Interest.PERHAPS)
    mark(visitor, silent)

    assert open_contacts(event=over, now=term) == 1

    assert pairs() == [(host.party_id, visitor.party_id)]


def test_nothing_happens_before_the_term(over, term, host, visitor):
    mark(host, visitor)
    mark(visitor, host)

    assert open_contacts(event=over, now=term - timedelta(seconds=1)) == 0
    assert Mark.objects.count() == 2
    assert not OutboxTask.objects.exists()


def test_answers_are_erased_and_private_notes_stay(over, term, host, visitor, hosts):
    other = ParticipantFactory(party__side=hosts)
    mark(visitor, host, Interest.YES, note="Rappeler en mars")
    mark(visitor, other, Interest.YES)

    open_contacts(event=over, now=term)

    assert list(Mark.objects.values_list("participant", "interest", "note")) == [
        (visitor.pk, "", "Rappeler en mars")
    ]


def test_opening_twice_opens_and_writes_once(over, term, host, visitor):
    mark(host, visitor)
    mark(visitor, host)

    assert open_due_contacts(now=term) == 1
    assert open_due_contacts(now=term) == 0
    assert OutboxTask.objects.filter(kind="events.contacts").count() == 2


def test_a_team_says_yes_as_soon_as_one_of_its_members_does(over, term, hosts, visitor):
    team = PartyFactory(side=hosts, kind=PartyKind.TEAM, name="Maison de santé fictive")
    one, other = ParticipantFactory(party=team), ParticipantFactory(party=team)
    mark(one, visitor, Interest.NO)
    mark(other, visitor)
    mark(visitor, one)

    open_contacts(event=over, now=term)

    assert pairs() == [(team.pk, visitor.party_id)]


def test_who_gave_their_place_up_is_not_told_the_contacts_of_their_team(
    over, term, hosts, visitor
):
    team = PartyFactory(side=hosts, kind=PartyKind.TEAM, name="Maison de santé fictive")
    came = ParticipantFactory(party=team)
    ParticipantFactory(party=team, state=RegistrationState.CANCELLED, cancelled_at=term)
    mark(came, visitor)
    mark(visitor, came)

    open_contacts(event=over, now=term)

    told = OutboxTask.objects.filter(kind="events.contacts").order_by("pk")
    assert {row.payload["participant"] for row in told} == {came.pk, visitor.pk}


def test_somebody_who_paused_or_cancelled_opens_nothing(over, term, host, visitor):
    mark(host, visitor)
    mark(visitor, host)
    visitor.subject.limited_at = term
    visitor.subject.save()

    assert open_contacts(event=over, now=term) == 0


def test_each_side_is_written_to_with_how_to_reach_the_other(over, term, host, visitor):
    mark(host, visitor)
    mark(visitor, host)
    plan_opening(event=over, now=over.starts_at)

    run_due(clock=lambda: term)

    to = {one.to[0]: one for one in mail.outbox}
    assert set(to) == {host.email, visitor.email}
    assert host.email in to[visitor.email].body
    assert "Camille Fictive" in to[visitor.email].body
    assert visitor.email in to[host.email].body


def test_who_has_no_contact_is_not_written_to(over, term, host, visitor):
    mark(visitor, host)
    plan_opening(event=over, now=over.starts_at)

    run_due(clock=lambda: term)

    assert mail.outbox == []


def test_a_contact_is_read_by_its_two_sides_alone(over, term, host, visitor, visitors):
    mark(host, visitor)
    mark(visitor, host)
    open_contacts(event=over, now=term)

    [contact] = contacts_of(visitor)

    assert contact.title == "Camille Fictive"
    assert [(one.email, one.phone) for one in contact.people] == [(host.email, host.phone)]
    assert contacts_of(ParticipantFactory(party__side=visitors)) == []
    host.state = RegistrationState.CANCELLED
    host.cancelled_at = term
    host.save()
    assert contacts_of(visitor) == []


def test_both_sides_will_be_asked_four_times(over, term, host, visitor):
    mark(host, visitor)
    mark(visitor, host)

    open_contacts(event=over, now=term)

    asked = ContactFollowUp.objects.order_by("side", "months").values_list("side", "months")
    assert list(asked) == [(side, n) for side in ("host", "visitor") for n in (1, 3, 6, 12)]


def test_a_candidate_met_for_a_need_is_proposed_its_post(over, term, hosts, visitors):
    need = NeedFactory(published=True, partner__territory=over.territory)
    candidate = CandidateFactory(territory=over.territory)
    host = ParticipantFactory(party__side=hosts, party__need=need)
    visitor = ParticipantFactory(party__side=visitors, candidate=candidate)
    mark(host, visitor)
    mark(visitor, host)

    open_contacts(event=over, now=term)

    introduction = Contact.objects.get().introduction
    assert (introduction.candidate, introduction.need) == (candidate, need)
    assert introduction.state == IntroductionState.PROPOSED


def test_the_journal_names_nobody(over, term, host, visitor):
    mark(host, visitor)
    mark(visitor, host)

    open_contacts(event=over, now=term)

    written = AuditLine.objects.get(action="events.open_contact")
    assert "Fictive" not in written.target_label

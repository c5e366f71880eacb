"""A registration, its person's rights, its term."""

from datetime import datetime, timedelta

import pytest

from ancrage.events.enums import Interest, RegistrationState, WishKind
from ancrage.events.models import (
    Answer,
    Contact,
    Event,
    Mark,
    PairRule,
    Participant,
    Party,
    Wish,
)
from ancrage.events.services.rights import KEPT_MONTHS
from ancrage.privacy.purposes import purpose_of
from ancrage.privacy.retention import purge
from ancrage.privacy.rights import exports, reaches
from ancrage.privacy.services import erase_subject
from ancrage.privacy.terms import add_months
from tests.factories import NeedFactory, ParticipantFactory, PartyFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def met(visitors, hosts):
    """A visitor who said all there is to say of a host."""
    visitor = ParticipantFactory(party__side=visitors, remark="Arrive en train")
    host = ParticipantFactory(party__side=hosts, organisation="Cabinet fictif")
    question = visitors.questions.create(position=1, kind="text", label="Faculté")
    Answer.objects.create(participant=visitor, question=question, text="Caen")
    for by, about in ((visitor, host), (host, visitor)):
        Wish.objects.create(
            event=visitors.event,
            by=by.party,
            about=about.party,
            kind=WishKind.WANTED,
            rank=1,
            at=NOW,
        )
        Mark.objects.create(participant=by, about=about.party, interest=Interest.YES, at=NOW)
    PairRule.objects.create(
        event=visitors.event,
        host=host.party,
        visitor=visitor.party,
        kind="forbidden",
        reason="Associés depuis peu",
        at=NOW,
    )
    return visitor, host


def test_an_erased_person_leaves_a_registration_that_names_nobody(met):
    visitor, host = met

    erase_subject(subject=visitor.subject, by=None, now=NOW)

    visitor.refresh_from_db()
    assert (visitor.full_name, visitor.email, visitor.remark) == ("", "", "")
    assert visitor.state == RegistrationState.CANCELLED
    assert visitor.registered_at == datetime(2026, 11, 1, tzinfo=NOW.tzinfo)
    for of_two in (Answer, Wish, Mark, PairRule):
        assert of_two.objects.count() == 0
    host.refresh_from_db()
    assert host.organisation == "Cabinet fictif"


def test_a_member_of_a_team_leaves_alone(met, hosts):
    _visitor, host = met
    colleague = ParticipantFactory(party=host.party, first_name="Zoé")

    erase_subject(subject=host.subject, by=None, now=NOW)

    colleague.refresh_from_db()
    assert (colleague.first_name, colleague.state) == ("Zoé", RegistrationState.REGISTERED)
    assert Wish.objects.count() == 2


def test_the_copy_holds_what_the_person_said_and_not_what_was_said_of_them(met):
    visitor, host = met
    Mark.objects.filter(participant=host).update(note="secret")
    Party.objects.filter(pk=visitor.party_id).update(name="Les Fictif", absent_rounds=[0, 3])
    Event.objects.update(state="over")
    contact = Contact.objects.create(
        event=visitor.event, host=host.party, visitor=visitor.party, opened_at=NOW
    )
    for side, outcome in (("visitor", "locum"), ("host", "gave_up")):
        contact.follow_ups.create(
            side=side, months=1, due_on=NOW.date(), outcome=outcome, answered_at=NOW
        )

    tables = dict(exports)["events"](subject=visitor.subject).tables

    name, title, at = host.full_name, visitor.event.title, NOW.isoformat()
    about = {"evenement": title, "a_propos_de": name}
    [registration] = tables["inscriptions"]
    assert [registration[key] for key in ("remarque", "groupe", "tours_d_absence", "cote")] == [
        "Arrive en train",
        "Les Fictif",
        [1, 4],
        "internes et remplaçants",
    ]
    assert {key: rows for key, rows in tables.items() if key != "inscriptions"} == {
        "reponses": [{"evenement": title, "question": "Faculté", "reponse": "Caen"}],
        "voeux": [{**about, "voeu": "Souhait", "rang": 1, "le": at}],
        "rencontres": [],
        "revoir": [{**about, "revoir": "Oui", "note": "", "le": at}],
        "contacts": [{"evenement": title, "avec": name, "ouvert_le": at}],
        "suites": [
            {
                "evenement": title,
                "avec": name,
                "mois": 1,
                "reponse": "Remplacement fait ou prévu",
                "precision": "",
                "le": at,
            }
        ],
        "avis": [],
    }


def test_the_copy_calls_others_what_the_person_read_of_them(met):
    visitor, host = met

    def named():
        [wish] = dict(exports)["events"](subject=visitor.subject).tables["voeux"]
        return wish["a_propos_de"]

    assert host.last_name not in named()
    Participant.objects.filter(pk=host.pk).update(shares_sheet=True)
    assert named() == host.full_name
    host.subject.limited_at = NOW
    host.subject.save()
    assert named() == "une personne inscrite"


@pytest.mark.usefixtures("met")
def test_names_are_forgotten_when_the_term_has_passed():
    event = Event.objects.get()

    assert purge(now=add_months(event.starts_at, KEPT_MONTHS) - timedelta(days=1))["events"] == 0
    assert purge(now=add_months(event.starts_at, KEPT_MONTHS))["events"] == 2
    assert purge(now=add_months(event.starts_at, KEPT_MONTHS))["events"] == 0
    assert set(Participant.objects.values_list("last_name", flat=True)) == {""}
    assert {row.state for row in Participant.objects.all()} == {RegistrationState.REGISTERED}


def test_the_term_is_that_of_the_register():
    assert purpose_of("events").term.months == KEPT_MONTHS


def test_whoever_has_no_account_is_written_to_at_their_registration(visitors):
    row = ParticipantFactory(party=PartyFactory(side=visitors), email="alix@exemple.test")
    assert dict(reaches)["events"](subject=row.subject).email == "alix@exemple.test"


def test_a_team_that_leaves_one_after_the_other_leaves_nothing(met, hosts):
    _visitor, host = met
    colleague = ParticipantFactory(party=host.party, first_name="Zoé")
    host.party.name, host.party.absent_rounds = "Cabinet du Bocage fictif", [2]
    host.party.need = NeedFactory()
    host.party.save()

    erase_subject(subject=host.subject, by=None, now=NOW)
    erase_subject(subject=colleague.subject, by=None, now=NOW)

    host.party.refresh_from_db()
    assert (host.party.name, host.party.absent_rounds, host.party.need) == ("", [], None)
    assert Wish.objects.count() == 0
    assert PairRule.objects.count() == 0
    assert Mark.objects.count() == 0


def test_the_place_of_an_erased_person_goes_to_who_waits(visitors):
    one, _other = ParticipantFactory.create_batch(2, party__side=visitors)
    waiting = ParticipantFactory(party__side=visitors, state=RegistrationState.WAITING)

    erase_subject(subject=one.subject, by=None, now=NOW)

    waiting.refresh_from_db()
    assert waiting.state == RegistrationState.REGISTERED

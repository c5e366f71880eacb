"""A marker in every personal field: nobody is sent one that is not for them.

The fields are those of the inventory and the addresses those of the matrix: a new field and a
new page are covered by being declared. The markers of another territory (`far`) and of the
same territory without agreement (`near`) are looked for in everything each role is sent.
"""

import io
import logging
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import structlog
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.core.exceptions import MultipleObjectsReturned
from django.core.mail import EmailMessage
from django.core.management import call_command, get_commands
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from ancrage.candidates.models import Candidate
from ancrage.kit.logs import logging_settings
from ancrage.kit.models import AuditLine
from ancrage.partners.models import Membership
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.purposes import PURPOSES
from ancrage.privacy.queries import consent_holds
from ancrage.privacy.services import withdraw_consent
from ancrage.territory.models import TerritoryRole
from tests.addresses import addresses_of_the_site
from tests.canaries.markers import Markers, Planted
from tests.canaries.stage import Stage, build_side, build_stage, matrix
from tests.canaries.tables import what_is_due
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    EpciFactory,
    IntroductionFactory,
    NeedFactory,
    ProfessionFactory,
    TerritoryFactory,
)
from tests.factories.moments import NOW
from tests.matrix.world import ACTORS, build_world

pytestmark = pytest.mark.django_db

STAFF = frozenset({"account", "membership", "data_protection"})
# What is allowed, by side and reader: purposes. The rest is a leak.
ALLOWED = {
    # Cards without names: the key drawn for the card.
    ("near", "owner"): frozenset({"talent_pool"}),
    ("near", "other_employer"): frozenset({"talent_pool"}),
    # They follow the people of their territory.
    ("near", "coordinator"): frozenset(PURPOSES),
    ("near", "admin"): STAFF,
    ("far", "admin"): STAFF,
}
IDENTITY = {
    f"candidates.Candidate.{name}" for name in ("first_name", "last_name", "email", "phone")
}
# What a participant reads of themselves behind their personal link.
REGISTERED = {
    f"events.Participant.{name}"
    for name in ("first_name", "last_name", "email", "phone", "organisation", "remark")
} | {"events.Answer.text", "events.Party.name"}
# What the page behind a signed link says: to the person it was sent to, of themselves.
LINKS = {
    "candidates:confirm": IDENTITY | {"candidates.Candidate.information_proof"},
    "partners:invitation": frozenset({"partners.Invitation.email"}),
    "journeys:answer": frozenset(),
    "introductions:proposal": frozenset(),
    "introductions:proposal_done": frozenset(),
    "needs:freshness": frozenset(),
    "welcome:reply": frozenset(
        f"welcome.WelcomeRequest.{name}" for name in ("message", "starts_on", "ends_on")
    ),
    "welcome:reply_done": frozenset(),
    "registrations:answers": REGISTERED,
    "registrations:personal": REGISTERED,
    "wishes:choose": REGISTERED,
    "my_evening:show": REGISTERED,
    "my_evening:refresh": REGISTERED,
    "my_evening:worker": frozenset(),
    "outcomes:own": REGISTERED,
}
# Lists of people that leave in a file, once told why.
EXPORTS = (
    "candidates:export",
    "contacts:export",
    "journeys:export",
    "journeys:lost_export",
    "training:wishes_export",
)
FOLLOWED = IDENTITY | {
    "candidates.Candidate.note",
    "candidates.Candidate.rpps",
    "candidates.ContactRequest.message",
    "candidates.Document.file",
    "candidates.Document.title",
    "candidates.Proof.note",
    "journeys.ContactLog.note",
    "journeys.FollowUp.comment",
    "journeys.Immersion.note",
    "journeys.Journey.goal",
    "journeys.Step.label",
    "kit.StagedRow.cells",
    "matching.Introduction.meeting_place",
    "matching.IntroductionMessage.text",
    "partners.Invitation.email",
    "privacy.RightsRequest.details",
    "training.Enrolment.last_name",
    "training.FundingFile.reference",
}


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    """The clock of the factories: a link that is too old would show nothing at all."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def journal() -> Iterator[io.StringIO]:
    """What production would write, at every level."""
    stream = io.StringIO()
    formatter = logging_settings(as_json=True)["formatters"]["ancrage"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"]
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def _names(found: dict[str, set[Planted]], side: str) -> set[str]:
    return {one.name for marked in found.values() for one in marked if one.side == side}


def test_nobody_is_sent_a_marker_that_is_not_for_them(journal: io.StringIO) -> None:
    stage = build_stage()
    readers = {
        actor: stage.read(user, stage.everything(actor))
        | stage.read_api(user, stage.sides_of(actor))
        for actor, user in stage.world.readers.items()
    }

    leaks = sorted(
        f"{actor} reads {one.name} of {one.side} at {url}"
        for actor in ACTORS
        for url, found in readers[actor].items()
        for one in found
        if one.side != "staff" and one.purpose not in ALLOWED.get((one.side, actor), ())
    )

    assert leaks == []
    assert stage.markers.found_in(journal.getvalue()) == set()
    assert '"page": "candidates:list"' in journal.getvalue()
    # The same crawl finds what it may: it would have found the rest.
    assert FOLLOWED - _names(readers["coordinator"], "near") == set()
    assert _names(readers["owner"], "near") == {"candidates.Candidate.card"}
    assert "accounts.User.email" in _names(readers["admin"], "far")
    far = stage.read(stage.far.readers["coordinator"], stage.details["far"])
    assert (FOLLOWED | {"journeys.Journey.opened_on"}) - _names(far, "far") == set()
    own = ["candidates:own", "introductions:own", "journeys:own", "privacy:mine"]
    person = stage.read(stage.near.readers["candidate"], [reverse(name) for name in own])
    assert IDENTITY - _names(person, "near") == set()
    partner = stage.read(stage.near.readers["owner"], stage.details["near"])
    assert IDENTITY - _names(partner, "near") == set()
    # By the API too, and in the files that ask why.
    by_key = stage.read_api(stage.near.readers["coordinator"], ["near"])
    assert IDENTITY - _names(by_key, "near") == set()
    assert stage.files >= {reverse(name) for name in EXPORTS}
    _follow_links(stage)
    # A field or a table that no row stands for: make one in `tests.canaries.tables`.
    assert stage.markers.missing() == set()
    assert stage.unmade.get("far", set()) == set()
    # An address that nobody thought of is asked for by nobody here: give it a row of the matrix.
    posted = {name for name, row in matrix().items() if row.method == "POST"}
    assert {name for name, _pattern in addresses_of_the_site()} == stage.names | posted


def _follow_links(stage: Stage) -> None:
    """A signed link tells whoever holds it what its mail said, and altered, nothing."""
    told = []
    for side in ("far", "near"):
        for name, url in stage.links[side]:
            status, found = stage.follow(url)
            altered = f"{url[:-3]}{'A' if url[-3] != 'A' else 'B'}{url[-2:]}"
            _status, found_altered = stage.follow(altered)
            told += [
                f"{name} ({status}) tells {one.name}"
                for one in found
                if one.name not in LINKS.get(name, ())
            ]
            told += [f"{name}, altered, tells {one.name}" for one in found_altered]

    assert sorted(set(told)) == []
    assert {name for name, _url in stage.links["far"]} >= set(LINKS)


def test_actions_write_no_marker_in_journals_nor_in_mails_to_others(
    journal: io.StringIO,
) -> None:
    markers = Markers()
    done = []
    for name, row in sorted(matrix().items()):
        if row.method != "POST":
            continue
        world = build_side(TerritoryFactory(), coordinator=None)
        try:
            with transaction.atomic():
                kwargs, data = dict(row.make(world)), dict(row.data(world))
        except (IntegrityError, MultipleObjectsReturned):
            # It is meant for a stage where nothing else happened.
            continue
        markers.plant("far")
        for actor in ("coordinator", "owner", "candidate"):
            client = Client()
            client.force_login(world.readers[actor])
            response = client.post(reverse(name, kwargs=kwargs), data)
            if response.status_code == 302:
                done.append(name)
                break
    call_command("run_outbox", verbosity=0)

    lines = AuditLine.objects.all()
    told = "\n".join(f"{one.target_label} {one.changes}" for one in lines)

    assert len(done) > 50
    assert lines.count() > 50
    assert markers.found_in(told) == set()
    assert markers.found_in(journal.getvalue()) == set()
    assert [one.name for message in mail.outbox for one in _told_too_much(markers, message)] == []
    assert any(markers.found_in(str(message.message())) for message in mail.outbox)


def test_every_daily_round_writes_to_nobody_of_whom_they_may_not_read(
    journal: io.StringIO, time_machine: Any
) -> None:
    time_machine.move_to(NOW, tick=False)
    markers = Markers()
    side = build_side(TerritoryFactory(), coordinator=None)
    what_is_due(side)
    markers.plant("far")
    # A round that is added is run here without being named.
    rounds = sorted(name for name in get_commands() if name.startswith("tend_"))
    told = set()

    for name in rounds:
        before = len(mail.outbox)
        call_command(name, verbosity=0, stdout=io.StringIO())
        call_command("run_outbox", verbosity=0)
        if len(mail.outbox) > before:
            told.add(name)

    assert sorted(told) == rounds
    assert [one.name for message in mail.outbox for one in _told_too_much(markers, message)] == []
    assert markers.found_in(journal.getvalue()) == set()
    # The person themselves is told of their own papers: the markers would have been found.
    assert any(markers.found_in(_text_of(message)) for message in mail.outbox)


def _text_of(message: EmailMessage) -> str:
    parts = [message.subject, str(message.body)]
    parts += [str(one.content) for one in getattr(message, "alternatives", [])]
    return "\n".join(parts)


def _told_too_much(markers: Markers, message: EmailMessage) -> list[Planted]:
    """Return what a mail tells somebody of people whose profile they may not read."""
    return [
        one
        for one in sorted(markers.found_in(_text_of(message)))
        if one.name.startswith("candidates.Candidate.")
        and not all(
            _may_be_told(address, Candidate.objects.get(pk=one.pk)) for address in message.to
        )
    ]


def _may_be_told(address: str, person: Candidate) -> bool:
    """Say whether an address is that of the person, of who follows them, or of a structure that
    they agreed to be named to."""
    user = person.subject.user
    if address == person.email or (user is not None and address == user.email):
        return True
    followed = TerritoryRole.objects.filter(
        user__email=address, territory=person.territory, ended_at__isnull=True
    )
    partners = Membership.objects.filter(user__email=address).values_list("partner", flat=True)
    return followed.exists() or any(
        consent_holds(person.subject, "identity", f"partner:{partner}") for partner in partners
    )


def test_cards_are_never_fewer_than_five_whatever_filters_are_combined() -> None:
    world = build_world()
    nurses, helpers = ProfessionFactory(code="nurse"), ProfessionFactory(code="care_assistant")
    here = CommuneFactory(epci=EpciFactory())
    there = CommuneFactory(epci=EpciFactory(siren="244400404", name="Nantes Métropole"))
    wishes = [("under_2", ["cdi"]), ("over_20", ["cdd"]), ("", ["cdi", "cdd"])]
    for profession, commune, count in [
        (nurses, here, 7),
        (nurses, there, 5),
        (helpers, here, 4),
        (helpers, there, 1),
    ]:
        for rank in range(count):
            experience, contracts = wishes[rank % 3]
            CandidateFactory(
                territory=world.territory,
                pooled=True,
                professions=[profession],
                commune=commune,
                experience=experience,
                contracts=contracts,
            )
    client = Client()
    client.force_login(world.readers["owner"])
    keys = set(Candidate.objects.values_list("card", flat=True))
    page = client.get(reverse("candidates:cards"))
    fields = BeautifulSoup(page.content, "html.parser").select("main form[method=get] select")
    choices = {
        one["name"]: _telling([option["value"] for option in one.select("option")])
        for one in fields
    }

    counts = {}
    for values in product(*choices.values()):
        asked = dict(zip(choices, values, strict=True))
        body = client.get(reverse("candidates:cards"), asked).content.decode()
        counts[values] = sum(key in body for key in keys)

    assert len(choices) >= 4
    assert [asked for asked, count in counts.items() if 0 < count < 5] == []
    assert max(counts.values()) == 12


def _telling(options: list[str]) -> list[str]:
    """Return the options that part these people; all of them for a filter not thought of here."""
    known = {
        "nurse",
        "care_assistant",
        "200067346",
        "244400404",
        "under_2",
        "over_20",
        "cdi",
        "cdd",
    }
    return (
        [option for option in options if not option or option in known]
        if known & set(options)
        else options
    )


def test_agreement_withdrawn_during_a_visit_hides_the_name_at_the_next_request() -> None:
    world = build_world()
    person = CandidateFactory(
        territory=world.territory,
        user=world.readers["candidate"],
        first_name="Zéphyrine",
        last_name="Introuvable",
    )
    need = NeedFactory(partner=world.partner, published=True)
    introduction = IntroductionFactory(need=need, candidate=person, meeting=True)
    client = Client()
    client.force_login(world.readers["owner"])
    urls = [
        reverse("introductions:detail", args=[introduction.pk]),
        reverse("introductions:meeting_ics", args=[introduction.pk]),
        reverse("introductions:board"),
        reverse("introductions:list"),
        reverse("introductions:export_csv"),
    ]

    before = _texts(client, urls)
    withdraw_consent(
        subject=person.subject,
        purpose="identity",
        scope=f"partner:{world.partner.pk}",
        channel=ConsentChannel.SELF,
        by=world.readers["candidate"],
        now=NOW,
    )
    after = _texts(client, urls)

    assert "Introuvable" in before[0]
    assert "Introuvable" in before[3]
    secrets = ("Introuvable", "Zéphyrine", person.email)
    assert [secret for body in after for secret in secrets if secret in body] == []


def _texts(client: Client, urls: list[str]) -> list[str]:
    return [b"".join(client.get(url)).decode() for url in urls]

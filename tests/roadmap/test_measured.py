"""Each measure of the registry says what the pages of its part say, of the same small world."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from ancrage.events.enums import ContactOutcome, EventState, SideRole
from ancrage.events.models import Contact, ContactFollowUp, Event
from ancrage.events.queries import reports_of
from ancrage.journeys.enums import ArrivalKind
from ancrage.journeys.models import ArrivalOutcome, Journey
from ancrage.journeys.queries import Section, day_of_advisor, lost_people
from ancrage.journeys.queries.figures import FigureFilter
from ancrage.journeys.services import arrival_figures
from ancrage.journeys.services.figures import figures_of
from ancrage.matching.enums import PostState
from ancrage.matching.queries.keeping import measures_of
from ancrage.partners.enums import CommitmentKind
from ancrage.partners.queries import commitments_in, signature_book
from ancrage.schemes.enums import AidState
from ancrage.schemes.models import AidRequest
from ancrage.schemes.queries.requests import RequestFilter
from ancrage.schemes.queries.requests import requests_matching as aids_matching
from ancrage.territory.enums import MeasurePart
from ancrage.territory.measures import (
    Period,
    Reading,
    counted,
    euros,
    fte,
    hidden,
    measure,
    measures,
    people,
    readings,
    share,
)
from ancrage.territory.perimeters import Perimeter
from ancrage.training.enums import EnrolmentState, Result
from ancrage.welcome.enums import RequestState, WelcomeKind
from ancrage.welcome.models import WelcomeRequest
from ancrage.welcome.queries import requests_matching
from tests.factories import (
    AidMoveFactory,
    AidRequestFactory,
    CandidateFactory,
    CharterFactory,
    CharterSignatureFactory,
    CommitmentFactory,
    CourseFactory,
    CourseRunFactory,
    EnrolmentFactory,
    EventFactory,
    IntroductionFactory,
    JourneyFactory,
    NeedFactory,
    ParticipantFactory,
    PartnerFactory,
    ResourceFactory,
    SideFactory,
    StayFactory,
    TerritoryFactory,
    WelcomeRequestFactory,
)
from tests.factories.moments import NOW, TODAY
from tests.factories.posts import fractions_of, shared_post

pytestmark = pytest.mark.django_db

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), NOW)
BEFORE = datetime(2025, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def territory():
    return TerritoryFactory()


def read(key, territory, period=YEAR):
    return measure(key).read(Perimeter(territory), period)


def held(territory, at=NOW):
    """An event that took place."""
    return EventFactory(
        territory=territory,
        state=EventState.OVER,
        doors_at=at,
        starts_at=at,
        registration_closes_at=at,
        wishes_close_at=at,
        marks_close_at=at,
    )


def asked_of(part, territory, assert_num_queries, number):
    with assert_num_queries(number):
        readings(Perimeter(territory), YEAR, measures(part))


def test_partners_are_measured_as_in_the_directory_and_the_charter(
    territory, django_assert_num_queries
):
    signer, _other = PartnerFactory.create_batch(2, territory=territory)
    PartnerFactory(territory=territory, left_at=NOW)
    charter = CharterFactory(territory=territory, published=True)
    CharterSignatureFactory(charter=charter, partner=signer)
    CommitmentFactory(charter=charter)
    CommitmentFactory(charter=charter, kind=CommitmentKind.PAY_SHOWN, threshold=80)
    NeedFactory(partner=signer, published=True)
    ResourceFactory(partner=signer, published=True)
    ResourceFactory(published=True)

    book = signature_book(charter)
    kept = measures_of(commitments_in(charter), territory, now=NOW)

    assert read("partners.members", territory) == counted(2)
    assert read("partners.charter_signed", territory) == share(len(book.signed), book.expected)
    assert read("partners.charter_signed", territory) == share(1, 2)
    assert read("charter.kept", territory) == share(sum(one.is_kept for one in kept), len(kept))
    assert read("charter.kept", territory) == share(1, 2)
    assert read("resources.shared", territory) == counted(1)
    asked_of(MeasurePart.PARTNERS, territory, django_assert_num_queries, 8)


def test_charter_that_nobody_wrote_is_told(territory):
    none = Reading(None, note="Aucune charte n’est en vigueur.")

    assert read("partners.charter_signed", territory) == none
    assert read("charter.kept", territory) == none


def test_people_are_measured_as_on_the_page_of_figures(territory, django_assert_num_queries):
    partner = PartnerFactory(territory=territory)
    seen = {"territory": territory, "created_at": NOW - timedelta(days=20)}
    CandidateFactory.create_batch(5, territory=territory, created_at=BEFORE)
    need = NeedFactory(partner=partner, published=True)
    for _ in range(5):
        IntroductionFactory(candidate=CandidateFactory(**seen), need=need, answered=True)
    posts = [
        StayFactory(
            journey=JourneyFactory(
                candidate=CandidateFactory(**seen), in_post=True, next_action_on=date(2026, 11, 1)
            ),
            partner=partner,
        )
        for _ in range(5)
    ]
    StayFactory(journey=posts[0].journey, started_on=date(2025, 3, 1), ended=True)
    for kind, of in ((ArrivalKind.ARRIVED, posts[:3]), (ArrivalKind.LOST, posts[3:])):
        for post in of:
            ArrivalOutcome.objects.create(
                journey=post.journey, kind=kind, themes=[WelcomeKind.HOUSING], on=TODAY
            )

    page = figures_of(FigureFilter(territory, year=2026), on=TODAY, exact=False)
    ever = figures_of(FigureFilter(territory), on=TODAY, exact=False)
    day = day_of_advisor(Journey.objects.filter(territory=territory), on=TODAY)
    welcomed = arrival_figures(Journey.objects.filter(territory=territory))
    lost = lost_people(territory.candidates.all(), on=TODAY)

    assert read("people.known", territory) == people(page.funnel.known) == people(10)
    assert read("people.introduced", territory) == people(page.funnel.introduced) == people(10)
    assert read("people.hired", territory) == people(page.funnel.hired) == people(5)
    assert read("journeys.accompanied", territory) == people(page.funnel.accompanied)
    assert read("journeys.started", territory) == people(5)
    assert read("journeys.late", territory) == people(day.counts[Section.LATE]) == people(5)
    assert read("journeys.lost", territory) == people(lost.count()) == people(15)
    assert dict(ever.retention.readings)[6] is None
    assert read("journeys.kept_6", territory).value is None
    assert (welcomed.arrived, welcomed.lost) == (None, None)
    assert read("journeys.arrived", territory) == hidden()
    assert read("introductions.in_time", territory) == share(5, 5)
    asked_of(MeasurePart.JOURNEYS, territory, django_assert_num_queries, 8)


def test_retention_is_that_of_the_curve_of_the_page(territory):
    for _ in range(8):
        StayFactory(
            journey=JourneyFactory(candidate=CandidateFactory(territory=territory), in_post=True),
            started_on=date(2024, 1, 10),
            known_on=date(2026, 1, 10),
        )

    ever = figures_of(FigureFilter(territory), on=TODAY, exact=False)

    at_12 = dict(ever.retention.readings)[12]
    assert read("journeys.kept_12", territory) == Reading(
        Decimal(round(100 * at_12.survival)), denominator=at_12.at_risk
    )
    assert read("journeys.kept_12", territory).value == 100


def test_events_are_measured_as_in_their_reports(territory, django_assert_num_queries):
    for starts_at in (NOW - timedelta(days=30), BEFORE):
        event = held(territory, starts_at)
        hosts = SideFactory(event=event, role=SideRole.HOST, name="hôtes")
        visitors = SideFactory(event=event)
        here = {"arrived_at": NOW}
        host, *_hosts = ParticipantFactory.create_batch(6, party__side=hosts, **here)
        for visitor in ParticipantFactory.create_batch(5, party__side=visitors, **here):
            contact = Contact.objects.create(
                event=event, host=host.party, visitor=visitor.party, opened_at=NOW
            )
            ContactFollowUp.objects.create(
                contact=contact,
                side=SideRole.HOST,
                months=3,
                due_on=TODAY,
                outcome=ContactOutcome.HIRED,
                answered_at=NOW,
            )
    EventFactory(territory=territory)

    [report] = reports_of(list(Event.objects.filter(state=EventState.OVER, starts_at__year=2026)))

    came = {side.role: side.came for side in report.sides}
    assert read("events.held", territory) == counted(1)
    assert read("events.hosts", territory) == people(came["host"]) == people(6)
    assert read("events.visitors", territory) == people(came["visitor"]) == people(5)
    assert read("events.contacts", territory) == people(report.contacts) == people(5)
    assert read("events.introductions", territory) == people(report.introductions) == people(0)
    assert read("events.lasting", territory) == people(report.latest.lasting) == people(5)
    asked_of(MeasurePart.EVENTS, territory, django_assert_num_queries, 6)


def test_a_small_side_of_an_event_hides_the_other(territory):
    event = held(territory)
    hosts = SideFactory(event=event, role=SideRole.HOST, name="hôtes")
    ParticipantFactory.create_batch(3, party__side=hosts, arrived_at=NOW)
    ParticipantFactory.create_batch(
        6, party__side=SideFactory(event=event, capacity=9), arrived_at=NOW
    )

    assert read("events.hosts", territory) == hidden()
    assert read("events.visitors", territory) == hidden()


def test_welcome_training_and_posts_are_measured_as_in_their_lists(
    territory, django_assert_num_queries
):
    partner = PartnerFactory(territory=territory)
    for days_taken in (2, 3, 4, 8, 9):
        WelcomeRequestFactory(
            partner=partner,
            state=RequestState.GRANTED,
            sent_at=NOW - timedelta(days=20),
            answered_at=NOW - timedelta(days=20 - days_taken),
        )
    WelcomeRequestFactory.create_batch(5, partner=partner)
    WelcomeRequestFactory(partner=partner, sent_at=BEFORE)
    run = CourseRunFactory(course=CourseFactory(partner=partner), running=True, places=8)
    EnrolmentFactory.create_batch(
        6,
        run=run,
        state=EnrolmentState.ATTENDED,
        result=Result.PASSED,
        result_on=TODAY,
    )
    run.taken = 6
    run.save()
    CourseRunFactory(
        course=run.course, cancelled=True, starts_on=date(2026, 5, 4), apply_by=date(2026, 5, 1)
    )
    post = shared_post(*fractions_of(partner, PartnerFactory(territory=territory)), asked=True)
    post.state, post.need = PostState.RUNNING, NeedFactory(partner=partner, fte_hundredths=90)
    post.save()

    sent = WelcomeRequest.objects.filter(sent_at__year=2026)

    assert read("welcome.requests", territory) == people(sent.count()) == people(10)
    granted = requests_matching(sent, etat="granted").count()
    assert read("welcome.granted", territory) == share(granted, 10) == share(5, 10)
    assert read("welcome.days_to_answer", territory) == counted(4)
    assert read("training.places", territory) == counted(8)
    assert read("training.filled", territory) == share(6, 8)
    assert read("training.enrolled", territory) == people(6)
    assert read("training.passed", territory) == share(6, 6)
    assert read("shared_posts.running", territory) == counted(1)
    assert read("shared_posts.fte", territory) == fte(90)
    asked_of(MeasurePart.TRAINING, territory, django_assert_num_queries, 4)


def test_aids_are_measured_as_in_their_list_and_small_sums_are_hidden(territory):
    requests = AidRequestFactory.create_batch(5, territory=territory, state=AidState.PAID)
    for row in requests:
        AidMoveFactory(request=row, after=AidState.GRANTED, on=date(2026, 9, 20))
        AidMoveFactory(request=row, after=AidState.PAID, on=date(2026, 10, 20))
    AidRequest.objects.update(granted_cents=120_000, paid_cents=120_050)
    waiting = AidRequestFactory.create_batch(5, territory=territory)
    undone = AidMoveFactory(
        request=waiting[0], after=AidState.GRANTED, on=date(2026, 10, 1), undone_at=NOW
    )

    silent = aids_matching(AidRequest.objects.all(), RequestFilter(state="silent"), on=TODAY)

    assert undone.request.state == AidState.ASKED
    assert read("schemes.asked", territory) == people(10)
    assert read("schemes.granted", territory) == people(5)
    assert read("schemes.paid", territory) == euros(600_250)
    assert read("schemes.silent", territory) == people(silent.count()) == people(5)

    requests[0].delete()

    assert read("schemes.paid", territory) == hidden()

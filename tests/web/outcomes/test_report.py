"""The report of an event: the page, the files, events beside one another."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from ancrage.events.enums import ContactOutcome, EventState, SideRole
from ancrage.events.models import Contact, ContactFollowUp
from tests.factories import EventFactory, ParticipantFactory, SideFactory, TerritoryRoleFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventFactory(state=EventState.OVER, title="Doc’dating fictif du Bocage")


@pytest.fixture
def organiser(client, event):
    role = TerritoryRoleFactory(territory=event.territory)
    client.force_login(role.user)
    return client


@pytest.fixture
def contact(event):
    hosts = SideFactory(event=event, role=SideRole.HOST, name="médecins installés")
    visitors = SideFactory(event=event)
    made = Contact.objects.create(
        event=event,
        host=ParticipantFactory(party__side=hosts, arrived_at=NOW).party,
        visitor=ParticipantFactory(party__side=visitors, arrived_at=NOW).party,
        opened_at=NOW,
    )
    ContactFollowUp.objects.create(
        contact=made,
        side=SideRole.HOST,
        months=12,
        due_on=NOW.date(),
        outcome=ContactOutcome.ASSOCIATION,
        answered_at=NOW,
    )
    return made


def test_the_report_says_what_came_of_the_event(organiser, event, contact):
    page = organiser.get(reverse("outcomes:report", args=[event.pk])).text

    assert "1 contact ouvert ; à 12 mois, 1 a abouti." in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Médecins installés" in page


def test_the_workbook_holds_the_figures_of_the_page(organiser, event, contact):
    address = reverse("outcomes:export", args=[event.pk])

    book = openpyxl.load_workbook(BytesIO(organiser.get(f"{address}?format=xlsx").content))

    assert [cell.value for cell in book["Participation"][2]] == ["Médecins installés", 1, 1, 0, 0]


def test_the_paper_is_a_pdf_that_names_the_event(organiser, event, contact):
    response = organiser.get(reverse("outcomes:export", args=[event.pk]))

    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"].endswith(f'"bilan-{event.slug}.pdf"')


def test_events_that_are_over_stand_side_by_side(organiser, event, contact):
    EventFactory(territory=event.territory, title="Pas encore fini", state=EventState.OPEN)

    page = organiser.get(reverse("outcomes:compared")).text

    assert "Doc’dating fictif du Bocage" in page
    assert "Pas encore fini" not in page


def test_pages_cost_the_same_whatever_the_number_of_contacts(
    organiser, event, contact, django_assert_num_queries
):
    address = reverse("outcomes:report", args=[event.pk])
    organiser.get(address)

    with django_assert_num_queries(9):
        organiser.get(address)

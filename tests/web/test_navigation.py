from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from ancrage.accounts.policy import declared as declared_permissions
from ancrage.web.navigation import (
    MOST_SIDE_BY_SIDE,
    ROOMY,
    Entry,
    Group,
    Link,
    Place,
    declared,
    links,
    sections,
)
from tests.factories import TerritoryRoleFactory, UserFactory


def request_of(user: object, address: str = "/composants/"):
    request = RequestFactory().get(address)
    request.user = user
    request.resolver_match = resolve(address)
    return request


HOME = Entry("Composants", "components:index", 10, icon="house")
ASKING = Entry("Confirmer", "components:confirm", 20, sections=("elsewhere",))
ADMIN = Entry("Comptes", "components:confirm", 30, permission="accounts.list")


def test_visitor_sees_what_needs_no_right():
    found = links(request_of(AnonymousUser()), Place.HEADER, [HOME, ADMIN])

    assert found == [Link("/composants/", "Composants", "house", True)]


@pytest.mark.django_db
def test_right_shows_its_entry():
    admin = UserFactory(is_platform_admin=True)

    found = links(request_of(admin), Place.HEADER, [ASKING, ADMIN])

    assert [link.label for link in found] == ["Confirmer", "Comptes"]


@pytest.mark.django_db
def test_own_pages_stand_in_the_header_of_who_is_here_for_themselves():
    entry = Entry("Mon profil", "components:index", 10, place=Place.OWN)
    person, coordinator = UserFactory(), TerritoryRoleFactory().user

    found = {
        (reader.pk, place): [link.label for link in links(request_of(reader), place, [entry])]
        for reader in (person, coordinator)
        for place in (Place.HEADER, Place.ACCOUNT)
    }

    assert found == {
        (person.pk, Place.HEADER): ["Mon profil"],
        (person.pk, Place.ACCOUNT): [],
        (coordinator.pk, Place.HEADER): [],
        (coordinator.pk, Place.ACCOUNT): ["Mon profil"],
    }


def test_page_of_the_same_section_lights_the_entry():
    request = request_of(AnonymousUser(), "/composants/confirmation/")

    found = links(request, Place.HEADER, [HOME, ASKING])

    assert [link.current for link in found] == [True, True]


def test_page_of_another_section_lights_nothing():
    request = request_of(AnonymousUser(), "/composants/")

    assert not links(request, Place.HEADER, [ASKING])[0].current


def test_footer_lights_its_own_page_only():
    entry = Entry("Confirmer", "components:confirm", 10, place=Place.FOOTER)

    assert not links(request_of(AnonymousUser()), Place.FOOTER, [entry])[0].current
    assert links(request_of(AnonymousUser()), Place.HEADER, [entry]) == []


def test_address_that_leads_nowhere_lights_nothing():
    request = SimpleNamespace(resolver_match=None)

    assert not HOME.is_current(request)


def test_request_refused_before_its_reader_was_known_follows_public_links():
    request = RequestFactory().get("/")
    request.resolver_match = None

    assert [link.label for link in links(request, Place.HEADER, [HOME, ADMIN])] == ["Composants"]


def test_declared_entries_lead_somewhere_under_a_known_right():
    known = declared_permissions()

    for entry in declared():
        assert reverse(entry.url_name).startswith("/")
        assert entry.permission is None or entry.permission in known
    assert list(declared()) == sorted(declared(), key=lambda one: (one.rank, one.url_name))


@pytest.mark.django_db
def test_header_names_the_reader_and_the_role_that_counts():
    office = TerritoryRoleFactory(user__first_name="Anne", user__last_name="Fictif")
    client = Client()
    client.force_login(office.user)

    page = client.get("/composants/").content.decode()

    assert '<span class="disc" aria-hidden="true">AF</span>' in page
    assert "Anne Fictif<small>Coordination</small>" in page
    assert f'action="{reverse("account_logout")}"' in page


@pytest.mark.django_db
def test_visitor_is_offered_to_sign_in():
    page = Client().get("/composants/").content.decode()

    assert f'href="{reverse("account_login")}"' in page
    assert "Se déconnecter" not in page


def test_few_sections_stand_side_by_side_whatever_their_groups():
    entries = [replace(HOME, group=Group.PEOPLE)] * MOST_SIDE_BY_SIDE

    found = sections(request_of(AnonymousUser()), entries)

    assert found == [Link("/composants/", "Composants", "house", True)] * MOST_SIDE_BY_SIDE


def test_many_sections_are_gathered_where_the_first_of_each_group_stood():
    here = replace(HOME, group=Group.PEOPLE)
    elsewhere = replace(ASKING, group=Group.RECRUITING)
    entries = [elsewhere, HOME, here, elsewhere, *[here] * MOST_SIDE_BY_SIDE]

    found = sections(request_of(AnonymousUser()), entries)

    assert [(str(link.label), len(link.links), link.current) for link in found] == [
        ("Recrutement", 2, False),
        ("Composants", 0, True),
        ("Personnes", MOST_SIDE_BY_SIDE + 1, True),
    ]


def crowd(number: int) -> list[Entry]:
    """Return entries of no group, each at an address of its own."""
    free = [entry for entry in declared() if entry.permission is None and entry.group is None]
    return [replace(entry, place=Place.HEADER) for entry in free[:number]]


def test_own_pages_are_gathered_and_a_group_of_one_stays_a_link():
    own = replace(HOME, place=Place.OWN)
    alone = replace(ASKING, group=Group.RECRUITING)

    found = sections(request_of(AnonymousUser()), [*[own] * MOST_SIDE_BY_SIDE, alone])
    crowded = sections(request_of(AnonymousUser()), [*crowd(ROOMY), *[own] * 3, alone])

    assert [(str(link.label), len(link.links)) for link in found] == [
        ("Mon espace", MOST_SIDE_BY_SIDE),
        ("Confirmer", 0),
    ]
    assert [(str(link.label), len(link.links)) for link in crowded[ROOMY:]] == [
        ("Mon espace", 3),
        ("Recrutement", 1),
    ]

"""What the tests of these pages read in an answer, and who asks."""

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from ancrage.accounts.models import User
from ancrage.partners.models import Partner
from tests.factories import MembershipFactory, TerritoryRoleFactory

HTMX = {"HX-Request": "true"}


def soup(response: HttpResponse) -> BeautifulSoup:
    """The page as a tree."""
    return BeautifulSoup(response.content, "html.parser")


def region(response: HttpResponse, id: str) -> str:
    """The element of that id, spaces and one-time tokens aside."""
    found = soup(response).find(id=id)
    assert found is not None
    for token in found.select("[name=csrfmiddlewaretoken]"):
        token.decompose()
    return " ".join(str(found).split())


def words(response: HttpResponse) -> str:
    """The words of the page, every space a plain one."""
    return " ".join(soup(response).get_text(" ").split())


def manager_of(partner: Partner, **rights: bool) -> User:
    """Somebody who manages that structure."""
    return MembershipFactory(partner=partner, is_manager=True, **rights).user


def coordinator_of(partner: Partner) -> User:
    """Somebody who coordinates the territory of that structure."""
    return TerritoryRoleFactory(territory=partner.territory).user


def signed_in(user: User) -> Client:
    """A browser where that person is signed in."""
    client = Client()
    client.force_login(user)
    return client

"""Whatever goes wrong under the address of the API, the answer has one shape."""

import pytest
from django.test import Client

from ancrage.api import reference
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["/api/v1/nulle-part", "/api/v1/needs/", "/api/v2/needs", "/api/", "/api/v1/needs/3/4/5"],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_unknown_address_is_a_problem(address, method):
    response = Client(enforce_csrf_checks=True).generic(method, address)

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "Nothing here, or nothing that you may see.",
    }


def test_unknown_address_asks_nobody_to_sign_in(client):
    client.force_login(UserFactory())

    assert client.get("/api/v1/nulle-part").json()["status"] == 404


def test_method_that_an_address_does_not_take_is_a_problem(client):
    response = client.delete("/api/v1/offers")

    assert response.status_code == 405
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Allow"] == "GET"
    assert response.json()["title"] == "Method Not Allowed"


def test_defect_of_ours_is_a_problem_that_tells_nothing(client, monkeypatch):
    def broken(*args):
        raise RuntimeError("ana@exemple.test")

    monkeypatch.setattr(reference, "rows", broken)

    response = client.get("/api/v1/reference/professions")

    assert response.status_code == 500
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "ana" not in response.content.decode()

from types import SimpleNamespace

import pytest
from django.test import Client, RequestFactory

from ancrage.web.rendering import render_page, wants_fragment


def request_by(**htmx):
    request = RequestFactory().get("/composants/")
    asked = SimpleNamespace(boosted=False, history_restore_request=False) if htmx else False
    if asked:
        vars(asked).update(htmx)
    request.htmx = asked
    return request


def test_fragment_is_for_htmx_only():
    assert not wants_fragment(request_by())
    assert wants_fragment(request_by(boosted=False))


def test_fragment_is_not_for_a_boosted_link_nor_for_the_history():
    assert not wants_fragment(request_by(boosted=True))
    assert not wants_fragment(request_by(history_restore_request=True))


def test_request_without_htmx_middleware_gets_the_page():
    assert not wants_fragment(RequestFactory().get("/"))


def test_page_says_that_it_varies():
    response = render_page(request_by(), "showcase/_progress.html", {"done": 40, "poll": ""})

    assert response.status_code == 200
    assert response["Vary"] == "HX-Request"


def test_status_of_a_refused_form_is_kept():
    context = {"done": 40, "poll": ""}

    response = render_page(request_by(), "showcase/_progress.html", context, status=422)

    assert response.status_code == 422


@pytest.mark.django_db
def test_fragment_is_the_same_as_in_the_page():
    client = Client()

    page = client.get("/composants/?metier=infirmier")
    fragment = client.get("/composants/?metier=infirmier", headers={"HX-Request": "true"})

    assert fragment.content.decode().strip() in page.content.decode()
    assert fragment.content.decode().strip().startswith('<div id="results"')


@pytest.mark.django_db
def test_return_through_the_history_gets_the_whole_page():
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    response = Client().get("/composants/", headers=headers)

    assert response.content.decode().startswith("<!doctype html>")

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from ancrage.config.urls import urlpatterns as site
from ancrage.web import errors
from ancrage.web.access import public


@public
def broken(request):
    raise RuntimeError("a defect of ours")


@public
def forbidden(request):
    raise PermissionDenied


@public
def suspicious(request):
    raise SuspiciousOperation("forged")


urlpatterns = [
    path("casse/", broken),
    path("interdit/", forbidden),
    path("suspect/", suspicious),
    *site,
]
handler400 = "ancrage.web.errors.bad_request"
handler403 = "ancrage.web.errors.permission_denied"
handler404 = "ancrage.web.errors.not_found"
handler500 = "ancrage.web.errors.server_error"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/suspect/", 400, "La demande n’a pas pu être comprise"),
        ("/interdit/", 403, "Vous n’avez pas accès à cette page"),
        ("/nulle-part/", 404, "Cette page n’existe pas"),
        ("/casse/", 500, "Une erreur est survenue de notre côté"),
    ],
)
@override_settings(ROOT_URLCONF="tests.web.test_errors")
def test_error_has_a_page_that_says_what_to_do(address: str, status: int, heading: str):
    response = Client(raise_request_exception=False).get(address)

    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in page
    assert "Retour à l’accueil" in page
    assert page.count("<h1") == 1


def test_page_of_our_own_errors_asks_the_database_nothing():
    # Without the django_db mark a query fails this test.
    response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "contact@ancrage.example" in response.content.decode()


def request_of_a_visitor():
    request = RequestFactory().get("/offres/3/")
    request.user = AnonymousUser()
    return request


def test_gone_page_may_say_what_is_over_and_where_to_go():
    context = {
        "title": "Cette offre est pourvue",
        "text": "D’autres postes sont ouverts.",
        "href": "/offres/",
        "label": "Voir les offres",
    }

    response = errors.gone(request_of_a_visitor(), context)

    page = response.content.decode()
    assert response.status_code == 410
    assert "<h1>Cette offre est pourvue</h1>" in page
    assert '<a class="button" href="/offres/">' in page


def test_gone_page_alone_still_leads_home():
    response = errors.gone(request_of_a_visitor())

    assert response.status_code == 410
    assert '<a class="button" href="/">' in response.content.decode()


def test_too_many_tries_are_told_to_wait():
    response = errors.too_many_requests(request_of_a_visitor())

    assert response.status_code == 429
    assert "Réessayez dans quelques minutes" in response.content.decode()


@pytest.mark.django_db
def test_form_too_old_is_explained():
    response = Client(enforce_csrf_checks=True).post("/composants/", {"title": "x"})

    assert response.status_code == 403
    assert "<h1>Le formulaire a expiré</h1>" in response.content.decode()


def test_request_refused_before_its_session_was_read_has_a_page():
    # A forged Host is refused by the first middleware: there is neither user nor session.
    response = Client().get("/", headers={"host": "forged.example"})

    assert response.status_code == 400
    assert "La demande n’a pas pu être comprise" in response.content.decode()

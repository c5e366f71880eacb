import pytest
from django.test import Client
from django.utils import timezone

from ancrage.kit.mail import queue_mail
from ancrage.kit.models import OutboxTask
from ancrage.web.branding import NEIGHBOURS, check_brand_colours
from ancrage.web.errors import server_error
from ancrage.web.maps import standalone_svg
from ancrage.web.palette import contrast
from tests.web.test_map_templates import a_drawing
from tests.web.test_palette import GRAPHIC_PAIRS, TEXT_PAIRS, TOKENS


@pytest.fixture
def green(settings):
    settings.BRAND_COLOURS = {"ocean": "#14532d", "nuit": "#0b2e1a"}


def test_deployment_without_colours_loads_no_sheet_of_its_own(db):
    assert "marque.css" not in Client().get("/composants/").content.decode()
    assert check_brand_colours(None) == []


@pytest.mark.usefixtures("green")
def test_deployment_with_colours_loads_them_after_the_others(db):
    page = Client().get("/composants/").content.decode()

    assert page.index("css/tokens.css") < page.index('href="/marque.css"')


@pytest.mark.usefixtures("green")
def test_sheet_gives_the_tokens_their_new_values():
    response = Client().get("/marque.css")

    assert response["Content-Type"] == "text/css"
    assert response.content == b"@layer base{:root{--ocean:#14532d;--nuit:#0b2e1a;}}\n"
    assert check_brand_colours(None) == []


@pytest.mark.parametrize(
    ("colours", "fault"),
    [
        ({"sable": "#ffffff"}, "'sable' is not one of ocean, nuit, lagon."),
        ({"ocean": "green"}, "'green' for 'ocean' is not written #RRGGBB."),
        ({"ocean": "#fff;}body{"}, "'#fff;}body{' for 'ocean' is not written #RRGGBB."),
        ({"lagon": "#cccccc"}, "lagon=#cccccc has a contrast of 1.6 with #FFFFFF, and needs 3."),
    ],
)
def test_colour_that_cannot_serve_stops_the_start(settings, colours, fault):
    settings.BRAND_COLOURS = colours

    assert check_brand_colours(None)[0].msg == f"BRAND_COLOURS: {fault}"


def test_colour_that_hides_words_is_told_once_per_ground(settings):
    settings.BRAND_COLOURS = {"ocean": "#9fc5cc"}

    assert len(check_brand_colours(None)) == 5


@pytest.mark.parametrize("token", NEIGHBOURS)
def test_start_checks_a_colour_on_every_ground_where_pages_put_it(token):
    pairs = {other for pair in (*TEXT_PAIRS, *GRAPHIC_PAIRS) if token in pair for other in pair}
    # The ink of words on ocean and nuit is checked as the white it is.
    grounds = {TOKENS[name].upper() for name in pairs - {token}}

    assert grounds == {colour.upper() for colour, _least in NEIGHBOURS[token]}


@pytest.mark.parametrize("token", NEIGHBOURS)
def test_own_colours_pass_the_checks_of_others(token):
    assert [
        ground for ground, least in NEIGHBOURS[token] if contrast(TOKENS[token], ground) < least
    ] == []


def a_mail() -> str:
    queue_mail(
        key="essai:1",
        to="ana@exemple.test",
        template="candidates/email/contact_request_thanks",
        context={"name": "Ana Exemple", "territory_name": "Ailleurs"},
        language="fr",
        now=timezone.now(),
    )
    return OutboxTask.objects.get(key="essai:1").payload["html"].lower()


@pytest.mark.django_db
def test_mail_bears_the_colours_of_the_project():
    assert a_mail().count("#0b5566") == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("green")
def test_mail_bears_the_colours_of_the_deployment():
    html = a_mail()

    assert (html.count("#14532d"), "#0b5566" in html) == (2, False)


@pytest.mark.usefixtures("green")
def test_map_file_bears_the_colours_of_the_deployment():
    drawn = standalone_svg(a_drawing())

    assert "#0b2e1a" in drawn
    assert "#0A3442" not in drawn


@pytest.mark.usefixtures("green")
def test_icon_bears_the_colours_of_the_deployment(db):
    icon = Client().get("/marque.svg")

    assert icon["Content-Type"] == "image/svg+xml"
    assert 'fill="#14532d"' in icon.content.decode()
    assert '<link rel="icon" type="image/svg+xml" href="/marque.svg">' in (
        Client().get("/composants/").content.decode()
    )


@pytest.mark.usefixtures("green")
def test_page_of_an_internal_error_bears_them_too(rf):
    page = server_error(rf.get("/")).content.decode()

    assert 'href="/marque.css"' in page
    assert 'href="/marque.svg"' in page

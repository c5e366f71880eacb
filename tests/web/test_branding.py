import pytest
from django.test import Client

from ancrage.web.branding import check_brand_colours


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

    assert [error.msg for error in check_brand_colours(None)] == [f"BRAND_COLOURS: {fault}"]


def test_colour_that_hides_words_is_told_once_per_ground(settings):
    settings.BRAND_COLOURS = {"ocean": "#9fc5cc"}

    assert len(check_brand_colours(None)) == 3

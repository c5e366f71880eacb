"""The two templates of maps: in a page, and as a file of its own."""

from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from ancrage.territory.reference import pays_de_retz
from ancrage.web.maps import Backdrop, Figure, Place, base_map, draw_map, standalone_svg


def pays_de_retz_places() -> tuple[Place, ...]:
    return tuple(
        Place(
            fact.insee,
            fact.name,
            fact.latitude,
            fact.longitude,
            hamlets=pays_de_retz.HAMLETS.get(fact.insee, ()),
        )
        for fact in pays_de_retz.COMMUNES
    )


def pays_de_retz_base():
    around = tuple((fact.latitude, fact.longitude) for fact in pays_de_retz.NEIGHBOURS)
    backdrop = Backdrop.from_geojson(pays_de_retz.backdrop(), credit="tracé illustratif")
    return base_map(pays_de_retz_places(), around=around, backdrop=backdrop)


def a_drawing(**changes):
    figures = [
        Figure("44131", 41, level=2, title="Pornic : 41 postes & plus", href="/besoins/?a=1&b=2"),
        Figure("44154", 3),
    ]
    options = {"key": "carte", "title": "Où recruter", "description": "Un rond par commune."}
    return draw_map(pays_de_retz_base(), figures, **{**options, **changes})


def parse(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{html}</div>")  # noqa: S314 - our own rendering


def test_map_template_names_and_describes_the_drawing():
    svg = parse(render_to_string("components/map.html", {"map": a_drawing()})).find("svg")

    assert svg.attrib["aria-labelledby"] == "carte-title"
    assert svg.attrib["aria-describedby"] == "carte-description"
    assert svg.find("title").text == "Où recruter"
    assert svg.find("desc").text == "Un rond par commune."
    assert len(svg.findall(".//path[@data-place]")) == 21


def test_map_template_with_links_is_a_group_and_its_links_are_for_the_mouse():
    svg = parse(render_to_string("components/map.html", {"map": a_drawing()})).find("svg")

    (link,) = svg.findall(".//a")
    assert svg.attrib["role"] == "group"
    assert link.attrib == {"href": "/besoins/?a=1&b=2", "tabindex": "-1"}
    assert link.find("path").attrib["class"] == "map__commune map__commune--tension-2"
    assert link.find("path/title").text == "Pornic : 41 postes & plus"


def test_map_template_without_links_is_an_image():
    drawing = draw_map(pays_de_retz_base(), [], key="k", title="t", description="d")

    svg = parse(render_to_string("components/map.html", {"map": drawing})).find("svg")

    assert svg.attrib["role"] == "img"


@pytest.mark.parametrize("template", ["components/map.html", "components/map_file.svg"])
def test_map_templates_write_numbers_for_machines(template, settings):
    settings.LANGUAGE_CODE = "fr"
    drawing = a_drawing()

    text = (
        standalone_svg(drawing)
        if template.endswith("svg")
        else render_to_string(template, {"map": drawing})
    )

    assert f'cx="{drawing.circles[1].x}"' in text
    assert " style=" not in text


def test_standalone_svg_is_a_whole_document_with_its_own_colours():
    text = standalone_svg(a_drawing(), source="Besoins au 21/11/2026.")

    root = ElementTree.fromstring(text)  # noqa: S314 - our own rendering
    svg = "{http://www.w3.org/2000/svg}"
    fills = [path.attrib["fill"] for path in root.findall(f".//{svg}path[{svg}title]")]
    assert sorted(fills) == ["#E7B492", *["#EBE1D0"] * 20]
    assert root.findall(f".//{svg}a") == root.findall(f".//{svg}style") == []
    assert [text.text for text in root.findall(f"{svg}text")][-2:] == [
        "Besoins au 21/11/2026. Limites approchées : faute de contours officiels, chaque commune "
        "est dessinée autour de son centre.",
        "Fond de carte : tracé illustratif.",
    ]

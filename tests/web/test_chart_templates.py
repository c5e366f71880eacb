"""The templates of charts print what the geometry says, for machines and for people."""

from xml.etree import ElementTree

from django.template.loader import render_to_string
from django.utils import translation

from ancrage.web.charts import Series, Tone, line_chart

WORDS = {"key": "essai", "title": "Le titre dit le résultat", "description": "Comment lire."}


def render(**context) -> ElementTree.Element:
    with translation.override("fr"):
        html = render_to_string("components/charts/lines.html", context)
    return ElementTree.fromstring(html)  # noqa: S314 - our own rendering


def lines():
    drawn = line_chart(
        [Series("Avec", ((0, 100), (6, 87.5))), Series("Sans", ((0, 100),), tone=Tone.CORAL)],
        **WORDS,
    )
    return render(chart=drawn, head="Mois")


def test_chart_is_an_image_with_a_name_and_a_description():
    drawn = lines()

    svg = drawn.find("svg")
    assert (svg.attrib["role"], svg.attrib["aria-labelledby"]) == ("img", "essai-title")
    assert svg.attrib["aria-describedby"] == "essai-description"
    assert drawn.find("figcaption").text == "Le titre dit le résultat"
    assert svg.find("desc").text == "Comment lire."


def test_chart_writes_its_coordinates_for_machines():
    for element in lines().find("svg").iter():
        for name in ("x", "x2", "y", "y1", "y2", "width", "height"):
            if name in element.attrib:
                assert float(element.attrib[name].removesuffix("%")) >= 0


def test_lines_stretch_and_words_do_not():
    svg = lines().find("svg")

    assert "viewBox" not in svg.attrib
    plot = svg.find("svg")
    assert (plot.attrib["viewBox"], plot.attrib["preserveAspectRatio"]) == (
        "44.0 0 486.0 260",
        "none",
    )
    assert plot.findall(".//text") == []
    months = [text for text in svg.findall("text") if text.attrib.get("text-anchor") == "middle"]
    assert [(text.text, text.attrib["x"]) for text in months] == [
        ("0", "0.0%"),
        ("1", "16.7%"),
        ("2", "33.3%"),
        ("3", "50.0%"),
        ("4", "66.7%"),
        ("5", "83.3%"),
        ("6", "100.0%"),
    ]
    names = [text for text in svg.findall("text") if "chart__name" in text.attrib.get("class", "")]
    assert [(text.text, text.attrib["x"]) for text in names] == [
        ("Avec", "100.0%"),
        ("Sans", "0.0%"),
    ]


def cells(figure) -> list[list[str]]:
    rows = figure.findall("details/table/tbody/tr")
    return [
        [cell.text.replace("\u202f", " ").replace("\xa0", " ") for cell in row] for row in rows
    ]


def test_lines_give_the_numbers_of_each_series():
    figure = lines()

    assert [table.find("caption").text for table in figure.findall("details/table")] == [
        "Avec",
        "Sans",
    ]
    assert cells(figure) == [["0", "100"], ["6", "87,5"], ["0", "100"]]


def test_lines_tell_series_apart_by_more_than_colour():
    strokes = [path.attrib["class"] for path in lines().findall("svg/svg/path[@class]")]

    assert [stroke for stroke in strokes if stroke.startswith("chart__line")] == [
        "chart__line",
        "chart__line chart__line--second",
    ]

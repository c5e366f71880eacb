"""The templates of charts print what the geometry says, for machines and for people."""

from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from ancrage.web.charts import Series, Tone, bar_chart, column_chart, line_chart, paired_bars

WORDS = {"key": "essai", "title": "Le titre dit le résultat", "description": "Comment lire."}


def render(template: str, **context) -> ElementTree.Element:
    with translation.override("fr"):
        html = render_to_string(f"components/charts/{template}.html", context)
    return ElementTree.fromstring(html)  # noqa: S314 - our own rendering


def columns():
    return render(
        "columns",
        chart=column_chart([("janv.", 7.5), ("févr.", 1200)], **WORDS),
        head="Mois",
        unit="Postes",
    )


def ranking():
    return render(
        "ranking", chart=bar_chart([("A", 2.5), ("B", 40)], **WORDS), head="Métier", unit="ETP"
    )


def lines():
    drawn = line_chart(
        [Series("Avec", ((0, 100), (6, 87.5))), Series("Sans", ((0, 100),), tone=Tone.CORAL)],
        **WORDS,
    )
    return render("lines", chart=drawn, head="Mois")


@pytest.mark.parametrize("figure", [columns, ranking, lines])
def test_chart_is_an_image_with_a_name_and_a_description(figure):
    drawn = figure()

    svg = drawn.find("svg")
    assert (svg.attrib["role"], svg.attrib["aria-labelledby"]) == ("img", "essai-title")
    assert svg.attrib["aria-describedby"] == "essai-description"
    assert drawn.find("figcaption").text == "Le titre dit le résultat"
    assert svg.find("desc").text == "Comment lire."


@pytest.mark.parametrize("figure", [columns, ranking, lines])
def test_chart_writes_its_coordinates_for_machines(figure):
    for element in figure().find("svg").iter():
        for name in ("x", "y", "width", "height"):
            if name in element.attrib:
                assert float(element.attrib[name]) >= 0


def cells(figure) -> list[list[str]]:
    rows = figure.findall("details/table/tbody/tr")
    return [
        [cell.text.replace("\u202f", " ").replace("\xa0", " ") for cell in row] for row in rows
    ]


def test_columns_give_their_numbers_in_a_table():
    assert cells(columns()) == [["janv.", "7,5"], ["févr.", "1200"]]


def test_ranking_gives_its_numbers_in_a_table_largest_first():
    assert cells(ranking()) == [["B", "40"], ["A", "2,5"]]


def test_lines_give_the_numbers_of_each_series():
    figure = lines()

    assert [table.find("caption").text for table in figure.findall("details/table")] == [
        "Avec",
        "Sans",
    ]
    assert cells(figure) == [["0", "100"], ["6", "87,5"], ["0", "100"]]


def test_lines_tell_series_apart_by_more_than_colour():
    strokes = [path.attrib["class"] for path in lines().findall("svg/path[@class]")]

    assert [stroke for stroke in strokes if stroke.startswith("chart__line")] == [
        "chart__line",
        "chart__line chart__line--second",
    ]


def test_paired_bars_are_decoration():
    (pair,) = paired_bars([(4, 1)], width=100)

    svg = render("paired_bars", bars=pair)

    assert svg.attrib["aria-hidden"] == "true"
    assert [rect.attrib["width"] for rect in svg.findall("rect")] == ["100.0", "25.0"]

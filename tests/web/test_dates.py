from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override


def written(value: object, form: str) -> str:
    return Template("{{ value|date:form }}").render(Context({"value": value, "form": form}))


@pytest.mark.parametrize(
    ("value", "form", "french"),
    [
        (date(2027, 11, 1), "DATE_FORMAT", "1er novembre 2027"),
        (date(2027, 8, 1), "j F", "1er août"),
        (date(2027, 11, 11), "j F Y", "11 novembre 2027"),
        (date(2027, 11, 21), "j F Y", "21 novembre 2027"),
        (datetime(2027, 6, 1, 1, 5), "j F Y, H:i", "1er juin 2027, 01:05"),  # noqa: DTZ001
        (date(2027, 6, 1), "l j F", "mardi 1er juin"),
        (date(2027, 6, 1), "Y-m-d", "2027-06-01"),
        (date(2027, 6, 1), "SHORT_DATE_FORMAT", "01/06/2027"),
        (date(2027, 1, 1), "F Y", "janvier 2027"),
        (datetime(2027, 6, 1, 8, 5, 9, 828009, tzinfo=UTC), "c", "2027-06-01T10:05:09+02:00"),
        (date(2027, 6, 1), "c", "2027-06-01"),
        (None, "j F Y", ""),
    ],
)
def test_date_of_a_template_writes_the_first_of_a_month(value, form, french):
    assert written(value, form) == french


def test_date_of_a_template_in_english():
    with override("en"):
        assert written(date(2027, 6, 1), "j F Y") == "1 June 2027"


@pytest.mark.parametrize(
    ("form", "english"),
    [
        ("DATE_FORMAT", "1 June 2027"),
        # Never 06/01 for what the French page writes 01/06.
        ("SHORT_DATE_FORMAT", "01/06/2027"),
        ("TIME_FORMAT", "18:05"),
    ],
)
def test_day_comes_before_the_month_in_english_too(form, english):
    with override("en"):
        assert written(datetime(2027, 6, 1, 18, 5), form) == english  # noqa: DTZ001

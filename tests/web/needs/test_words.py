from datetime import date

import pytest

from ancrage.web.needs.words import label_of, shown


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("positions", 3, "3"),
        ("unit", "", "(vide)"),
        ("facility", None, "(vide)"),
        ("works_nights", False, "non"),
        ("fte_hundredths", 80, "80 %"),
        ("pay_min_cents", 120000, "1 200 €"),
        ("contract", "cdi", "CDI"),
        ("urgency", 4, "Critique"),
        ("starts_on", date(2027, 1, 1), "1er janvier 2027"),
        ("starts_on", "2027-01-02", "2 janvier 2027"),
        ("unit", "2027-02-31", "2027-02-31"),
        ("contact_phone", "+33240821234", "02 40 82 12 34"),
        ("description", "x" * 200, "x" * 160 + "…"),
        ("publication.branch", "fpt", "Fonction publique territoriale"),
        ("practice_sheet.rent_cents", 40000, "400 €"),
    ],
)
def test_shown(name, value, expected):
    assert shown(name, value).replace("\u202f", " ").replace("\xa0", " ") == expected


def test_label_of_a_fact_and_of_a_sheet():
    assert label_of("positions") == "Nombre de postes"
    assert label_of("practice_sheet.patients") == "Patients suivis"

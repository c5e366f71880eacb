from datetime import date

import pytest
from django.core.exceptions import ValidationError

from ancrage.needs.enums import PayPeriod
from ancrage.needs.models import LegalPublication, Need, PracticeSheet
from ancrage.needs.services import facts_of
from ancrage.needs.validators import (
    LENGTHS,
    PRACTICE_LENGTHS,
    PUBLICATION_LENGTHS,
    asks_practice_sheet,
    is_placeholder,
    remarks_on,
    validate_end,
    validate_facts,
    validate_fte,
    validate_pay,
    validate_positions,
    validate_practice,
    validate_publication,
    validate_start,
)
from ancrage.professions.enums import ContractKind

TODAY = date(2026, 11, 16)


def code_of(rule, *args, **context):
    with pytest.raises(ValidationError) as raised:
        rule(*args, **context)
    return raised.value.code


def blank_facts(**facts):
    return {
        **facts_of(Need()),
        "contract": ContractKind.CDI,
        "starts_on": date(2027, 1, 4),
        **facts,
    }


def refused_fields(**facts):
    with pytest.raises(ValidationError) as raised:
        validate_facts(blank_facts(**facts), on=TODAY)
    return set(raised.value.message_dict)


@pytest.mark.parametrize("value", [1, 500])
def test_validate_positions(value):
    validate_positions(value)


@pytest.mark.parametrize("value", [0, -3, 501])
def test_validate_positions_out_of_range(value):
    assert code_of(validate_positions, value) == "positions"


@pytest.mark.parametrize("value", [1, 80, 100])
def test_validate_fte(value):
    validate_fte(value)


@pytest.mark.parametrize("value", [0, 101, 140])
def test_validate_fte_out_of_range(value):
    assert code_of(validate_fte, value) == "fte"


@pytest.mark.parametrize("value", [date(2024, 11, 16), date(2026, 11, 16), date(2032, 11, 16)])
def test_validate_start(value):
    validate_start(value, on=TODAY)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2024, 11, 15), "start_too_old"),
        (date(2032, 11, 17), "start_too_far"),
        (date(1904, 4, 4), "placeholder"),
        (date(1901, 1, 1), "placeholder"),
        (date(9999, 12, 31), "placeholder"),
    ],
)
def test_validate_start_out_of_reach(value, expected):
    assert code_of(validate_start, value, on=TODAY) == expected


def test_validate_start_on_the_last_day_of_february():
    validate_start(date(2026, 2, 28), on=date(2028, 2, 29))


def test_is_placeholder_knows_the_first_day_of_unix():
    assert is_placeholder(date(1970, 1, 1))
    assert not is_placeholder(date(1970, 1, 2))


@pytest.mark.parametrize("value", [None, date(2027, 1, 4), date(2038, 11, 16)])
def test_validate_end(value):
    validate_end(value, starts_on=date(2027, 1, 4), on=TODAY)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2027, 1, 3), "end"),
        (date(2038, 11, 17), "end_too_far"),
        (date(2099, 12, 31), "placeholder"),
    ],
)
def test_validate_end_out_of_reach(value, expected):
    assert code_of(validate_end, value, starts_on=date(2027, 1, 4), on=TODAY) == expected


@pytest.mark.parametrize(
    ("low", "high", "period"),
    [(None, None, ""), (200000, None, "month"), (None, 200000, "month"), (1500, 1500, "hour")],
)
def test_validate_pay(low, high, period):
    validate_pay(low, high, period)


@pytest.mark.parametrize(
    ("low", "high", "period", "expected"),
    [(200000, None, "", "pay_period"), (200001, 200000, "month", "pay_order")],
)
def test_validate_pay_that_cannot_stand(low, high, period, expected):
    assert code_of(validate_pay, low, high, period) == expected


def test_validate_facts_of_a_plain_need():
    validate_facts(blank_facts(), on=TODAY)


def test_validate_facts_names_every_field_at_fault_at_once():
    assert refused_fields(
        positions=0,
        fte_hundredths=140,
        starts_on=date(1904, 4, 4),
        ends_on=date(1904, 4, 3),
        pay_min_cents=100,
        contract="bénévolat",
        reason="caprice",
        unit="x" * 121,
        contact_email="recrutement",
        contact_phone="12",
    ) == {
        "positions",
        "fte_hundredths",
        "starts_on",
        "ends_on",
        "pay_min_cents",
        "contract",
        "reason",
        "unit",
        "contact_email",
        "contact_phone",
    }


def test_validate_facts_leaves_an_old_start_alone_when_it_is_not_new():
    validate_facts(blank_facts(starts_on=date(2020, 1, 1)), on=TODAY, start_is_new=False)


@pytest.mark.parametrize(
    ("model", "lengths"),
    [(Need, LENGTHS), (PracticeSheet, PRACTICE_LENGTHS), (LegalPublication, PUBLICATION_LENGTHS)],
)
def test_lengths_are_those_of_the_columns(model, lengths):
    columns = {
        field.name: field.max_length
        for field in model._meta.concrete_fields
        if field.name in lengths and field.max_length
    }

    assert {name: lengths[name] for name in columns} == columns


def test_validate_practice():
    validate_practice({"retrocession_percent": 80, "note": "Vue sur l’estuaire"})


def test_validate_practice_that_cannot_stand():
    with pytest.raises(ValidationError) as raised:
        validate_practice({"retrocession_percent": 120, "software": "x" * 81})

    assert set(raised.value.message_dict) == {"retrocession_percent", "software"}


def test_validate_publication():
    validate_publication({"published_on": TODAY, "apply_before": date(2026, 12, 17)})


def test_validate_publication_closed_before_it_opens():
    with pytest.raises(ValidationError) as raised:
        validate_publication({"published_on": TODAY, "apply_before": date(2026, 11, 15)})

    assert set(raised.value.message_dict) == {"apply_before"}


def test_validate_publication_with_placeholder_dates():
    with pytest.raises(ValidationError) as raised:
        validate_publication({"published_on": date(1901, 1, 1), "apply_before": date(1904, 4, 4)})

    assert set(raised.value.message_dict) == {"published_on", "apply_before"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"description": "Avoir résolu ses problèmes de garde"}, ["wording.childcare"]),
        ({"pay_note": "Joindre un RIB"}, ["wording.documents"]),
        ({"contact_email": "camille.exemple@hopital.test"}, ["contact.person"]),
        ({"contact_email": "recrutement@hopital.test"}, []),
        ({"pay_min_cents": 210000, "pay_period": "month"}, []),
        ({"pay_min_cents": 210000, "pay_period": "hour"}, ["pay.implausible"]),
        ({"pay_max_cents": 1450, "pay_period": "month"}, ["pay.implausible"]),
        ({"pay_min_cents": 10500, "pay_period": "month", "fte_hundredths": 10}, []),
        ({"pay_min_cents": 99999999, "pay_period": "year"}, ["pay.implausible"]),
    ],
)
def test_remarks_on(facts, expected):
    assert [remark.code for remark in remarks_on(facts)] == expected


@pytest.mark.parametrize(
    ("cents", "period", "suggestion"),
    [
        (210000, PayPeriod.HOUR, "Vouliez-vous dire « par mois » ?"),
        (1450, PayPeriod.MONTH, "Vouliez-vous dire « par heure » ?"),
        (3000000, PayPeriod.MONTH, "Vouliez-vous dire « par an » ?"),
        (9000000000, PayPeriod.MONTH, "Vérifiez le nombre de zéros."),
    ],
)
def test_remarks_on_pay_guess_the_period(cents, period, suggestion):
    (remark,) = remarks_on({"pay_min_cents": cents, "pay_period": period})

    assert remark.suggestion == suggestion


@pytest.mark.parametrize(
    ("has_practice_sheet", "contract", "expected"),
    [
        (True, ContractKind.LOCUM, True),
        (True, ContractKind.CDI, False),
        (False, ContractKind.LOCUM, False),
    ],
)
def test_asks_practice_sheet(has_practice_sheet, contract, expected):
    assert (
        asks_practice_sheet(has_practice_sheet=has_practice_sheet, contract=contract) is expected
    )

"""Identifiers: read, checked, never corrected."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from ancrage.partners.enums import CheckState
from ancrage.partners.validators import (
    Identifier,
    check_finess,
    check_rpps,
    check_siren,
    check_siret,
    is_destroyed,
    normalise,
    validate_finess,
    validate_own_rpps,
    validate_siren,
    validate_siret,
)

CHECKS = (check_finess, check_siren, check_siret, check_rpps)


def with_key(body: str) -> str:
    return body + luhn.calc_check_digit(body)


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("440 000 016", "440000016"),
        ("440\u00a0000\u202f016", "440000016"),
        ("44-00-00016", "440000016"),
        ("44.0000.016", "440000016"),
        ("４４００００016", "440000016"),
        (" 2a0000014 ", "2A0000014"),
        ("26440300000013.0", "26440300000013"),
        ("26440300000013,00", "26440300000013"),
        ("", ""),
        (" \u00a0 ", ""),
    ],
)
def test_normalise_keeps_the_bare_characters(written: str, read: str) -> None:
    assert normalise(written) == read


@pytest.mark.parametrize(
    ("check", "written", "value"),
    [
        (check_finess, "440000016", "440000016"),
        (check_finess, "850 009 010", "850009010"),
        (check_siren, "732 829 320", "732829320"),
        (check_siret, "732 829 320 00074", "73282932000074"),
        # A post office: the sum of its digits is a multiple of five, the Luhn key does not hold.
        (check_siret, "35600000049837", "35600000049837"),
        # The head office of La Poste follows the common rule.
        (check_siret, "35600000000048", "35600000000048"),
        (check_rpps, "10000000009", "10000000009"),
    ],
)
def test_right_identifier_is_valid(check, written: str, value: str) -> None:
    assert check(written) == Identifier(written, value, CheckState.VALID)


@pytest.mark.parametrize("check", CHECKS)
def test_empty_identifier_is_unverified_and_blocks_nobody(check) -> None:
    checked = check(" ")

    assert checked == Identifier(" ")
    assert checked.state == CheckState.UNVERIFIED
    assert not checked.is_blocking
    assert not checked.is_usable


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("written", ["2,64403E+13", "2.644e13", "2,644 E+13", "3E+8"])
def test_scientific_notation_is_a_destroyed_number_never_rebuilt(check, written: str) -> None:
    checked = check(written)

    assert (checked.raw, checked.value, checked.state) == (written, "", CheckState.WARN)
    assert checked.facts["raw"] == written
    assert written in checked.sentence
    assert checked.is_blocking


@pytest.mark.parametrize(
    ("check", "written"),
    [
        (check_finess, "44000001"),
        (check_finess, "4400000166"),
        (check_finess, "2C0000014"),
        (check_finess, "440000017"),
        (check_siren, "73282932"),
        (check_siren, "732829321"),
        (check_siren, "73282932A"),
        (check_siret, "7328293200007"),
        (check_siret, "73282932000075"),
        (check_siret, "35600000049838"),
        # The whole passes the key, its first nine digits do not make a SIREN.
        (check_siret, with_key("7328293210007")),
        (check_rpps, "1000000000"),
        (check_rpps, "ABC"),
    ],
)
def test_impossible_identifier_is_invalid_and_gives_no_value(check, written: str) -> None:
    checked = check(written)

    assert (checked.value, checked.state) == ("", CheckState.INVALID)
    assert checked.sentence
    assert checked.is_blocking


def test_corsican_finess_passes_with_a_and_b_read_as_1_and_2() -> None:
    assert check_finess("2A" + with_key("21000001")[2:]).state == CheckState.VALID
    assert check_finess("2b" + with_key("22000001")[2:]).state == CheckState.VALID


def test_corsican_finess_with_a_false_key_warns_and_never_blocks() -> None:
    right = with_key("21000001")
    wrong = "2A" + right[2:-1] + str((int(right[-1]) + 1) % 10)

    checked = check_finess(wrong)

    assert (checked.value, checked.state) == (wrong, CheckState.WARN)
    assert not checked.is_blocking
    validate_finess(wrong)


@pytest.mark.parametrize("body", ["97010002", "97020003", "97030004", "97040005", "98050006"])
def test_overseas_finess_in_figures_is_checked_as_any_other(body: str) -> None:
    right = with_key(body)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)

    assert check_finess(right) == Identifier(right, right, CheckState.VALID)
    assert check_finess(wrong).state == CheckState.INVALID


@pytest.mark.parametrize("department", ["9A", "9B", "9C", "9D", "9E", "9F", "9d"])
def test_overseas_finess_with_a_letter_is_kept_with_a_warning(department: str) -> None:
    written = f"{department} 000 001 2"

    checked = check_finess(written)

    assert (checked.value, checked.state) == (f"{department.upper()}0000012", CheckState.WARN)
    assert not checked.is_blocking
    validate_finess(written)


@pytest.mark.parametrize("written", ["9E+0000012", "9E-0000012", "9,6E+08", "9E+12"])
def test_scientific_notation_is_no_overseas_finess(written: str) -> None:
    checked = check_finess(written)

    assert (checked.value, checked.facts["raw"]) == ("", written)


@pytest.mark.parametrize("written", ["9G0000012", "9A000001", "9A00000123", "2C0000012"])
def test_finess_with_any_other_letter_or_length_is_invalid(written: str) -> None:
    assert check_finess(written).state == CheckState.INVALID


def test_finess_without_its_left_zero_is_suggested_not_stored() -> None:
    whole = with_key("01000002")

    checked = check_finess(whole[1:])

    assert (checked.value, checked.state, checked.suggestion) == ("", CheckState.INVALID, whole)


def test_fictive_rpps_of_the_official_guide_only_warns() -> None:
    checked = check_rpps("10102727017")

    assert (checked.value, checked.state) == ("10102727017", CheckState.WARN)
    assert not checked.is_blocking


@pytest.mark.parametrize("written", ["10102727017", "123", "1,0102E+10"])
def test_own_rpps_with_a_false_key_is_refused(written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_own_rpps(written)

    assert refused.value.messages == [check_rpps(written).sentence]


def test_own_rpps_that_is_right_or_absent_is_accepted() -> None:
    validate_own_rpps("10000000009")
    validate_own_rpps("")


@pytest.mark.parametrize(
    ("validate", "right", "wrong"),
    [
        (validate_finess, "440000016", "440000017"),
        (validate_siren, "732829320", "732829321"),
        (validate_siret, "73282932000074", "2,64403E+13"),
    ],
)
def test_form_refuses_what_cannot_be_and_accepts_the_rest(validate, right, wrong) -> None:
    validate(right)
    validate("")
    with pytest.raises(ValidationError):
        validate(wrong)


def test_form_offers_the_number_whose_left_zero_was_lost() -> None:
    whole = with_key("01000002")

    with pytest.raises(ValidationError) as refused:
        validate_finess(whole[1:])

    assert len(refused.value.messages) == 2
    assert whole in refused.value.messages[1]


@given(digits(8))
def test_any_finess_with_its_key_is_valid_and_any_single_error_is_seen(body: str) -> None:
    whole = with_key(body)

    assert check_finess(whole) == Identifier(whole, whole, CheckState.VALID)
    for position, digit in enumerate(whole):
        other = whole[:position] + str((int(digit) + 1) % 10) + whole[position + 1 :]
        assert check_finess(other).state == CheckState.INVALID


@given(digits(8), digits(4))
def test_any_siret_built_on_a_siren_is_valid(body: str, nic: str) -> None:
    siren = with_key(body)
    siret = with_key(siren + nic)

    assert check_siren(siren).value == siren
    if siren != "356000000":
        assert check_siret(siret) == Identifier(siret, siret, CheckState.VALID)


@given(st.text(max_size=40))
def test_no_text_breaks_a_check_and_raw_is_always_kept(text: str) -> None:
    for check in CHECKS:
        checked = check(text)

        assert checked.raw == text
        assert checked.is_usable is bool(checked.value)
        assert not (checked.is_usable and checked.is_blocking)


@given(st.floats(min_value=1e10, max_value=1e16))
def test_any_float_a_spreadsheet_shortens_is_destroyed(number: float) -> None:
    assert is_destroyed(f"{number:.4E}".replace(".", ","))

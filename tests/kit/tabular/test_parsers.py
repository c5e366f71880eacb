"""What is written in a cell becomes a value, a problem or a guess; the tables are the contract."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.kit.tabular import CellError, FormulaText, Guess, Level, Problem
from ancrage.kit.tabular.cells import as_text
from ancrage.kit.tabular.parsers import (
    ASAP,
    Choices,
    PayRange,
    choice_parser,
    choices_parser,
    date_parser,
    decimal_parser,
    fte_parser,
    identifier_parser,
    integer_parser,
    money_parser,
    parse_bool,
    parse_email,
    parse_phone,
    parse_text,
    text_parser,
)
from ancrage.kit.tabular.parsers.numbers import french, read_decimal

CONTRACTS = Choices.build(
    [
        ("permanent", "Titulaire", ["PH", "mutation"]),
        ("cdi", "CDI", ["contrat à durée indéterminée"]),
        ("cdd", "CDD", ["contractuel"]),
    ]
)
D = dt.date


def summary(parsed):
    """(value, code of the problem, level, suggestion) in short."""
    if isinstance(parsed, Problem):
        return ("problem", parsed.code, parsed.level, parsed.suggestion)
    if isinstance(parsed, Guess):
        return ("guess", parsed.value, parsed.problem.level)
    return parsed


def problem(code, suggestion="", level=Level.ERROR):
    return ("problem", code, level, suggestion)


def guess(value, level=Level.NOTE):
    return ("guess", value, level)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (1, 100), (0.5, 50), (0.8, 80), ("80 %", 80), ("80%", 80), ("80\u202f%", 80),
        ("0,6 ETP", 60), ("1 ETP", 100), ("mi-temps", 50), ("Mi temps", 50), ("100", 100),
        ("1.0", 100), ("temps plein", 100), ("Temps complet", 100), ("3/4 temps", 75), ("½", 50),
        (100, 100), ("50", 50), ("0,755", guess(76)), ("28h", guess(80)), ("17h30", guess(50)),
        ("35 heures par semaine", guess(100)),
        ("1,4", problem("too_large")), (1.4, problem("too_large")),
        ("150 %", problem("too_large")),
        ("48h", problem("too_large")), (0, problem("too_small")), ("-0,5", problem("too_small")),
        ("TP", problem("vague", level=Level.CHECK)),
        ("à définir", problem("vague", level=Level.CHECK)),
        ("x", problem("fte")), (True, problem("fte")), ("", None), (None, None),
    ],
)  # fmt: skip
def test_working_time_is_read_in_hundredths(written, expected):
    assert summary(fte_parser()(written)) == expected


@pytest.mark.parametrize(
    ("written", "expected"), [("2,5 ETP", 250), (12, 1200), ("1,4", 140), ("80 %", 80)]
)
def test_total_working_time_of_several_posts_is_read(written, expected):
    assert fte_parser(maximum=10_000)(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("01/12/2026", D(2026, 12, 1)), ("1/12/26", D(2026, 12, 1)),
        ("01.12.2026", D(2026, 12, 1)),
        ("01-12-2026", D(2026, 12, 1)), ("2026-12-01", D(2026, 12, 1)),
        ("2026-12-01T08:30:00", D(2026, 12, 1)), ("01/12/2026 08:30", D(2026, 12, 1)),
        ("20261201", D(2026, 12, 1)), (20261201, D(2026, 12, 1)), (46357, D(2026, 12, 1)),
        ("46357", D(2026, 12, 1)), (46357.5, D(2026, 12, 1)), (D(2026, 12, 1), D(2026, 12, 1)),
        ("lundi 4 janvier 2027", D(2027, 1, 4)), ("1er décembre 2026", D(2026, 12, 1)),
        ("le 15 févr. 2027", D(2027, 2, 15)), ("à partir du 15 janvier 2027", D(2027, 1, 15)),
        ("dès que possible", ASAP), ("DÈS QUE POSSIBLE !", ASAP), ("asap", ASAP),
        ("immédiat", ASAP), ("au plus tôt", ASAP),
        ("1er trimestre 2027", guess(D(2027, 1, 1))), ("T2 2027", guess(D(2027, 4, 1))),
        ("dernier trimestre 2026", guess(D(2026, 10, 1))),
        ("2e semestre 2027", guess(D(2027, 7, 1))),
        ("décembre 2026", guess(D(2026, 12, 1))), ("12/2026", guess(D(2026, 12, 1))),
        ("2026-12", guess(D(2026, 12, 1))), ("janv. 27", guess(D(2027, 1, 1))),
        ("été 2027", guess(D(2027, 7, 1))), ("rentrée 2027", guess(D(2027, 9, 1))),
        ("mi-mars 2027", guess(D(2027, 3, 15))), ("fin février 2027", guess(D(2027, 2, 28))),
        ("début 2027", guess(D(2027, 1, 1))), ("fin 2027", guess(D(2027, 10, 1))),
        ("2027", guess(D(2027, 1, 1))), (2027, guess(D(2027, 1, 1))),
        ("courant 2027", guess(D(2027, 1, 1))),
        ("31/02/2027", problem("no_such_day", "28/02/2027")),
        ("31/04/2027", problem("no_such_day", "30/04/2027")),
        ("12/31/2026", problem("no_such_day", "31/12/2026")),
        ("00/00/0000", problem("no_such_day")), ("45/45/2027", problem("no_such_day")),
        ("04/04/1904", problem("placeholder")), ("01/01/1901", problem("placeholder")),
        ("01/01/1900", problem("placeholder")), (D(1904, 4, 4), problem("placeholder")),
        ("31/12/9999", problem("placeholder")), ("01/01/1850", problem("out_of_range")),
        ("mars 3027", problem("not_a_date")), ("demain", problem("not_a_date")),
        ("13/2026", problem("not_a_date")), ("2 ou 3 mars 2027", problem("not_a_date")),
        ("mars", problem("not_a_date")), ("avant 2027 ou 2028", problem("not_a_date")),
        (3.14, problem("not_a_date")), (True, problem("not_a_date")),
        ("5e trimestre 2027", problem("not_a_date")), ("3e semestre 2027", problem("not_a_date")),
        ("décembre 1850", problem("not_a_date")), ("", None),
    ],
)  # fmt: skip
def test_date_is_read_as_people_write_it(written, expected):
    assert summary(date_parser(asap=True)(written)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("décembre 2026", guess(D(2026, 12, 31))),
        ("1er trimestre 2027", guess(D(2027, 3, 31))),
        ("2027", guess(D(2027, 12, 31))),
        ("31/08/2027", D(2027, 8, 31)),
        ("dès que possible", problem("asap_refused", level=Level.CHECK)),
    ],
)
def test_period_that_ends_is_read_at_its_end(written, expected):
    assert summary(date_parser(bound="end")(written)) == expected


def test_dates_stay_within_bounds():
    parse = date_parser(earliest=D(2026, 1, 1), latest=D(2030, 1, 1))

    assert summary(parse("01/01/2025")) == problem("out_of_range")
    assert summary(parse("mars 2031")) == problem("out_of_range")


@given(st.dates(D(1950, 1, 1), D(2099, 12, 31)).filter(lambda day: day != D(1970, 1, 1)))
def test_any_date_comes_back_from_its_text(day):
    assert date_parser()(as_text(day)) == day
    assert date_parser()(day.isoformat()) == day
    assert date_parser()(f"{day:%d/%m/%Y} 08:30") == day


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1950, 2099))
def test_suggested_date_is_accepted(day, month, year):
    parsed = date_parser()(f"{day:02}/{month:02}/{year}")

    if isinstance(parsed, Problem) and parsed.suggestion:
        assert isinstance(date_parser()(parsed.suggestion), D)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2 200 à 2 600 € brut par mois", PayRange(220_000, 260_000, "month", True)),
        ("12,50 €/h", PayRange(1_250, 1_250, "hour", None)),
        ("35 k€ annuel", PayRange(3_500_000, 3_500_000, "year", None)),
        ("entre 2.200 et 2.600 € net mensuel", PayRange(220_000, 260_000, "month", False)),
        ("300 € par jour", PayRange(30_000, 30_000, "day", None)),
        ("2 200 à 2 600 € brut", guess(PayRange(220_000, 260_000, "month", True))),
        ("salaire 2 200 à 2 600 € brut", guess(PayRange(220_000, 260_000, "month", True))),
        (2500, guess(PayRange(250_000, 250_000, "month", None))),
        ("2600 - 2200", guess(PayRange(220_000, 260_000, "month", None))),
        ("35 à 40 k€", guess(PayRange(3_500_000, 4_000_000, "year", None))),
        ("15", guess(PayRange(1_500, 1_500, "hour", None))),
        ("400", guess(PayRange(40_000, 40_000, "", None), Level.CHECK)),
        ("grille FPH", problem("no_amount", level=Level.CHECK)),
        ("1 à 2 à 3", problem("too_many_amounts", level=Level.CHECK)),
        ("0 €", problem("zero")),
        ("", None),
    ],
)
def test_pay_is_read_in_cents(written, expected):
    assert summary(money_parser()(written)) == expected


def test_pay_takes_the_period_of_its_column():
    assert money_parser(period="year")("28 000") == PayRange(2_800_000, 2_800_000, "year", None)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (2, 2), (2.0, 2), ("2", 2), ("1 200", 1200), ("2,0", 2),
        ("2 postes", guess(2)), ("deux", guess(2)), ("Trois postes", guess(3)),
        ("-3", problem("too_small", "3")), (-3, problem("too_small", "3")),
        (0, problem("too_small")), (1000, 1000), (5000, problem("too_large")),
        ("1,5", problem("not_whole", "2")), ("2 à 3", problem("not_a_number")),
        ("x", problem("not_a_number")), ("-2 postes", problem("not_a_number")),
        (True, problem("not_a_number")), ("9999 postes", problem("too_large")),
        (float("inf"), problem("not_a_number")), ("", None),
    ],
)  # fmt: skip
def test_whole_number_is_read(written, expected):
    assert summary(integer_parser(minimum=1, maximum=2000)(written)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1,4", Decimal("1.4")), ("1 234,56", Decimal("1234.56")), ("1.234,5", Decimal("1234.5")),
        ("1,234,567", Decimal(1234567)), ("1'234.5", Decimal("1234.5")), ("-0,5", Decimal("-0.5")),
        ("\u22122", Decimal(-2)), (",5", Decimal("0.5")), (47.15, Decimal("47.15")), ("", None),
        ("abc", problem("not_a_number")), ("1.2.3", problem("not_a_number")),
        ("-11", problem("too_small")), ("1e9", problem("not_a_number")),
        ("2000000", problem("too_large")),
    ],
)  # fmt: skip
def test_decimal_number_is_read(written, expected):
    assert summary(decimal_parser(minimum=-10, maximum=1_500_000)(written)) == expected


@given(st.decimals(-1_000_000, 1_000_000, places=3))
def test_any_decimal_comes_back_from_its_french_text(number):
    assert read_decimal(french(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("-1.3049357988759758", Decimal("-1.3049357988759758")),
        ("999999999999999999,5", Decimal("999999999999999999.5")),
        ("1000000000000000000", None),
        ("0." + "3" * 39, None),
    ],
)
def test_number_may_have_all_the_decimals_of_a_machine(text: str, number: Decimal | None):
    assert read_decimal(text) == number


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("264 403 123 45678", "26440312345678"), ("264.403.123-45678", "26440312345678"),
        (26440312345678, "26440312345678"), (5720784001061, guess("05720784001061")),
        ("2,64403E+13", problem("destroyed")), ("2.644E+13", problem("destroyed")),
        (26440300000000, problem("destroyed")), (26440300000000.5, problem("destroyed")),
        (131, problem("length")), ("440000016", problem("length")), ("", None),
    ],
)  # fmt: skip
def test_identifier_is_read_and_a_destroyed_one_never_rebuilt(written, expected):
    assert summary(identifier_parser(length=14)(written)) == expected


def test_identifier_follows_its_pattern():
    parse = identifier_parser(length=5, pattern=r"\d{5}|2[AB]\d{3}")

    assert summary(parse("2a004")) == "2A004"
    assert summary(parse(62053.0)) == "62053"
    assert summary(parse(1234)) == guess("01234")
    assert summary(parse("ABCDE")) == problem("pattern")
    assert summary(parse("1234")) == problem("length")


def test_reference_of_one_s_own_is_kept_as_written():
    parse = identifier_parser()

    assert [parse("BES-12 b"), parse(12), parse("1-11"), parse(" x ")] == [
        "BES-12 b",
        "12",
        "1-11",
        "x",
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("02 40 82 72 72", "+33240827272"), ("02.40.82.72.72", "+33240827272"),
        ("+33 6 12 34 56 78", "+33612345678"), ("0033240827272", "+33240827272"),
        ("+44 20 7946 0958", "+442079460958"),
        (240827272, guess("+33240827272")), ("240827272", guess("+33240827272")),
        ("02 40 82 72 72 / 06 12 34 56 78", problem("several", "02 40 82 72 72", Level.CHECK)),
        ("12", problem("phone")), ("standard", problem("phone")), ("", None),
    ],
)  # fmt: skip
def test_phone_is_read(written, expected):
    assert summary(parse_phone(written)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (" SSIAD@Exemple.fr ;", "ssiad@exemple.fr"), ("mailto:a@b.fr", "a@b.fr"),
        ("Service <a@b.fr>", "a@b.fr"), ("a(at)b.fr", problem("email", "a@b.fr")),
        ("a@b,fr", problem("email", "a@b.fr")), ("zz", problem("email")), ("", None),
    ],
)  # fmt: skip
def test_email_is_read(written, expected):
    assert summary(parse_email(written)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("cdi", "cdi"), ("C.D.I.", "cdi"), ("titulaire", "permanent"),
        ("Contrat à DUREE indéterminée", "cdi"), ("CDD 6 mois", guess("cdd")),
        ("titulaires", guess("permanent")), ("titulère", problem("unknown_choice", "Titulaire")),
        ("PH ou contractuel", problem("several", "Titulaire", Level.CHECK)),
        ("stage", problem("unknown_choice")), ("", None),
    ],
)  # fmt: skip
def test_choice_is_found_by_any_spelling(written, expected):
    assert summary(choice_parser(CONTRACTS)(written)) == expected


def test_choice_in_one_word_only():
    assert summary(choice_parser(CONTRACTS, words=False)("CDD 6 mois")) == problem(
        "unknown_choice"
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("CDI;CDD", ("cdi", "cdd")), ("cdi / CDI", ("cdi",)),
        ("CDI et CDD 3 mois", guess(("cdi", "cdd"))),
        ("CDI;stage", problem("unknown_choice")), ("", None),
    ],
)  # fmt: skip
def test_several_choices_are_read(written, expected):
    assert summary(choices_parser(CONTRACTS)(written)) == expected


def test_spelling_of_two_choices_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="'x' stands for 'a' and 'b'"):
        Choices.build([("a", "A", ["x"]), ("b", "B", ["x"])])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("oui", True), ("O", True), ("x", True), (1, True), ("✓", True), (True, True),
        ("VRAI", True),
        ("non", False), ("N", False), (0, False), (False, False), ("aucun", False),
        ("oui si besoin", guess(True)), ("non, jamais", guess(False)),
        ("peut-être", problem("not_a_boolean")), ("", None),
    ],
)  # fmt: skip
def test_yes_and_no_are_read(written, expected):
    assert summary(parse_bool(written)) == expected


def test_text_is_tidied_and_bounded():
    assert parse_text("  deux\u00a0mots \n\n  puis\u200b ") == "deux mots\n\npuis"
    assert parse_text(12.5) == "12,5"
    assert parse_text("  ") is None
    assert summary(text_parser(5)("trop long")) == problem("too_long", "trop…")


PARSERS = {
    "bool": parse_bool,
    "choice": choice_parser(CONTRACTS),
    "choices": choices_parser(CONTRACTS),
    "date": date_parser(),
    "decimal": decimal_parser(),
    "email": parse_email,
    "fte": fte_parser(),
    "identifier": identifier_parser(length=9),
    "integer": integer_parser(),
    "money": money_parser(),
    "phone": parse_phone,
}


@pytest.mark.parametrize("parse", PARSERS.values(), ids=PARSERS)
def test_formula_is_to_check_with_what_was_shown(parse):
    assert summary(parse(FormulaText("=A1*2", 12))) == problem("formula", "12", Level.CHECK)


@pytest.mark.parametrize("parse", [*PARSERS.values(), parse_text], ids=[*PARSERS, "text"])
def test_error_of_the_spreadsheet_is_refused(parse):
    assert summary(parse(CellError("#REF!"))) == problem("cell_error")


def test_formula_in_a_text_is_kept_as_written():
    assert parse_text(FormulaText("=A1*2", 12)) == "=A1*2"


@pytest.mark.parametrize("parse", [*PARSERS.values(), parse_text], ids=[*PARSERS, "text"])
@given(
    cell=st.one_of(
        st.text(max_size=30),
        st.integers(),
        st.floats(),
        st.booleans(),
        st.dates(),
        st.times(),
        st.from_regex(r"[0-9 .,/%€h-]{1,12}", fullmatch=True),
    )
)
def test_any_cell_is_read_or_explained(parse, cell):
    parsed = parse(cell)

    remark = parsed.problem if isinstance(parsed, Guess) else parsed
    if isinstance(remark, Problem):
        assert remark.sentence.endswith((".", "?"))
        # No placeholder is left; a cell may hold what looks like one.
        assert "%(" not in remark.sentence.replace(str(cell), "")


@given(st.text(max_size=30))
def test_suggestion_of_a_choice_is_accepted(text):
    parsed = choice_parser(CONTRACTS)(text)

    if isinstance(parsed, Problem) and parsed.suggestion:
        assert choice_parser(CONTRACTS)(parsed.suggestion) in {"permanent", "cdi", "cdd"}

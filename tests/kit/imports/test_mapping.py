"""Which column is which: known names, resemblance, content, position; and never twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.kit.imports.kinds import Column, ImportKind
from ancrage.kit.imports.mapping import (
    Vocabulary,
    by_position,
    guess_mapping,
    signature_of,
)
from ancrage.kit.imports.registry import UnknownKind, kind_called, register
from tests.kit.imports.toy import Orders

ORDERS = Orders()


class Sites(ImportKind):
    key = "toy-sites"
    label = "Sites"
    columns = (
        Column(
            "finess", "FINESS", hint=lambda cell: str(cell).isdecimal() and len(str(cell)) == 9
        ),
        Column("name", "Nom du site", required=True),
        Column("opened_on", "Ouverture", hint=lambda cell: "/" in str(cell)),
        Column("closed_on", "Fermeture", hint=lambda cell: "/" in str(cell)),
    )
    positional = ("", "finess", "name", "opened_on", "", "closed_on")


def mapped(labels, samples=(), kind=ORDERS, imposed=None):
    found = guess_mapping(kind, labels, samples, imposed or {})
    return [(one.code, one.how) for one in found]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Métier", ("profession", "label")), ("METIER *", ("profession", "label")),
        ("métier (obligatoire)", ("profession", "label")), ("profession", ("profession", "label")),
        ("Nb postes", ("posts", "label")), ("Date de prise de poste", ("starts_on", "label")),
        ("Date de prise de poste souhaitée", ("starts_on", "likeness")),
        ("Nombres de postes", ("posts", "likeness")), ("Quotitée", ("fte", "likeness")),
        ("Type du contrat", ("contract", "likeness")),
        ("Couleur", ("", "")), ("", ("", "")), ("X", ("", "")),
    ],
)  # fmt: skip
def test_column_is_recognised_by_its_name(label, expected):
    assert mapped([label]) == [expected]


def test_exact_name_wins_over_a_resembling_one():
    assert mapped(["Nombres de postes", "Nb postes"]) == [("", ""), ("posts", "label")]


def test_best_resemblance_wins():
    assert mapped(["Date de début du contrat", "Date de debut"]) == [
        ("", ""), ("starts_on", "label"),
    ]  # fmt: skip


def test_imposed_columns_come_first_and_may_be_none():
    imposed = {"Poste": "posts", "Métier": ""}

    assert mapped(["Poste", "Métier", "Emploi"], imposed=imposed) == [
        ("posts", "chosen"), ("", ""), ("profession", "label"),
    ]  # fmt: skip


def test_content_tells_a_column_that_its_name_does_not():
    samples = [("440000016", "x"), ("440000271", "y"), ("440000560", "z")]

    assert mapped(["Numéro", "Nom du site"], samples, Sites()) == [
        ("finess", "content"), ("name", "label"),
    ]  # fmt: skip


def test_content_does_not_choose_between_two_columns_alike():
    samples = [("01/01/2026", "01/01/2027")] * 3

    assert mapped(["a1", "b1"], samples, Sites()) == [("", ""), ("", "")]


def test_content_needs_several_values():
    assert mapped(["Numéro"], [("440000016",), (None,)], Sites()) == [("", "")]


@pytest.mark.parametrize(("width", "known"), [(6, True), (4, True), (7, False), (2, False)])
def test_known_file_without_header_is_mapped_by_position(width, known):
    found = by_position(Sites(), width)

    assert (found is not None) is known
    if found:
        assert [one.code for one in found] == list(Sites.positional)


def test_kind_without_positions_is_not_mapped_by_position():
    assert by_position(ORDERS, 0) is None


def test_signature_ignores_accents_and_capitals_only():
    first = signature_of(["Métier", "ETP"], headless=False)

    assert signature_of(["METIER ", "etp"], headless=False) == first
    assert signature_of(["ETP", "Métier"], headless=False) != first
    assert signature_of(["A", "B"], headless=True) == signature_of(["C", "D"], headless=True)


@given(st.lists(st.text(max_size=20), max_size=8))
def test_no_column_is_given_twice(labels):
    codes = [code for code, _how in mapped(labels) if code]

    assert len(codes) == len(set(codes))


@given(st.sampled_from(sorted(Vocabulary(ORDERS)._codes)))
def test_every_known_name_is_found_again(name):
    assert Vocabulary(ORDERS).knows(name.upper())


def test_unknown_kind_is_named():
    with pytest.raises(UnknownKind, match="nulle-part"):
        kind_called("nulle-part")


def test_two_kinds_of_the_same_key_are_refused():
    class Other(ImportKind):
        key = "toy-orders"

    with pytest.raises(ValueError, match="toy-orders"):
        register(Other)

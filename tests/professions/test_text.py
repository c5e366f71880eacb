import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.professions.spelling.text import as_written, stem, words_of


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (("infirmier", "infirmiere", "infirmiers", "infirmieres"), "infirmier"),
        (("educateur", "educatrice", "educatrices"), "educateur"),
        (("soignant", "soignante", "soignants"), "soignant"),
        (("masseur", "masseuse"), "masseur"),
        (("technicien", "technicienne"), "technicien"),
        (("social", "sociale", "sociaux"), "social"),
        (("specialise", "specialisee", "specialisees"), "specialise"),
        (("coordinateur", "coordinatrice", "coordonnateur", "coordonnatrice"), "coordinateur"),
        (("chef", "cheffe", "chefs"), "chef"),
        (("professeur", "professeure"), "professeur"),
        (("agent", "agente"), "agent"),
        (("conseiller", "conseillere"), "conseiller"),
        (("adjoint", "adjointe"), "adjoint"),
        (("educatif", "educative"), "educatif"),
    ],
)
def test_stem_is_one_for_all_forms_of_a_word(forms, expected):
    assert {stem(form) for form in forms} == {expected}


@pytest.mark.parametrize("word", ["as", "aes", "ide", "mas", "stress", "medecine", "interne"])
def test_stem_leaves_short_words_and_what_is_not_a_form(word):
    assert stem(word) == word


def test_stem_of_an_unaltered_word_is_itself():
    assert stem("deas") == "dea"
    assert stem("deas", frozenset({"deas"})) == "deas"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Infirmier(e)", ["infirmier"]),
        ("infirmier (ère)", ["infirmier"]),
        ("infirmier.e.s", ["infirmier"]),
        ("infirmier·ère·s", ["infirmier"]),
        ("Infirmier-ière", ["infirmier"]),
        ("éducateur/trice", ["educateur"]),
        ("aide-soignant-e", ["aide", "soignant"]),
        ("Technicien(ne)s", ["technicien"]),
        ("puéricultrice(teur)", ["puericultrice"]),
        ("I.D.E. de nuit", ["ide", "nuit"]),
        ("A S H", ["ash"]),
        ("Médecin G", ["medecin", "g"]),
        ("IDE H/F", ["ide"]),
        ("IDE (f/h/x)", ["ide"]),
        ("AS/ES", ["as", "es"]),
        ("kiné/ES", ["kine", "es"]),
        ("d’État", ["etat"]),
        ("80 % - 28h, 0.5 ETP", ["etp"]),
        ("Cœur", ["coeur"]),
        ("aux. de puériculture", ["auxiliaire", "puericulture"]),
        ("assistante aux familles", ["assistante", "familles"]),
        ("  ", []),
        ("(e)", []),
    ],
)
def test_words_of_a_cell(text, expected):
    assert words_of(text) == expected


@given(st.text(max_size=60))
def test_words_of_any_text_are_plain_words(text):
    assert all(
        word.isascii() and word.isalnum() and word == word.lower() for word in words_of(text)
    )


def test_as_written_gives_back_the_accents():
    assert as_written("Élève (aide-soignant)", "eleve") == "Élève"


def test_as_written_gives_the_folded_word_when_it_is_nowhere():
    assert as_written("autre chose", "eleve") == "eleve"

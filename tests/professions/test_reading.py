"""Each way out of the reader, on a vocabulary of a few words."""

import pytest

from ancrage.professions.spelling import (
    Cause,
    Index,
    Kind,
    Lexicon,
    Outcome,
    Reading,
    Suggestion,
    Wording,
)

LEXICON = Lexicon(
    noise=("nuit", "cdi"),
    context=("chirurgie",),
    facilities=("ehpad",),
    qualifiers=("aide", "formateur", "responsable"),
    outside=("cuisinier", "infirmier vétérinaire"),
    decoys=("infirmerie",),
    expansions=(("ide", "infirmier"), ("as", "aide soignant"), ("ph", "médecin")),
    unaltered=("as",),
)
WORDINGS = (
    Wording("Infirmier", "nurse", Kind.LABEL),
    Wording("IDE", "nurse", Kind.ABBREVIATION),
    Wording("J1506", "nurse", Kind.CODE),
    Wording("IDE bloc", "nurse", Kind.WORDING, certain=False),
    Wording("infirmier de bloc", "theatre_nurse", Kind.WORDING),
    Wording("IDE bloc", "theatre_nurse", Kind.WORDING, certain=False),
    Wording("infirmier coordinateur", "coordinating_nurse", Kind.WORDING),
    Wording("Aide-soignant", "care_assistant", Kind.LABEL),
    Wording("AS", "care_assistant", Kind.ABBREVIATION),
    Wording("aide", "care_assistant", Kind.WORDING, certain=False),
    Wording("assistant social", "social_worker", Kind.WORDING),
    Wording("psychomotricien", "psychomotor_therapist", Kind.WORDING),
    Wording("médecin", "doctor", Kind.WORDING, certain=False),
    Wording("gériatre", "geriatrician", Kind.PRACTITIONER, "SM18"),
    Wording("gériatrie", "geriatrician", Kind.DISCIPLINE, "SM18"),
    Wording("psychiatre", "psychiatrist", Kind.PRACTITIONER, "SM42"),
    Wording("pédopsychiatre", "psychiatrist", Kind.PRACTITIONER, "SM92"),
    Wording("gynécologue", "specialist", Kind.PRACTITIONER, "SM19", certain=False),
    Wording("gynécologue", "specialist", Kind.PRACTITIONER, "SM20", certain=False),
)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(
        WORDINGS,
        LEXICON,
        parents=[("SM92", "SM42")],
        own_specialties=[("geriatrician", "SM18"), ("nurse", "")],
    )


def certain(profession: str, cause: Cause, evidence: str, specialty: str = "") -> Reading:
    return Reading(Outcome.CERTAIN, cause, evidence, profession, specialty)


def to_check(cause: Cause, evidence: str, *suggestions: tuple[str, str]) -> Reading:
    return Reading(
        Outcome.TO_CHECK,
        cause,
        evidence,
        suggestions=tuple(Suggestion(*suggestion) for suggestion in suggestions),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Infirmières", certain("nurse", Cause.LABEL, "Infirmier")),
        ("IDE de nuit", certain("nurse", Cause.ABBREVIATION, "IDE")),
        ("j1506", certain("nurse", Cause.CODE, "J1506")),
        ("IDE EHPAD Les Flots", certain("nurse", Cause.ABBREVIATION, "IDE")),
        ("IDE gériatrie", certain("nurse", Cause.ABBREVIATION, "IDE")),
        (
            "IDE coordinatrice",
            certain("coordinating_nurse", Cause.WORDING, "infirmier coordinateur"),
        ),
        ("Assistante sociale (AS)", certain("social_worker", Cause.WORDING, "assistant social")),
        ("aidesoignante", certain("care_assistant", Cause.LABEL, "Aide-soignant")),
        (
            "psycho motricienne",
            certain("psychomotor_therapist", Cause.WORDING, "psychomotricien"),
        ),
        ("PH gériatrie", certain("geriatrician", Cause.DISCIPLINE, "gériatrie", "SM18")),
        ("Gériatre", certain("geriatrician", Cause.PRACTITIONER, "gériatre", "SM18")),
        (
            "psychiatre, pédopsychiatre",
            certain("psychiatrist", Cause.PRACTITIONER, "pédopsychiatre", "SM92"),
        ),
        ("infirimier", certain("nurse", Cause.TYPO, "infirimier")),
    ],
)
def test_read_is_certain_when_one_profession_is_meant(index, text, expected):
    assert index.read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aide", to_check(Cause.AMBIGUOUS, "aide", ("care_assistant", ""))),
        (
            "IDE bloc",
            to_check(Cause.AMBIGUOUS, "IDE bloc", ("nurse", ""), ("theatre_nurse", "")),
        ),
        (
            "gynécologue",
            to_check(
                Cause.AMBIGUOUS, "gynécologue", ("specialist", "SM19"), ("specialist", "SM20")
            ),
        ),
        (
            "IDE / AS",
            to_check(Cause.SEVERAL, "IDE / AS", ("care_assistant", ""), ("nurse", "")),
        ),
        ("IDE formatrice", to_check(Cause.LEFTOVER, "formatrice", ("nurse", ""))),
        ("IDE cuisinière", to_check(Cause.LEFTOVER, "cuisinière", ("nurse", ""))),
        (
            "psychomoticein",
            to_check(Cause.FAR_TYPO, "psychomoticein", ("psychomotor_therapist", "")),
        ),
        ("gériatrie", to_check(Cause.SERVICE, "gériatrie", ("geriatrician", "SM18"))),
        ("soignant", to_check(Cause.CLOSE, "soignant", ("care_assistant", ""))),
        (
            "coordinat.",
            to_check(Cause.CLOSE, "coordinat.", ("coordinating_nurse", "")),
        ),
    ],
)
def test_read_asks_when_in_doubt(index, text, expected):
    assert index.read(text) == expected


@pytest.mark.parametrize(
    ("text", "cause", "evidence"),
    [
        ("", Cause.EMPTY, ""),
        ("12 %", Cause.EMPTY, ""),
        ("Cuisinière", Cause.OUTSIDE, "Cuisinière"),
        ("infirmière vétérinaire", Cause.OUTSIDE, "infirmière vétérinaire"),
        ("Dompteur", Cause.NOTHING, "Dompteur"),
        ("responsable logistique", Cause.NOTHING, "responsable logistique"),
        ("infirmerie", Cause.NOTHING, "infirmerie"),
        ("nuit", Cause.NOTHING, "nuit"),
        ("z" * 300, Cause.NOTHING, "z" * 300),
        ("IDE " * 76, Cause.TOO_LONG, ("IDE " * 15).strip() + "…"),
    ],
)
def test_read_knows_nothing_rather_than_guess(index, text, cause, evidence):
    assert index.read(text) == Reading(Outcome.UNKNOWN, cause, evidence)


def test_read_forgets_when_it_remembers_too_much(monkeypatch):
    monkeypatch.setattr("ancrage.professions.spelling.index.REMEMBERED", 2)
    index = Index(WORDINGS, LEXICON)

    for text in ("IDE", "AS", "Gériatre", "IDE"):
        index.read(text)

    assert list(index._remembered) == ["Gériatre", "IDE"]
    assert index.read("IDE").profession == "nurse"


def test_read_is_the_same_whatever_the_order_of_the_words(index):
    assert index.read("de nuit, soignante (aide)") == index.read("Aide soignante de nuit")

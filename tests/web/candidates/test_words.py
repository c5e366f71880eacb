from datetime import date

import pytest

from ancrage.candidates.enums import ProofKind, ProofState
from ancrage.candidates.models import Candidate, Proof
from ancrage.territory.models import Department
from ancrage.web.candidates.words import (
    contracts_text,
    fte_text,
    hours_text,
    month_text,
    reach_text,
    shown_proof,
)
from tests.factories.moments import TODAY


def plain(text):
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (50, 80, "de 50 % à 80 %"),
        (50, None, "au moins 50 %"),
        (None, 80, "au plus 80 %"),
        (None, None, ""),
    ],
)
def test_working_time_in_words(low, high, words):
    candidate = Candidate(fte_min_hundredths=low, fte_max_hundredths=high)

    assert plain(fte_text(candidate)) == words


def test_wishes_in_words():
    candidate = Candidate(reach_km=20, reach_minutes=30, works_12h=True, works_weekends=True)

    assert plain(reach_text(candidate)) == "jusqu’à 20 km, 30 minutes au plus"
    assert plain(hours_text(candidate)) == "postes de 12 h, week-ends"
    assert (reach_text(Candidate(reach_km=0)), reach_text(Candidate())) == ("dans sa commune", "")
    assert (contracts_text(["cdi"]), contracts_text([])) == ("CDI", "Tous les contrats")
    assert (month_text(date(2027, 1, 4)), month_text(None)) == ("janvier 2027", "à convenir")


@pytest.mark.parametrize(
    ("facts", "state", "tone", "detail"),
    [
        ({"kind": ProofKind.DIPLOMA, "state": ProofState.SEEN}, "Original vu", "success", ""),
        ({"state": ProofState.REFUSED}, "Ne convient pas", "error", ""),
        ({"expires_on": date(2026, 11, 15)}, "Terminé", "error", ""),
        ({"expires_on": date(2027, 1, 15)}, "Se termine bientôt", "warning", ""),
        (
            {"kind": ProofKind.STUDENT_AS_AIDE, "amount": 40, "note": "à revoir"},
            "Déclarée par la personne",
            "",
            "40 crédits ECTS · il manque 8 crédits ECTS · à revoir",
        ),
        (
            {
                "kind": ProofKind.LOCUM_LICENCE,
                "department": Department(code="44", name="Loire-Atlantique"),
            },
            "Déclarée par la personne",
            "",
            "Loire-Atlantique (44)",
        ),
    ],
)
def test_proof_in_words(facts, state, tone, detail):
    proof = Proof(**{"kind": ProofKind.AFGSU_2, "issued_on": TODAY, **facts})

    shown = shown_proof(proof, on=TODAY)

    assert (shown.state, shown.tone, plain(shown.detail)) == (state, tone, detail)

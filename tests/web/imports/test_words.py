"""What an import did, in one sentence: only what it did, its noun said once."""

import pytest

from ancrage.kit.models import StagedImport
from ancrage.web.imports.words import applied_sentence


@pytest.mark.parametrize(
    ("kind", "counts", "expected"),
    [
        ("needs", (8, 1, 2), "8 besoins créés, 1 modifié, 2 retirés"),
        ("needs", (0, 3, 0), "3 besoins modifiés"),
        ("needs", (0, 0, 1), "1 besoin retiré"),
        ("resources", (2, 0, 6), "2 ressources créées, 6 retirées"),
        ("resources", (0, 1, 1), "1 ressource modifiée, 1 retirée"),
        ("resources", (0, 0, 2), "2 ressources retirées"),
        ("candidates", (2, 1, 0), "2 personnes saisies, 1 profil complété"),
        ("contours", (0, 43, 0), "43 lignes modifiées"),
        ("communes", (1, 2, 1), "1 ligne ajoutée, 2 modifiées, 1 close"),
        ("communes", (0, 0, 2), "2 éléments clos"),
    ],
)  # fmt: skip
def test_sentence_counts_what_was_done_and_nothing_else(kind, counts, expected):
    told = dict(zip(("created", "changed", "closed"), counts, strict=True))

    assert applied_sentence(StagedImport(kind=kind, counts=told)) == expected

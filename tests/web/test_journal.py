"""The lines of the journal in words."""

import pytest

from ancrage.kit.models import AuditLine
from ancrage.web.journal import changes_in_words, words_of


@pytest.mark.parametrize(
    ("target", "changes", "expected"),
    [
        ("needs.need", {"status": ["published", "expired"]}, [("État", "Publié", "Expiré")]),
        ("needs.need", {"source": ["", "automatic"]}, [("Origine", "—", "Automatique")]),
        (
            "territory.territory",
            {"office": ["", "coordinator"]},
            [("Mission", "—", "Coordination du territoire")],
        ),
        ("partners.partner", {"is_manager": [False, True]}, [("Gère la structure", "non", "oui")]),
        ("partners.partner", {"name": [None, "A"]}, [("Nom", "—", "A")]),
        ("chose.inconnue", {"chose": [1, 2]}, [("chose", "1", "2")]),
        ("x", {}, []),
    ],
)
def test_changes_are_told_in_the_words_of_the_pages(target, changes, expected):
    assert changes_in_words(AuditLine(target_type=target, changes=changes)) == expected


def test_acts_are_told_in_words_and_unknown_ones_by_their_code():
    assert words_of("territory.communes_set") == "Communes du territoire changées"
    assert words_of("professions.add_alias") == "Écriture d’un métier apprise"
    assert words_of("chose.inconnue") == "chose.inconnue"

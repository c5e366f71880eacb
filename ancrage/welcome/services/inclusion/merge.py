"""What a directory may change here: three versions are compared, as other imports do.

What the file says now, what it said last time (`Origin.facts`), what is held. A value that
differs from what the file last said was edited here: the file never takes its place without
somebody's word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports import ImportRow

# Fact → the column that says it, for remarks.
COLUMN_OF: Mapping[str, str] = {
    "title": "nom",
    "name": "nom",
    "description": "description",
    "presentation": "description",
    "commune": "code_insee",
    "contact_email": "courriel",
    "contact_phone": "telephone",
    "days": "horaires_accueil",
    "opening_hours": "horaires_accueil",
    "themes": "thematiques",
    "address": "adresse",
    "comes_to_you": "modes_accueil",
    "area": "zone_eligibilite",
    "price_cents": "frais",
    "price_note": "frais_precisions",
    "website": "site_web",
}
_EMPTY: tuple[Any, ...] = ("", None, [])


@dataclass
class Merge:
    """What the file would change: `changes` freely, `disputed` with somebody's word only.

    Both map a fact to (held, proposed). `kept` are the facts edited here about which the file
    says nothing new.
    """

    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    disputed: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    @property
    def pairs(self) -> dict[str, tuple[Any, Any]]:
        """Everything that would change."""
        return {**self.changes, **self.disputed}


def merge(
    *, held: Mapping[str, Any], last: Mapping[str, Any] | None, proposed: Mapping[str, Any]
) -> Merge:
    """Compare the three versions of each fact.

    `last` is None for what the file has never told of something that we hold: it only fills in
    what is empty.
    """
    found = Merge()
    for name, value in proposed.items():
        before = held[name]
        if value == before:
            continue
        if last is None:
            if before in _EMPTY:
                found.changes[name] = (before, value)
            elif value not in _EMPTY:
                found.kept.append(name)
        elif last.get(name, before) == before:
            found.changes[name] = (before, value)
        elif last.get(name) == value:
            found.kept.append(name)
        else:
            found.disputed[name] = (before, value)
    return found


def say_edited(row: ImportRow, found: Merge, labels: Mapping[str, Any]) -> None:
    """Say what was edited here: kept where the file has nothing new, asked about where it has."""
    for name in found.kept:
        row.note(
            COLUMN_OF[name],
            _("%(field)s : la valeur saisie ici est gardée, le fichier n’a rien de neuf."),
            code="kept",
            field=labels[name],
        )
    for name, (held, proposed) in found.disputed.items():
        row.check(
            COLUMN_OF[name],
            _(
                "%(field)s modifié ici (« %(held)s ») et différent dans le fichier "
                "(« %(proposed)s ») : acceptez la ligne pour suivre le fichier ; sinon, la "
                "valeur d’ici reste."
            ),
            code="disputed",
            field=labels[name],
            held=_short(held),
            proposed=_short(proposed),
        )


def _short(value: Any) -> str:
    text = ", ".join(value) if isinstance(value, list) else str(value if value is not None else "")
    return text if len(text) <= 120 else text[:119] + "…"

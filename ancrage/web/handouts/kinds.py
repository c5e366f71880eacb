"""What can be printed: for each kind, its words, its papers, and what it needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A kind of paper. `slug` is the end of its address and the start of its file's name."""

    slug: str
    title: str | Promise
    text: str | Promise
    icon: str
    # Of papers: several let one choose; none for a workbook.
    papers: tuple[str, ...] = ("a4",)
    # For everybody, for one side or for one person; otherwise always for everybody.
    is_personal: bool = False
    needs_timetable: bool = False

    @property
    def is_marked(self) -> bool:
        """Say whether the file ends with who took it and why: lists the organisers keep do."""
        return self.slug in {"emargement", "grille", "classeur"}


KINDS: Mapping[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind(
            "personnes",
            _("Fiches des participants"),
            _("Une par personne : où aller, à quelle heure, à quelle table, pour voir qui."),
            "file-user",
            papers=("a4", "a5"),
            is_personal=True,
            needs_timetable=True,
        ),
        Kind(
            "tables",
            _("Fiches de table"),
            _("Une par table, à poser dessus : qui s’y assied, tour par tour."),
            "armchair",
            papers=("a4", "a5"),
            needs_timetable=True,
        ),
        Kind(
            "badges",
            _("Badges"),
            _("Dix par page A4, à découper : le nom, le côté, le code à scanner à l’accueil."),
            "id-card",
            is_personal=True,
        ),
        Kind(
            "emargement",
            _("Liste d’émargement"),
            _("Un côté après l’autre, par ordre alphabétique, avec la place de signer."),
            "signature",
        ),
        Kind(
            "grille",
            _("Grande grille"),
            _("Toutes les tables et tous les tours, pour l’organisation."),
            "grid-3x3",
            needs_timetable=True,
        ),
        Kind(
            "classeur",
            _("Classeur"),
            _("L’émargement, la grille et toutes les rencontres, dans un fichier XLSX."),
            "file-spreadsheet",
            papers=(),
        ),
    )
}

"""The columns of FINESS extracts: names of the official layouts, with and without header.

The historical file (etalab_cs1100502) has no header and 32 columns; an older one has a header.
Every cell is read as text: what is doubtful is said by `record`, which keeps the line.
"""

from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports import Column
from ancrage.kit.tabular.parsers import text_parser

_MOST = 400


def _column(code: str, label: object, *synonyms: str, identifier: bool = False) -> Column:
    return Column(
        code,
        label,  # type: ignore[arg-type]
        text_parser(_MOST),
        synonyms=synonyms,
        identifier=identifier,
        # A town may be called « Sans » or a place « Néant »: no word means « nothing » here.
        free_text=True,
    )


# No column is called by a word that stands in the cells (« structureet », « finess »): a line of
# data would pass for a header.
COLUMNS = (
    _column("line_type", _("Type de ligne"), "typeet"),
    _column("nofinesset", _("FINESS géographique"), "finess et", identifier=True),
    _column("nofinessej", _("FINESS juridique"), "finess ej", identifier=True),
    _column("rs", _("Raison sociale"), "nom", "libelle"),
    _column("rslongue", _("Raison sociale longue")),
    _column("compldistrib", _("Complément de distribution")),
    _column("numvoie", _("Numéro de voie")),
    _column("typvoie", _("Type de voie")),
    _column("voie", _("Voie")),
    _column("compvoie", _("Complément de voie")),
    _column("lieuditbp", _("Lieu-dit ou boîte postale")),
    _column("commune", _("Code commune")),
    _column("departement", _("Département")),
    _column("ligneacheminement", _("Ligne d’acheminement"), "libelle_routage"),
    _column("telephone", _("Téléphone")),
    _column("categetab", _("Catégorie")),
    _column("siret", _("SIRET"), identifier=True),
    _column("libsph", _("Statut")),
    _column("dateouv", _("Date d’ouverture")),
    _column("datemaj", _("Date de mise à jour")),
    _column("cog", _("Code INSEE"), "code insee", "insee"),
    _column("codepostal", _("Code postal")),
    _column("coordx", _("Coordonnée X"), "coordxet"),
    _column("coordy", _("Coordonnée Y"), "coordyet"),
    _column("sourcecoordet", _("Source des coordonnées")),
)

# etalab_cs1100502, field by field; "" for those that are not read.
POSITIONAL = (
    "line_type", "nofinesset", "nofinessej", "rs", "rslongue", "", "compldistrib", "numvoie",
    "typvoie", "voie", "compvoie", "lieuditbp", "commune", "departement", "", "ligneacheminement",
    "telephone", "", "categetab", "", "", "", "siret", "", "", "", "", "libsph", "dateouv", "",
    "datemaj", "",
)  # fmt: skip

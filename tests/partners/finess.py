"""A line of the historical FINESS file, of an invented site."""

PLAIN = {
    "type": "structureet", "et": "440001287", "ej": "440041531", "rs": "SITE DU PORT",
    "long": "SITE FICTIF DU PORT", "num": "12", "typ": "R", "voie": "DES QUAIS",
    "commune": "131", "dept": "44", "town": "44210 PORNIC", "phone": "0240821234", "cat": "500",
    "siret": "73282932000074", "sph": "Etablissement public de santé", "opened": "03/04/2005",
    "updated": "02/06/2021",
}  # fmt: skip
ORDER = (
    "type", "et", "ej", "rs", "long", "", "compl", "num", "typ", "voie", "", "place", "commune",
    "dept", "", "town", "phone", "", "cat", "", "", "", "siret", "", "", "", "", "sph", "opened",
    "", "updated", "",
)  # fmt: skip


def line(**cells: str) -> str:
    """Return the line, with these cells in place of the usual ones."""
    values = {**PLAIN, **cells}
    return ";".join(values.get(name, "") if name else "" for name in ORDER)

"""Which profession a label speaks of, however it is written."""

from collections.abc import Mapping

from ancrage.demography.enums import Care

# Pieces of words: of a column, of a profession, of a speciality.
_PIECES: Mapping[Care, tuple[str, ...]] = {
    Care.GP: ("generaliste", "medecine generale", " mg "),
    Care.NURSE: ("infirmi",),
    Care.PHYSIO: ("kine", "masseur"),
    Care.MIDWIFE: ("sage femme", "sages femmes", "maieuti"),
    Care.DENTIST: ("dentiste", "dentaire"),
}


def care_named(key: str) -> Care | None:
    """Return the profession that a label names, as `key_of` writes it; None: it names none."""
    whole = f" {key} "
    for care, pieces in _PIECES.items():
        if any(piece in whole for piece in pieces):
            return care
    return None


def is_of(care: Care, key: str) -> bool:
    """Tell whether a label may be that of a profession: it names it, or names none."""
    return care_named(key) in (care, None)

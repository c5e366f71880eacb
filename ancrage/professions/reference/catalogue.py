"""The writings that the reference knows, each with what it means and how sure it is."""

from collections.abc import Iterator

from ancrage.professions.reference import PROFESSIONS, SPECIALTIES
from ancrage.professions.spelling import Kind, Wording


def writings() -> Iterator[Wording]:
    """Return the writings of the tables, beyond the labels and codes of the rows themselves."""
    for row in PROFESSIONS:
        for _code, label in row.rome:
            if label:
                yield Wording(label, row.code, Kind.LABEL)
        for text in row.abbreviations:
            yield Wording(text, row.code, Kind.ABBREVIATION)
        for text in row.wordings:
            yield Wording(text, row.code, Kind.WORDING)
        for text in row.doubtful:
            yield Wording(text, row.code, Kind.WORDING, certain=False)
    for specialty in SPECIALTIES:
        for code, label in specialty.rome:
            yield Wording(code, specialty.profession, Kind.CODE, specialty.code)
            yield Wording(label, specialty.profession, Kind.PRACTITIONER, specialty.code)
        for text in specialty.practitioners:
            yield Wording(text, specialty.profession, Kind.PRACTITIONER, specialty.code)
        for text in specialty.disciplines:
            yield Wording(text, specialty.profession, Kind.DISCIPLINE, specialty.code)
        for text in specialty.doubtful:
            yield Wording(
                text, specialty.profession, Kind.PRACTITIONER, specialty.code, certain=False
            )


def rome_codes(profession: str) -> list[str]:
    """Return the ROME codes of a profession, main one first, its specialties' codes after."""
    own = [code for row in PROFESSIONS if row.code == profession for code, _label in row.rome]
    of_specialties = [
        code
        for specialty in SPECIALTIES
        if specialty.profession == profession
        for code, _label in specialty.rome
    ]
    return list(dict.fromkeys((*own, *of_specialties)))

"""What a commune code, a postcode, a point, a contour and a backdrop must look like."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_INSEE = re.compile(r"(?:0[1-9]|[1-8][0-9]|9[0-5]|2[AB])[0-9]{3}|9[78][0-9]{3}")
_POSTCODE = re.compile(r"(?:0[1-9]|[1-8][0-9]|9[0-8])[0-9]{3}")
# The FINESS files write overseas departments with a letter: 9A is 971 (Guadeloupe).
_LETTERED = {
    "9A": "971", "9B": "972", "9C": "973", "9D": "974", "9E": "975", "9F": "976",
}  # fmt: skip
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


class NotACommuneCode(ValidationError):
    """The text is not an INSEE commune code, whatever was tried to mend it."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _(
                "« %(text)s » n’est pas un code commune INSEE : cinq caractères, comme 44131, "
                "01001 ou 2A004."
            ),
            code="insee",
            params={"text": text},
        )


def normal_insee(value: Any, *, department: str = "") -> str:
    """Return an INSEE commune code of five characters from what a file holds.

    Restores what a spreadsheet destroys: `62053.0` and `62053` (a number), `1001` (its leading
    zero lost), `131` with its department `44` (only the commune part kept, as in old FINESS
    files). Corsican codes are read in either case. Overseas departments are written 974 or, in
    FINESS files, 9D; their communes have two figures of their own (`11`), or three when the last
    figure of the department is said again (`411`).

    Raises:
        NotACommuneCode: nothing sure can be made of the value.
    """
    text = _SPACES.sub("", str(value)).upper()
    text = re.sub(r"\.0+$", "", text)
    department = normal_department(department)
    if text.isdecimal() and len(text) <= 3 and department:
        if len(department) == 3 and len(text) == 3 and text[0] == department[2]:
            text = text[1:]
        text = department + text.zfill(5 - len(department))
    elif text.isdecimal() and len(text) == 4:
        text = text.zfill(5)
    if not _INSEE.fullmatch(text):
        raise NotACommuneCode(str(value).strip())
    return text


def normal_department(code: str) -> str:
    """Return a department code as INSEE writes it: 44, 2A, 974; `9d` of FINESS files is 974."""
    bare = code.strip().upper()
    return _LETTERED.get(bare, bare)


def department_of(insee: str) -> str:
    """Return the department code that a valid INSEE commune code starts with (44, 2A, 974)."""
    return insee[:3] if insee.startswith(("97", "98")) else insee[:2]


def normal_postcode(value: Any) -> str:
    """Return a postcode of five digits; restores a lost leading zero and a number's `.0`.

    Raises:
        ValidationError: this is no postcode.
    """
    text = re.sub(r"\.0+$", "", _SPACES.sub("", str(value)))
    if text.isdecimal() and len(text) == 4:
        text = text.zfill(5)
    if not _POSTCODE.fullmatch(text):
        raise ValidationError(
            _("« %(text)s » n’est pas un code postal : cinq chiffres, comme 44210."),
            code="postcode",
            params={"text": str(value).strip()},
        )
    return text


def validate_point(latitude: float | None, longitude: float | None) -> None:
    """Check that coordinates come together and lie on Earth, in degrees.

    Raises:
        ValidationError: one lacks, or they are out of range (often swapped).
    """
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        raise ValidationError(
            _("La latitude et la longitude vont ensemble : il en manque une."), code="half_point"
        )
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValidationError(
            _(
                "Coordonnées hors du globe : attendu des degrés, par exemple 47,1224 et "
                "−2,0518. La latitude vient d’abord."
            ),
            code="point",
        )


def validate_backdrop(collection: Any) -> None:
    """Check that a backdrop is a GeoJSON FeatureCollection of known kinds.

    Raises:
        ValidationError: the structure is not what the map can read.
    """
    features = collection.get("features") if isinstance(collection, Mapping) else None
    if not isinstance(features, list):
        raise ValidationError(
            _("Un fond de carte est un fichier GeoJSON de type FeatureCollection."),
            code="backdrop",
        )
    shapes = {"water": ("Polygon", "MultiPolygon"), "name": ("Point",), "hamlets": ("MultiPoint",)}
    needed = {"name": "name", "hamlets": "insee"}
    for number, feature in enumerate(features, start=1):
        properties = (feature.get("properties") if isinstance(feature, Mapping) else None) or {}
        kind = properties.get("kind")
        if kind not in shapes:
            raise ValidationError(
                _(
                    "Élément %(number)s du fond de carte : la propriété « kind » vaut « water », "
                    "« name » ou « hamlets »."
                ),
                code="backdrop_kind",
                params={"number": number},
            )
        geometry = feature.get("geometry") or {}
        if geometry.get("type") not in shapes[kind] or (
            kind in needed and not properties.get(needed[kind])
        ):
            raise ValidationError(
                _(
                    "Élément %(number)s du fond de carte (%(kind)s) : géométrie attendue "
                    "%(shapes)s, avec la propriété « %(property)s »."
                ),
                code="backdrop_shape",
                params={
                    "number": number,
                    "kind": kind,
                    "shapes": ", ".join(shapes[kind]),
                    "property": needed.get(kind, "kind"),
                },
            )

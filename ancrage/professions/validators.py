"""What the rules of a bridge may say: conditions, kept as small typed lists."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ancrage.professions.enums import (
    BridgeCertificate,
    BridgeFact,
    ConditionKind,
    EmployerSector,
)

# The fields of each kind of condition; those that may be left out are None.
SHAPES: Mapping[str, Mapping[str, Any]] = {
    ConditionKind.SENIORITY: {"months": ..., "professions": None, "window": None},
    ConditionKind.TITLE: {"any_of": ...},
    ConditionKind.CERTIFICATE: {"certificate": BridgeCertificate},
    ConditionKind.FACT: {"fact": BridgeFact},
}


def validate_conditions(value: object) -> None:
    """Refuse what is not a list of conditions.

    Each is a mapping with its `kind` and the fields of that kind: « seniority » asks for
    `months` (in `professions`, any work without them; within `window` months), « title » for one
    of `any_of`, « certificate » and « fact » name it.

    Raises:
        ValidationError: a condition of no known kind, or with other fields.
    """
    if not isinstance(value, list):
        raise ValidationError(_("Les conditions forment une liste."))
    for rank, one in enumerate(value, 1):
        if not isinstance(one, dict) or not _is_condition(one):
            raise ValidationError(
                _("La condition n° %(rank)s n’est pas comprise : %(condition)s."),
                params={"rank": rank, "condition": one},
            )


def _is_condition(one: dict[str, Any]) -> bool:
    shape = SHAPES.get(one.get("kind", ""))
    fields = one.keys() - {"kind"}
    if shape is None or not fields <= shape.keys():
        return False
    if {name for name, needed in shape.items() if needed is not None} - fields:
        return False
    match one["kind"]:
        case ConditionKind.SENIORITY:
            window = one.get("window")
            return (
                _is_amount(one["months"])
                and _are_codes(one.get("professions", ["any"]))
                and (window is None or (_is_amount(window) and window >= one["months"]))
            )
        case ConditionKind.TITLE:
            return _are_codes(one["any_of"])
        case ConditionKind.CERTIFICATE:
            return one["certificate"] in BridgeCertificate
        case _:
            return one["fact"] in BridgeFact


def _is_amount(value: object) -> bool:
    return isinstance(value, int) and value > 0


def _are_codes(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def validate_sectors(value: object) -> None:
    """Refuse what is not a list of sectors.

    Raises:
        ValidationError: a sector that is none.
    """
    if not isinstance(value, list) or any(one not in EmployerSector for one in value):
        raise ValidationError(_("Un secteur d’employeur n’est pas connu."))


def validate_intakes(value: object) -> None:
    """Refuse what is not a list of months of the year.

    Raises:
        ValidationError: a number that is no month.
    """
    if not isinstance(value, list) or any(one not in range(1, 13) for one in value):
        raise ValidationError(_("Un mois de rentrée est un nombre de 1 à 12."))

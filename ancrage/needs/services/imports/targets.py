"""Which need a line is about: its reference, the name of one without, else what the line says."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from ancrage.kit.imports import ImportRow
from ancrage.kit.tabular.wording import key_of, tidied
from ancrage.needs.enums import NeedStatus, StartPrecision
from ancrage.needs.models import Need
from ancrage.needs.services.life import LIFE
from ancrage.partners.models import Partner

_GIVEN = "import-"
_IDENTITY = (
    "profession", "specialty", "unit", "specialty_or_unit", "facility", "finess_et", "commune",
    "posts", "fte", "contract", "reason", "starts_on", "ends_on", "hours", "description",
)  # fmt: skip
_UNREFERENCED = "besoin-"
# More digits than a key has.
_LONGEST_KEY = 18
_TEXTS = ("description", "unit", "pay_note")


def name_of(need: Need) -> str:
    """Return what files call a need: its reference, or « besoin-12 » when it has none."""
    return need.reference or f"{_UNREFERENCED}{need.pk}"


def reference_of(row: ImportRow) -> str:
    """Return what names the need of a line: its reference, else a digest of what it says.

    Two identical lines of one file have two: the second is shown as a duplicate, and accepted
    only by a person.
    """
    if row.values["reference"]:
        return str(row.values["reference"])
    said = "|".join(key_of(row.raw[code]) for code in _IDENTITY)
    digest = hashlib.blake2b(said.encode(), digest_size=5).hexdigest()
    return f"{_GIVEN}{digest}" + (f"-{row.occurrence}" if row.occurrence > 1 else "")


def needs_called(names: Iterable[str], needs: QuerySet[Need]) -> dict[str, Need]:
    """Return those of `needs` that files call by these names, whole. A reference comes first."""
    names = list(names)
    given = [
        int(digits)
        for name in names
        if name.startswith(_UNREFERENCED)
        and (digits := name.removeprefix(_UNREFERENCED)).isdecimal()
        and len(digits) <= _LONGEST_KEY
    ]
    named = Q(reference__in=[name for name in names if name]) | Q(pk__in=given, reference="")
    rows = LIFE.with_all(needs.filter(named)).order_by("-reference", "pk")
    found: dict[str, Need] = {}
    for need in rows:
        found.setdefault(name_of(need), need)
    return found


def open_needs(partner: Partner) -> QuerySet[Need]:
    """Return the needs of a structure that are still looked for."""
    return Need.objects.filter(
        partner=partner, status__in=[NeedStatus.PUBLISHED, NeedStatus.PAUSED]
    )


def open_needs_called(names: Sequence[str], partner: Partner) -> list[Need]:
    """Return those of a structure that are still looked for, by key."""
    return sorted(needs_called(names, open_needs(partner)).values(), key=lambda need: need.pk)


def keep_what_is_known(need: Need | None, facts: dict[str, Any]) -> None:
    """Leave as they are the facts that a line says again in other words.

    « As soon as possible » does not move the day it was first said; blanks that a spreadsheet
    takes away are not a change; a profession with one specialty does not give it to a need.
    """
    if need is None:
        return
    asap = StartPrecision.ASAP
    if facts.get("start_precision") == asap and need.start_precision == asap:
        facts["starts_on"] = need.starts_on
    for name in _TEXTS:
        if name in facts and facts[name] == tidied(getattr(need, name)):
            facts[name] = getattr(need, name)

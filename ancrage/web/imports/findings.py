"""What the dry run of an official list says of it as a whole: to be read before applying."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.kit.models import StagedImport
from ancrage.partners.services import structures_to_make
from ancrage.territory.services.contours import remarked, without_contour
from ancrage.territory.services.imports import absent_from, without_point
from ancrage.web.imports.kinds import COMMUNE_LIST, CONTOUR_FILE, SITES

_NAMED = 20


@dataclass(frozen=True)
class Finding:
    """One thing to know, and what it is about (the first names)."""

    sentence: str
    names: str = ""


def findings_of(staged: StagedImport) -> list[Finding]:
    """Return what is to be known of a list that was tried; most files have nothing of it."""
    readers: dict[str, Callable[[StagedImport], list[Finding]]] = {
        SITES.key: _of_sites,
        COMMUNE_LIST.key: _of_communes,
        CONTOUR_FILE.key: _of_contours,
    }
    reader = readers.get(staged.kind)
    return reader(staged) if reader else []


def _of_sites(staged: StagedImport) -> list[Finding]:
    made = structures_to_make(staged)
    text = ngettext(
        "%(n)d structure « à compléter » est créée, avec ses sites.",
        "%(n)d structures « à compléter » sont créées, avec leurs sites.",
        len(made),
    )
    return _found(text, made)


def _of_communes(staged: StagedImport) -> list[Finding]:
    absent = (
        []
        if staged.complete_list
        else [f"{one.name} ({one.insee})" for one in absent_from(staged)]
    )
    text = ngettext(
        "%(n)d commune connue n’est pas dans cette liste : elle reste telle quelle.",
        "%(n)d communes connues ne sont pas dans cette liste : elles restent telles quelles.",
        len(absent),
    )
    placeless = without_point(staged)
    without = ngettext(
        "%(n)d commune est sans coordonnées : elle ne sera pas placée sur la carte.",
        "%(n)d communes sont sans coordonnées : elles ne seront pas placées sur la carte.",
        placeless,
    ) % {"n": placeless}
    return [*_found(text, absent), *([Finding(without)] if placeless else [])]


def _of_contours(staged: StagedImport) -> list[Finding]:
    orphans = remarked(staged, "no_commune")
    renamed = remarked(staged, "renamed")
    missing = [f"{one.name} ({one.insee})" for one in without_contour(staged)]
    return [
        *_found(
            ngettext(
                "%(n)d contour n’est celui d’aucune commune connue : elle a pu fusionner depuis.",
                "%(n)d contours ne sont ceux d’aucune commune connue : elles ont pu fusionner.",
                len(orphans),
            ),
            orphans,
        ),
        *_found(
            ngettext(
                "%(n)d commune porte un autre nom dans ce fichier : vérifiez son périmètre.",
                "%(n)d communes portent un autre nom dans ce fichier : vérifiez leur périmètre.",
                len(renamed),
            ),
            renamed,
        ),
        *_found(
            ngettext(
                "%(n)d commune d’aujourd’hui n’a pas de contour dans ce fichier.",
                "%(n)d communes d’aujourd’hui n’ont pas de contour dans ce fichier.",
                len(missing),
            ),
            missing,
        ),
    ]


def _found(text: str, names: Sequence[str]) -> list[Finding]:
    if not names:
        return []
    more = _(" et %(n)d autres") % {"n": len(names) - _NAMED} if len(names) > _NAMED else ""
    return [Finding(text % {"n": len(names)}, f"{', '.join(names[:_NAMED])}{more}")]

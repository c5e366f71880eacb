"""The columns and the first lines of a file, in the words of those who bring it."""

from collections.abc import Mapping, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.demography.enums import Dataset
from ancrage.demography.models import VintageFile
from ancrage.demography.services import UNKNOWN_AGE
from ancrage.demography.services.covering import Covered
from ancrage.territory.models import Commune

_DECIMALS = 4
_CODES = frozenset({"code", "origin", "destination"})


def heads_of(file: VintageFile) -> list[str]:
    """Return what the columns of the sample are called."""
    return [_head(name) for name in _names(file)]


def lines_of(file: VintageFile) -> list[list[str]]:
    """Return the first lines as they are read, communes with their names where we know them; what
    is not told is a dash."""
    names, lines = _names(file), file.sample[1:]
    told = [
        (name, value)
        for line in lines
        for name, value in zip(names, line, strict=True)
        if name in _CODES and "name" not in names
    ]
    codes = {str(value) for _name, value in told}
    known = dict(Commune.objects.filter(insee__in=codes).values_list("insee", "name"))
    return [
        [_cell(name, value, known) for name, value in zip(names, line, strict=True)]
        for line in lines
    ]


def covered_words(file: VintageFile, covered: Sequence[Covered]) -> list[str]:
    """Return what a file tells of each territory, and what keeping it would do where that is
    little."""
    return [_covered(Dataset(file.dataset), one) for one in covered]


def _covered(dataset: Dataset, one: Covered) -> str:
    words = {"name": one.name, "told": one.told, "total": one.communes}
    if not one.told:
        text = ngettext(
            "%(name)s : sa seule commune n’y est pas.",
            "%(name)s : aucune de ses %(total)d communes n’y est.",
            one.communes,
        )
        return f"{text % words} {_nothing_left(dataset)}"
    text = ngettext(
        "%(name)s : %(told)d de ses %(total)d communes y est.",
        "%(name)s : %(told)d de ses %(total)d communes y sont.",
        one.told,
    )
    if not one.is_poor:
        return text % words
    return f"{text % words} {_('S’il est gardé, rien ne sera plus connu des autres.')}"


def _nothing_left(dataset: Dataset) -> str:
    if dataset is Dataset.ACCESS:
        return _(
            "S’il est gardé, la carte n’y gagne rien : elle garde le fichier d’une autre année "
            "s’il y en a un, sinon elle n’aura pas de valeur publiée pour ce territoire."
        )
    return _(
        "S’il est gardé, ce territoire garde le fichier d’une autre année s’il y en a un, sinon "
        "rien n’en sera connu."
    )


def _names(file: VintageFile) -> list[str]:
    return [str(name) for name in file.sample[0]] if file.sample else []


def _head(name: str) -> str:
    known = {
        "code": _("Code"),
        "name": _("Commune"),
        "access": _("APL, tous âges"),
        "standardised": _("Habitants standardisés"),
        "people": _("Habitants"),
        "merged": _("Née d’une fusion"),
        "count": _("Effectif"),
        "age": _("Âge"),
        "origin": _("De"),
        "destination": _("Vers"),
        "minutes": _("Minutes"),
        "latitude": _("Latitude"),
        "longitude": _("Longitude"),
    }
    if name in known:
        return known[name]
    kind, _bar, age = name.partition("_")
    if kind == "access":
        return _("APL, %(age)s ans et moins") % {"age": age}
    return _("À partir de %(age)s ans") % {"age": age}


def _cell(name: str, value: object, known: Mapping[str, str]) -> str:
    if value is None or (name == "age" and value == UNKNOWN_AGE):
        return "—"
    if name == "merged":
        return _("oui") if value else _("non")
    if name in _CODES and value in known:
        return f"{value} ({known[str(value)]})"
    if not isinstance(value, int | float):
        return str(value)
    rounded = round(value, _DECIMALS)
    return str(number_format(int(rounded) if rounded == int(rounded) else rounded))

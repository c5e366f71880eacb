"""How close we come, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ancrage.demography.enums import Care, Dataset
from ancrage.demography.services.model import NoteKind, TerritoryModel
from ancrage.demography.services.quality import Agreement, Quality
from ancrage.web.demography.words import number

CLOSE, FAIR = 0.6, 0.4


@dataclass(frozen=True)
class Mark:
    """One line of the table: what was compared, and how close."""

    name: str
    places: str
    rank: str
    side: str
    error: str


def marks_of(found: Quality, care: Care) -> list[Mark]:
    """Return the marks of the territory, of what surrounds it, and of the country for doctors."""
    marks = [
        mark_of(_("Vos communes"), found.communes),
        mark_of(_("Avec celles à portée de vos habitants"), found.around),
        mark_of(_("Les mêmes, par intercommunalité"), found.groupings),
    ]
    if care is Care.GP:
        # Measured on the 33,396 communes of 2015 that can be compared, by `./run bench`.
        marks += [
            Mark(
                _("La France, par commune (2015)"),
                _grouped(33_396),
                number(0.63, 2),
                "90 %",
                number(0.7, 2),
            ),
            Mark(
                _("La France, par intercommunalité (2015)"),
                _grouped(1_180),
                number(0.8, 2),
                "95 %",
                "—",
            ),
        ]
    return marks


def verdict_on(found: Quality) -> str:
    """Return what the marks say, in a sentence."""
    best = found.around or found.communes
    if best is None:
        return _("Rien à comparer : l’accessibilité publiée, ou les professionnels, manquent.")
    if best.rank is None:
        return _("Trop peu de communes pour comparer un classement.")
    if best.rank >= CLOSE:
        return _(
            "Notre calcul range vos communes à peu près comme les chiffres publiés : on peut se "
            "fier au sens d’un changement."
        )
    if best.rank >= FAIR:
        return _(
            "Notre calcul range vos communes dans un ordre voisin des chiffres publiés, avec des "
            "écarts : regardez les communes citées plus bas."
        )
    return _(
        "Notre calcul s’écarte beaucoup des chiffres publiés ici : ne décidez rien sur lui avant "
        "d’avoir complété les données."
    )


def missing_in(model: TerritoryModel) -> list[str]:
    """Return what would bring us closer, most useful first."""
    return list(_missing(model))


def _missing(model: TerritoryModel) -> Iterator[str]:
    kinds = {note.kind for note in model.notes}
    if not model.has_published:
        yield _("L’accessibilité publiée (classeur APL de la DREES), pour comparer.")
    if not model.has_supply:
        yield _("Un fichier de professionnels par commune, pour calculer.")
    if model.crow_fly:
        yield _(
            "De vraies minutes de route : elles sont estimées à vol d’oiseau, et un estuaire ou "
            "un marais n’y comptent pas. C’est ce qui rapprocherait le plus."
        )
    if model.has_supply:
        yield _(
            "L’activité de chaque cabinet : le fichier compte des personnes, et chacune compte "
            "autant, à temps plein ou non."
        )
    if model.vintage(Dataset.PEOPLE) is None:
        yield _(
            "La population par âge : un habitant de 80 ans consulte deux fois plus qu’un autre."
        )
    if NoteKind.APPROXIMATE in kinds:
        yield _(
            "Les paramètres officiels de l’année : ceux d’aujourd’hui en sont une approximation, "
            "toutes leurs valeurs n’étant pas publiées."
        )
    if NoteKind.OTHER_YEARS in kinds:
        yield _("Des fichiers de la même année : ceux que l’on compare n’en ont pas la même.")


def mark_of(name: str, found: Agreement | None) -> Mark:
    """Return one line of the table."""
    if found is None:
        return Mark(name, "0", "—", "—", "—")
    return Mark(
        name,
        str(found.places),
        "—" if found.rank is None else number(found.rank, 2),
        "—" if found.side is None else f"{number(100 * found.side, 0)} %",
        number(found.error, 2),
    )


def _grouped(count: int) -> str:
    return number_format(count, 0, use_l10n=True, force_grouping=True)

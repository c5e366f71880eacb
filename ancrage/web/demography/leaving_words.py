"""Departures in curves, tables and files."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from ancrage.demography.services.leaving import Assumptions, Outlook
from ancrage.demography.services.model import Band, TerritoryModel, facts_of
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.web.charts import LineChart, Series, Tone, line_chart
from ancrage.web.demography.set_words import set_line
from ancrage.web.demography.words import NOT_OPPOSABLE, number, sector_text, set_source

_TONES = {"nobody-comes": Tone.CORAL, "as-before": Tone.OCEAN, "known": Tone.INK}


def hypothesis_label(value: str) -> str:
    """Return the name of a hypothesis, short enough for the end of a line."""
    return {
        "nobody-comes": _("Personne ne vient"),
        "as-before": _("Comme avant"),
        "known": _("Ce qu’on sait"),
    }[value]


def curves_chart(found: Outlook) -> LineChart:
    """Return the three curves; the first with what chance may change."""
    last = [curve.counts[-1] for curve in found.curves]
    return line_chart(
        [
            Series(
                hypothesis_label(curve.hypothesis.value),
                tuple((float(year), round(count, 1)) for year, count in enumerate(curve.counts)),
                tone=_TONES[curve.hypothesis.value],
                band=curve.band,
            )
            for curve in found.curves
        ],
        key="leaving",
        title=_("De %(today)s aujourd’hui à %(least)s ou %(most)s dans cinq ans")
        % {
            "today": number(found.today, 0),
            "least": number(min(last), 0),
            "most": number(max(last), 0),
        },
        description=_(
            "Combien de professionnels resteraient, année après année : si personne ne vient "
            "(avec ce que le hasard peut changer), si une part des départs est remplacée comme "
            "avant, et selon les seuls départs et arrivées connus."
        ),
    )


def years(found: Outlook) -> list[tuple[int, list[float]]]:
    """Return the same by year: how many, hypothesis by hypothesis."""
    table = zip(*(curve.counts for curve in found.curves), strict=True)
    return [(year, list(row)) for year, row in enumerate(table)]


def band_label(band: Band) -> str:
    """« Moins de 55 ans », « De 55 à 59 ans », « 65 ans et plus »."""
    if not band.first:
        return _("Moins de %(age)d ans") % {"age": band.end}
    if band.end is None:
        return _("%(age)d ans et plus") % {"age": band.first}
    return _("De %(first)d à %(last)d ans") % {"first": band.first, "last": band.end - 1}


def leaving_columns() -> list[ColumnToWrite]:
    """The columns of the file."""
    return [
        ColumnToWrite(_("Rubrique"), 24),
        ColumnToWrite(_("Secteur, ou intitulé"), 40),
        ColumnToWrite(_("Aujourd’hui"), 12),
        ColumnToWrite(_("Dans cinq ans"), 12),
        ColumnToWrite(_("60 ans et plus"), 12),
        ColumnToWrite(_("Patients à placer"), 12),
        ColumnToWrite(_("Précision"), 50),
    ]


def leaving_lines(
    model: TerritoryModel, assumed: Assumptions, found: Outlook
) -> Iterator[Sequence[CellValue]]:
    """What is supposed, from which files, then the figures."""
    for label, value in _inputs(assumed):
        yield (_("Hypothèse"), label, None, None, None, None, value)
    for move in assumed.known:
        name = model.places[model.ranks[move.code]].name
        yield (
            _("Mouvement connu"),
            name,
            None,
            None,
            None,
            None,
            f"{move.posts:+g} ({move.year})",
        )
    facts = facts_of(model.parameters)
    yield (_("Paramètres"), set_line(facts), None, None, None, None, set_source(facts.source))
    for used in model.used:
        text = f"{used.dataset.label}, {used.year} : {used.source} ({used.licence})"
        yield (_("Fichier"), text, None, None, None, None, used.url)
    for curve in found.curves:
        label = hypothesis_label(curve.hypothesis.value)
        for year, count in enumerate(curve.counts):
            yield (_("Courbe"), label, None, round(count, 2), None, None, str(year))
    for band in found.bands:
        yield (_("Âge"), band_label(band), round(band.count, 2), None, None, None, "")
    for age, access in found.cuts:
        label = _("APL publiée, %(age)d ans et moins") % {"age": age}
        yield (_("Accès publié"), label, None, None, None, None, number(access, 2))
    for row in found.sectors:
        yield (
            _("Secteur"),
            sector_text(model, row.sector),
            round(row.today, 2),
            round(row.left, 2),
            round(row.sector.old, 2),
            round(row.patients),
            ", ".join(model.places[rank].code for rank in row.sector.ranks),
        )
    for one in found.receivers:
        yield (_("Vers qui"), one.name, None, None, None, round(one.more), "")


def _inputs(assumed: Assumptions) -> list[tuple[str, str]]:
    rates = [
        (_("Départs par an à partir de %(age)d ans (%%)") % {"age": age}, number(100 * rate, 1))
        for age, rate in assumed.rates
    ]
    return [
        *rates,
        (_("Part des départs remplacés"), number(100 * assumed.replaced, 0)),
        (_("Patients par professionnel"), number(assumed.patients, 0)),
        (_("Nature"), str(NOT_OPPOSABLE)),
    ]

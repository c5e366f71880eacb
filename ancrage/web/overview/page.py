"""The overview as its page prints it: names, figures in words, and the list behind each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.candidates.queries import Supply
from ancrage.needs.overview import Line, Overview, Period
from ancrage.privacy.cells import small_cell
from ancrage.professions.models import Profession
from ancrage.territory.queries import MappedCommune
from ancrage.web.charts import HeatLine, HeatMap, Tension, heat_map, tension
from ancrage.web.figures import fte_text
from ancrage.web.overview.takeaway import takeaway

# Until people keep profiles here, the number of those available is not known: not zero.


@dataclass(frozen=True)
class Row:
    """One commune, or one profession."""

    name: str
    code: str
    href: str
    positions: int
    own: int
    fte: str
    tension: Tension
    # Some people are available, too few for their number to be told.
    is_small: bool
    fte_hundredths: int
    age: str
    age_days: int | None
    overdue: int
    by_month: tuple[int, ...]
    peak_label: str
    campaign_fte: str


@dataclass(frozen=True)
class Measure:
    """A figure of the panel, its unit and how it compares, in words."""

    label: str
    figure: str
    unit: str = ""
    change: str = ""
    trend: str = ""
    href: str = ""


@dataclass(frozen=True)
class OverviewPage:
    """Everything the template prints."""

    sentence: SafeString
    measures: tuple[Measure, ...]
    communes: tuple[Row, ...]
    professions: tuple[Row, ...]
    heat: HeatMap
    has_own: bool
    reading: str
    campaign_name: str
    largest_commune: int
    largest_profession: int
    total: int


@dataclass(frozen=True)
class Lists:
    """How to address the list that a figure counts: its page and the filters in force."""

    url: str
    filters: Mapping[str, str]
    period: Period
    # The public list is searched by people: its communes are named, not only coded.
    names_communes: bool = False

    @property
    def says_fte(self) -> bool:
        """Whether the list says the working time of what it counts: people want to know posts."""
        return not self.names_communes

    def of_commune(self, commune: MappedCommune) -> str:
        """The list of one commune over the period."""
        code = commune.insee
        return self.of_period(commune=f"{commune.name} ({code})" if self.names_communes else code)

    def of_period(self, **more: str) -> str:
        """The list of all that the overview counts."""
        return self._between(self.period.since, self.period.until, **more)

    def of_month(self, index: int, **more: str) -> str:
        """The list of one month."""
        return self._between(self.period.starts[index], self.period.ends[index], **more)

    def of_overdue(self, **more: str) -> str:
        """The list of what is awaited today or before."""
        last = min(self.period.today, self.period.until)
        return self._between(self.period.since, last, **more)

    def _between(self, first: date | None, last: date, **more: str) -> str:
        since = {} if first is None else {"du": first.isoformat()}
        return self._address({**since, "au": last.isoformat(), **more})

    def _address(self, query: Mapping[str, str]) -> str:
        return f"{self.url}?{urlencode({**self.filters, **query})}"


def build_page(
    overview: Overview,
    *,
    communes: Sequence[MappedCommune],
    professions: Mapping[int, Profession],
    supply: Supply,
    lists: Lists,
    has_own: bool,
) -> OverviewPage:
    """Name the rows of `overview` and address their lists.

    `communes` are all those shown, with or without needs; a need in another commune is shown too.
    """
    lines = {line.pk: line for line in overview.communes}
    declared = overview.last_campaign.vacant_fte if overview.last_campaign else {}
    commune_rows = sorted(
        (_commune_row(commune, lines.get(commune.pk), lists, supply) for commune in communes),
        key=lambda row: (-row.positions, row.name),
    )
    profession_rows = [
        _profession_row(professions[line.pk], line, lists, declared.get(line.pk), overview, supply)
        for line in overview.professions
    ]
    return OverviewPage(
        sentence=takeaway(
            communes=[(row.name, row.positions) for row in commune_rows if row.positions],
            months=[
                (start.month, count)
                for start, count in zip(
                    overview.period.starts, overview.total.by_month, strict=True
                )
            ],
            professions=[(row.name, row.positions) for row in profession_rows],
            overdue=overview.total.overdue,
        ),
        measures=_measures(overview, lists),
        communes=tuple(commune_rows),
        professions=tuple(profession_rows),
        heat=_heat(overview, professions, lists),
        has_own=has_own,
        reading=_reading(commune_rows),
        campaign_name=overview.last_campaign.name if overview.last_campaign else "",
        largest_commune=max((row.positions for row in commune_rows), default=0),
        largest_profession=max((row.positions for row in profession_rows), default=0),
        total=overview.total.positions,
    )


def month_name(start: date) -> str:
    """« janv. 2027 » for January, « juin », « juil. » for the others."""
    return date_format(start, "N Y" if start.month == 1 else "N")


def days_text(days: int | None) -> str:
    """« 71 jours », or a dash where nothing is known."""
    if days is None:
        return "—"
    return ngettext("%(count)d jour", "%(count)d jours", days) % {"count": days}


def _commune_row(commune: MappedCommune, line: Line | None, lists: Lists, supply: Supply) -> Row:
    found = line or Line(commune.pk, 0, 0, 0, (), None, 0)
    people = _people_near(commune, supply) if found.positions else 0
    return Row(
        name=commune.name,
        code=commune.insee,
        href=lists.of_commune(commune) if found.positions else "",
        positions=found.positions,
        own=found.own,
        fte=fte_text(found.fte_hundredths),
        tension=_tension(found.positions, people),
        is_small=people is not None and small_cell(people),
        fte_hundredths=found.fte_hundredths,
        age=days_text(found.median_age_days),
        age_days=found.median_age_days,
        overdue=found.overdue,
        by_month=found.by_month,
        peak_label="",
        campaign_fte="",
    )


def _profession_row(
    profession: Profession,
    line: Line,
    lists: Lists,
    declared: int | None,
    overview: Overview,
    supply: Supply,
) -> Row:
    people = supply.by_profession.get(profession.pk, 0)
    return Row(
        name=profession.plural,
        code=profession.code,
        href=lists.of_period(metier=profession.code),
        positions=line.positions,
        own=line.own,
        fte=fte_text(line.fte_hundredths),
        tension=_tension(line.positions, people),
        is_small=small_cell(people),
        fte_hundredths=line.fte_hundredths,
        age=days_text(line.median_age_days),
        age_days=line.median_age_days,
        overdue=line.overdue,
        by_month=line.by_month,
        peak_label=_peak_label(line.by_month, overview.period.starts),
        campaign_fte="—" if declared is None else fte_text(declared),
    )


def _people_near(commune: MappedCommune, supply: Supply) -> int | None:
    if commune.latitude is None or commune.longitude is None:
        return None
    return supply.near(commune.latitude, commune.longitude)


def _tension(positions: int, people: int | None) -> Tension:
    """Posts by person available; nothing where the number of people may not be told."""
    return tension(positions, None if people is not None and small_cell(people) else people)


def _peak_label(by_month: Sequence[int], starts: Sequence[date]) -> str:
    if not any(by_month):
        return _("aucune prise de poste à venir")
    highest = max(range(len(by_month)), key=lambda index: (by_month[index], -index))
    return _("plus haut en %(month)s") % {"month": date_format(starts[highest], "F Y")}


def _measures(overview: Overview, lists: Lists) -> tuple[Measure, ...]:
    total = overview.total
    return (
        Measure(
            label=_("Postes à pourvoir"),
            figure=number_format(total.positions, force_grouping=True),
            change=ngettext(
                "dans %(count)d structure", "dans %(count)d structures", overview.partners
            )
            % {"count": overview.partners},
            href=lists.of_period() if total.positions else "",
        ),
        Measure(
            label=_("Équivalents temps plein"),
            figure=fte_text(total.fte_hundredths),
            unit=_("ETP"),
            change=_beside_campaign(overview),
            href=lists.of_period() if total.positions and lists.says_fte else "",
        ),
        Measure(
            label=_("Déjà attendus"),
            figure=number_format(total.overdue, force_grouping=True),
            change=_("prise de poste passée, aujourd’hui ou dès que possible"),
            href=lists.of_overdue() if total.overdue else "",
        ),
        Measure(
            label=_("Délai médian pour pourvoir"),
            figure=_dash(overview.median_days_to_fill),
            unit=_unit_of_days(overview.median_days_to_fill),
            change=_("sur les besoins pourvus depuis un an"),
        ),
    )


def _dash(value: int | None) -> str:
    return "—" if value is None else number_format(value, force_grouping=True)


def _unit_of_days(days: int | None) -> str:
    return "" if days is None else ngettext("jour", "jours", days)


def _beside_campaign(overview: Overview) -> str:
    """What the last campaign declared, beside what is open today of the same professions.

    The two are not subtracted: one counts vacant posts on a day, the other those that people
    are looked for, some of which are not vacant yet.
    """
    campaign = overview.last_campaign
    if campaign is None or not campaign.vacant_fte:
        return _("rien à rapprocher de la dernière campagne")
    followed = sum(
        line.fte_hundredths for line in overview.professions if line.pk in campaign.vacant_fte
    )
    return _(
        "dont %(followed)s dans les métiers de « %(campaign)s », "
        "qui en comptait %(declared)s vacants"
    ) % {
        "followed": fte_text(followed),
        "campaign": campaign.name,
        "declared": fte_text(campaign.total),
    }


def _heat(overview: Overview, professions: Mapping[int, Profession], lists: Lists) -> HeatMap:
    starts = overview.period.starts
    shows_overdue = overview.total.overdue > 0
    columns: list[str | Promise] = [month_name(start) for start in starts]
    if shows_overdue:
        columns.insert(0, _("déjà attendus"))
    return heat_map(
        [
            _heat_line(professions[line.pk], line, lists, shows_overdue=shows_overdue)
            for line in overview.professions
        ],
        columns=[str(column) for column in columns],
    )


def _heat_line(
    profession: Profession, line: Line, lists: Lists, *, shows_overdue: bool
) -> HeatLine:
    code = profession.code
    values = list(line.by_month)
    hrefs = [
        lists.of_month(index, metier=code) if value else "" for index, value in enumerate(values)
    ]
    if shows_overdue:
        values.insert(0, line.overdue)
        hrefs.insert(0, lists.of_overdue(metier=code) if line.overdue else "")
    return HeatLine(
        label=profession.plural,
        values=tuple(values),
        href=lists.of_period(metier=code),
        hrefs=tuple(hrefs),
    )


def _reading(rows: Sequence[Row]) -> str:
    if not rows or not rows[0].positions:
        return ""
    first = rows[0]
    values: dict[str, Any] = {
        "commune": first.name,
        "count": first.positions,
        "fte": first.fte,
    }
    return (
        ngettext(
            "Lecture : à %(commune)s, %(count)d poste est à pourvoir, soit %(fte)s ETP. "
            "La taille du rond suit le nombre de postes.",
            "Lecture : à %(commune)s, %(count)d postes sont à pourvoir, soit %(fte)s ETP. "
            "La taille du rond suit le nombre de postes.",
            first.positions,
        )
        % values
    )

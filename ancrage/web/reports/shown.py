"""Which version of a report a reader is shown, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ancrage.accounts.policy import may_on
from ancrage.roadmap.enums import ReportSection, ReportStatus
from ancrage.roadmap.models import Report
from ancrage.roadmap.queries import edition_of
from ancrage.roadmap.services import aims_in_words, state_sentence
from ancrage.territory.enums import MeasureUnit
from ancrage.territory.queries import mapped_communes
from ancrage.web.maps import Figure, MapDrawing, NothingToDraw, draw_map, territory_base
from ancrage.web.reports.kept import Kept, kept_told

_LONGEST_VERSION = 4


@dataclass(frozen=True)
class Part:
    """A line of the contents: the title of a part, the address of its heading."""

    title: str
    href: str
    inner: bool = False


@dataclass(frozen=True)
class Section:
    """One part of a report: its title, its sentences, its figures, what is said of it."""

    key: ReportSection
    title: str
    sentences: list[str]
    figures: list[Mapping[str, Any]]
    comment: str

    @property
    def heading(self) -> str:
        """The id of its title on the page."""
        return f"titre-{self.key.value}"


@dataclass(frozen=True)
class Shown:
    """A report as it is printed: a draft, or a version published."""

    report: Report
    version: int
    is_draft: bool
    at: datetime
    contents: Mapping[str, Any]
    comments: Mapping[str, str]

    @property
    def highlights(self) -> list[tuple[str, Mapping[str, Any]]]:
        """The figures of the panel, in large print and whole."""
        return [(bare(one), one) for one in self.contents["highlights"]]

    @property
    def perimeter(self) -> str:
        """The part of the territory it is about, empty for the whole."""
        name: str = self.contents.get("perimeter", "")
        return name

    @property
    def communes_told(self) -> list[Mapping[str, str]]:
        """The communes of that part."""
        return list(self.contents.get("communes_told", ()))

    @property
    def left_out(self) -> list[str]:
        """The measures that are told of the whole territory only, where it is not the whole."""
        return list(self.contents.get("left_out", ()))

    @property
    def is_over(self) -> bool:
        """Whether the period was over when the figures were read."""
        return timezone.localdate(self.at) > self.report.ends_on

    @property
    def stopped(self) -> str:
        """Up to which day the figures go, in a sentence, while the period is not over."""
        if self.is_over:
            return ""
        computed = self.contents["computed"]
        return f"La période n’est pas finie\u00a0: chiffres arrêtés au {computed}."

    @property
    def rule(self) -> str:
        """What the figures are of, and which are not shown."""
        return f"{self.stopped} {self._rule}".strip()

    @property
    def _rule(self) -> str:
        if not self.perimeter:
            return (
                "Le rapport porte sur le territoire entier\u00a0; les nombres de moins de cinq "
                "personnes sont masqués, et ceux qui permettraient de les retrouver."
            )
        return (
            f"Le rapport porte sur une partie du territoire\u00a0: {self.perimeter}. Besoins, "
            "ressources, rencontres et formations comptent là où ils se passent, les structures "
            "et les prises de poste là où est leur siège. Les nombres de personnes sont masqués "
            "quand on pourrait en retrouver un de moins de cinq en rapprochant les rapports du "
            "territoire et de ses intercommunalités."
        )

    @property
    def missing(self) -> str:
        """Which figures a part cannot tell, in a sentence; empty for the whole."""
        if not self.left_out:
            return ""
        names = ", ".join(name[:1].lower() + name[1:] for name in self.left_out)
        return (
            "Ces chiffres ne se disent que du territoire entier, et sont dans son rapport\u00a0: "
            f"{names}."
        )

    @property
    def kept(self) -> Kept | None:
        """How long people stay in their posts, if the report tells it."""
        return kept_told(self.contents.get("retention"))

    @property
    def roadmap(self) -> Mapping[str, Any] | None:
        """The roadmap as it stood, if the report tells one."""
        roadmap: Mapping[str, Any] | None = self.contents["roadmap"]
        return roadmap

    @property
    def state(self) -> str:
        """Where the actions stand, in a sentence."""
        return "" if self.roadmap is None else state_sentence(self.roadmap)

    @property
    def untold(self) -> list[str]:
        """What of the roadmap cannot be told of that day; versions of before tell nothing."""
        return [] if self.roadmap is None else list(self.roadmap.get("untold", ()))

    @property
    def aims(self) -> str:
        """How many targets are reached, in a sentence."""
        return "" if self.roadmap is None else aims_in_words(self.roadmap)

    @property
    def sections(self) -> list[Section]:
        """The parts that count, in their order."""
        return [
            Section(
                ReportSection(part["section"]),
                part["title"],
                part["sentences"],
                part["figures"],
                self.comments.get(part["section"], ""),
            )
            for part in self.contents["parts"]
        ]

    @property
    def outline(self) -> list[Part]:
        """The contents of the page, in French as the report is: its parts, the axes in theirs."""
        found = [Part("À retenir", "#retenir")]
        if self.contents["professions"]:
            found.append(Part("Où et quels métiers", "#ou-et-metiers"))
        if self.roadmap is not None:
            found.append(Part("Feuille de route", "#feuille-de-route"))
            found += [
                Part(
                    f"Axe {axis['rank']}\u00a0: {axis['title']}",
                    f"#axe-{axis['rank']}",
                    inner=True,
                )
                for axis in self.roadmap["axes"]
            ]
        found += [Part(one.title, f"#{one.heading}") for one in self.sections]
        if self.missing:
            found.append(Part("Ce que ce rapport ne dit pas", "#non-dit"))
        return found

    @property
    def summary_comment(self) -> str:
        """What the coordination says of the whole."""
        return self.comments.get(ReportSection.SUMMARY.value, "")

    @property
    def axes_comment(self) -> str:
        """What it says of the roadmap."""
        return self.comments.get(ReportSection.AXES.value, "")

    @property
    def changes_comment(self) -> str:
        """What it says of what changed."""
        return self.comments.get(ReportSection.CHANGES.value, "")


def bare(figure: Mapping[str, Any]) -> str:
    """Return a figure for large print: people without their noun, which its label says."""
    text: str = figure["text"]
    is_people = figure["unit"] == MeasureUnit.PEOPLE and figure["value"] is not None
    return text.removesuffix("s").removesuffix("personne").rstrip() if is_people else text


def shown_to(request: HttpRequest, reports: QuerySet[Report], pk: int) -> Shown:
    """Return what the reader may see of a report: the draft for whoever keeps it, else the last
    version published, or that asked for by `?version=`. 404 for what is not."""
    report = get_object_or_404(reports.select_related("territory", "roadmap"), pk=pk)
    asked = request.GET.get("version", "")
    if asked and not (asked.isdecimal() and len(asked) <= _LONGEST_VERSION):
        raise Http404
    keeps = may_on(request.user, "reports.edit", report)
    if keeps and not asked and report.status == ReportStatus.DRAFT:
        comments = dict(report.comments.values_list("section", "text"))
        return Shown(report, report.version, True, report.computed_at, report.contents, comments)
    edition = edition_of(report, int(asked) if asked else None)
    if edition is None:
        raise Http404
    return Shown(
        report,
        edition.version,
        False,
        edition.published_at,
        edition.contents,
        edition.contents["comments"],
    )


def map_of(shown: Shown) -> MapDrawing | None:
    """Draw the posts to fill, a circle a commune; None when no commune can be placed."""
    rows = shown.contents["communes"]
    inside = shown.report.territory.communes.all()
    if shown.perimeter:
        inside = inside.filter(insee__in=[one["code"] for one in shown.communes_told])
    communes = mapped_communes(inside)
    try:
        base = territory_base(shown.report.territory, communes)
    except NothingToDraw:
        return None
    placed = {one.insee for one in communes}
    figures = [
        Figure(code=row["code"], value=row["posts"], title=f"{row['label']} : {row['posts']}")
        for row in rows
        if row["code"] in placed
    ]
    return draw_map(
        base,
        figures,
        key="postes",
        title=f"Carte des postes à pourvoir, {shown.perimeter or shown.contents['territory']}",
        description=(
            "Un rond par commune, plus grand là où les postes sont plus nombreux. Les mêmes "
            "nombres sont dans le tableau."
        ),
    )

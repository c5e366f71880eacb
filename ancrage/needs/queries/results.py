"""What a campaign adds up to, by profession, and what has changed since the last one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ancrage.needs.enums import AnswerStatus
from ancrage.needs.models import AnswerLine, Campaign, CampaignAnswer, OpenAnswer
from ancrage.needs.queries.answers import FIGURES, Figures, figures_in
from ancrage.needs.queries.campaigns import campaign_before
from ancrage.professions.models import Profession

# Below, a sum would say what one structure answered: institutions do not read it.
FEWEST_STRUCTURES = 3


@dataclass(frozen=True)
class ProfessionResult:
    """The sums of one profession over submitted answers, and how they have changed.

    `changes` compares, figure by figure, only the structures that gave it in both campaigns: one
    that joined since would look like growth. FTE in hundredths, negative when it fell.
    """

    profession: Profession
    structures: int
    figures: Figures
    changes: Figures
    # How many structures gave a vacancy both times.
    compared: int = 0


@dataclass(frozen=True)
class StructureResult:
    """What one structure sent."""

    answer: CampaignAnswer
    lines: tuple[AnswerLine, ...]
    open_answers: tuple[OpenAnswer, ...]


@dataclass(frozen=True)
class CampaignResults:
    """The results by profession, largest vacancy first, and all professions together."""

    rows: tuple[ProfessionResult, ...]
    total: Figures
    changes: Figures
    before: Campaign | None
    # How many professions are not shown, being those of too few structures.
    withheld: int = 0


def results_of(campaign: Campaign, *, fewest_structures: int = 1) -> CampaignResults:
    """Sum the submitted answers by profession.

    Professions of fewer than `fewest_structures` structures are left out and counted apart, and
    so is any figure that fewer gave; the totals leave them out too.
    Four queries, whatever the number of answers.
    """
    lines = _submitted_lines(campaign)
    before = campaign_before(campaign)
    earlier = {
        (line.profession_id, line.answer.partner_id): figures_in(line)
        for line in (_submitted_lines(before) if before else ())
    }
    groups = _by_profession(lines)
    shown = {pk: group for pk, group in groups.items() if len(group) >= fewest_structures}
    professions = Profession.objects.in_bulk(list(shown))
    rows = sorted(
        (
            _result(professions[pk], group, earlier, fewest_structures)
            for pk, group in shown.items()
        ),
        key=lambda row: (-(row.figures.vacant_fte or 0), row.profession.rank, row.profession.pk),
    )
    return CampaignResults(
        rows=tuple(rows),
        total=_sum([row.figures for row in rows]),
        changes=_sum([row.changes for row in rows]),
        before=before,
        withheld=len(groups) - len(shown),
    )


def results_by_structure(campaign: Campaign) -> list[StructureResult]:
    """Return what each structure sent, by name. Three queries, whatever their number."""
    answers = (
        campaign.answers.filter(status=AnswerStatus.SUBMITTED)
        .select_related("partner")
        .order_by("partner__name", "pk")
    )
    lines: dict[int, list[AnswerLine]] = defaultdict(list)
    for line in _submitted_lines(campaign):
        lines[line.answer_id].append(line)
    texts: dict[int, list[OpenAnswer]] = defaultdict(list)
    for text in (
        OpenAnswer.objects.filter(answer__campaign=campaign, answer__status=AnswerStatus.SUBMITTED)
        .select_related("question")
        .order_by("question__position", "pk")
    ):
        texts[text.answer_id].append(text)
    return [
        StructureResult(answer, tuple(lines[answer.pk]), tuple(texts[answer.pk]))
        for answer in answers
    ]


def _result(
    profession: Profession,
    lines: Iterable[AnswerLine],
    earlier: Mapping[tuple[int, int], Figures],
    fewest: int,
) -> ProfessionResult:
    now = {line.answer.partner_id: figures_in(line) for line in lines}
    pairs = [
        (figures, earlier[profession.pk, partner])
        for partner, figures in now.items()
        if (profession.pk, partner) in earlier
    ]
    return ProfessionResult(
        profession=profession,
        structures=len(now),
        figures=_sum(now.values(), fewest=fewest),
        changes=_sum([_difference(after, before) for after, before in pairs], fewest=fewest),
        compared=sum(
            after.vacant_fte is not None and before.vacant_fte is not None
            for after, before in pairs
        ),
    )


def _difference(after: Figures, before: Figures) -> Figures:
    values = {name: (getattr(after, name), getattr(before, name)) for name in FIGURES}
    return Figures(
        **{
            name: None if new is None or old is None else new - old
            for name, (new, old) in values.items()
        }
    )


def _submitted_lines(campaign: Campaign) -> list[AnswerLine]:
    return list(
        AnswerLine.objects.filter(answer__campaign=campaign, answer__status=AnswerStatus.SUBMITTED)
        .select_related("answer", "profession")
        .order_by("profession__rank", "profession", "pk")
    )


def _by_profession(lines: Iterable[AnswerLine]) -> dict[int, list[AnswerLine]]:
    groups: dict[int, list[AnswerLine]] = defaultdict(list)
    for line in lines:
        groups[line.profession_id].append(line)
    return groups


def _sum(rows: Iterable[Figures], *, fewest: int = 1) -> Figures:
    # A figure that fewer gave would be that of one of them.
    every = list(rows)
    totals: dict[str, int | None] = {}
    for name in FIGURES:
        known = [value for row in every if (value := getattr(row, name)) is not None]
        totals[name] = sum(known) if len(known) >= fewest else None
    return Figures(**totals)

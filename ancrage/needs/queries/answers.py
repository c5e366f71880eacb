"""Questions about one answer: what it says, what is proposed before it says anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta

from django.db.models import F, Q, Sum
from django.utils import timezone

from ancrage.needs.enums import AnswerStatus, NeedStatus
from ancrage.needs.models import AnswerLine, CampaignAnswer, Need
from ancrage.professions.models import Profession


@dataclass(frozen=True)
class Figures:
    """What is said of one profession. FTE in hundredths; None is « not known »."""

    present_fte: int | None = None
    vacant_fte: int | None = None
    target_3y_fte: int | None = None
    target_5y_fte: int | None = None
    departures: int | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is known."""
        return all(getattr(self, name) is None for name in FIGURES)


FIGURES = tuple(field.name for field in fields(Figures))


@dataclass(frozen=True)
class Proposal:
    """What the page of an answer shows at first, and where it comes from."""

    figures: Mapping[int, Figures]
    # The campaign the figures are taken from, when nothing was saved yet.
    taken_from: str = ""
    # The professions whose vacant FTE is that of the structure's needs on the reference day.
    from_needs: frozenset[int] = frozenset()


def figures_of(answer: CampaignAnswer) -> dict[int, Figures]:
    """Return what an answer says, by profession."""
    return {line.profession_id: figures_in(line) for line in answer.lines.order_by("pk")}


def figures_in(line: AnswerLine) -> Figures:
    """Return the figures of one stored line."""
    return Figures(**{name: getattr(line, name) for name in FIGURES})


def prefilled(answer: CampaignAnswer, professions: Iterable[Profession]) -> Proposal:
    """Return what the page of an answer proposes: nothing is re-typed that is known.

    Once anything was saved, what was saved stands, emptied figures included. Before, the
    structure's figures of its last answer, with the vacant FTE of its needs on the reference day.
    """
    if answer.status != AnswerStatus.WAITING:
        saved = figures_of(answer)
        return Proposal({row.pk: saved.get(row.pk, Figures()) for row in professions})
    last = _last_answer(answer)
    earlier = figures_of(last) if last else {}
    vacant = _vacant_fte(answer)
    rows = list(professions)
    return Proposal(
        figures={row.pk: _proposed(earlier.get(row.pk), vacant.get(row.pk)) for row in rows},
        taken_from=last.campaign.name if last else "",
        from_needs=frozenset(row.pk for row in rows if row.pk in vacant),
    )


def _proposed(before: Figures | None, vacant: int | None) -> Figures:
    if before is None:
        return Figures(vacant_fte=vacant)
    return Figures(
        present_fte=before.present_fte,
        # A profession it has, of which no post was awaited by that day: none is lacking.
        vacant_fte=vacant or 0,
        target_3y_fte=before.target_3y_fte,
        target_5y_fte=before.target_5y_fte,
    )


def _last_answer(answer: CampaignAnswer) -> CampaignAnswer | None:
    return (
        CampaignAnswer.objects.filter(
            partner_id=answer.partner_id,
            status=AnswerStatus.SUBMITTED,
            campaign__reference_day__lt=answer.campaign.reference_day,
        )
        .select_related("campaign")
        .order_by("-campaign__reference_day", "-pk")
        .first()
    )


def _vacant_fte(answer: CampaignAnswer) -> dict[int, int]:
    """The FTE of the posts awaited by the reference day at the latest and not yet held then."""
    day = answer.campaign.reference_day
    next_day = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    vacant = Need.objects.filter(
        Q(status=NeedStatus.PUBLISHED) | Q(status=NeedStatus.FILLED, status_since__gte=next_day),
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        partner_id=answer.partner_id,
        starts_on__lte=day,
    )
    return dict(
        vacant.order_by()
        .values_list("profession_id")
        .annotate(total=Sum(F("positions") * F("fte_hundredths")))
    )

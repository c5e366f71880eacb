"""Needs ranked for a person, from her side: the same conditions, the same parts."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from ancrage.candidates.models import Candidate
from ancrage.core.fit.scoring import fit, ranked
from ancrage.matching.services.facts import need_facts, people_facts
from ancrage.matching.services.finding.asking import NEED_PARTS, Asked
from ancrage.matching.services.finding.explaining import Explained, explained
from ancrage.needs.models import Need
from ancrage.needs.queries import needs_with_words
from ancrage.privacy.scopes import Viewer

# Compared one by one: the last published, of a great many.
MOST_COMPARED = 500


@dataclass(frozen=True)
class NeedResult:
    """A need, and why it stands there."""

    need: Need
    why: Explained


@dataclass(frozen=True)
class FoundNeeds:
    """One page of needs, the best first. `total` match; `compared` of them were compared, of which
    `clear` have nothing known against them."""

    results: tuple[NeedResult, ...]
    total: int
    compared: int
    clear: int


def find_needs(
    *,
    candidate: Candidate,
    needs: QuerySet[Need],
    asked: Asked,
    viewer: Viewer,
    on: date,
    offset: int = 0,
    limit: int = 12,
    published_after: datetime | None = None,
) -> FoundNeeds:
    """Return one page of the offers of the person's professions in her territory, the best first.

    `needs` are those she may read. At most seven queries, whatever their number.
    """
    rows = _matching(candidate, needs, asked, on=on)
    if published_after is not None:
        rows = rows.filter(published_at__gt=published_after)
    total = rows.count()
    shown = {
        str(need.pk): need
        for need in rows.select_related("profession", "specialty", "partner", "commune").order_by(
            "-published_at", "-pk"
        )[:MOST_COMPARED]
    }
    people = people_facts([candidate.pk], viewer=viewer).values()
    weights = asked.fit_weights
    fits = ranked(
        fit(person, need_facts(need, on=on), weights)
        for person in people
        for need in shown.values()
    )
    return FoundNeeds(
        results=tuple(
            NeedResult(shown[one.need], explained(one, NEED_PARTS))
            for one in fits[offset : offset + limit]
        ),
        total=total,
        compared=len(fits),
        clear=sum(not one.missing for one in fits),
    )


def _matching(
    candidate: Candidate, needs: QuerySet[Need], asked: Asked, *, on: date
) -> QuerySet[Need]:
    condition = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    if asked.contract:
        condition &= Q(contract=asked.contract)
    if asked.housing:
        condition &= Q(housing_offered=True)
    return needs_with_words(needs, asked.text).filter(
        condition,
        partner__territory=candidate.territory_id,
        profession__in=candidate.professions.order_by().values("profession"),
    )

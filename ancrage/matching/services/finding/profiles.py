"""Profiles ranked for a need, for the coordination of their territory: by all that they say."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from ancrage.candidates.models import Candidate
from ancrage.core.fit.scoring import fit, ranked
from ancrage.matching.queries.finding import Span, likeliest_first
from ancrage.matching.services.facts import need_facts, people_facts
from ancrage.matching.services.finding.asking import PROFILE_PARTS, Asked
from ancrage.matching.services.finding.explaining import Explained, explained
from ancrage.needs.models import Need
from ancrage.privacy.scopes import Viewer

# Compared one by one, once the database has put the likeliest first.
MOST_COMPARED = 500


@dataclass(frozen=True)
class ProfileResult:
    """A profile that the reader follows, and why it stands there."""

    candidate: Candidate
    why: Explained


@dataclass(frozen=True)
class FoundProfiles:
    """One page of profiles, the best first. `total` match; `compared` of them were compared, of
    which `clear` have nothing known against them."""

    results: tuple[ProfileResult, ...]
    total: int
    compared: int
    clear: int


def find_profiles(
    *,
    need: Need,
    asked: Asked,
    viewer: Viewer,
    on: date,
    offset: int = 0,
    limit: int = 12,
    changed_after: datetime | None = None,
) -> FoundProfiles:
    """Return one page of the profiles of the need's profession in its territory, the best first.

    All are counted; of a great many, the `MOST_COMPARED` that fewest conditions keep away, then
    the nearest, are compared. At most seven queries, whatever the number of people.
    """
    post = replace(need_facts(need, on=on), years_of_experience=asked.years)
    begins_on = max(need.starts_on, on)
    span = Span(begins_on, post.latest_start or begins_on, need.ends_on)
    rows = likeliest_first(need, span, asked.criteria(need.profession), viewer=viewer)
    if changed_after is not None:
        rows = rows.filter(updated_at__gt=changed_after)
    total = rows.order_by().count()
    keys = list(rows.values_list("candidate", flat=True)[:MOST_COMPARED])
    people = people_facts(keys, viewer=viewer)
    weights = asked.fit_weights
    fits = ranked(fit(known, post, weights) for known in people.values())
    page = fits[offset : offset + limit]
    read = Candidate.objects.filter(pk__in=[int(one.person) for one in page])
    shown = {str(one.pk): one for one in read.select_related("zone", "subject").order_by("pk")}
    return FoundProfiles(
        results=tuple(
            ProfileResult(shown[one.person], explained(one, PROFILE_PARTS)) for one in page
        ),
        total=total,
        compared=len(fits),
        clear=sum(not one.missing for one in fits),
    )

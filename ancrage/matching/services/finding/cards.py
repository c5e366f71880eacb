"""Cards ranked for a need, for its structure: by what cards print, and by nothing else.

The rules are those of the pool. Filters and weights read only what a card prints; a card stands in
a cell of enough people or nowhere; a search that leaves one to four people shows none. The order
tells no more than the cards do: whoever reads them could have sorted them.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from ancrage.candidates.queries import (
    Card,
    CardGroup,
    GroupSlice,
    card_groups,
    cards_in_slices,
)
from ancrage.core.accessibility.distances import haversine_km
from ancrage.core.fit import facts
from ancrage.core.fit.parts import FAR_KM
from ancrage.core.fit.scoring import Fit, fit, joined, ranked
from ancrage.matching.services.facts import card_facts, need_facts
from ancrage.matching.services.finding.asking import CARD_PARTS, Asked
from ancrage.matching.services.finding.explaining import Explained, explained
from ancrage.needs.models import Need
from ancrage.partners.permissions import workplaces_of_account
from ancrage.privacy.scopes import Viewer


@dataclass(frozen=True)
class CardResult:
    """A card, and why it stands there."""

    card: Card
    why: Explained


@dataclass(frozen=True)
class FoundCards:
    """One page of cards. `clear` of the `total` have nothing known against them, `clear_counted`
    of which are known to be somebody; `is_hidden` says that a few people match, too few to be
    shown."""

    results: tuple[CardResult, ...]
    total: int
    clear: int
    clear_counted: int
    is_hidden: bool


def find_cards(
    *,
    need: Need,
    asked: Asked,
    viewer: Viewer,
    on: date,
    offset: int = 0,
    limit: int = 12,
    changed_after: datetime | None = None,
) -> FoundCards:
    """Return one page of the cards of the pool, the best for `need` first.

    `changed_after` keeps the profiles written since. At most six queries, whatever the number of
    people; what cards say is compared once for all that say it.
    """
    post = replace(need_facts(need, on=on), years_of_experience=asked.years)
    found = card_groups(
        asked.criteria(need.profession),
        need.profession,
        territories=[need.partner.territory_id],
        partners=workplaces_of_account(viewer.user_pk),
        is_near=partial(_is_near, post),
        changed_after=changed_after,
    )
    fits = _ranked(found.groups, post, asked)
    slices = list(_page(fits, offset, offset + limit))
    cards = cards_in_slices(found, [one for one, _fit in slices], viewer=viewer) if slices else []
    return FoundCards(
        results=tuple(
            CardResult(card, explained(one, CARD_PARTS))
            for (_slice, one), read in zip(slices, cards, strict=True)
            for card in read
        ),
        total=found.total,
        clear=sum(group.people for group, one in fits if not one.missing),
        clear_counted=sum(group.counted for group, one in fits if not one.missing),
        is_hidden=found.is_hidden,
    )


def _is_near(post: facts.Need, latitude: float, longitude: float) -> bool:
    """Say whether nearness counts: beyond `FAR_KM` it is worth 0, and a card sets no limit."""
    if post.latitude is None or post.longitude is None:
        return False
    return haversine_km(latitude, longitude, post.latitude, post.longitude) <= FAR_KM


def _ranked(
    groups: Sequence[CardGroup], post: facts.Need, asked: Asked
) -> list[tuple[CardGroup, Fit]]:
    weights = asked.fit_weights
    said: dict[Hashable, Fit] = {}
    journeys: dict[Hashable, Fit] = {}
    fits = []
    # Of two groups that are worth the same, the first of the list: always the same one.
    by_key = {f"{rank:06d}": group for rank, group in enumerate(groups)}
    for key, group in by_key.items():
        says = group.experience, group.month, group.contract_bits
        if says not in said or group.zones not in journeys:
            person = card_facts(group, profession=post.profession, key=key)
            said[says] = journeys[group.zones] = fit(person, post, weights)
        fits.append(joined(said[says], journeys[group.zones], person=key))
    return [(by_key[one.person], one) for one in ranked(fits)]


def _page(
    fits: Sequence[tuple[CardGroup, Fit]], first: int, last: int
) -> Iterator[tuple[GroupSlice, Fit]]:
    """The parts of the groups that lie between two ranks of people."""
    before = 0
    for group, one in fits:
        start, stop = max(first - before, 0), min(last - before, group.people)
        if start < stop:
            yield GroupSlice(group, start, stop), one
        before += group.people

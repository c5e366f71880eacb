"""The search rows of a profile, rewritten whenever it changes."""

from collections.abc import Iterable, Sequence

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import (
    Candidate,
    CandidateProfession,
    CandidateWord,
    SearchEntry,
)
from ancrage.candidates.queries.bits import contract_bits, hour_bits
from ancrage.kit.text import words

_LONGEST_WORD = 60
_PHONE_COUNTRY = "+33"


def index_candidates(candidates: Sequence[Candidate]) -> None:
    """Write the search rows of these profiles again, from what they say now."""
    keys = [candidate.pk for candidate in candidates]
    SearchEntry.objects.filter(candidate__in=keys).delete()
    CandidateWord.objects.filter(candidate__in=keys).delete()
    entries, lines = search_rows(candidates)
    SearchEntry.objects.bulk_create(entries, batch_size=500)
    CandidateWord.objects.bulk_create(lines, batch_size=500)


def search_rows(
    candidates: Sequence[Candidate],
) -> tuple[list[SearchEntry], list[CandidateWord]]:
    """Return, unsaved, the search rows that these profiles deserve.

    A profile that is frozen, waits for the person, was merged or erased is not searched; one
    that waits is still found by its words, for the coordination to see that it is there.
    """
    followed = [one for one in candidates if one.is_followed and one.subject.limited_at is None]
    active = {one.pk: one for one in followed if one.status == CandidateStatus.ACTIVE}
    rows = CandidateProfession.objects.filter(candidate__in=active).order_by("candidate", "pk")
    entries = [entry_of(active[row.candidate_id], row) for row in rows]
    lines = [
        CandidateWord(candidate=candidate, word=word)
        for candidate in followed
        for word in words_of(candidate)
    ]
    return entries, lines


def entry_of(candidate: Candidate, row: CandidateProfession) -> SearchEntry:
    """Return, unsaved, the search row of one profession of a profile."""
    reach, day = candidate.reach_km, candidate.available_from
    return SearchEntry(
        candidate=candidate,
        territory_id=candidate.territory_id,
        profession_id=row.profession_id,
        is_main=row.is_main,
        in_pool=candidate.in_pool,
        is_settled=candidate.settled_at is not None,
        counts=candidate.subject.is_confirmed,
        zone_id=candidate.zone_id,
        latitude=candidate.latitude,
        longitude=candidate.longitude,
        reach_squared=None if reach is None else float(reach * reach),
        available_from=day,
        available_month=day.replace(day=1) if day else None,
        available_until=candidate.available_until,
        fte_min_hundredths=candidate.fte_min_hundredths or 1,
        fte_max_hundredths=candidate.fte_max_hundredths or 100,
        contracts=contract_bits(candidate.contracts),
        hours=hour_bits(
            days=candidate.works_days,
            nights=candidate.works_nights,
            twelve=candidate.works_12h,
            weekends=candidate.works_weekends,
        ),
        experience=candidate.experience,
        updated_at=candidate.updated_at,
    )


def words_of(candidate: Candidate) -> Iterable[str]:
    """Return the words by which the coordination finds a profile, each once."""
    phone = candidate.phone
    national = f"0{phone[3:]}" if phone.startswith(_PHONE_COUNTRY) else phone.lstrip("+")
    text = f"{candidate.first_name} {candidate.last_name} {candidate.card}"
    place = candidate.commune.name if candidate.commune else ""
    found = [*words(text), *words(place), national, candidate.rpps]
    return sorted({word[:_LONGEST_WORD] for word in found if word})

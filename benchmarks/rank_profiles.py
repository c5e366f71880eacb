"""« Trouver un profil » for one need, and « Les besoins qui me correspondent », among 100,000
people; a million when asked.

Bars, on SQLite and on PostgreSQL: a page of cards, of profiles or of needs in under 300 ms for the
commonest profession of all, which one person in five practises, 95 times in a hundred, and never
more than seven queries. Beside it, the same ranking as it is often first written: every card of
the profession read as an object, compared, sorted.

The people are those of `find_candidates`, all in one territory; the needs are drawn beside them.
Nobody is real.

    python -m benchmarks.rank_profiles
    CANDIDATES=1000000 python -m benchmarks.rank_profiles
"""

import datetime as dt
import math
import os
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks._database import database, on_each_database
from benchmarks._people import NOW, SEED, fill_up_to, professions

SIZE = int(os.environ.get("CANDIDATES", "100000"))
NEEDS = 2_000
TURNS = 40
BAR = 300
DAY = NOW.date()


def main() -> None:
    """Fill a database, then print how long the three pages take to rank."""
    if on_each_database("rank_profiles"):
        return
    with database():
        from django.db import connection  # noqa: PLC0415 -- the settings come first

        begun = time.perf_counter()
        fill_up_to(SIZE)
        _write_needs()
        seconds = time.perf_counter() - begun
        print(
            f"{SIZE:,} profiles, {NEEDS:,} needs, {connection.vendor}, written in {seconds:.0f} s"
        )
        _measure()


def _write_needs() -> None:
    from ancrage.needs.models import Need  # noqa: PLC0415 -- the settings come first
    from ancrage.partners.models import Partner  # noqa: PLC0415
    from ancrage.territory.models import Commune, Territory  # noqa: PLC0415

    if Need.objects.exists():
        return
    draws = random.Random(SEED + 2)
    communes = list(Commune.objects.filter(candidates__isnull=False).distinct().order_by("pk"))
    trades, shares = professions()
    partner = Partner.objects.create(
        territory=Territory.objects.get(slug="banc"),
        slug="banc",
        name="Banc",
        kind="association",
        commune=communes[0],
        joined_at=NOW,
    )
    Need.objects.bulk_create(
        (
            Need(
                partner=partner,
                profession=draws.choices(trades, shares)[0],
                commune=draws.choice(communes),
                contract=draws.choice(("cdi", "cdd")),
                fte_hundredths=draws.choice((50, 80, 100)),
                starts_on=DAY + dt.timedelta(days=draws.randint(0, 200)),
                works_days=True,
                status="published",
                published_at=NOW,
                confirmed_at=NOW,
                created_at=NOW,
                updated_at=NOW,
                status_since=NOW,
            )
            for _rank in range(NEEDS)
        ),
        batch_size=500,
    )


def _measure() -> None:
    from ancrage.candidates.models import Candidate, SearchEntry  # noqa: PLC0415
    from ancrage.matching.services.finding import (  # noqa: PLC0415
        CARD_PARTS,
        NEED_PARTS,
        PROFILE_PARTS,
        asked_from,
        find_cards,
        find_needs,
        find_profiles,
    )
    from ancrage.needs.models import Need  # noqa: PLC0415
    from ancrage.privacy.scopes import Viewer  # noqa: PLC0415

    draws = random.Random(SEED + 3)
    commonest = professions()[0][0]
    needs = list(
        Need.objects.filter(profession=commonest)
        .select_related("partner", "profession", "specialty", "commune")
        .order_by("pk")[:TURNS]
    )
    structure = Viewer(1, frozenset({f"partner:{needs[0].partner_id}"}))
    coordination = Viewer(1, frozenset({f"territory:{needs[0].partner.territory_id}"}))
    people = SearchEntry.objects.filter(profession=commonest).count()
    print(f"  the commonest profession: {people:,} people")
    weights = {"poids_proximity": "80"}

    def cards(need: Need) -> Any:
        asked = asked_from(weights, CARD_PARTS)
        first = 12 * draws.choice((0, 0, 0, 1, 5))
        return find_cards(need=need, asked=asked, viewer=structure, on=DAY, offset=first)

    def profiles(need: Need) -> Any:
        asked = asked_from(weights, PROFILE_PARTS)
        return find_profiles(need=need, asked=asked, viewer=coordination, on=DAY)

    persons = list(
        Candidate.objects.filter(professions__profession=commonest)
        .select_related("subject")
        .order_by("card")[:TURNS]
    )

    def offers(candidate: Candidate) -> Any:
        return find_needs(
            candidate=candidate,
            needs=Need.objects.all(),
            asked=asked_from(weights, NEED_PARTS),
            viewer=coordination,
            on=DAY,
        )

    median = _time("a page of cards, for a structure", cards, needs)
    _time("a page of profiles, for the coordination", profiles, needs)
    _time("a page of needs, for a person", offers, persons)
    _measure_loop(needs[0], median)


def _measure_loop(need: Any, median: float) -> None:
    """The cards of the profession as objects, each compared, all sorted."""
    from ancrage.candidates.models import SearchEntry  # noqa: PLC0415
    from ancrage.candidates.queries import CardGroup  # noqa: PLC0415
    from ancrage.core.fit.scoring import fit, ranked  # noqa: PLC0415
    from ancrage.matching.services.facts import card_facts, need_facts  # noqa: PLC0415

    begun = time.perf_counter()
    post = need_facts(need, on=DAY)
    fits = []
    rows = SearchEntry.objects.filter(profession=need.profession, is_main=True, in_pool=True)
    for row in rows.select_related("candidate__commune").iterator(chunk_size=2_000):
        commune = row.candidate.commune
        said = CardGroup(
            row.experience,
            row.available_month,
            (row.zone_id,),
            row.contracts,
            1,
            1,
            commune.latitude,
            commune.longitude,
        )
        fits.append(
            fit(card_facts(said, profession=post.profession, key=row.candidate.card), post)
        )
    assert len(ranked(fits)) == len(fits)
    loop = 1000 * (time.perf_counter() - begun)
    print(f"  {len(fits):,} cards compared in a loop: {loop:,.0f} ms, ×{loop / median:,.0f}")


def _time(name: str, ask: Callable[[Any], Any], about: list[Any]) -> float:
    """Print what a page takes, about each of these in turn; return the median in milliseconds."""
    from django.db import connection  # noqa: PLC0415 -- the settings come first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        ask(about[0])
    times, processor = [], []
    for one in about:
        begun, worked = time.perf_counter(), time.process_time()
        ask(one)
        times.append(1000 * (time.perf_counter() - begun))
        processor.append(1000 * (time.process_time() - worked))
    median, p95 = statistics.median(times), sorted(times)[math.ceil(0.95 * len(times)) - 1]
    print(
        f"  {name}: median {median:.0f} ms, p95 {p95:.0f} ms, processor"
        f" {statistics.median(processor):.0f} ms; {len(asked)} queries;"
        f" bar {BAR} ms {'held' if p95 < BAR else 'MISSED'}"
    )
    return median


if __name__ == "__main__":
    main()

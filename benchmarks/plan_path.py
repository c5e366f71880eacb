"""The plan of a territory from the request to the rows that its page reads, database included.

Bar: 20,000 people and 2,000 needs in under 5 s, the optimum proved. The time covers all that the
outbox does: read people and needs, set them beside one another, solve, have the judge prove it,
plan « each for itself », write the lines. Its parts are printed under it.

The people of a region are drawn around its towns, their professions as in the field; a tenth are
open to part of the hours only. Nobody is real.

    python -m benchmarks.plan_path
    DATABASE_URL=postgres://… python -m benchmarks.plan_path
"""

import datetime as dt
import random
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from benchmarks._database import database, on_each_database
from benchmarks._territory import EAST, NORTH, PROFESSIONS, SOUTH, WEST

SEED = 20261122
PEOPLE, NEEDS = 20_000, 2_000
BAR = 5.0
TURNS = 3
NOW = dt.datetime(2026, 11, 22, 8, 0, tzinfo=dt.UTC)
_BATCH = 2_000
# What is timed inside the service, by the name it has there.
PARTS = {
    "_people_by_profession": "read the people",
    "_instance": "read all, and set people beside needs",
    "plan": "solve",
    "violations": "prove",
    "_keep": "each for itself, and write",
}


def main() -> None:
    """Fill, plan, print the median and its parts, on each database."""
    if on_each_database("plan_path"):
        return
    with database():
        from django.db import connection  # noqa: PLC0415 -- the settings come first

        from ancrage.matching.models import PlanRun  # noqa: PLC0415
        from ancrage.matching.services import ask_plan, make_plan  # noqa: PLC0415

        territory = _fill()
        totals, processor, parts = [], [], []
        for _turn in range(TURNS):
            run = ask_plan(territory=territory, by=None, now=NOW)
            with _timed() as spent:
                begun, worked = time.perf_counter(), time.process_time()
                make_plan(run=run, now=NOW)
                totals.append(time.perf_counter() - begun)
                processor.append(time.process_time() - worked)
            parts.append(spent)
        run = PlanRun.objects.get(pk=run.pk)
        median = statistics.median(totals)
        print(
            f"{PEOPLE:,} people × {NEEDS:,} needs, {connection.vendor}, {run.pair_count:,} pairs:"
            f" median {median:.2f} s, best {min(totals):.2f} s,"
            f" processor {statistics.median(processor):.2f} s;"
            f" bar {BAR:.0f} s {'held' if median < BAR else 'MISSED'}"
        )
        for name, title in PARTS.items():
            print(f"    {title:40}{statistics.median(one[name] for one in parts):>7.2f} s")
        print(
            f"    {run.fte / 100:,.1f} FTE of {run.missing_fte / 100:,.1f} missing;"
            f" each for itself {run.alone_fte / 100:,.1f}"
        )


class _timed:  # noqa: N801 -- used as a word: with _timed() as spent
    """Note how long the parts of the service take; the total is not touched."""

    def __enter__(self) -> dict[str, float]:
        from ancrage.matching.services import planning  # noqa: PLC0415

        self._stack = ExitStack()
        spent = dict.fromkeys(PARTS, 0.0)
        for name in PARTS:
            told = _telling(getattr(planning, name), name, spent)
            self._stack.enter_context(patch.object(planning, name, told))
        return spent

    def __exit__(self, *error: object) -> None:
        self._stack.close()


def _telling(work: Callable[..., Any], name: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:
        begun = time.perf_counter()
        try:
            return work(*args, **kwargs)
        finally:
            spent[name] += time.perf_counter() - begun

    return timed


def _fill() -> Any:
    from ancrage.candidates.models import Candidate, CandidateProfession  # noqa: PLC0415
    from ancrage.needs.models import Need  # noqa: PLC0415
    from ancrage.partners.models import Partner  # noqa: PLC0415
    from ancrage.privacy.models import DataSubject  # noqa: PLC0415
    from ancrage.professions.models import Profession  # noqa: PLC0415
    from ancrage.territory.models import Commune, Department, Territory  # noqa: PLC0415

    draws = random.Random(SEED)
    territory = Territory.objects.create(slug="banc", name="Banc", short_name="Banc")
    department = Department.objects.order_by("code").first()
    communes = [
        Commune(
            department=department,
            insee=f"99{rank:03}",
            name=f"Commune fictive {rank}",
            latitude=draws.uniform(SOUTH, NORTH),
            longitude=draws.uniform(WEST, EAST),
        )
        for rank in range(1_000)
    ]
    communes = Commune.objects.bulk_create(communes)
    partners = Partner.objects.bulk_create(
        Partner(
            territory=territory,
            slug=f"structure-{rank}",
            name=f"Structure fictive {rank}",
            kind="association",
            commune=draws.choice(communes),
            joined_at=NOW,
        )
        for rank in range(NEEDS // 5)
    )
    professions = list(Profession.objects.order_by("rank", "pk")[: len(PROFESSIONS)])
    shares = [share for _name, share, _ratio in PROFESSIONS]
    weights = [share * ratio for _name, share, ratio in PROFESSIONS]
    Need.objects.bulk_create(
        (
            Need(
                partner=(partner := draws.choice(partners)),
                commune=partner.commune,
                profession=draws.choices(professions, shares)[0],
                positions=draws.choice((1, 1, 1, 1, 2, 3)),
                fte_hundredths=draws.choice((20, 50, 50, 80, 100, 100, 100, 100)),
                contract=draws.choice(("cdi", "cdi", "cdd", "vacation")),
                starts_on=NOW.date() + dt.timedelta(days=draws.randrange(180)),
                works_days=draws.random() < 0.7,
                works_nights=draws.random() < 0.2,
                status="published",
                published_at=NOW - dt.timedelta(days=draws.randrange(200)),
                confirmed_at=NOW,
                created_at=NOW,
                updated_at=NOW,
                status_since=NOW,
            )
            for _rank in range(NEEDS)
        ),
        batch_size=_BATCH,
    )
    subjects = DataSubject.objects.bulk_create(
        (
            DataSubject(
                home=f"territory:{territory.pk}",
                created_at=NOW,
                last_contact_at=NOW,
                is_confirmed=True,
            )
            for _rank in range(PEOPLE)
        ),
        batch_size=_BATCH,
    )
    people = []
    for rank, subject in enumerate(subjects):
        commune, least = draws.choice(communes), draws.choice((None, 20, 50, 80))
        people.append(
            Candidate(
                subject=subject,
                territory=territory,
                first_name="Alix",
                last_name=f"Personne {rank} (fictive)",
                email=f"p{rank}@banc.test",
                card=f"{rank:08d}",
                status="active",
                commune=commune,
                latitude=commune.latitude,
                longitude=commune.longitude,
                experience=draws.choice(("under_2", "years_2_5", "years_5_10", "over_20")),
                available_from=NOW.date() + dt.timedelta(days=draws.randrange(120)),
                contracts=draws.choice((["cdi"], ["cdi", "cdd"], ["cdd", "vacation"], [], [])),
                fte_min_hundredths=least,
                fte_max_hundredths=least and draws.choice((least, 100, 100)),
                works_days=draws.random() < 0.8,
                works_nights=draws.random() < 0.3,
                reach_km=draws.choice((15, 20, 30, 50, 100)),
                created_at=NOW,
                updated_at=NOW,
            )
        )
    people = Candidate.objects.bulk_create(people, batch_size=_BATCH)
    CandidateProfession.objects.bulk_create(
        (
            CandidateProfession(
                candidate=person,
                profession=draws.choices(professions, weights)[0],
                is_main=True,
                diploma=draws.choice(("held", "held", "held", "abroad")),
                registration=draws.choice(("registered", "registered", "pending", "unknown")),
            )
            for person in people
        ),
        batch_size=_BATCH,
    )
    return territory


if __name__ == "__main__":
    main()

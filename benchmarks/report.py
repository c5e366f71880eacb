"""The report of a territory of 20,000 profiles and 100,000 needs, and the board of its roadmap.

A report is computed while somebody waits, at the press of a button: within two seconds, which
nobody takes for a breakdown, and no task in the background is called for; one on a part of the
territory, within one. The board of the roadmap is a page: within one second with an indicator for
every measure there is, far more than a territory follows. What is asked does not depend on how
many people there are: the queries are those of 2,000, and those that fetch the names of the
structures and aids of which something may be told.

    python -m benchmarks.report
"""

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks import _people
from benchmarks._bulk import moment, without_indexes, write
from benchmarks._database import database, on_each_database

SEED = 20261123
NOW = _people.NOW
SIZES = (2_000, 20_000)
NEEDS_A_PERSON = 5
STRUCTURES, EPCIS = 300, 12
MOST_SECONDS = {"report": 2.0, "report of a part": 1.0, "board": 1.0}
TURNS = 5
YEAR = (dt.date(2026, 1, 1), dt.date(2026, 10, 31))
_STATUSES = ("published", "filled", "withdrawn")


def main() -> None:
    """Fill, compute, print; stop where a bar is not kept."""
    if on_each_database("report"):
        return
    with database():
        from django.db import connection  # noqa: PLC0415 -- the settings come first

        asked: dict[str, int] = {}
        for size in SIZES:
            _people.fill_up_to(size)
            _fill_the_rest(size)
            print(f"\n{size:,} profiles, {size * NEEDS_A_PERSON:,} needs ({connection.vendor})")
            for name, ask in _acts().items():
                queries, seconds, own = _measure(ask)
                print(
                    f"  {name:20}{queries:>5} queries{1000 * seconds:>10,.0f} ms"
                    f" ({1000 * own:,.0f} ms of processor)",
                    flush=True,
                )
                assert queries <= asked.setdefault(name, queries) + 2, "more people, more queries"
                assert size < SIZES[-1] or seconds < MOST_SECONDS[name], f"{name}: too slow"


def _fill_the_rest(size: int) -> None:
    """Write needs, journeys, posts, introductions, aids and requests for the people there are."""
    from ancrage.partners.models import Partner  # noqa: PLC0415 -- the settings come first
    from ancrage.territory.models import Commune, Territory  # noqa: PLC0415

    territory = Territory.objects.get(slug="banc")
    if not Partner.objects.exists():
        epcis = Commune.objects.filter(insee__startswith="Z").order_by("pk")
        territory.communes.set(epcis[:EPCIS])
        communes = list(territory.communes.order_by("pk"))
        Partner.objects.bulk_create(
            Partner(
                territory=territory,
                slug=f"structure-{rank}",
                name=f"Structure {rank} (fictive)",
                kind="association",
                commune=communes[rank % EPCIS],
                joined_at=NOW,
            )
            for rank in range(STRUCTURES)
        )
        _open_roadmap(territory)
    _known_over_two_years()
    _write_needs(territory, size * NEEDS_A_PERSON)
    _write_journeys(territory, size)
    _write_aids(territory, size)


def _known_over_two_years() -> None:
    from django.db.models import F  # noqa: PLC0415 -- the settings come first

    from ancrage.candidates.models import Candidate  # noqa: PLC0415

    people = Candidate.objects.annotate(turn=F("pk") % 24)
    for turn in range(24):
        known = NOW - dt.timedelta(days=30 * turn)
        people.filter(turn=turn).update(created_at=known)


def _write_needs(territory: Any, count: int) -> None:
    from ancrage.needs.models import Need  # noqa: PLC0415 -- the settings come first
    from ancrage.partners.models import Partner  # noqa: PLC0415

    there = Need.objects.count()
    dice = np.random.default_rng((SEED, there))
    trades = [one.pk for one in _people.professions()[0][:30]]
    communes = list(territory.communes.order_by("pk").values_list("pk", flat=True))
    partners = list(Partner.objects.order_by("pk").values_list("pk", flat=True))

    def rows() -> Any:
        for rank in range(there, count):
            published = NOW - dt.timedelta(days=int(dice.integers(1, 900)))
            status = _STATUSES[0] if rank % 5 == 0 else _STATUSES[1 + rank % 2]
            since = min(NOW, published + dt.timedelta(days=int(dice.integers(1, 120))))
            yield (
                *(partners[rank % STRUCTURES], communes[rank % EPCIS], trades[rank % 30]),
                *(status, moment(published), moment(since), moment(published), moment(published)),
                *(moment(published), "besoin"),
            )

    with without_indexes(Need):
        write(
            Need,
            (
                *("partner_id", "commune_id", "profession_id", "status", "published_at"),
                *("status_since", "confirmed_at", "created_at", "updated_at", "search"),
            ),
            rows(),
            positions=1,
            fte_hundredths=100,
            contract="cdi",
            starts_on="2027-01-01",
        )


def _write_journeys(territory: Any, count: int) -> None:
    """One person in two is accompanied, two in five took a post, a fifth of them left."""
    from ancrage.journeys.enums import JourneyState, LeaveReason, MilestoneKind  # noqa: PLC0415
    from ancrage.journeys.models import Journey, Milestone, Stay  # noqa: PLC0415
    from ancrage.partners.models import Partner  # noqa: PLC0415

    there = Journey.objects.count()
    dice = np.random.default_rng((SEED, 1, there))
    trade = _people.professions()[0][0].pk
    partners = list(Partner.objects.order_by("pk").values_list("pk", flat=True))
    people = range(there * 2 + 1, count + 1, 2)
    starts = [
        NOW.date() - dt.timedelta(days=int(day)) for day in dice.integers(1, 1400, len(people))
    ]
    keys = list(range(there + 1, there + len(people) + 1))
    write(
        Journey,
        ("id", "candidate_id"),
        zip(keys, people, strict=True),
        territory_id=territory.pk,
        opened_on=NOW.date().isoformat(),
        state=JourneyState.IN_POST,
        next_action="Prendre des nouvelles",
        next_action_on=NOW.date().isoformat(),
    )
    write(
        Milestone,
        ("journey_id", "on"),
        ((key, day.isoformat()) for key, day in zip(keys, starts, strict=True)),
        kind=MilestoneKind.ACCOMPANIED,
    )

    def stays() -> Any:
        for rank, (key, start) in enumerate(zip(keys, starts, strict=True)):
            if rank % 5 == 4:
                continue
            gone = rank % 5 == 0
            last = min(NOW.date(), start + dt.timedelta(days=int(dice.integers(1, 900))))
            day, end = start.isoformat(), last.isoformat()
            reason = LeaveReason.PAY if gone else ""
            yield key, partners[rank % STRUCTURES], day, day, end, end if gone else None, reason

    write(
        Stay,
        (
            *("journey_id", "partner_id", "started_on", "followed_since", "known_on"),
            *("ended_on", "leave_reason"),
        ),
        stays(),
        profession_id=trade,
    )


def _write_aids(territory: Any, count: int) -> None:
    from ancrage.schemes.models import AidRequest, Scheme  # noqa: PLC0415 -- settings first

    there = AidRequest.objects.count()
    schemes = list(Scheme.objects.order_by("pk").values_list("pk", flat=True))
    write(
        AidRequest,
        ("subject_id", "scheme_id", "state"),
        (
            (person, schemes[person % len(schemes)], ("granted", "asked")[person % 4 // 2])
            for person in range(there * 4 + 1, count + 1, 4)
        ),
        territory_id=territory.pk,
        asked_on="2026-03-01",
        state_on="2026-04-01",
        created_at=moment(NOW),
    )


def _open_roadmap(territory: Any) -> None:
    """The six axes of the template, and an indicator for every measure that is declared."""
    from ancrage.roadmap.enums import IndicatorKind, RoadmapStatus  # noqa: PLC0415
    from ancrage.roadmap.models import Indicator  # noqa: PLC0415
    from ancrage.roadmap.services import create_roadmap, move_roadmap  # noqa: PLC0415
    from ancrage.territory.measures import measures  # noqa: PLC0415

    roadmap = create_roadmap(
        territory=territory,
        title="Feuille de route (fictive)",
        starts_on=dt.date(2025, 1, 1),
        ends_on=dt.date(2027, 12, 31),
        summary="",
        from_template=True,
        by=None,
        now=NOW,
    )
    axes = list(roadmap.axes.order_by("rank"))
    known = Indicator.objects.filter(axis__roadmap=roadmap).values_list("measure", flat=True)
    Indicator.objects.bulk_create(
        Indicator(
            axis=axes[rank % len(axes)],
            kind=IndicatorKind.COMPUTED,
            title=str(one.name),
            measure=one.key,
            periodicity="year",
            direction="up",
            created_at=NOW,
        )
        for rank, one in enumerate(measures())
        if one.key not in known
    )
    move_roadmap(roadmap=roadmap, to=RoadmapStatus.ACTIVE, by=None, now=NOW)


def _acts() -> dict[str, Callable[[], None]]:
    from django.utils import timezone  # noqa: PLC0415

    from ancrage.roadmap.models import Report, Roadmap  # noqa: PLC0415
    from ancrage.roadmap.queries import (  # noqa: PLC0415
        axis_views,
        indicators_in,
        overdue_in,
        standings,
    )
    from ancrage.roadmap.services.report_contents import contents_of  # noqa: PLC0415
    from ancrage.territory.perimeters import Perimeter, parts_of  # noqa: PLC0415

    roadmap = Roadmap.objects.select_related("territory").get()
    territory = roadmap.territory
    part = parts_of([territory])[0]
    facts = {"territory": territory, "starts_on": YEAR[0], "ends_on": YEAR[1]}

    def whole() -> None:
        told = contents_of(
            report=Report(roadmap=roadmap, **facts), where=Perimeter(territory), now=NOW
        )
        assert told["retention"]["readings"][0]["share"]
        assert len(told["roadmap"]["axes"]) == len(axis_views(roadmap, on=YEAR[1]))

    def of_part() -> None:
        assert contents_of(report=Report(**facts), where=part, now=NOW)["left_out"]

    def board() -> None:
        today = timezone.localdate(NOW)
        axis_views(roadmap, on=today)
        overdue_in(roadmap, on=today)
        assert standings(indicators_in(roadmap), territory, now=NOW)

    return {"report": whole, "report of a part": of_part, "board": board}


def _measure(ask: Callable[[], None]) -> tuple[int, float, float]:
    """Return the queries of an act, its best time, and that of this program alone: what else the
    machine does only adds."""
    from django.db import connection  # noqa: PLC0415 -- the settings come first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        ask()
    times, own = [], []
    for _turn in range(TURNS):
        start, worked = time.perf_counter(), time.process_time()
        ask()
        times.append(time.perf_counter() - start)
        own.append(time.process_time() - worked)
    return len(asked), min(times), min(own)


if __name__ == "__main__":
    main()

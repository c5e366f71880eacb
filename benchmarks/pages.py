"""The overview and the offers, as a visitor and as the coordination, in process.

Bars: at 2,000 needs of 300 structures, 12 queries at most and a median under 60 ms;
at 100,000 needs, a search under 120 ms on SQLite. Beside them, the same overview counted
row by row as model objects, the way most dashboards are first written.

    python -m benchmarks.pages
"""

import datetime as dt
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from benchmarks._database import database

SEED = 20261116
TURNS = 15
SEARCH = "infirmier pornic"


def main() -> None:
    """Print queries and medians at both sizes."""
    with database():
        from django.db import connection  # noqa: PLC0415 - the settings come first

        for needs, structures in ((2_000, 300), (100_000, 300)):
            _fill(needs, structures)
            print(f"\n{needs:,} needs, {structures} structures ({connection.vendor})")
            _show_pages(small=needs <= 2_000)


def _fill(needs: int, structures: int) -> None:
    from ancrage.kit.text import words  # noqa: PLC0415
    from ancrage.needs.models import Need  # noqa: PLC0415
    from ancrage.partners.models import Partner  # noqa: PLC0415
    from ancrage.professions.models import Profession  # noqa: PLC0415
    from ancrage.territory.models import Territory  # noqa: PLC0415
    from ancrage.territory.services import create_reference_territory  # noqa: PLC0415

    draws = random.Random(SEED)
    now = dt.datetime.now(dt.UTC)
    territory = Territory.objects.filter(slug="pays-de-retz").first()
    if territory is None:
        territory = create_reference_territory(slug="pays-de-retz", by=None, now=now)
        communes = list(territory.communes.order_by("pk"))
        Partner.objects.bulk_create(
            Partner(
                territory=territory,
                slug=f"structure-{rank}",
                name=f"EHPAD Le Phare {rank} (fictif)",
                kind="association",
                commune=draws.choice(communes),
                joined_at=now,
            )
            for rank in range(structures)
        )
    communes = list(territory.communes.order_by("pk"))
    partners = list(Partner.objects.order_by("pk"))
    professions = list(Profession.objects.order_by("rank")[:25])
    missing = needs - Need.objects.count()
    rows = []
    for rank in range(missing):
        profession, commune, partner = (
            draws.choice(professions),
            draws.choice(communes),
            draws.choice(partners),
        )
        rows.append(
            Need(
                partner=partner,
                commune=commune,
                profession=profession,
                positions=draws.randint(1, 3),
                fte_hundredths=draws.choice((50, 80, 100)),
                contract=draws.choice(("cdi", "cdd")),
                starts_on=now.date() + dt.timedelta(days=draws.randint(-60, 360)),
                status="published",
                published_at=now - dt.timedelta(days=draws.randint(0, 200)),
                confirmed_at=now,
                created_at=now,
                updated_at=now,
                status_since=now,
                search=" ".join(
                    words(f"{profession.search} {partner.name} {commune.name} ref {rank}")
                ),
            )
        )
    Need.objects.bulk_create(rows, batch_size=2_000)


def _show_pages(*, small: bool) -> None:
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    visitor = Client(headers={"HX-Request": "false"})
    coordination = _coordination()
    pages = {
        "offers, one search": lambda: _searches(visitor, reverse("offers:list")),
        "board, one search": lambda: _searches(
            coordination, reverse("needs:list"), vue="territoire"
        ),
    }
    if small:
        pages |= {
            "overview, visitor": lambda: visitor.get(reverse("overview:overview")),
            "overview, coordination": lambda: coordination.get(reverse("overview:overview")),
            "rows as objects (usual)": _naive,
        }
    for name, ask in pages.items():
        queries, median = _measure(ask)
        print(f"  {name:26}{queries:>4} queries{1000 * median:>9.1f} ms")


def _searches(client: Any, url: str, **filters: str) -> None:
    from django.core.cache import cache  # noqa: PLC0415

    cache.clear()
    assert client.get(url, {"q": SEARCH, **filters}).status_code == 200


def _coordination() -> Any:
    """Return a browser signed in as the coordination of the territory."""
    from django.test import Client  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from ancrage.accounts.models import User  # noqa: PLC0415
    from ancrage.accounts.services import open_account  # noqa: PLC0415
    from ancrage.territory.enums import Office  # noqa: PLC0415
    from ancrage.territory.models import Territory  # noqa: PLC0415
    from ancrage.territory.services import grant_office  # noqa: PLC0415

    now = timezone.now()
    user = User.objects.filter(email="coordination@banc.test").first()
    if user is None:
        user = open_account(email="coordination@banc.test", by=None, now=now)
        territory = Territory.objects.get(slug="pays-de-retz")
        grant_office(user=user, territory=territory, office=Office.COORDINATOR, by=None, now=now)
    client = Client(headers={"HX-Request": "false"})
    client.force_login(user)
    return client


def _naive() -> None:
    """Count places, months and professions over model objects: what the page is compared with."""
    from ancrage.needs.models import Need  # noqa: PLC0415

    communes: Counter[str] = Counter()
    months: Counter[tuple[str, int]] = Counter()
    for need in Need.objects.filter(status="published").select_related("commune", "profession"):
        communes[need.commune.name] += need.positions
        months[(need.profession.label_fr, need.starts_on.month)] += need.positions
    assert communes


def _measure(ask: Callable[[], Any]) -> tuple[int, float]:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    queries = len(asked)
    times = []
    for _turn in range(TURNS):
        start = time.perf_counter()
        ask()
        times.append(time.perf_counter() - start)
    return queries, statistics.median(times)


if __name__ == "__main__":
    main()

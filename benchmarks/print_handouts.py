"""The paper of a whole evening, from rows already read to the bytes of a tagged PDF.

Bar: the sheets of 130 people (100 hosts, 30 visitors, 12 rounds) in under 3 s, the first time in a
process, when the fonts are unpacked and read. The other papers and a second printing are printed
under it. Nobody is real.

    python -m benchmarks.print_handouts
"""

import datetime as dt
import os
import time
from typing import Any

HOSTS, VISITORS, ROUNDS = 100, 30, 12
BAR = 3.0
NOW = dt.datetime(2026, 11, 22, 8, 0, tzinfo=dt.UTC)
KINDS = ("personnes", "tables", "badges", "emargement", "grille")


def main() -> None:
    """Print every paper twice; say how long each took, its pages and its weight."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ancrage.config.settings.test"
    import django  # noqa: PLC0415 -- the settings come first

    django.setup()
    from django.urls import reverse  # noqa: PLC0415

    # A server has read its addresses before anybody prints.
    reverse("evenings:person", args=[1, "AB2345"])
    handouts = _evening()
    for turn in ("first", "again"):
        for kind in KINDS:
            seconds, content = _timed(handouts, kind)
            told = f"  {kind:12}{turn:8}{seconds:6.2f} s {len(content) / 1024:6.0f} kB"
            if kind == "personnes" and turn == "first":
                told += f"   bar {BAR:.0f} s {'held' if seconds < BAR else 'MISSED'}"
            print(told)


def _timed(handouts: Any, kind: str) -> tuple[float, bytes]:
    from ancrage.kit.pdf import print_pdf  # noqa: PLC0415 -- the settings come first
    from ancrage.web.handouts.papers import paper_of  # noqa: PLC0415

    begun = time.perf_counter()
    template, data = paper_of(kind, handouts, handouts.people(), mark="Mesure.")
    made = print_pdf(template, {**data, "heading": kind}, title=f"{kind} fictif", now=NOW)
    assert made.unprintable == frozenset()
    return time.perf_counter() - begun, made.content


def _evening() -> Any:
    """Each round, visitor v sits at table v with another host."""
    from ancrage.events.models import Event, Participant, Side, Timetable  # noqa: PLC0415
    from ancrage.events.queries.handouts import (  # noqa: PLC0415
        Handouts,
        PartyOnPaper,
        Seat,
        Stop,
        Turn,
    )

    event = Event(title="Doc’dating fictif", place="Salle fictive", starts_at=NOW, doors_at=NOW)
    sides = [
        Side(pk=1, event=event, role="host", name="médecins installés", singular="médecin"),
        Side(pk=2, event=event, role="visitor", name="internes", singular="interne"),
    ]
    stops: dict[int, dict[int, Stop]] = {key: {} for key in range(HOSTS + VISITORS)}
    tables: dict[str, dict[int, tuple[Seat, ...]]] = {}
    for visitor in range(VISITORS):
        rounds = tables.setdefault(str(visitor + 1), {})
        for number in range(ROUNDS):
            host = (3 * visitor + 31 * number) % HOSTS
            key, table = HOSTS + visitor, str(visitor + 1)
            rounds[number] = (Seat(host, (key,)),)
            stops[key][number] = Stop(number, table, (host,))
            stops[host][number] = Stop(number, table, (key,))
    parties = {}
    for key, own in stops.items():
        person = Participant(
            pk=key,
            event_id=1,
            badge=f"A{key:05}",
            first_name="Alix",
            last_name=f"Fictif {key}",
            organisation="Cabinet fictif",
        )
        side = sides[key >= HOSTS]
        parties[key] = PartyOnPaper(key, side, person.full_name, (person,), own)
    turns = tuple(
        Turn(number, NOW + dt.timedelta(minutes=9 * number), False, 0) for number in range(ROUNDS)
    )
    return Handouts(event, Timetable(version=1, published_at=NOW), turns, parties, tables)


if __name__ == "__main__":
    main()

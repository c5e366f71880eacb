"""Fifty people at once on the pages of a territory of 20,000 profiles and 2,000 needs.

The demo's territory is copied until it holds 20,000 people, 18,000 journeys, 10,000
introductions and 2,000 needs. Two workers serve it as in production; thirty visitors and twenty
people of every role, signed in, each open a page, read it for five seconds on average, open
another. Every page that links lead to from the home page takes part, but files to download.

Bar: 95 % of the pages in less than 300 ms, from the request to the last byte.

    python -m benchmarks.load
    DATABASE_URL=postgres://… python -m benchmarks.load
"""

import contextlib
import html
import http.client
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from benchmarks._database import on_each_database

SEED = 20261122
USERS, VISITORS = 50, 30
READING = 5.0
LASTS = 90.0
BAR_MS = 300
WORKERS = 2
PEOPLE_TIMES, NEEDS_TIMES = 100, 10
MOST_PAGES = 600
_LINK = re.compile(rb'href="([^"#]+)"')


@dataclass(frozen=True)
class Reader:
    """Somebody: the pages they can reach, by name, and the cookie that says who they are."""

    pages: dict[str, str]
    cookie: str = ""


@dataclass(frozen=True)
class Reading:
    """One page opened: by its name, how long it took, what was answered."""

    page: str
    seconds: float
    status: int


def main() -> None:
    """Fill, serve, open pages, print how long they take, on each database."""
    if on_each_database("load"):
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANCRAGE_VAR"] = folder
        (Path(folder) / "static").mkdir()
        os.environ["DJANGO_SETTINGS_MODULE"] = "ancrage.config.settings.demo"
        os.environ["TRUSTED_PROXIES"] = "1"
        _fill()
        readers = _readers()
        with _served() as port:
            for _worker in range(WORKERS):
                for reader in readers:
                    for name, address in reader.pages.items():
                        _open(port, reader, name, address, "10.0.0.1")
            readings = _crowd(port, readers)
        _print(readings)


def _fill() -> None:
    import django  # noqa: PLC0415 -- the settings come first

    django.setup()
    import logging  # noqa: PLC0415 -- once Django has set it

    logging.disable(logging.CRITICAL)
    from django.core.management import call_command  # noqa: PLC0415

    from benchmarks._copies import multiply  # noqa: PLC0415

    with open(os.devnull, "w") as nowhere:
        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0, stdout=nowhere)
        call_command("load_demo", verbosity=0, stdout=nowhere)
    multiply(people=PEOPLE_TIMES, needs=NEEDS_TIMES)
    from django.db import connection  # noqa: PLC0415

    from ancrage.candidates.models import Candidate  # noqa: PLC0415
    from ancrage.needs.models import Need  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    people, needs = Candidate.objects.count(), Need.objects.count()
    print(f"{people:,} people, {needs:,} needs, {connection.vendor}")


def _readers() -> list[Reader]:
    """Return a visitor, then the accounts of the demo, with the pages that links lead them to."""
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    readers = []
    for user in (None, *get_user_model().objects.filter(is_active=True).order_by("pk")):
        client = Client(headers={"host": "localhost", "x-forwarded-for": "10.0.0.2"})
        if user is not None:
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        cookies = client.cookies.output(header="", sep=";", attrs=[])
        readers.append(Reader(_pages(client), cookies.strip()))
    return readers


def _pages(client: object) -> dict[str, str]:
    """Follow links from the home page; return one address for each page met, by its name."""
    from django.urls import Resolver404, resolve  # noqa: PLC0415

    found: dict[str, str] = {}
    seen: set[str] = set()
    waiting = deque(["/"])
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.popleft()
        try:
            name = resolve(urlsplit(address).path).view_name
        except Resolver404:
            continue
        if name in seen or "logout" in name:
            continue
        seen.add(name)
        answer = client.get(address)  # type: ignore[attr-defined]
        if answer.status_code in (301, 302):
            waiting.append(urljoin(address, answer["Location"]))
        elif answer.status_code == 200 and "html" in answer["Content-Type"]:
            found[name] = address
            for link in _LINK.findall(answer.content):
                to = urljoin(address, html.unescape(link.decode()))
                if to.startswith("/") and not to.startswith("/static/"):
                    waiting.append(to)
    return found


@contextlib.contextmanager
def _served() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "ancrage.config.wsgi", "--workers", str(WORKERS)]
    server = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "--log-level", "critical"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _turn in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait()


def _crowd(port: int, readers: list[Reader]) -> list[Reading]:
    """Let everybody open pages at their own pace; return all that was opened."""
    visitor, *accounts = readers
    crowd = [visitor] * VISITORS
    crowd += [accounts[rank % len(accounts)] for rank in range(USERS - VISITORS)]
    readings: list[Reading] = []
    ends = time.monotonic() + LASTS

    def read(number: int, reader: Reader) -> None:
        dice = random.Random(SEED + number)
        names = sorted(reader.pages)
        while (pause := dice.expovariate(1 / READING)) + time.monotonic() < ends:
            time.sleep(pause)
            name = dice.choice(names)
            answered = _open(port, reader, name, reader.pages[name], f"10.0.1.{number}")
            readings.append(answered)

    threads = [
        threading.Thread(target=read, args=(number, one)) for number, one in enumerate(crowd)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return readings


def _open(port: int, reader: Reader, name: str, address: str, client: str) -> Reading:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Host": "localhost", "X-Forwarded-For": client, "Cookie": reader.cookie}
    begun = time.perf_counter()
    link.request("GET", address, headers=headers)
    answer = link.getresponse()
    answer.read()
    seconds = time.perf_counter() - begun
    link.close()
    return Reading(name, seconds, answer.status)


def _print(readings: list[Reading]) -> None:
    times = sorted(one.seconds * 1000 for one in readings)
    high = times[int(0.95 * len(times))]
    refused = sum(one.status >= 400 for one in readings)
    by_page = defaultdict(list)
    for one in readings:
        by_page[one.page].append(one.seconds * 1000)
    print(
        f"{USERS} people, {len(by_page)} pages, {len(readings) / LASTS:.1f} a second:"
        f" median {statistics.median(times):.0f} ms, 95 % under {high:.0f} ms,"
        f" slowest {times[-1]:.0f} ms, {refused} refused;"
        f" bar {BAR_MS} ms {'held' if high < BAR_MS else 'MISSED'}"
    )
    slowest = sorted(by_page.items(), key=lambda item: -statistics.median(item[1]))
    for name, spent in slowest[:8]:
        print(f"    {name:40}{statistics.median(spent):>7.0f} ms")


if __name__ == "__main__":
    main()

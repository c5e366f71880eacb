"""Invented people spread over mainland France, a hundred thousand or a million of them.

Four in five live around fifty towns, in proportion to their size, the others anywhere; professions
are as unequal as in the field; places gather in squares of 25 km, as communes do in groupings. All
are in one territory: a search has them all to sort out. Nobody is real.

Rows are drawn column by column and written as they are: the search rows of some people are then
compared with those that the services make.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks._bulk import moment, without_indexes, write

Column = NDArray[Any]
SEED = 20261122
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
# Towns with their urban population in thousands (INSEE, rounded) and their place.
TOWNS = (
    (10_800, 48.86, 2.35),
    (1_690, 45.76, 4.84),
    (1_620, 43.30, 5.37),
    (1_060, 50.63, 3.06),
    (1_050, 43.60, 1.44),
    (1_000, 44.84, -0.58),
    (940, 43.70, 7.27),
    (670, 47.22, -1.55),
    (590, 43.12, 5.93),
    (460, 45.19, 5.72),
    (480, 48.57, 7.75),
    (470, 49.44, 1.10),
    (450, 43.61, 3.88),
    (380, 45.44, 4.39),
    (370, 48.11, -1.68),
    (360, 47.39, 0.69),
    (350, 50.37, 3.08),
    (330, 50.36, 3.52),
    (280, 47.90, 1.90),
    (290, 48.69, 6.18),
    (270, 45.78, 3.09),
    (250, 47.75, 7.34),
    (240, 47.32, 5.04),
    (240, 49.49, 0.11),
    (240, 47.47, -0.55),
    (220, 49.26, 4.03),
    (210, 48.39, -4.49),
    (210, 49.18, -0.37),
    (200, 48.00, 0.20),
    (190, 42.70, 2.90),
    (180, 43.84, 4.36),
    (180, 49.89, 2.30),
    (170, 45.83, 1.26),
    (160, 43.30, -0.37),
    (150, 46.16, -1.15),
    (140, 47.24, 6.02),
    (140, 46.58, 0.34),
    (130, 48.30, 4.08),
    (120, 47.27, -2.21),
    (120, 47.75, -3.37),
    (110, 45.65, 0.16),
    (100, 47.08, 2.40),
    (100, 45.90, 6.13),
    (90, 49.64, -1.62),
    (80, 48.51, -2.76),
    (70, 46.67, -1.43),
    (70, 48.07, -0.77),
    (60, 44.93, 4.89),
    (50, 44.02, 1.35),
    (40, 46.99, 3.16),
)
FIRST = ("Alix", "Andrea", "Camille", "Charlie", "Claude", "Dominique", "Eden", "Noa", "Sacha")
SYLLABLES = tuple(
    consonant + vowel
    for consonant in ("b", "d", "f", "l", "m", "n", "r", "t")
    for vowel in "aeiou"
)
EXPERIENCES = ("under_2", "years_2_5", "years_5_10", "over_20")
CONTRACTS = (["cdi"], ["cdd"], ["cdd", "vacation"], [], [])
SOUTH, NORTH, WEST, EAST = 43.0, 50.5, -3.5, 7.5
_BATCH = 50_000
_COMPARED = 200
_SQUARE = 0.25  # degrees
_DOWN = int((NORTH - SOUTH + 2) / _SQUARE) + 1
_ACROSS = int((EAST - WEST + 2) / _SQUARE) + 1
# Prime to 10^8: numbers that follow one another are drawn far apart.
_CARD_STEP = 61_803_399


def fill_up_to(size: int) -> None:
    """Write the people who are not there yet: profile, professions, agreement, search rows."""
    from ancrage.candidates.models import (  # noqa: PLC0415 -- the settings come first
        Candidate,
        CandidateProfession,
        CandidateWord,
        SearchEntry,
    )
    from ancrage.privacy.models import ConsentEntry, DataSubject  # noqa: PLC0415
    from ancrage.territory.models import Territory  # noqa: PLC0415

    there = Candidate.objects.count()
    if there >= size:
        return
    territory = Territory.objects.filter(slug="banc").first()
    if territory is None:
        territory = Territory.objects.create(slug="banc", name="Banc", short_name="Banc")
        _write_squares()
    squares = _squares()
    tables = (
        DataSubject,
        Candidate,
        CandidateProfession,
        SearchEntry,
        CandidateWord,
        ConsentEntry,
    )
    with without_indexes(*tables):
        for start in range(there, size, _BATCH):
            people = _draw(start, min(start + _BATCH, size), squares)
            _write_people(people, territory.pk)
    _compare(size)


def professions() -> tuple[list[Any], Column]:
    """Return the professions, the commonest first, and the share of each among people."""
    from ancrage.professions.models import Profession  # noqa: PLC0415 -- the settings come first

    found = list(Profession.objects.order_by("rank", "pk"))
    np.random.default_rng(SEED).shuffle(found)
    shares = 1 / np.arange(1, len(found) + 1)
    return found, shares / shares.sum()


def places(dice: np.random.Generator, count: int) -> tuple[Column, Column]:
    """Draw latitudes and longitudes."""
    sizes, latitudes, longitudes = np.array(TOWNS).T
    town = dice.choice(len(TOWNS), count, p=sizes / sizes.sum())
    spread = 0.04 * (sizes[town] / 100) ** 0.4
    anywhere = dice.random(count) < 0.2
    north = np.where(
        anywhere, dice.uniform(SOUTH, NORTH, count), dice.normal(latitudes[town], spread)
    )
    east = np.where(
        anywhere, dice.uniform(WEST, EAST, count), dice.normal(longitudes[town], spread * 1.4)
    )
    return north.clip(SOUTH - 1, NORTH + 1).round(6), east.clip(WEST - 1, EAST + 1).round(6)


@dataclass(frozen=True)
class _Squares:
    """The groupings of communes, row by row from the south-west; each has one commune."""

    communes: Column
    epcis: Column
    names: Column


@dataclass(frozen=True)
class _People:
    """Some people, column by column. The key of a subject and of its profile are the same."""

    key: Column
    first: Column
    last: Column
    latitude: Column
    longitude: Column
    commune: Column
    epci: Column
    village: Column
    experience: Column
    days: Column
    contracts: Column
    least: Column
    nights: Column
    works: Column
    reach: Column
    in_pool: Column
    age: Column
    main: Column
    other: Column

    @property
    def card(self) -> list[str]:
        return [f"{number:08d}" for number in (self.key * _CARD_STEP % 10**8).tolist()]


def _write_squares() -> None:
    from ancrage.territory.models import Commune, Department, Epci  # noqa: PLC0415

    dice = np.random.default_rng(SEED + 1)
    department = Department.objects.order_by("code").first()
    count = _DOWN * _ACROSS
    names = ["".join(word).capitalize() for word in dice.choice(SYLLABLES, (count, 4))]
    epcis = Epci.objects.bulk_create(
        (Epci(siren=f"9{n:08d}", name=f"Pays de {names[n]} (fictif)") for n in range(count)),
        batch_size=500,
    )
    Commune.objects.bulk_create(
        (
            Commune(
                insee=f"Z{number:04d}",
                name=names[number],
                search_name=names[number].lower(),
                department=department,
                epci=epcis[number],
                latitude=SOUTH - 1 + (number // _ACROSS + 0.5) * _SQUARE,
                longitude=WEST - 1 + (number % _ACROSS + 0.5) * _SQUARE,
            )
            for number in range(count)
        ),
        batch_size=500,
    )


def _squares() -> _Squares:
    from ancrage.territory.models import Commune  # noqa: PLC0415 -- the settings come first

    found = Commune.objects.filter(insee__startswith="Z").order_by("insee")
    return _Squares(*map(np.array, zip(*found.values_list("pk", "epci", "name"), strict=True)))


def _draw(start: int, stop: int, squares: _Squares) -> _People:
    """Draw the people of these ranks: always the same ones, whatever the size of the whole."""
    dice = np.random.default_rng((SEED, start))
    count = stop - start
    trades, shares = professions()
    keys = np.array([trade.pk for trade in trades])
    latitude, longitude = places(dice, count)
    down, across = (latitude - SOUTH + 1) // _SQUARE, (longitude - WEST + 1) // _SQUARE
    square = (down * _ACROSS + across).astype(int)
    other = dice.choice(keys, count)
    return _People(
        key=np.arange(start + 1, stop + 1),
        first=dice.choice(FIRST, count),
        last=last_names(dice, count),
        latitude=latitude,
        longitude=longitude,
        commune=squares.communes[square],
        epci=squares.epcis[square],
        village=squares.names[square],
        experience=dice.choice(EXPERIENCES, count),
        days=dice.integers(-30, 201, count),
        contracts=dice.integers(0, len(CONTRACTS), count),
        least=dice.choice((0, 50, 80), count),
        nights=(dice.random(count) < 0.3).astype(int),
        works=(dice.random(count) < 0.8).astype(int),
        reach=dice.choice((0, 10, 20, 30, 50), count),
        in_pool=(dice.random(count) < 0.7).astype(int),
        age=dice.integers(0, 500_001, count),
        main=dice.choice(keys, count, p=shares),
        other=np.where(dice.random(count) < 0.15, other, 0),
    )


def _write_people(people: _People, territory: int) -> None:
    from ancrage.candidates.models import (  # noqa: PLC0415 -- the settings come first
        Candidate,
        CandidateProfession,
        CandidateWord,
        SearchEntry,
    )
    from ancrage.candidates.queries.bits import contract_bits  # noqa: PLC0415
    from ancrage.privacy.models import ConsentEntry, DataSubject  # noqa: PLC0415
    from ancrage.privacy.notices import current_notice  # noqa: PLC0415

    keys = people.key.tolist()
    days = [(NOW.date() + dt.timedelta(days=day)).isoformat() for day in people.days.tolist()]
    changed = [moment(NOW - dt.timedelta(minutes=age)) for age in people.age.tolist()]
    least = _or_nothing(people.least)
    reach = _or_nothing(people.reach)
    pool = people.in_pool.tolist()
    write(
        DataSubject,
        ("id", "key"),
        ((key, f"{key:032x}") for key in keys),
        home=f"territory:{territory}",
        created_at=moment(NOW),
        last_contact_at=moment(NOW),
        is_confirmed=1,
    )
    write(
        Candidate,
        (
            *("id", "subject_id", "first_name", "last_name", "name_key", "email", "phone"),
            *("commune_id", "zone_id", "latitude", "longitude", "card", "experience"),
            *("available_from", "contracts", "fte_min_hundredths", "works_nights", "works_days"),
            *("reach_km", "in_pool", "updated_at"),
        ),
        zip(
            *(keys, keys, people.first.tolist(), people.last.tolist()),
            _name_keys(people),
            (f"p{key}@banc.test" for key in keys),
            (f"+336{key:08d}" for key in keys),
            *(people.commune.tolist(), people.epci.tolist()),
            *(people.latitude.tolist(), people.longitude.tolist()),
            *(people.card, people.experience.tolist(), days),
            np.array([json.dumps(kinds) for kinds in CONTRACTS])[people.contracts].tolist(),
            *(least, people.nights.tolist(), people.works.tolist(), reach, pool, changed),
            strict=True,
        ),
        territory_id=territory,
        created_at=moment(NOW),
    )
    trades = list(_trades(people))
    write(
        CandidateProfession,
        ("candidate_id", "profession_id", "is_main"),
        ((keys[rank], trade, is_main) for rank, trade, is_main in trades),
    )
    bits = np.array([contract_bits(kinds) for kinds in CONTRACTS])[people.contracts].tolist()
    hours = (people.works + 2 * people.nights).tolist()
    columns = (
        *(keys, people.epci.tolist(), people.latitude.tolist(), people.longitude.tolist()),
        *([far and float(far * far) for far in reach], days, [day[:8] + "01" for day in days]),
        [low or 1 for low in least],
        *(bits, [some or 15 for some in hours], people.experience.tolist(), pool, changed),
    )
    lines = list(zip(*columns, strict=True))
    write(
        SearchEntry,
        (
            *("profession_id", "is_main", "candidate_id", "zone_id", "latitude", "longitude"),
            *("reach_squared", "available_from", "available_month", "fte_min_hundredths"),
            *("contracts", "hours", "experience", "in_pool", "updated_at"),
        ),
        ((trade, is_main, *lines[rank]) for rank, trade, is_main in trades),
        territory_id=territory,
        fte_max_hundredths=100,
        is_settled=0,
        counts=1,
    )
    for words in (
        *(np.char.lower(people.first), np.char.lower(people.last), np.array(people.card)),
        *(np.char.lower(people.village), np.array([f"06{key:08d}" for key in keys])),
    ):
        # In their order: the rows of one word lie together in the index.
        order = words.argsort(kind="stable")
        rows = zip(words[order].tolist(), people.key[order].tolist(), strict=True)
        write(CandidateWord, ("word", "candidate_id"), rows)
    notice = current_notice("talent_pool")
    write(
        ConsentEntry,
        ("subject_id",),
        ((key,) for key in compress(keys, pool)),
        purpose="talent_pool",
        notice_version=notice.version,
        notice_hash=notice.digest,
        given=1,
        at=moment(NOW),
        channel="self",
    )


def last_names(dice: np.random.Generator, count: int) -> Column:
    """Draw last names of three syllables."""
    first, second, third = dice.choice(SYLLABLES, (3, count))
    return np.char.capitalize(np.char.add(np.char.add(first, second), third))


def _name_keys(people: _People) -> Iterator[str]:
    for pair in zip(people.first.tolist(), people.last.tolist(), strict=True):
        yield " ".join(sorted(name.lower() for name in pair))


def _or_nothing(column: Column) -> list[int | None]:
    return [value or None for value in column.tolist()]


def _trades(people: _People) -> Iterator[tuple[int, int, int]]:
    """The professions of everybody: the rank of the person, the profession, whether it is main."""
    pairs = zip(people.main.tolist(), people.other.tolist(), strict=True)
    for rank, (main, other) in enumerate(pairs):
        yield rank, main, 1
        if other and other != main:
            yield rank, other, 0


def _compare(size: int) -> None:
    """Stop where what was written differs from what the services would have written."""
    from ancrage.candidates.models import (  # noqa: PLC0415 -- the settings come first
        Candidate,
        CandidateProfession,
        CandidateWord,
        SearchEntry,
    )
    from ancrage.candidates.models.profiles import name_key_of  # noqa: PLC0415
    from ancrage.candidates.services.indexing import entry_of, words_of  # noqa: PLC0415

    some = np.random.default_rng(SEED).integers(1, size + 1, _COMPARED).tolist()
    said = [field.attname for field in SearchEntry._meta.concrete_fields][1:]
    people = Candidate.objects.select_related("commune").in_bulk(some)
    for person in people.values():
        person.full_clean(exclude=["subject", "territory"], validate_unique=False)
        assert person.name_key == name_key_of(person.first_name, person.last_name)
        rows = CandidateProfession.objects.filter(candidate=person).order_by("profession")
        wanted = [entry_of(person, row) for row in rows]
        written = SearchEntry.objects.filter(candidate=person).order_by("profession")
        assert [[getattr(one, name) for name in said] for one in wanted] == [
            [getattr(one, name) for name in said] for one in written
        ]
        held = CandidateWord.objects.filter(candidate=person).order_by("word")
        assert [*held.values_list("word", flat=True)] == list(words_of(person))

"""« Trouver un profil »: a constant number of queries, whatever the number of profiles.

Everything a search filters on stands in the narrow rows of `SearchEntry`, one a profession. A
place is looked for in a window of latitudes and longitudes first, then by the square of an
equirectangular distance, which every database computes with + and ×; up to 200 km it differs
from the haversine by less than 0.3 % at the latitudes of France.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import ExpressionWrapper
from django.db.models.lookups import GreaterThan

from ancrage.candidates.models import CandidateWord, SearchEntry
from ancrage.candidates.queries.bits import contract_bits
from ancrage.kit.contacts import normalise_phone
from ancrage.kit.text import words
from ancrage.privacy.scopes import Viewer
from ancrage.professions.models import Profession

# Nobody reads further: beyond, the count says « more than ».
MOST_COUNTED = 1_000
_MOST_WORDS = 6
_PARTS_OF_THE_CIRCLE = (1 / 8, 1 / 4, 1 / 2)
_LAST_CHANGED = ("-updated_at", "pk")
_KM_PER_DEGREE = math.pi * 6371.0088 / 180
_PHONE_FIGURES = 9
# A word of the search may not be followed by anything after this letter.
_LAST_LETTER = "z"


@dataclass(frozen=True)
class SearchCriteria:
    """What is looked for. Every part is optional; distances in km, FTE in hundredths.

    What a person has not said (a date, a contract, hours) shuts nothing: it is asked later.
    """

    text: str = ""
    professions: Collection[Profession] = ()
    # (latitude, longitude), and how far around.
    near: tuple[float, float] | None = None
    km: float = 30
    # Only those who said they would come that far.
    within_their_reach: bool = False
    available_on: date | None = None
    contract: str = ""
    fte_hundredths: int | None = None
    # Bits of `queries.bits`: those who accept all of them.
    hours: int = 0
    experience: str = ""
    in_pool: bool | None = None
    # Those who look for no post any more, or the others; None: both.
    is_settled: bool | None = None
    sort: str = ""


def search_candidates(
    criteria: SearchCriteria, viewer: Viewer, *, only: Q | None = None
) -> QuerySet[Any]:
    """Return the search rows that match, one a person, for a coordinator of their territory.

    Nearest first around a place, else the last changed; each row carries `square_km` when there
    is a place. Only the territories among the scopes of `viewer` are searched; profiles that
    are frozen, that wait or that are gone have no row. `only` is one condition more: what is
    filtered afterwards is taken from as many rows as pages show.
    """
    rows = SearchEntry.objects.filter(territory__in=territories_of_scopes(viewer))
    rows = rows.filter(only or Q())
    rows = _named(rows.filter(_wishes(criteria)), criteria.text)
    if criteria.near is not None:
        rows = _nearest(_one_a_person(rows, criteria.professions), criteria)
        rows = rows.order_by(F("square_km").asc(), "pk")
    else:
        several = len(criteria.professions) > 1
        narrow = _latest if several else _one_a_person
        rows = narrow(rows, criteria.professions).order_by(*_LAST_CHANGED)
    return rows.select_related(
        "profession", "candidate__subject", "candidate__commune", "candidate__zone"
    )


def count_up_to(rows: QuerySet[Any], most: int = MOST_COUNTED) -> int:
    """Return how many rows there are, `most` + 1 if there are more: the database stops there."""
    return rows.order_by()[: most + 1].count()


def territories_of_scopes(viewer: Viewer) -> list[int]:
    """Return the keys of the territories that a reader acts for."""
    held = (scope.partition(":") for scope in viewer.scopes)
    return sorted(int(key) for kind, _colon, key in held if kind == "territory")


def window(near: tuple[float, float], km: float) -> dict[str, tuple[float, float]]:
    """Return the window of latitudes and longitudes that holds a circle."""
    latitude, longitude = near
    height = km / _KM_PER_DEGREE
    width = height / max(math.cos(math.radians(latitude)), 0.01)
    return {
        "latitude__range": (latitude - height, latitude + height),
        "longitude__range": (longitude - width, longitude + width),
    }


def square_km(near: tuple[float, float]) -> ExpressionWrapper:
    """Return the square of the distance from a place to the point of a row, in km²."""
    latitude, longitude = near
    north = (F("latitude") - Value(latitude)) * Value(_KM_PER_DEGREE)
    narrow = _KM_PER_DEGREE * math.cos(math.radians(latitude))
    east = (F("longitude") - Value(longitude)) * Value(narrow)
    return ExpressionWrapper(north * north + east * east, output_field=FloatField())


def _latest(rows: QuerySet[Any], professions: Collection[Profession]) -> QuerySet[Any]:
    """Narrow to one row a person, of the last changed of all, as many as pages show. One query.

    Each profession is read in the order of the index, no further than the pages would be filled
    by it alone; asked together, all their rows would be sorted.
    """
    heads = []
    for profession in professions:
        own = rows.filter(profession=profession).order_by(*_LAST_CHANGED)[: MOST_COUNTED + 1]
        head = SearchEntry.objects.filter(pk__in=own.values("pk")).order_by()
        heads.append(head.values_list("updated_at", "pk", "candidate"))
    found = sorted(heads[0].union(*heads[1:], all=True), key=lambda row: row[1])
    one_each = {person: (changed, pk) for changed, pk, person in reversed(found)}
    latest = sorted(one_each.values(), key=lambda row: row[0], reverse=True)
    return SearchEntry.objects.filter(pk__in=[pk for _changed, pk in latest[: MOST_COUNTED + 1]])


def _one_a_person(rows: QuerySet[Any], professions: Collection[Profession]) -> QuerySet[Any]:
    if not professions:
        return rows.filter(is_main=True)
    wanted = [profession.pk for profession in professions]
    rows = rows.filter(profession__in=wanted)
    if len(wanted) == 1:
        return rows
    earlier = SearchEntry.objects.filter(
        candidate=OuterRef("candidate"), profession__in=wanted, pk__lt=OuterRef("pk")
    )
    return rows.filter(~Exists(earlier))


def _wishes(criteria: SearchCriteria) -> Q:
    condition = Q()
    if criteria.available_on is not None:
        day = criteria.available_on
        condition &= Q(available_from__isnull=True) | Q(available_from__lte=day)
        condition &= Q(available_until__isnull=True) | Q(available_until__gte=day)
    if criteria.fte_hundredths is not None:
        condition &= Q(
            fte_min_hundredths__lte=criteria.fte_hundredths,
            fte_max_hundredths__gte=criteria.fte_hundredths,
        )
    if criteria.experience:
        condition &= Q(experience=criteria.experience)
    if criteria.in_pool is not None:
        condition &= Q(in_pool=criteria.in_pool)
    if criteria.is_settled is not None:
        condition &= Q(is_settled=criteria.is_settled)
    if criteria.contract:
        condition &= has_bits("contracts", contract_bits([criteria.contract]))
    if criteria.hours:
        condition &= has_bits("hours", criteria.hours)
    return condition


def has_bits(column: str, bits: int) -> Q:
    """The rows whose set holds all of `bits`.

    Bit by bit and by an order: PostgreSQL expects a third of the rows of each, where it would
    expect nobody to equal a number, and read everybody to find them.
    """
    condition = Q()
    for bit in (1 << rank for rank in range(bits.bit_length())):
        if bits & bit:
            condition &= Q(GreaterThan(F(column).bitand(bit), 0))
    return condition


def _nearest(rows: QuerySet[Any], criteria: SearchCriteria) -> QuerySet[Any]:
    """Narrow to a circle, or to a smaller one that already holds more than pages show.

    In a large town half the profiles of a profession may lie around: sorting them all to show
    the first would take most of the time. Three counts at most, each stopped early.
    """
    for part in _PARTS_OF_THE_CIRCLE:
        inner = _around(rows, criteria, km=criteria.km * part)
        if count_up_to(inner) > MOST_COUNTED:
            return inner
    return _around(rows, criteria, km=criteria.km)


def _around(rows: QuerySet[Any], criteria: SearchCriteria, *, km: float) -> QuerySet[Any]:
    near = criteria.near
    if near is None:
        return rows
    rows = rows.filter(**window(near, km)).annotate(square_km=square_km(near))
    rows = rows.filter(square_km__lte=km * km)
    if criteria.within_their_reach:
        rows = rows.filter(Q(reach_squared__isnull=True) | Q(reach_squared__gte=F("square_km")))
    return rows


def _named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Narrow to the people whose name, card, commune, number or address is typed."""
    typed = text.strip().lower()
    if not typed:
        return rows
    if "@" in typed:
        return rows.filter(candidate__email=typed)
    for word in _typed_words(typed)[:_MOST_WORDS]:
        having = CandidateWord.objects.filter(beginning_with(word)).order_by()
        rows = rows.filter(candidate__in=having.values("candidate"))
    return rows


def _typed_words(text: str) -> list[str]:
    figures = "".join(letter for letter in text if letter.isdigit())
    if len(figures) >= _PHONE_FIGURES and not any(letter.isalpha() for letter in text):
        return [_national(text, figures)]
    return words(text)


def _national(text: str, figures: str) -> str:
    try:
        number = normalise_phone(text)
    except ValidationError:
        return figures
    return f"0{number[3:]}" if number.startswith("+33") else number.lstrip("+")


def beginning_with(word: str) -> Q:
    """The rows whose `word` begins so: two comparisons that every index follows.

    LIKE would not do: SQLite follows no index for the pattern that Django writes.
    """
    condition = Q(word__gte=word)
    stem = word.rstrip(_LAST_LETTER)
    if stem:
        after = "a" if stem[-1] == "9" else chr(ord(stem[-1]) + 1)
        condition &= Q(word__lt=stem[:-1] + after)
    return condition

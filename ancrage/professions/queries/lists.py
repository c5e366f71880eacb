"""Professions and specialties to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet

from ancrage.kit.search import having_words
from ancrage.professions.enums import Family
from ancrage.professions.models import Profession, Specialty


@dataclass(frozen=True, slots=True)
class FamilyOfProfessions:
    """One group of a select: its name and its professions, in order."""

    family: Family
    professions: Sequence[Profession]


def _open_on(day: date) -> Q:
    """The rows valid on `day`; the last day of validity is included."""
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=day)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    )


def professions_open_on(day: date) -> QuerySet[Profession]:
    """Return the professions valid on `day`, in the order of the reference."""
    return Profession.objects.filter(_open_on(day)).order_by("rank", "pk")


def professions_by_family(day: date) -> list[FamilyOfProfessions]:
    """Return the professions valid on `day`, grouped for a select, families in their order."""
    place: dict[str, int] = {family: index for index, family in enumerate(Family)}
    ordered = sorted(professions_open_on(day), key=lambda profession: place[profession.family])
    return [
        FamilyOfProfessions(Family(family), tuple(members))
        for family, members in groupby(ordered, key=lambda profession: profession.family)
    ]


def professions_matching(text: str, *, on: date) -> QuerySet[Profession]:
    """Return the professions valid on `on` in which every word of `text` begins a word.

    Accents, case and ligatures never count; labels in both languages, plurals, ROME codes and
    the sure writings are searched (« kine », « nurse », « J1506 », « aides-soi »).
    """
    return professions_open_on(on).filter(having_words(text))


def specialties_open_on(day: date, *, profession: Profession | None = None) -> QuerySet[Specialty]:
    """Return the specialties to offer on `day`: one for each, without its variants."""
    found = Specialty.objects.filter(_open_on(day), parent__isnull=True)
    if profession is not None:
        found = found.filter(profession=profession)
    return found.order_by("group", "label_fr", "pk")


def specialties_matching(
    text: str, *, on: date, profession: Profession | None = None
) -> QuerySet[Specialty]:
    """Return the specialties to offer on `on` in which every word of `text` begins a word."""
    return specialties_open_on(on, profession=profession).filter(having_words(text))

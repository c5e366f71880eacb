"""Professions and specialties to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from ancrage.kit.search import having_words
from ancrage.professions.enums import Family
from ancrage.professions.models import Profession, ProfessionAlias, Specialty


class Presence(TextChoices):
    """Whether a row of the reference is still in the lists."""

    CURRENT = "current", _("dans les listes")
    RETIRED = "retired", _("retirés")


@dataclass(frozen=True, slots=True)
class ReferenceFilter:
    """What the reader of the nomenclature asked for. An empty filter asks for what is in force."""

    text: str = ""
    family: str = ""
    registration: str = ""
    group: str = ""
    profession: Profession | None = None
    presence: str = Presence.CURRENT


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


_SHOWN_FIELDS = (
    *("label_fr", "plural_fr", "label_en", "plural_en"),
    *("registration", "registration_note", "has_practice_sheet"),
)


def _has_code(text: str) -> Q:
    """The professions with that code in a nomenclature, whatever the case."""
    code = text.strip()
    # Lists of codes are JSON texts: a code stands between quotes.
    listed = f'"{code}"'
    return (
        Q(rome_codes__icontains=listed)
        | Q(ans_codes__icontains=listed)
        | Q(pcs_codes__icontains=listed)
        | Q(fap_code__iexact=code)
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


def professions_found(rows: QuerySet[Profession], wanted: ReferenceFilter) -> QuerySet[Profession]:
    """Return the professions among `rows` that match, in the order of the reference.

    A code of any nomenclature is found too, as it is written: « J1506 », « G15:60 », « 431f ».
    """
    found = rows.filter(valid_to__isnull=wanted.presence != Presence.RETIRED)
    if wanted.text:
        found = found.filter(having_words(wanted.text) | _has_code(wanted.text))
    if wanted.family:
        found = found.filter(family=wanted.family)
    if wanted.registration:
        found = found.filter(registration=wanted.registration)
    return found.order_by("rank", "pk")


def specialties_found(rows: QuerySet[Specialty], wanted: ReferenceFilter) -> QuerySet[Specialty]:
    """Return the specialties among `rows` that match, variants included, by group and name.

    Each row carries `variant_count`.
    """
    found = rows.filter(valid_to__isnull=wanted.presence != Presence.RETIRED)
    if wanted.text:
        found = found.filter(having_words(wanted.text))
    if wanted.group:
        found = found.filter(group=wanted.group)
    if wanted.profession is not None:
        found = found.filter(profession=wanted.profession)
    return (
        found.select_related("profession", "parent")
        .annotate(variant_count=Count("variants"))
        .order_by("group", "label_fr", "pk")
    )


def specialties_of(profession: Profession) -> QuerySet[Specialty]:
    """Return every specialty of a profession, retired and variants included, by name."""
    rows = Specialty.objects.filter(profession=profession).select_related("parent")
    return rows.order_by("group", "label_fr", "pk")


def writings_of(profession: Profession) -> QuerySet[ProfessionAlias]:
    """Return the writings that are recognised for a profession, the sure ones first."""
    return (
        ProfessionAlias.objects.filter(profession=profession, valid_to__isnull=True)
        .select_related("specialty")
        .order_by("-is_certain", "folded", "pk")
    )


def changed_here(profession: Profession) -> dict[str, Any]:
    """Return {field: value of the reference} for what an administrator changed by hand."""
    return {
        field: value
        for field, value in profession.reference.items()
        if field in _SHOWN_FIELDS and getattr(profession, field) != value
    }


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

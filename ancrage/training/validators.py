"""What a course, a run, a wish and a funding file may say."""

import re
from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
# How far ahead one may wish, and a run be planned.
MOST_MONTHS_AHEAD = 24
FURTHEST_RUN = timedelta(days=366 * 3)
LONGEST_REACH_KM = 300


def month_key(day: date) -> str:
    """Return a month as wishes write it.

    >>> month_key(date(2027, 1, 31))
    '2027-01'
    """
    return f"{day:%Y-%m}"


def first_day(month: str) -> date:
    """Return the first day of a month written « 2027-01 »."""
    return date(int(month[:4]), int(month[5:]), 1)


def months_ahead(today: date, count: int = MOST_MONTHS_AHEAD) -> list[date]:
    """Return the first days of the coming months, this one first."""
    start = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(start, start + count)]


def validate_months(months: Collection[str], *, today: date) -> list[str]:
    """Return the months in order; refuse none, one that is no month, past or too far."""
    asked = sorted(set(months))
    if not asked:
        raise ValidationError({"months": _("Choisissez au moins un mois possible.")})
    allowed = {month_key(day) for day in months_ahead(today)}
    if any(not _MONTH.fullmatch(month) or month not in allowed for month in asked):
        raise ValidationError(
            {"months": _("Choisissez des mois à venir, dans les deux ans au plus.")}
        )
    return asked


def validate_reach(km: int) -> None:
    """Refuse a distance that is no daily trip."""
    if not 1 <= km <= LONGEST_REACH_KM:
        raise ValidationError({"reach_km": _("Donnez une distance de 1 à 300 km.")})


def validate_run_dates(
    starts_on: date, ends_on: date, apply_by: date, *, today: date, is_new: bool
) -> None:
    """Refuse dates that contradict one another, or a new run in the past or too far ahead."""
    reasons = {}
    if ends_on < starts_on:
        reasons["ends_on"] = _("Le dernier jour précède le premier.")
    if apply_by > starts_on:
        reasons["apply_by"] = _("On s’inscrit avant le premier jour : avancez cette date.")
    if is_new and starts_on < today:
        reasons["starts_on"] = _("Ce jour est passé : donnez-en un à venir.")
    if starts_on > today + FURTHEST_RUN:
        reasons["starts_on"] = _("C’est dans plus de trois ans : vérifiez l’année.")
    if reasons:
        raise ValidationError(reasons)


def validate_group(least: int, most: int, *, least_name: str, most_name: str) -> None:
    """Refuse a smallest group larger than the largest, or an empty one."""
    if least < 1:
        raise ValidationError({least_name: _("Il faut au moins une personne.")})
    if most < least:
        raise ValidationError(
            {most_name: _("C’est moins que le minimum : vérifiez les deux nombres.")}
        )

"""The working time of a new need whose line gives none: computed where it can be, else asked."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports import ImportRow
from ancrage.kit.tabular.parsers import HOURS_PER_WEEK
from ancrage.kit.weekdays import read_week

HALF_DAYS_PER_WEEK = 10
FULL_TIME = 100
_LEAST = 5
_WEEKLY_HOURS = re.compile(
    r"(?i)\b(\d{1,2}(?:[.,]\d+)?)\s*h(?:eures?)?\s*(\d{2})?\s*(?:(?:/|par)\s*sem\w*|hebdo\w*)"
)
_SAID_IN = ("hours", "days", "description")


def complete_working_time(row: ImportRow, facts: dict[str, Any]) -> None:
    """Fill the working time that the line leaves out, and say how; ask where nothing tells.

    Hours a week are told over 35, days a week over 5. Otherwise the line is to be checked: once
    accepted, its posts are full-time.
    """
    blamed = any(column == "fte" for column, _problem in row.problems)
    if blamed or facts.get("fte_hundredths") is not None:
        return
    for code in _SAID_IN:
        text = row.values[code] or ""
        hours = _WEEKLY_HOURS.search(text)
        if hours:
            worked = Decimal(hours[1].replace(",", ".")) + Decimal(hours[2] or 0) / 60
            share = _share(worked, HOURS_PER_WEEK)
            if share >= _LEAST:
                facts["fte_hundredths"] = share
                row.note(
                    code,
                    _("Temps de travail calculé : %(text)s, soit %(read)s %% de 35 heures."),
                    code="fte_from_hours",
                    text=hours[0].strip(),
                    read=share,
                )
                return
    week = read_week(row.values["days"] or "")
    if week.half_days is not None:
        share = _share(Decimal(week.half_days), Decimal(HALF_DAYS_PER_WEEK))
        facts["fte_hundredths"] = share
        row.note(
            "days",
            _("Temps de travail calculé : « %(text)s », soit %(read)s %% de 5 jours."),
            code="fte_from_days",
            text=row.values["days"],
            read=share,
        )
        return
    row.check(
        "fte",
        _(
            "Le temps de travail manque. Indiquez-le, par exemple 80 %% ; si vous acceptez la "
            "ligne ainsi, chaque poste compte pour un temps plein."
        ),
        f"{FULL_TIME} %",
        code="fte_missing",
    )


def check_days(row: ImportRow) -> None:
    """Ask about a word that stands among days of the week and is none."""
    strangers = read_week(row.values["days"] or "").strangers
    if strangers:
        row.check(
            "days",
            _("« %(text)s » n’est pas un jour de la semaine."),
            code="not_a_day",
            text=", ".join(strangers),
        )


def _share(worked: Decimal, of: Decimal) -> int:
    """Return hundredths of a full-time post; more than a full time is one."""
    share = (100 * worked / of).quantize(Decimal(1), ROUND_HALF_UP)
    return min(int(share), FULL_TIME)

"""How pages, mails and papers of the welcome say a price, hours, an age, a distance, dates."""

from collections.abc import Sequence
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ancrage.kit.days import day_in_words
from ancrage.web.sheets import euros
from ancrage.welcome.models import WelcomeRequest, WelcomeTerms
from ancrage.welcome.services import Period, usual_hours

_DAY_MINUTES = 24 * 60
_MONTHS_AS_SUCH = 36


def price_in_words(terms: WelcomeTerms) -> str:
    """« 320 € par mois, charges comprises »; empty when nobody has said."""
    if terms.price_cents is None:
        return terms.price_note
    if terms.price_cents == 0:
        said = pgettext("prix", "gratuit")
    else:
        said = _("%(euros)s par mois") % {"euros": euros(terms.price_cents)}
    return ", ".join(filter(None, [said, terms.price_note]))


def hours_in_words(text: str, *, on: date) -> str:
    """« du lundi au vendredi 6:15–21:00 »: the hours of the week of a day."""
    return " ; ".join(
        f"{days_in_words(days)} {', '.join(span_in_words(*span) for span in spans)}"
        for days, spans in usual_hours(text, on=on)
    )


def days_in_words(days: Sequence[int]) -> str:
    """« du lundi au jeudi », « lundi, mercredi »: days from 0 (Monday)."""
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return _("du %(first)s au %(last)s") % {
            "first": WEEKDAYS[days[0]],
            "last": WEEKDAYS[days[-1]],
        }
    return ", ".join(str(WEEKDAYS[day]) for day in days)


def span_in_words(begins: int, ends: int) -> str:
    """« 6:45–14:15 », « 20:45–6:45 » for a night, from minutes after midnight."""
    if ends - begins == _DAY_MINUTES:
        return _("24 h sur 24")
    return f"{_hour(begins)}–{_hour(ends)}"


def _hour(minutes: int) -> str:
    if minutes == _DAY_MINUTES:
        return "24:00"
    hour, minute = divmod(minutes % _DAY_MINUTES, 60)
    return f"{hour}:{minute:02d}"


def shifts_in_words(shifts: Sequence[Sequence[int]]) -> str:
    """« lundi, mardi 6:45–14:15 ; samedi 20:45–6:45 »: rows [day, first minute, last minute]."""
    by_span: dict[tuple[int, int], list[int]] = {}
    for day, begins, ends in shifts:
        by_span.setdefault((begins, ends), []).append(day)
    return " ; ".join(
        f"{days_in_words(sorted(days))} {span_in_words(*span)}" for span, days in by_span.items()
    )


def age_in_words(months: int) -> str:
    """« 8 mois », « 4 ans »."""
    if months < _MONTHS_AS_SUCH:
        return ngettext("%(count)d mois", "%(count)d mois", months) % {"count": months}
    years = months // 12
    return ngettext("%(count)d an", "%(count)d ans", years) % {"count": years}


def ages_in_words(ages: Sequence[int]) -> str:
    """« 8 mois, 4 ans »."""
    return ", ".join(age_in_words(age) for age in ages)


def km_in_words(km: float | None) -> str:
    """« sur place », « à 7 km »: as the crow flies; empty when it is unknown."""
    if km is None:
        return ""
    if km < 1:
        return pgettext("distance", "sur place")
    return _("à %(km)d km à vol d’oiseau") % {"km": round(km)}


def dates_in_words(starts_on: date | None, ends_on: date | None) -> str:
    """« du 3 mai au 29 octobre 2027 », « à partir du… », « jusqu’au… »; empty for none."""
    if starts_on and ends_on:
        return _("du %(first)s au %(last)s") % {
            "first": day_in_words(starts_on),
            "last": day_in_words(ends_on),
        }
    if starts_on:
        return _("à partir du %(day)s") % {"day": day_in_words(starts_on)}
    return _("jusqu’au %(day)s") % {"day": day_in_words(ends_on)} if ends_on else ""


def free_in_words(free: Sequence[Period] | None, *, most: int = 2) -> str:
    """« libre du… au… (2 places) », for the first stretches that are left."""
    if free is None:
        return ""
    if not free:
        return _("complet aux dates connues")
    parts = [
        ngettext("%(dates)s (%(count)d place)", "%(dates)s (%(count)d places)", period.places)
        % {"dates": dates_in_words(period.starts_on, period.ends_on), "count": period.places}
        for period in free[:most]
    ]
    return _("libre %(periods)s") % {"periods": ", ".join(parts)}


def request_in_words(request: WelcomeRequest) -> str:
    """What is asked: the offer, or the kind of help."""
    return request.resource.title if request.resource else request.get_kind_display()

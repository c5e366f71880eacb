"""The `date` filter of every template: the French « 1er », and moments that HTML accepts.

A built-in of the templates: nothing to load.
"""

from datetime import date, datetime

from django import template
from django.template.defaultfilters import date as format_date

from ancrage.kit.days import first_of_month

register = template.Library()


@register.filter("date", expects_localtime=True, is_safe=False)
def date_in_words(value: date | datetime | str | None, form: str | None = None) -> str:
    """Write a moment as Django does, and the first of a month as the French do: « 1er juin »."""
    if form == "c" and isinstance(value, datetime):
        # <time datetime> takes at most thousandths of a second; nobody needs more than seconds.
        return value.isoformat(timespec="seconds")
    return first_of_month(format_date(value, form))

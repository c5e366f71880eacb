"""The `date` filter of every template: the French « 1er », and moments that HTML accepts.

A built-in of the templates: nothing to load.
"""

import re
from datetime import date, datetime

from django import template
from django.template.defaultfilters import date as format_date
from django.utils.translation import get_language

register = template.Library()

# A first of the month in words: « 1 juin », never « 11 juin », « 21 juin » nor « 1/06 ».
FIRST_DAY = re.compile(r"(?<!\d)1(?= [a-zéû]{3})")


@register.filter("date", expects_localtime=True, is_safe=False)
def date_in_words(value: date | datetime | str | None, form: str | None = None) -> str:
    """Write a moment as Django does, and the first of a month as the French do: « 1er juin »."""
    if form == "c" and isinstance(value, datetime):
        # <time datetime> takes at most thousandths of a second; nobody needs more than seconds.
        return value.isoformat(timespec="seconds")
    text = format_date(value, form)
    return FIRST_DAY.sub("1er", text) if (get_language() or "").startswith("fr") else text

"""A day: its first moment, its words as the language of the page writes them."""

import re
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

# A first of the month in words: « 1 juin », never « 11 juin », « 21 juin » nor « 1/06 ».
FIRST_DAY = re.compile(r"(?<!\d)1(?= [a-zéû]{3})")


def first_of_month(text: str) -> str:
    """Return a date in words with the first of a month as the French do: « 1er juin »."""
    return FIRST_DAY.sub("1er", text) if (get_language() or "").startswith("fr") else text


def day_in_words(day: date) -> str:
    """Return a day with its month in words and its year."""
    return first_of_month(date_format(day, "DATE_FORMAT"))


def midnight(day: date) -> datetime:
    """Return the first moment of a day, in the time zone of the platform."""
    return timezone.make_aware(datetime.combine(day, time.min))

"""An offer as its pages print it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ancrage.territory.models import Commune, Department, Epci
from ancrage.web.welcome_words import (
    age_in_words,
    dates_in_words,
    free_in_words,
    hours_in_words,
    price_in_words,
)
from ancrage.welcome.models import WelcomeTerms
from ancrage.welcome.services import FoundOffer


@dataclass(frozen=True)
class FreeRow:
    """A stretch of days, in words, and the places it has."""

    dates: str
    places: int


@dataclass(frozen=True)
class OfferSheet:
    """The words of an offer; empty where nobody has said."""

    terms: WelcomeTerms
    price: str
    hours: str
    ages: str
    free: str
    calendar: tuple[FreeRow, ...]


def offer_sheet(found: FoundOffer, *, on: date) -> OfferSheet:
    """Say an offer in words; hours are those of the week of a day. No query."""
    terms = found.terms
    hours = terms.opening_hours
    return OfferSheet(
        terms=terms,
        price=price_in_words(terms),
        hours=hours_in_words(hours, on=on) if hours else "",
        ages=_ages(terms),
        free=free_in_words(found.free),
        calendar=tuple(
            FreeRow(dates_in_words(one.starts_on, one.ends_on), one.places)
            for one in found.free or ()
        ),
    )


def area_in_words(codes: list[str]) -> str:
    """Return the names of the communes, groups and departments served. Three queries at most."""
    names = {
        **dict(Commune.objects.filter(insee__in=codes).values_list("insee", "name")),
        **dict(Epci.objects.filter(siren__in=codes).values_list("siren", "name")),
        **dict(Department.objects.filter(code__in=codes).values_list("code", "name")),
    }
    return ", ".join(names.get(code, code) for code in codes)


def _ages(terms: WelcomeTerms) -> str:
    youngest, oldest = terms.age_from_months, terms.age_to_months
    if youngest is not None and oldest is not None:
        return _("de %(youngest)s à %(oldest)s") % {
            "youngest": age_in_words(youngest),
            "oldest": age_in_words(oldest),
        }
    if youngest is not None:
        return _("à partir de %(age)s") % {"age": age_in_words(youngest)}
    return _("jusqu’à %(age)s") % {"age": age_in_words(oldest)} if oldest is not None else ""

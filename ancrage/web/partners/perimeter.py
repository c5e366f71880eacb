"""The communes offered on the page of the perimeter, by grouping of communes."""

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _

from ancrage.kit.text import words
from ancrage.partners.models import Partner
from ancrage.partners.queries import communes_offered_to
from ancrage.territory.models import Commune


@dataclass(frozen=True)
class Choice:
    """A commune and whether it is ticked."""

    commune: Commune
    ticked: bool


@dataclass(frozen=True)
class Group:
    """The communes of one grouping (EPCI)."""

    name: str
    choices: list[Choice] = field(default_factory=list)


def groups_of(partner: Partner, text: str, ticked: Collection[str] | None) -> list[Group]:
    """Return the communes whose name holds every word of `text`, by grouping.

    `ticked` are the INSEE codes of a form sent back; None reads the perimeter as it is saved.
    """
    if ticked is None:
        ticked = set(partner.perimeter.order_by("pk").values_list("insee", flat=True))
    rows = communes_offered_to(partner)
    for word in words(text):
        rows = rows.filter(search_name__contains=word)
    ordered = rows.order_by("epci__name", "epci", "search_name", "pk")
    return [
        Group(name, [Choice(commune, commune.insee in ticked) for commune in communes])
        for name, communes in groupby(ordered, key=_group_name)
    ]


def _group_name(commune: Commune) -> str:
    return commune.epci.name if commune.epci else _("Sans intercommunalité connue")

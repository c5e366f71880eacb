"""Which territory and which profession a page is about, and what all these pages show."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from ancrage.accounts.policy import permitted
from ancrage.demography.enums import Care
from ancrage.demography.models import SitingStudy
from ancrage.demography.services.model import (
    Parameters,
    TerritoryModel,
    territory_model,
)
from ancrage.demography.services.siting import parameters_in
from ancrage.territory.models import Territory
from ancrage.web.demography.set_words import counted_with
from ancrage.web.demography.tabs import tabs_for
from ancrage.web.demography.words import sentences_on, unit_of
from ancrage.web.scope import PARAMETER, territory_of

PROFESSION = "profession"


@dataclass(frozen=True)
class Asked:
    """A territory the reader may see, and a profession."""

    territory: Territory
    care: Care
    # The territories the reader may choose among.
    choices: tuple[Territory, ...]
    # What access is counted with; None: the set of the territory.
    counted: Parameters | None = None

    @cached_property
    def model(self) -> TerritoryModel:
        """Access over the territory, from the latest files."""
        return territory_model(
            territory=self.territory, care=self.care, parameters=self.counted or ""
        )

    @property
    def kept(self) -> dict[str, str]:
        """What links keep of the address."""
        kept = {} if self.care is Care.GP else {PROFESSION: self.care.value}
        if len(self.choices) > 1:
            kept[PARAMETER] = self.territory.slug
        return kept


def asked_of(request: HttpRequest, territories: QuerySet[Territory]) -> Asked | None:
    """Return what the address asks for, among the territories of the reader.

    None when the reader has none. A territory of others is not found, whoever asks.
    """
    choices = tuple(territories.order_by("name", "pk"))
    if not choices:
        return None
    slug = request.GET.get(PARAMETER, "")
    if slug:
        chosen = next((one for one in choices if one.slug == slug), None)
        if chosen is None:
            raise Http404
    else:
        own = territory_of(request)
        chosen = own if own in choices else choices[0]
    return Asked(chosen, care_of(request.GET.get(PROFESSION, "")), choices)


def study_asked(request: HttpRequest, study: SitingStudy) -> Asked:
    """Return the territory and the profession of a study, among those of the reader."""
    mine = permitted(request.user, "demography.view", Territory.objects.all())
    return Asked(
        study.territory,
        Care(study.care),
        tuple(mine.order_by("name", "pk")[:2]),
        counted=parameters_in(study),
    )


def row_named(request: HttpRequest) -> int:
    """Return the key that the bar that undoes sends, or answer 404."""
    sent = request.POST.get("rows", "")
    if not (sent.isascii() and sent.isdigit()):
        raise Http404
    return int(sent[:18])


def care_of(value: str) -> Care:
    """Return a profession by its value; doctors for whatever is not one."""
    return Care(value) if value in Care.values else Care.GP


def page_context(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Return what the frame of every page prints."""
    model = asked.model
    return {
        "asked": asked,
        "territory": asked.territory,
        "model": model,
        "tabs": tabs_for(request, asked.kept),
        "unit": unit_of(asked.care),
        "notes": sentences_on(model),
        "counted": counted_with(model.parameters),
        "sources": model.used,
        "query": request.GET.urlencode(),
    }

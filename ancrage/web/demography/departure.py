"""« Et si quelqu’un partait d’ici ? »: a scenario begun with one departure."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.policy import may_on
from ancrage.demography.enums import StepKind
from ancrage.demography.services.scenarios import Step
from ancrage.web.demography.asked import Asked
from ancrage.web.demography.tabs import address

# What an address says to begin so; a whole post is a hundred hundredths.
PARAMETER = "depart"
_ONE = 100


def may_suppose(request: HttpRequest, asked: Asked) -> bool:
    """Say whether the reader may make scenarios of the territory."""
    return may_on(request.user, "demography.simulate", asked.territory)


def departure_href(asked: Asked, code: str) -> str:
    """Return where to suppose that somebody leaves a commune; nothing where nobody works."""
    if _leaves(asked, code) is None:
        return ""
    return address("demography:scenario_new", asked.kept | {PARAMETER: code})


def departure_in(request: HttpRequest, asked: Asked) -> Step | None:
    """Return the departure that an address begins with."""
    return _leaves(asked, request.GET.get(PARAMETER, ""))


def proposed_name(step: Step) -> str:
    """« Un départ à Saint-Père-en-Retz »."""
    return gettext("Un départ à %(name)s") % {"name": step.name}


def _leaves(asked: Asked, code: str) -> Step | None:
    rank = asked.model.ranks.get(code)
    if rank is None:
        return None
    place = asked.model.places[rank]
    if not place.professionals or place.professionals < 1:
        return None
    return Step(StepKind.LEAVES, code, place.name, posts=_ONE)


class DepartureForm(forms.Form):
    """From which commune of the territory somebody would leave."""

    depart = forms.ChoiceField(label=_("De quelle commune ?"))

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = [asked.model.places[rank] for rank in asked.model.inside.tolist()]
        self.fields[PARAMETER].choices = [  # type: ignore[attr-defined]
            (place.code, place.name)
            for place in sorted(inside, key=lambda one: one.name)
            if _leaves(asked, place.code) is not None
        ]
        self.kept = asked.kept

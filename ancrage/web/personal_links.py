"""The pages that a participant's personal link opens, whichever section they stand in.

    @require_http_methods(["GET", "HEAD", "POST"])
    @by_personal_link
    def wishes(request, participant, token): ...

The address holds `<str:token>`. A link that is forged gets 403, one that was replaced or whose
person was erased 410. The page is in the language of the registration and kept by no cache; the
site's Referrer-Policy (same-origin) shows the address to no other site, and logs name pages by
the name of their URL. `no-referrer` would hide it no better, and browsers would then post forms
with a null origin, which the protection against forged requests refuses.

A section adds its pages to the personal page in its own `navigation.py`:

    PERSONAL_STEPS = [PersonalStep(_("Mes vœux"), "wishes:edit", rank=20, icon="heart",
                                   text=_("Dites qui vous aimeriez rencontrer."), is_open=wishing)]

Mail programs and their scanners open links: a GET shows, only a POST acts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, wraps
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise

import ancrage.web
from ancrage.events.models import Participant
from ancrage.events.queries import participant_of
from ancrage.kit.links import DeadLink
from ancrage.web.access import PUBLIC, View
from ancrage.web.dead_links import dead_link
from ancrage.web.language import language_of_reader


@dataclass(frozen=True)
class PersonalStep:
    """A page of the personal link: its words, and whether it has something to do now.

    `is_open(participant, now)` reads what the guard has read (event, party, side), and asks the
    database as little as it can: every step is asked on each visit.
    """

    label: str | Promise
    url_name: str
    rank: int
    is_open: Callable[[Participant, datetime], bool]
    icon: str = ""
    text: str | Promise = ""


@dataclass(frozen=True)
class PersonalLink:
    """A step as a template prints it."""

    url: str
    label: str | Promise
    icon: str
    text: str | Promise


def by_personal_link(view: View) -> View:
    """Guard a page of the personal link: the view gets `request, participant, token, …`."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            participant = participant_of(token)
        except DeadLink as refusal:
            response: HttpResponseBase = dead_link(
                request, refusal, "registrations/dead_link.html"
            )
        else:
            with language_of_reader(request, participant.language):
                response = view(request, participant, token, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    opened.permission = PUBLIC  # type: ignore[attr-defined]
    return opened


@cache
def declared_steps() -> tuple[PersonalStep, ...]:
    """Return the steps of every section, in order."""
    steps: list[PersonalStep] = []
    for module in iter_modules(ancrage.web.__path__, "ancrage.web."):
        name = f"{module.name}.navigation"
        if module.ispkg and find_spec(name) is not None:
            steps += getattr(import_module(name), "PERSONAL_STEPS", ())
    return tuple(sorted(steps, key=lambda step: (step.rank, step.url_name)))


def personal_steps(
    participant: Participant,
    token: str,
    *,
    now: datetime,
    steps: Iterable[PersonalStep] | None = None,
) -> list[PersonalLink]:
    """Return what the participant may do now, in order."""
    return [
        PersonalLink(
            reverse(step.url_name, kwargs={"token": token}), step.label, step.icon, step.text
        )
        for step in (declared_steps() if steps is None else steps)
        if step.is_open(participant, now)
    ]

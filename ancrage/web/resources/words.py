"""The facts and the history of a resource in words."""

from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ancrage.kit.life.history import HistoryEntry
from ancrage.resources.enums import ResourceEvent
from ancrage.resources.models import Resource
from ancrage.web.life.words import FactWords, Happening, happening_of
from ancrage.welcome.enums import WelcomeEvent

__all__ = ["happening", "label_of", "line_of", "period_text", "shown"]

_FACTS = FactWords(Resource)
_DOTS = {
    "given": ("user-check", "success"),
    "terms_set": ("pencil", ""),
    "calendar_set": ("calendar", ""),
}

label_of, shown = _FACTS.label_of, _FACTS.shown


def happening(entry: HistoryEntry) -> Happening:
    """Put one change in plain words."""
    if entry.action in WelcomeEvent.values:
        # Their facts are not those of a resource: the page of the offer shows them.
        source = {name: pair for name, pair in entry.changes.items() if name == "source"}
        told = replace(entry, changes=source)
        return happening_of(told, events=WelcomeEvent, facts=_FACTS, dots=_DOTS)
    return happening_of(entry, events=ResourceEvent, facts=_FACTS, dots=_DOTS)


def period_text(resource: Resource) -> str:
    """« du 1 mai 2027 au 31 octobre 2027 », or « à partir du 1 mai 2027 »."""
    first = date_format(resource.available_from, "j F Y")
    if resource.available_to is None:
        return _("à partir du %(first)s") % {"first": first}
    last = date_format(resource.available_to, "j F Y")
    return _("du %(first)s au %(last)s") % {"first": first, "last": last}


def line_of(resource: Resource) -> str:
    """« Logement · Pornic · du 1 mai 2027 au 31 octobre 2027 »."""
    parts = [
        str(resource.get_kind_display()),
        str(resource.profession) if resource.profession else "",
        str(resource.commune),
        period_text(resource),
        resource.reference,
    ]
    return " · ".join(part for part in parts if part)

"""The facts and the history of a resource in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ancrage.kit.changes import ChangeSource
from ancrage.kit.contacts import display_phone
from ancrage.resources.enums import ResourceEvent, ResourceKind
from ancrage.resources.models import Resource
from ancrage.resources.queries import HistoryEntry

_LONG_TEXT = 160

# action of an audit line → what happened, the icon and the tone of its dot
_ACTIONS: Mapping[str, tuple[Promise, str, str]] = {
    ResourceEvent.CREATED: (ResourceEvent.CREATED.label, "file-plus", ""),
    ResourceEvent.EDITED: (ResourceEvent.EDITED.label, "pencil", ""),
    ResourceEvent.CONFIRMED: (ResourceEvent.CONFIRMED.label, "check", "success"),
    ResourceEvent.UNCONFIRMED: (ResourceEvent.UNCONFIRMED.label, "undo-2", ""),
    ResourceEvent.PUBLISHED: (ResourceEvent.PUBLISHED.label, "send", "success"),
    ResourceEvent.REOPENED: (ResourceEvent.REOPENED.label, "send", "success"),
    ResourceEvent.PAUSED: (ResourceEvent.PAUSED.label, "pause", "warning"),
    ResourceEvent.GIVEN: (ResourceEvent.GIVEN.label, "user-check", "success"),
    ResourceEvent.WITHDRAWN: (ResourceEvent.WITHDRAWN.label, "x", "error"),
    ResourceEvent.EXPIRED: (
        ResourceEvent.EXPIRED.label,
        "clock",
        "warning",
    ),
    ResourceEvent.UNDONE: (ResourceEvent.UNDONE.label, "undo-2", ""),
}


@dataclass(frozen=True)
class Change:
    """One fact before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Happening:
    """One entry of the history as the page prints it."""

    title: str
    who: str
    when: Any
    icon: str
    tone: str
    text: str


def happening(entry: HistoryEntry) -> Happening:
    """Put one change in plain words."""
    title, icon, tone = _ACTIONS.get(entry.action, (entry.action, "circle-dot", ""))
    told = [
        _("%(label)s : %(before)s → %(after)s")
        % {"label": label_of(name), "before": shown(name, pair[0]), "after": shown(name, pair[1])}
        for name, pair in entry.changes.items()
        if name not in ("status", "source")
    ]
    if entry.is_undone:
        told.insert(0, _("annulé ensuite"))
    return Happening(
        title=str(title),
        who=_who(entry),
        when=entry.at,
        icon=icon,
        tone=tone,
        text=" ; ".join(told),
    )


def label_of(name: str) -> str:
    """The name of a fact on pages: « Métier concerné »."""
    text = str(Resource._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return text[:1].upper() + text[1:]


def shown(name: str, value: Any) -> str:
    """A fact in words, whether it comes from a row or from an audit line."""
    if value in (None, ""):
        return pgettext("valeur", "(vide)")
    if name == "kind":
        return str(ResourceKind(value).label)
    if name == "fte_hundredths":
        return _("%(percent)s %%") % {"percent": value}
    if name == "contact_phone":
        return display_phone(str(value))
    if name in ("available_from", "available_to"):
        day = value if isinstance(value, date) else parse_date(str(value))
        return date_format(day, "j F Y") if day else str(value)
    text = str(value)
    return text if len(text) <= _LONG_TEXT else f"{text[:_LONG_TEXT]}…"


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


def _who(entry: HistoryEntry) -> str:
    source = entry.changes.get("source", ["", ""])[1]
    how = str(ChangeSource(source).label) if source else ""
    who = str(entry.actor) if entry.actor else ""
    return " · ".join(part for part in (who, how) if part) or _("Plateforme")

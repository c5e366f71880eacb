"""The facts and the history of a need in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Field, Model
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ancrage.kit.changes import ChangeSource
from ancrage.kit.contacts import display_phone
from ancrage.needs.enums import NeedEvent, WithdrawReason
from ancrage.needs.models import LegalPublication, Need, NeedStatusChange, PracticeSheet
from ancrage.needs.queries import HistoryEntry
from ancrage.web.sheets import day_text, euros

_SHEETS: Mapping[str, type[Model]] = {
    "practice_sheet": PracticeSheet,
    "publication": LegalPublication,
}
_LONG_TEXT = 160

# what an audit line tells → the icon and the tone of its dot
_DOTS: Mapping[str, tuple[str, str]] = {
    NeedEvent.CREATED: ("file-plus", ""),
    NeedEvent.EDITED: ("pencil", ""),
    NeedEvent.CONFIRMED: ("check", "success"),
    NeedEvent.UNCONFIRMED: ("undo-2", ""),
    NeedEvent.PUBLISHED: ("send", "success"),
    NeedEvent.REOPENED: ("send", "success"),
    NeedEvent.PAUSED: ("pause", "warning"),
    NeedEvent.FILLED: ("user-check", "success"),
    NeedEvent.PARTLY_FILLED: ("user-check", ""),
    NeedEvent.WITHDRAWN: ("x", "error"),
    NeedEvent.EXPIRED: ("clock", "warning"),
    NeedEvent.UNDONE: ("undo-2", ""),
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
    title = dict(NeedEvent.choices).get(entry.action, entry.action)
    icon, tone = _DOTS.get(entry.action, ("circle-dot", ""))
    facts = {
        name: pair for name, pair in entry.changes.items() if name not in ("status", "source")
    }
    told = [
        _("%(label)s : %(before)s → %(after)s")
        % {"label": change.label, "before": change.before, "after": change.after}
        for change in (change_of(name, *pair) for name, pair in facts.items())
    ]
    return Happening(
        title=str(title),
        who=_who(entry),
        when=entry.at,
        icon=icon,
        tone=tone,
        text=" ; ".join([*_about_move(entry), *told]),
    )


def change_of(name: str, before: Any, after: Any) -> Change:
    """Return one change; `name` may be `practice_sheet.patients`."""
    return Change(label=label_of(name), before=shown(name, before), after=shown(name, after))


def label_of(name: str) -> str:
    """The name of a fact on pages: « Nombre de postes »."""
    text = str(_field(name).verbose_name)
    return text[:1].upper() + text[1:]


def shown(name: str, value: Any) -> str:
    """A fact in words, whether it comes from a row or from an audit line."""
    if value in (None, ""):
        return pgettext("valeur", "(vide)")
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if name.endswith("_cents"):
        return euros(int(value))
    if name == "fte_hundredths":
        return _("%(percent)s %%") % {"percent": value}
    if name == "contact_phone":
        return display_phone(str(value))
    choices = dict(_field(name).flatchoices)
    if value in choices:
        return str(choices[value])
    return _day_or_text(value)


def _day_or_text(value: Any) -> str:
    day = value if isinstance(value, date) else _parsed(str(value))
    if day is not None:
        return day_text(day)
    text = str(value)
    return text if len(text) <= _LONG_TEXT else f"{text[:_LONG_TEXT]}…"


def _parsed(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _field(name: str) -> "Field[Any, Any]":
    sheet, _dot, field = name.rpartition(".")
    model: type[Model] = _SHEETS.get(sheet, Need)
    return cast("Field[Any, Any]", model._meta.get_field(field))


def _who(entry: HistoryEntry) -> str:
    source = entry.changes.get("source", ["", ""])[1]
    how = "" if not source else str(ChangeSource(source).label)
    who = str(entry.actor) if entry.actor else ""
    if not who and not how:
        return _("Plateforme")
    return " · ".join(part for part in (who, how) if part)


def _about_move(entry: HistoryEntry) -> list[str]:
    if not isinstance(entry.move, NeedStatusChange):
        return []
    reason = str(WithdrawReason(entry.move.reason).label) if entry.move.reason else ""
    undone = _("annulé ensuite") if entry.move.undone_at else ""
    return [part for part in (reason, entry.move.note, undone) if part]

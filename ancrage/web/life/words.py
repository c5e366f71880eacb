"""The facts and the history of a row in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.db.models import Field, Model, TextChoices
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ancrage.kit.changes import ChangeSource
from ancrage.kit.contacts import display_phone
from ancrage.kit.life.history import HistoryEntry
from ancrage.web.sheets import day_text, euros

_LONG_TEXT = 160

# what was done, as the end of an audit action says it → the icon and the tone of its dot
_DOTS: Mapping[str, tuple[str, str]] = {
    "created": ("file-plus", ""),
    "edited": ("pencil", ""),
    "confirmed": ("check", "success"),
    "unconfirmed": ("undo-2", ""),
    "published": ("send", "success"),
    "reopened": ("send", "success"),
    "paused": ("pause", "warning"),
    "withdrawn": ("x", "error"),
    "expired": ("clock", "warning"),
    "undone": ("undo-2", ""),
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


@dataclass(frozen=True)
class FactWords:
    """The facts of one model in words; `sheets` are the models joined to it, by their names."""

    model: type[Model]
    sheets: Mapping[str, type[Model]] = field(default_factory=dict)

    def change_of(self, name: str, before: Any, after: Any) -> Change:
        """Return one change; `name` may be `practice_sheet.patients`."""
        return Change(self.label_of(name), self.shown(name, before), self.shown(name, after))

    def label_of(self, name: str) -> str:
        """The name of a fact on pages: « Nombre de postes »."""
        text = str(self._field(name).verbose_name)
        return text[:1].upper() + text[1:]

    def shown(self, name: str, value: Any) -> str:
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
        choices = dict(self._field(name).flatchoices)
        if value in choices:
            return str(choices[value])
        return _day_or_text(value)

    def _field(self, name: str) -> "Field[Any, Any]":
        sheet, _dot, fact = name.rpartition(".")
        return cast("Field[Any, Any]", self.sheets.get(sheet, self.model)._meta.get_field(fact))


def happening_of(
    entry: HistoryEntry,
    *,
    events: type[TextChoices],
    facts: FactWords,
    dots: Mapping[str, tuple[str, str]],
    about_move: Callable[[HistoryEntry], Iterable[str]] = lambda _entry: (),
) -> Happening:
    """Put one change in plain words.

    `events` titles the audit actions of the kind, `dots` adds its own icons and tones, and
    `about_move` says what a change of state holds besides.
    """
    done = entry.action.rpartition(".")[2]
    icon, tone = {**_DOTS, **dots}.get(done, ("circle-dot", ""))
    told = [*about_move(entry), _("annulé ensuite") if entry.is_undone else ""]
    for name, pair in entry.changes.items():
        if name not in ("status", "source"):
            change = facts.change_of(name, *pair)
            told.append(
                _("%(label)s : %(before)s → %(after)s")
                % {"label": change.label, "before": change.before, "after": change.after}
            )
    return Happening(
        title=str(dict(events.choices).get(entry.action, entry.action)),
        who=_who(entry),
        when=entry.at,
        icon=icon,
        tone=tone,
        text=" ; ".join(part for part in told if part),
    )


def _who(entry: HistoryEntry) -> str:
    source = entry.changes.get("source", ["", ""])[1]
    how = str(ChangeSource(source).label) if source else ""
    who = str(entry.actor) if entry.actor else ""
    return " · ".join(part for part in (who, how) if part) or _("Plateforme")


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

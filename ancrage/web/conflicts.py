"""Two people editing one thing: what it said, what the other wrote, what one typed.

A page being edited carries, sealed, what its fields showed when it was opened. If somebody else
saves meanwhile, the three versions are compared field by field: what only the other changed is
taken from them, what one typed stays typed, and what both changed is shown for a person to settle.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ancrage.web.sheets import day_text
from ancrage.web.widgets import DateInput

_SALT = "ancrage.conflicts"
_TICKED = "on"
_LONGEST_REVISION = 9
# Between the values of a field that takes several.
_SEVERAL = "\n"


@dataclass(frozen=True)
class Versions:
    """One field in its three versions, in words, and whose the form now holds.

    `before` is "" when the page did not say what it had shown.
    """

    label: str
    before: str
    theirs: str
    yours: str
    both_changed: bool
    takes_theirs: bool


@dataclass(frozen=True)
class Reconciled:
    """Where the versions part, and what the form is filled with again."""

    versions: tuple[Versions, ...]
    data: QueryDict


def revision_sent(data: QueryDict | None, shown: int = 0) -> int:
    """Return the revision at which a page was first shown, which travels in it; `shown` where
    nothing was sent, or no number."""
    sent = data.get("revision", "") if data is not None else ""
    # No row changes a thousand million times: a longer number is that of no page.
    return int(sent[:_LONGEST_REVISION]) if sent.isdecimal() else shown


def seal(shown: Iterable[forms.BaseForm]) -> str:
    """Return what these forms show, for the hidden field `opened_on` of their page."""
    return signing.dumps(dict(_as_sent(shown)), salt=_SALT, compress=True)


def reconcile(
    *,
    typed: Iterable[forms.BaseForm],
    current: Iterable[forms.BaseForm],
    sealed: str,
    data: QueryDict,
) -> Reconciled:
    """Compare what was typed with the row as it now is, knowing what the page first showed.

    `current` are the same forms, unbound, on the row as it is now. Without its seal, or with a
    forged one, every difference is shown as one to settle and nothing is taken from the other.
    """
    before = _unsealed(sealed)
    fields = {bound.html_name: bound for form in typed for bound in form}
    theirs = dict(_as_sent(current))
    merged = data.copy()
    versions = []
    for name, bound in fields.items():
        yours, other = _typed(bound), theirs.get(name, "")
        if _same(yours, other):
            continue
        first = before.get(name, "") if before is not None else None
        takes_theirs = first is not None and _same(first, yours)
        if takes_theirs:
            _put(merged, bound, other)
        versions.append(
            Versions(
                label=str(bound.label),
                before="" if first is None else _in_words(bound, first),
                theirs=_in_words(bound, other),
                yours=_in_words(bound, yours),
                both_changed=not takes_theirs and (first is None or not _same(first, other)),
                takes_theirs=takes_theirs,
            )
        )
    return Reconciled(versions=tuple(versions), data=merged)


def _unsealed(sealed: str) -> Mapping[str, str] | None:
    try:
        found = signing.loads(sealed, salt=_SALT)
    except signing.BadSignature:
        return None
    return found if isinstance(found, dict) else None


def _as_sent(shown: Iterable[forms.BaseForm]) -> Iterator[tuple[str, str]]:
    """Give (name, text) of each field as the browser would send it, left as it is shown."""
    for form in shown:
        for bound in form:
            yield bound.html_name, _shown_text(bound)


def _shown_text(bound: BoundField) -> str:
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return _TICKED if widget.check_test(value) else ""
    shown: Any = widget.format_value(value)
    if getattr(widget, "allow_multiple_selected", False):
        return _SEVERAL.join(str(one) for one in shown or ())
    if isinstance(shown, list | tuple):
        shown = shown[0] if shown else ""
    return "" if shown is None else str(shown)


def _typed(bound: BoundField) -> str:
    value = bound.data
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return _TICKED if value else ""
    if isinstance(value, list):
        return _SEVERAL.join(str(one) for one in value)
    return "" if value is None else str(value)


def _put(data: QueryDict, bound: BoundField, text: str) -> None:
    if isinstance(bound.field.widget, forms.CheckboxInput) and not text:
        data.pop(bound.html_name, None)
    elif getattr(bound.field.widget, "allow_multiple_selected", False):
        data.setlist(bound.html_name, text.split(_SEVERAL) if text else [])
    else:
        data[bound.html_name] = text


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    # A browser sends line ends in its own way, and forms strip what they read.
    return text.replace("\r\n", "\n").strip()


def _in_words(bound: BoundField, text: str) -> str:
    """What the field says with that text, as people read it."""
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return _("oui") if text else _("non")
    if not text.strip():
        return pgettext("valeur", "(vide)")
    choices = getattr(bound.field, "choices", None)
    if choices is not None:
        labels = {str(getattr(code, "value", code)): str(label) for code, label in choices}
        return ", ".join(labels.get(one, one) for one in text.split(_SEVERAL))
    if isinstance(bound.field.widget, DateInput):
        return _day(text)
    return text


def _day(text: str) -> str:
    try:
        return day_text(date.fromisoformat(text))
    except ValueError:
        return text

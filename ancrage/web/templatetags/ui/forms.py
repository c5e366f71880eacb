"""Fields, fieldsets, error summary, filters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.forms import BaseForm, BaseFormSet, BoundField, ModelChoiceField
from django.http import QueryDict
from django.template import Context
from django.utils.safestring import SafeString

from ancrage.web.templatetags.ui.library import component, register
from ancrage.web.widgets import RangeInput, SearchInput


@register.simple_tag
def field(
    bound: BoundField,
    *,
    width: str = "",
    unit: Any = "",
    columns: bool = False,
    label: Any = "",
    help: Any = "",
    wide: bool = False,
) -> SafeString:
    """Write a whole field: label, help, errors, control.

    `width` is short or medium; `unit` follows the control; `columns` lays choices out in
    columns; `label` and `help` replace those of the form.
    """
    if help:
        # Django names the help in aria-describedby only when the field itself holds one.
        bound.help_text = help
    return component(
        "field",
        field=bound,
        width=width,
        unit=unit,
        columns=columns,
        label=label or bound.label,
        help=bound.help_text,
        wide=wide,
    )


@register.simple_block_tag
def fieldset(content: SafeString, legend: Any, *, help: Any = "") -> SafeString:
    """Group the fields that answer one question, under its words."""
    return component("fieldset", legend=legend, help=help, content=content)


@register.simple_tag
def required_note() -> SafeString:
    """Say once, above a form, what the asterisk means."""
    return component("required_note")


@dataclass(frozen=True)
class Mistake:
    """One error and the id of the control where it is mended ("" when it has none)."""

    text: str
    target: str
    label: str


@register.simple_tag
def error_summary(*forms: BaseForm | BaseFormSet | None) -> SafeString:
    """List every error of the forms, each a link to its field; nothing when all is well."""
    mistakes = [mistake for form in forms if form for mistake in _mistakes(form)]
    return component("error_summary", mistakes=mistakes) if mistakes else SafeString()


def _mistakes(form: BaseForm | BaseFormSet) -> Iterator[Mistake]:
    if isinstance(form, BaseFormSet):
        yield from (Mistake(str(text), "", "") for text in form.non_form_errors())
        for member in form.forms:
            yield from _mistakes(member)
        return
    yield from (Mistake(str(text), "", "") for text in form.non_field_errors())
    for bound in form:
        for text in bound.errors:
            target = "" if bound.is_hidden else _first_control(bound)
            # A label that asks needs no second mark before what is wrong with its answer.
            label = str(bound.label).rstrip("?\u00a0\u202f ")
            yield Mistake(str(text), target, label)


def _first_control(bound: BoundField) -> str:
    # A group of boxes has no control of its own name: its first box is where to go.
    return bound.id_for_label or f"{bound.auto_id}_0"


@register.simple_block_tag
def more_filters(content: SafeString) -> SafeString:
    """Keep the criteria folded under « Plus de critères »: `{% more_filters as more %}`."""
    return content


@register.simple_block_tag(takes_context=True)
def filters(
    context: Context,
    content: SafeString,
    *forms: BaseForm,
    target: str = "",
    action: str = "",
    label: Any = "",
    more: SafeString | str = "",
    more_label: Any = "",
    more_open: Any = False,
    fold: bool = False,
) -> SafeString:
    """Draw the filter bar of `forms`: a GET form that htmx sends at each change.

    The bar writes the search field of the forms, the block the other fields. `target` is the id
    (without #) of the region that the answer replaces; it must hold the fragment that the view
    names. Without it the bar reloads the page. `action` is this page unless another is named.
    `more_label` replaces « Plus de critères », unfolded with `more_open`.

    On a phone the fields fold under « Filtrer », after the search field; they are unfolded when
    one of them filters. `fold` folds those of a bar without a search as well.
    """
    request = getattr(context, "request", None)
    shown = [bound for form in forms for bound in form.visible_fields()]
    search = next((one for one in shown if isinstance(one.field.widget, SearchInput)), None)
    others = [one for one in shown if one is not search]
    return component(
        "filters",
        search=field(search, wide=True) if search else "",
        fold=fold or bool(search and others),
        in_force=_in_force(others, request.GET) if request else 0,
        target=target,
        # An empty address would be the current one with its query, and htmx adds the form to it.
        action=action or (request.path if request else ""),
        label=label,
        more=more,
        more_label=more_label,
        more_open=bool(more_open),
        content=content,
    )


def _in_force(fields: Iterable[BoundField], query: QueryDict) -> int:
    """Count the values that the address gives to `fields`.

    A slider stands somewhere always: it filters nothing.
    """
    names = [one.html_name for one in fields if not isinstance(one.field.widget, RangeInput)]
    return sum(value != "" for name in names for value in query.getlist(name))


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address of the page without it."""

    label: str
    value: str
    href: str


@register.simple_tag(takes_context=True)
def active_filters(
    context: Context, form: BaseForm, *, total: Any = "", target: str = ""
) -> SafeString:
    """Show the filters in force as chips that take themselves away, and « tout effacer ».

    `form` is the bound filter form; `total` the sentence on what was found.
    """
    query = context.request.GET if hasattr(context, "request") else QueryDict()
    return component(
        "active_filters",
        chips=list(_chips(form, query)),
        total=total,
        target=target,
        path=context.request.path if hasattr(context, "request") else "",
    )


def _chips(form: BaseForm, query: QueryDict) -> Iterator[Chip]:
    if not form.is_bound or not form.is_valid():
        return
    for bound in form:
        value = form.cleaned_data.get(bound.name)
        # A distance of 0 km is a filter in force; False equals 0, hence the identity.
        if bound.is_hidden or value is False or value in (None, "", []):
            continue
        for raw in query.getlist(bound.html_name):
            if raw == "":
                continue
            rest = query.copy()
            rest.setlist(
                bound.html_name,
                [value for value in query.getlist(bound.html_name) if value != raw],
            )
            rest.pop("page", None)
            yield Chip(str(bound.label), _words(bound, raw, value), f"?{rest.urlencode()}")


def _words(bound: BoundField, raw: str, value: Any) -> str:
    """Say a submitted value as its reader knows it: the choice's label, the date in French."""
    if bound.widget_type == "checkbox":
        return ""
    if isinstance(bound.field, ModelChoiceField) and isinstance(value, Model):
        # Reading the label of one row spares walking all those that the list offers.
        return bound.field.label_from_instance(value)
    for value, label in getattr(bound.field, "choices", ()):
        options = label if isinstance(label, list | tuple) else [(value, label)]
        for inner, words in options:
            if str(inner) == raw:
                return str(words)
    if bound.widget_type == "date":
        year, _, day = raw.partition("-")
        month, _, day = day.partition("-")
        return f"{day}/{month}/{year}"
    return raw

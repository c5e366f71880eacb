"""Form widgets beyond Django's: native dates, the combobox, the file drop.

Markup is in `templates/django/forms/widgets/`, look in `static/css/forms.css`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """The browser's own calendar. Its value travels as 2026-12-31 whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MonthInput(forms.DateInput):
    """A month of a year, sent as 2026-12."""

    input_type = "month"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m")


class TimeInput(forms.TimeInput):
    """The browser's own clock, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """Day and minute in one native field, in the site's time zone."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class RangeInput(forms.NumberInput):
    """A slider; its field shows the value beside it (`unit`), which page.js keeps up to date."""

    input_type = "range"


class SearchInput(forms.TextInput):
    """A search field: magnifier, and the keyboard's « search » key on a phone."""

    input_type = "search"


class ComboboxInput(forms.TextInput):
    """Free text with suggestions.

    Without a script it is `<input list>` and its datalist; combobox.js turns the same markup
    into the ARIA combobox, blind to accents, to case and to œ against oe. The submitted value
    is the text: the form says whether it must be one of `options`.
    """

    template_name = "django/forms/widgets/combobox.html"

    def __init__(
        self,
        options: Iterable[str] | Callable[[], Iterable[str]] = (),
        attrs: dict[str, Any] | None = None,
    ) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.options = options

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = self.options() if callable(self.options) else self.options
        context["widget"]["options"] = [str(option) for option in options]
        return context


class FileDrop(forms.FileInput):
    """A file field drawn as a place to drop a file on; the native field stays in sight.

    `accept` lists the extensions (".xlsx", ".csv"); `limit` is the sentence on size and rows.
    """

    template_name = "django/forms/widgets/file_drop.html"

    def __init__(
        self,
        accept: Sequence[str] = (),
        limit: Any = "",
        attrs: dict[str, Any] | None = None,
    ) -> None:
        super().__init__({**({"accept": ",".join(accept)} if accept else {}), **(attrs or {})})
        self.limit = limit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["limit"] = self.limit
        return context

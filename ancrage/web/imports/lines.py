"""Writing other texts in place of the cells of one line."""

from typing import Any

from django import forms

from ancrage.kit.imports import ImportRun
from ancrage.kit.models import StagedImport, StagedRow
from ancrage.web.imports.kinds import IMPORTABLES
from ancrage.web.widgets import ComboboxInput


class LineForm(forms.Form):
    """One text for each column that the file has, and for those that are required.

    A form that sends one column only (a suggestion taken as it is) changes that one only. What
    nobody would type (the contour of a commune) is left out, and so left as it is.
    """

    def __init__(
        self, *args: Any, staged: StagedImport, row: StagedRow, run: ImportRun, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        row.staged = staged
        self.row = row
        context = staged.imported.template_context(run)
        importable = IMPORTABLES.get(staged.kind)
        untyped = importable.untyped if importable else ()
        for column in staged.imported.columns:
            absent = column.code not in staged.codes and not column.required
            if absent or column.code in untyped:
                continue
            choices = column.choices(context) if callable(column.choices) else column.choices
            options = [str(choice) for choice in choices]
            widget: forms.Widget = forms.TextInput()
            if column.free_text:
                widget = forms.Textarea(attrs={"rows": 3})
            elif options:
                widget = ComboboxInput(options)
            self.fields[column.code] = forms.CharField(
                label=str(column.label),
                help_text=str(column.help),
                required=False,
                max_length=10_000,
                strip=False,
                initial=row.written(column.code),
                widget=widget,
            )

    @property
    def typed(self) -> dict[str, str]:
        """{column code: text} of what was sent."""
        return {
            code: self.cleaned_data[code].replace("\r\n", "\n")
            for code in self.fields
            if code in self.data
        }

"""The room: how many tables, what is said of each."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ancrage.events.models import Table
from ancrage.events.services import TableFacts
from ancrage.events.services.room import MOST_TABLES, PACES, WIDEST


class CountForm(forms.Form):
    """How many tables the room holds."""

    count = forms.IntegerField(label=_("Nombre de tables"), min_value=0, max_value=MOST_TABLES)


class RowsForm(forms.Form):
    """How the tables are set out again."""

    columns = forms.IntegerField(
        label=_("Tables par rangée"), min_value=1, max_value=WIDEST // PACES
    )


class TableForm(forms.Form):
    """One table: its name, whether it serves, where it stands in paces."""

    label = forms.CharField(label=_("Nom"), max_length=40, required=False)
    usable = forms.BooleanField(label=_("Utilisable"), required=False)
    x = forms.IntegerField(label=_("Pas depuis la gauche"), min_value=0, max_value=WIDEST)
    y = forms.IntegerField(label=_("Pas depuis le fond"), min_value=0, max_value=WIDEST)

    def __init__(self, data: QueryDict | None, *, table: Table) -> None:
        initial = {name: getattr(table, name) for name in ("label", "usable", "x", "y")}
        super().__init__(data, prefix=f"table-{table.number}", initial=initial)
        self.number = table.number
        for name, field in self.fields.items():
            # In a table of the page, the words of the column are not those of the cell.
            if name != "usable":
                field.widget.attrs["aria-label"] = _("Table %(number)d : %(name)s") % {
                    "number": table.number,
                    "name": field.label,
                }

    def facts(self) -> TableFacts:
        """Return what was typed, as the service takes it."""
        return TableFacts(**self.cleaned_data)

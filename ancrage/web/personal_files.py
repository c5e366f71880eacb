"""Files that name people: a reason is asked, and the last line says who took them, when, why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite, csv_lines, write_xlsx
from ancrage.web.access import reader

# Beyond, narrower criteria are asked for: nobody needs everybody.
MOST_LINES = 2_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReasonForm(forms.Form):
    """Why people's data leave the platform."""

    reason = forms.CharField(
        label=gettext_lazy("Motif de l’export"),
        max_length=200,
        min_length=10,
        help_text=gettext_lazy(
            "Écrit dans le fichier avec votre nom et la date, et montré aux personnes concernées."
        ),
    )


class ExportForm(ReasonForm):
    """Why people's data leave the platform, and in which format."""

    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[("xlsx", gettext_lazy("Classeur XLSX")), ("csv", gettext_lazy("CSV"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )


@dataclass(frozen=True)
class PersonalTable:
    """What a file holds: its name without the day, its title, its columns and lines."""

    name: str
    title: str
    columns: Sequence[str]
    lines: Iterable[Sequence[CellValue]]


def personal_file(request: HttpRequest, table: PersonalTable, form: ExportForm) -> HttpResponse:
    """Hand `table` over in the format asked for, marked with the reader and their reason."""
    name = f"{table.name}-{timezone.localdate():%Y-%m-%d}"
    lines = [*table.lines, [mark_of(request, form.cleaned_data["reason"])]]
    if form.cleaned_data["format"] == "csv":
        content = b"".join(csv_lines(list(table.columns), lines))
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    else:
        stream = BytesIO()
        columns = [ColumnToWrite(label, width=24) for label in table.columns]
        write_xlsx(stream, [SheetToWrite(table.title, columns, iter(lines))])
        response = HttpResponse(stream.getvalue(), content_type=_XLSX)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def mark_of(request: HttpRequest, reason: str) -> str:
    """Who took the lines, when, why, and until when they may be kept."""
    return _(
        "Exporté par %(who)s le %(day)s. Motif : %(reason)s. Données personnelles : à effacer dès"
        " que l’usage est fini, dans un mois au plus."
    ) % {
        "who": reader(request).full_name or reader(request).email,
        "day": date_format(timezone.localdate(), "j F Y"),
        "reason": reason,
    }

"""The report as a file: a workbook to compute with, a paper to hand over."""

from datetime import datetime
from io import BytesIO

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ancrage.events.queries import EventReport
from ancrage.kit.pdf import PACKAGE, print_pdf
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite, write_xlsx
from ancrage.web.outcomes.words import figures_of, opinion_words, sentence_of, tables_of
from ancrage.web.templatetags.dates import date_in_words

TEMPLATE = PACKAGE / "web" / "templates" / "outcomes" / "report.typ"


def workbook_of(report: EventReport) -> bytes:
    """Return an XLSX, a sheet a table."""
    sheets = [
        SheetToWrite(
            _("En bref"),
            [ColumnToWrite(_("Mesure"), width=32), ColumnToWrite(_("Valeur"), width=14)],
            [[label, figure] for label, figure, _note in figures_of(report)],
        )
    ]
    sheets += [
        SheetToWrite(
            table.title[:31],
            [ColumnToWrite(column, width=24) for column in table.columns],
            [list(line) for line in table.lines],
        )
        for table in tables_of(report)
    ]
    stream = BytesIO()
    write_xlsx(stream, sheets)
    return stream.getvalue()


def paper_of(report: EventReport, *, now: datetime) -> bytes:
    """Return the report as a PDF/UA, on A4."""
    event = report.event
    title = _("Bilan : %(event)s") % {"event": event.title}
    data = {
        "event": event.title,
        "when": date_in_words(localtime(event.starts_at), "l j F Y"),
        "place": f"{event.place}, {event.commune}",
        "made": _("Établi le %(day)s") % {"day": date_in_words(localtime(now), "j F Y")},
        "sentence": sentence_of(report),
        "figures": [
            {"label": label, "figure": figure, "note": note}
            for label, figure, note in figures_of(report)
        ],
        "tables": [
            {
                "title": table.title,
                "note": table.note,
                "columns": list(table.columns),
                "lines": [[str(cell) for cell in line] for line in table.lines],
            }
            for table in tables_of(report)
        ],
        "opinions": opinion_words(report),
        "comments": list(report.opinions.comments),
        "words": {
            "opinions": _("Avis des participants"),
            "unprintable": _("lettre qu’aucune police ne dessine ici"),
        },
    }
    return print_pdf(TEMPLATE, data, title=title, now=now).content

"""The journal of changes, for administrators."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ancrage.kit.models import AuditLine
from ancrage.kit.tabular.writing import csv_lines
from ancrage.web.access import acts_on, sensitive_file
from ancrage.web.accounts.admin_forms import JournalFilterForm
from ancrage.web.accounts.journal import csv_row, lines_matching
from ancrage.web.journal import changes_in_words, words_of
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

_PER_PAGE = 50


@require_safe
@acts_on(AuditLine, "audit.view")
def audit(request: HttpRequest, lines: QuerySet[AuditLine]) -> HttpResponse:
    """Who changed what, when."""
    form = JournalFilterForm(request.GET)
    page = Paginator(_asked(lines, form), _PER_PAGE).get_page(request.GET.get("page"))
    rows = [(line, words_of(line.action), changes_in_words(line)) for line in page]
    total = page.paginator.count
    sentence = ngettext("%(count)d action", "%(count)d actions", total) % {"count": total}
    context = {"form": form, "page": page, "rows": rows, "total": sentence}
    return render_page(request, "accounts/audit.html", context, fragment="results")


@require_safe
@throttled("export", per="user", rate="20/h")
@acts_on(AuditLine, "audit.view")
@sensitive_file("accounts:audit")
def audit_export(request: HttpRequest, lines: QuerySet[AuditLine]) -> StreamingHttpResponse:
    """Hand the lines asked for over as a file."""
    header = [
        *(_("Quand"), _("Qui"), _("Code de l’action"), _("Action")),
        *(_("Nature de l’objet"), _("Numéro de l’objet"), _("Objet"), _("Changements")),
    ]
    found = _asked(lines, JournalFilterForm(request.GET)).iterator(chunk_size=1000)
    name = f"journal-{timezone.localdate().isoformat()}.csv"
    return StreamingHttpResponse(
        csv_lines(header, (csv_row(line) for line in found)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _asked(lines: QuerySet[AuditLine], form: JournalFilterForm) -> QuerySet[AuditLine]:
    form.is_valid()
    return lines_matching(lines, **form.cleaned_data)

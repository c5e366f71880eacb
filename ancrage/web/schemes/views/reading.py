"""The inventory of aids that anybody reads: found, exported, one aid in full."""

from collections.abc import Iterable, Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import csv_lines
from ancrage.partners.models import Partner
from ancrage.partners.permissions import partners_of
from ancrage.schemes.models import Scheme
from ancrage.schemes.queries import in_inventory, outdated_on, schemes_matching
from ancrage.schemes.services import SchemeSheet, sheet_of, sheets_of
from ancrage.web.access import acts_on
from ancrage.web.rendering import render_page
from ancrage.web.schemes.forms import SchemeSearchForm
from ancrage.web.throttling import throttled
from ancrage.web.undo import undo_offered

PER_PAGE = 20


@require_safe
@throttled("schemes", per="user", rate="120/m")
@acts_on(Scheme, "schemes.view")
def scheme_list(request: HttpRequest, schemes: QuerySet[Scheme]) -> HttpResponse:
    """Search the aids."""
    form = SchemeSearchForm(request.GET)
    today = timezone.localdate()
    found = schemes_matching(in_inventory(schemes), form.wanted(), on=today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render_page(
        request,
        "schemes/list.html",
        {
            "form": form,
            "page": page,
            "sheets": sheets_of(schemes=list(page), on=today),
            "query": query.urlencode(),
            "may_edit": may(request.user, "schemes.edit"),
            "overdue": len(outdated_on(today)),
            "overdue_only": form.wanted().overdue_only,
            "undo": undo_offered(request, "schemes"),
        },
        fragment="results",
    )


@require_safe
@throttled("schemes-export", per="user", rate="20/m")
@acts_on(Scheme, "schemes.view")
def schemes_csv(request: HttpRequest, schemes: QuerySet[Scheme]) -> StreamingHttpResponse:
    """The aids found, with their dates and their sources, as CSV."""
    today = timezone.localdate()
    wanted = SchemeSearchForm(request.GET).wanted()
    found = list(schemes_matching(in_inventory(schemes), wanted, on=today))
    return StreamingHttpResponse(
        csv_lines(_header(), _lines(sheets_of(schemes=found, on=today))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="aides.csv"'},
    )


@require_safe
@acts_on(Scheme, "schemes.view")
def scheme(request: HttpRequest, schemes: QuerySet[Scheme], code: str) -> HttpResponse:
    """One aid: its conditions in words, its amounts, its source."""
    found = get_object_or_404(in_inventory(schemes), code=code)
    sheet = sheet_of(scheme=found, on=timezone.localdate())
    context = {
        "sheet": sheet,
        "scheme": found,
        "may_edit": may(request.user, "schemes.edit"),
        "may_ask": request.user.is_authenticated and found.for_person and not sheet.is_closed,
        "partners": _partners_asking(request, found),
        "undo": undo_offered(request, "schemes"),
    }
    return render_page(request, "schemes/scheme.html", context)


def _partners_asking(request: HttpRequest, scheme: Scheme) -> list[Partner]:
    """The reader's own structures, for which this aid may be asked for."""
    if not scheme.for_structure or not request.user.is_authenticated:
        return []
    return list(partners_of(request.user).order_by("name", "pk"))


def _header() -> list[str]:
    return [
        *(_("Identifiant"), _("Aide"), _("Sujet"), _("Qui paie"), _("Pour qui"), _("Montants")),
        *(_("Ouverte depuis"), _("Ouverte jusqu’au"), _("Lue le"), _("À relire après le")),
        *(_("Mises en garde"), _("Source"), _("Adresse")),
    ]


def _lines(sheets: Iterable[SchemeSheet]) -> Iterator[list[CellValue]]:
    for sheet in sheets:
        one = sheet.scheme
        yield [
            *(one.code, one.label, one.get_topic_display(), one.get_payer_display()),
            ", ".join(str(receiver.label) for receiver in one.receivers),
            " ; ".join(sheet.amounts),
            *(one.opens_on, one.closes_on, one.checked_on, sheet.check_due_on),
            " ".join(sheet.cautions),
            *(one.source_name, one.source_url),
        ]

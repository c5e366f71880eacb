"""Requests for aids in lists: those the coordination follows, one's own, one's structure's."""

from collections.abc import Iterator, Sequence

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.kit.tabular.cells import CellValue
from ancrage.partners.permissions import partners_of
from ancrage.privacy.scopes import viewer_of
from ancrage.schemes.models import AidRequest
from ancrage.schemes.services.requests import record_requests_export
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.personal_files import MOST_LINES, ExportForm, PersonalTable, personal_file
from ancrage.web.rendering import render_page
from ancrage.web.schemes.forms.requests import RequestFilters
from ancrage.web.schemes.people import Line, found, lines_of
from ancrage.web.throttling import throttled
from ancrage.web.undo import undo_offered

PER_PAGE = 25


@require_safe
@never_cache
@acts_on(AidRequest, "aid_requests.list")
def request_list(request: HttpRequest, requests: QuerySet[AidRequest]) -> HttpResponse:
    """The requests of the territory: filters, table, pages."""
    today = timezone.localdate()
    form = RequestFilters(request.GET, rows=requests)
    rows = found(request, requests, form, on=today)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": lines_of(request, page, on=today),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "schemes/requests.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("aid-requests-export", per="user", rate="20/h", methods=("POST",))
@acts_on(AidRequest, "aid_requests.export")
def requests_export(request: HttpRequest, requests: QuerySet[AidRequest]) -> HttpResponse:
    """Ask why, then hand over what the filters of the address show."""
    today = timezone.localdate()
    filters = RequestFilters(request.GET, rows=requests)
    rows = found(request, requests, filters, on=today)[:MOST_LINES]
    form = ExportForm(sent_form(request))
    if form.is_valid():
        lines = lines_of(request, rows, on=today)
        record_requests_export(
            requests=[line.request for line in lines],
            viewer=viewer_of(request.user),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        table = PersonalTable(
            _("demandes-d-aides"), _("Demandes d’aides"), _columns(), _cells(lines)
        )
        return personal_file(request, table, form)
    back = f"{reverse('schemes:requests')}?{request.GET.urlencode()}"
    context = {"form": form, "count": rows.count(), "back": back}
    status = 422 if form.errors else 200
    return render_page(request, "schemes/requests_export.html", context, status=status)


@require_safe
@never_cache
@acts_on(AidRequest, "aid_requests.read_own")
def own_requests(request: HttpRequest, requests: QuerySet[AidRequest]) -> HttpResponse:
    """What one asked for oneself."""
    context = {"requests": requests.select_related("scheme").order_by("-state_on", "-pk")}
    return render_page(request, "schemes/own_requests.html", context)


@require_safe
@never_cache
@acts_on(AidRequest, "aid_requests.list_structure")
def structure_requests(request: HttpRequest, requests: QuerySet[AidRequest]) -> HttpResponse:
    """What one's structures asked for."""
    page = Paginator(
        requests.select_related("scheme", "partner").order_by("-state_on", "-pk"), PER_PAGE
    ).get_page(request.GET.get("page"))
    partners = partners_of(request.user).order_by("name", "pk")
    context = {"page": page, "partners": partners, "undo": undo_offered(request, "aid_requests")}
    return render_page(request, "schemes/structure_requests.html", context)


def _columns() -> list[str]:
    return [
        *(_("Demandeur"), _("Aide"), _("État"), _("Demandée le"), _("Dans cet état depuis le")),
        *(_("Montant demandé (€)"), _("Montant accordé (€)"), _("Montant versé (€)")),
        *(_("Début de l’engagement"), _("Note")),
    ]


def _cells(lines: Sequence[Line]) -> Iterator[list[CellValue]]:
    for line in lines:
        one = line.request
        yield [
            *(line.who, one.scheme.label, one.get_state_display(), one.asked_on, one.state_on),
            *(_euros(one.asked_cents), _euros(one.granted_cents), _euros(one.paid_cents)),
            *(one.starts_on, one.note),
        ]


def _euros(cents: int | None) -> float | None:
    return cents / 100 if cents is not None else None

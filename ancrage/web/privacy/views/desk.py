"""The rights desk: requests received otherwise, their due date, their end and its proof."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import permitted
from ancrage.kit.tabular.writing import csv_lines
from ancrage.privacy import services
from ancrage.privacy.models import DataSubject, RightsRequest
from ancrage.privacy.queries import requests_to_answer, subjects_to_tell
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on, allowed, reader, sensitive_file
from ancrage.web.privacy.forms import CloseForm, ExtendForm, RequestFilters, RequestForm
from ancrage.web.privacy.requesters import references_of, who_asks
from ancrage.web.privacy.words import names_of
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

_PER_PAGE = 25

Requests = QuerySet[RightsRequest]


@require_safe
@acts_on(RightsRequest, "rights.view")
def request_list(request: HttpRequest, requests: Requests) -> HttpResponse:
    """The desk: what is due first."""
    form = RequestFilters(request.GET)
    found = requests_to_answer(requests, **form.asked())
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    total = page.paginator.count
    sentence = ngettext("%(count)d demande", "%(count)d demandes", total) % {"count": total}
    who = references_of(page)
    context = {
        "form": form,
        "page": page,
        "lines": [(one, who[one.pk]) for one in page],
        "total": sentence,
        "now": timezone.now(),
        "to_tell": subjects_to_tell(
            permitted(request.user, "subjects.tell", DataSubject.objects.all())
        ).count(),
    }
    return render_page(request, "privacy/request_list.html", context, fragment="results")


@require_safe
@throttled("export", per="user", rate="20/h")
@acts_on(RightsRequest, "rights.view")
@sensitive_file("privacy:request_list")
def request_export(request: HttpRequest, requests: Requests) -> StreamingHttpResponse:
    """The requests asked for, as a file: what a control asks to see. Nobody is named."""
    header = [
        *(_("Numéro"), _("Demande"), _("Reçue le"), _("Due le")),
        *(_("État"), _("Close le"), _("Prolongation")),
    ]
    found = requests_to_answer(requests, **RequestFilters(request.GET).asked())
    rows = (
        [
            *(
                one.pk,
                one.get_kind_display(),
                timezone.localdate(one.received_at),
                timezone.localdate(one.due_at),
            ),
            *(one.get_status_display(), one.closed_at and timezone.localdate(one.closed_at)),
            one.extension_reason,
        ]
        for one in found.iterator(chunk_size=500)
    )
    name = f"droits-{timezone.localdate().isoformat()}.csv"
    return StreamingHttpResponse(
        csv_lines(header, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("rights.answer")
def request_file(request: HttpRequest) -> HttpResponse:
    """Note a request received by letter, telephone or visit."""
    user = reader(request)
    territories = permitted(user, "territory.steer", Territory.objects.all())
    form = RequestForm(request.POST or None, territories=territories.order_by("name", "pk"))
    if request.method == "POST" and form.is_valid():
        filed = services.file_request(subject=None, by=user, now=timezone.now(), **form.facts())
        messages.success(request, _("Demande notée."))
        return redirect("privacy:request_sheet", pk=filed.pk)
    status = 422 if form.errors else 200
    return render_page(request, "privacy/request_file.html", {"form": form}, status=status)


@require_safe
@acts_on(RightsRequest, "rights.view")
def request_sheet(request: HttpRequest, requests: Requests, pk: int) -> HttpResponse:
    """One request, and what can be done with it."""
    return _sheet(request, get_object_or_404(requests, pk=pk))


@require_POST
@acts_on(RightsRequest, "rights.answer")
def request_close(request: HttpRequest, requests: Requests, pk: int) -> HttpResponse:
    """Write the answer and its proof."""
    found = get_object_or_404(requests, pk=pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _sheet(request, found, close_form=form)
    try:
        services.close_request(
            request=found, by=request.user, now=timezone.now(), **form.cleaned_data
        )
    except services.RequestClosed as refusal:
        messages.info(request, refusal.messages[0])
    else:
        messages.success(request, _("Demande close."))
    return redirect("privacy:request_sheet", pk=pk)


@require_POST
@acts_on(RightsRequest, "rights.answer")
def request_extend(request: HttpRequest, requests: Requests, pk: int) -> HttpResponse:
    """Take two months more, once."""
    found = get_object_or_404(requests, pk=pk)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return _sheet(request, found, extend_form=form)
    try:
        services.extend_request(
            request=found, by=request.user, now=timezone.now(), **form.cleaned_data
        )
    except ValidationError as refusal:
        messages.info(request, refusal.messages[0])
    else:
        messages.success(request, _("Délai prolongé de deux mois."))
    return redirect("privacy:request_sheet", pk=pk)


def _sheet(
    request: HttpRequest,
    found: RightsRequest,
    *,
    close_form: CloseForm | None = None,
    extend_form: ExtendForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "filed": found,
        "who": who_asks(request.user, found, now=timezone.now()),
        "home": names_of([found.home])[found.home],
        "form": close_form or extend_form,
        "close_form": close_form or CloseForm(),
        "extend_form": extend_form or ExtendForm(),
        "now": timezone.now(),
    }
    refused = close_form is not None or extend_form is not None
    return render_page(
        request, "privacy/request_sheet.html", context, status=422 if refused else 200
    )

"""The register of breaches, with the clock of 72 hours."""

from collections.abc import Callable
from typing import Any

from django import forms
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

from ancrage.kit.tabular.writing import csv_lines
from ancrage.privacy import services
from ancrage.privacy.models import Breach
from ancrage.privacy.queries import breaches_in_order
from ancrage.web.access import acts_on, allowed, sensitive_file
from ancrage.web.privacy.clock import clock_of
from ancrage.web.privacy.forms import (
    AssessForm,
    BreachFilters,
    BreachForm,
    NotifyForm,
    TellForm,
)
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

_PER_PAGE = 25

Breaches = QuerySet[Breach]


@require_safe
@acts_on(Breach, "breaches.view")
def breach_list(request: HttpRequest, breaches: Breaches) -> HttpResponse:
    """The register, the latest first."""
    form, now = BreachFilters(request.GET), timezone.now()
    found = breaches_in_order(breaches, state=form.asked())
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    total = page.paginator.count
    sentence = ngettext("%(count)d violation", "%(count)d violations", total) % {"count": total}
    rows = [(one, clock_of(one, now=now)) for one in page]
    context = {"form": form, "page": page, "rows": rows, "total": sentence}
    return render_page(request, "privacy/breach_list.html", context, fragment="results")


@require_safe
@throttled("export", per="user", rate="20/h")
@acts_on(Breach, "breaches.view")
@sensitive_file("privacy:breach_list")
def breach_export(request: HttpRequest, breaches: Breaches) -> StreamingHttpResponse:
    """The register as a file: what the CNIL may ask to see (art. 33.5)."""
    header = [
        *(_("Numéro"), _("Découverte le"), _("Ce qui s’est passé"), _("Personnes touchées")),
        *(_("Conséquences possibles"), _("Mesures prises"), _("Risque"), _("CNIL prévenue le")),
        *(_("Motif du retard"), _("Personnes prévenues le"), _("Close le")),
    ]
    found = breaches_in_order(breaches, state=BreachFilters(request.GET).asked())
    rows = (
        [
            *(one.pk, one.discovered_at, one.facts, one.people_count, one.effects),
            *(one.measures, one.get_risk_display(), one.notified_at, one.late_reason),
            *(one.told_at, one.closed_at),
        ]
        for one in found.iterator(chunk_size=500)
    )
    name = f"violations-{timezone.localdate().isoformat()}.csv"
    return StreamingHttpResponse(
        csv_lines(header, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("breaches.manage")
def breach_log(request: HttpRequest) -> HttpResponse:
    """Open a line: the 72 hours run."""
    form = BreachForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            breach = services.log_breach(by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Violation notée. Évaluez maintenant le risque."))
            return redirect("privacy:breach_sheet", pk=breach.pk)
    status = 422 if form.errors else 200
    return render_page(request, "privacy/breach_log.html", {"form": form}, status=status)


@require_safe
@acts_on(Breach, "breaches.view")
def breach_sheet(request: HttpRequest, breaches: Breaches, pk: int) -> HttpResponse:
    """One breach: its clock, what the law still asks, what can be written."""
    return _sheet(request, get_object_or_404(breaches, pk=pk))


@require_POST
@acts_on(Breach, "breaches.manage")
def breach_assess(request: HttpRequest, breaches: Breaches, pk: int) -> HttpResponse:
    """Write what is known now."""
    breach = get_object_or_404(breaches, pk=pk)
    form = AssessForm.of(breach, request.POST)
    return _written(request, breach, form, services.assess_breach, "assess_form")


@require_POST
@acts_on(Breach, "breaches.manage")
def breach_notify(request: HttpRequest, breaches: Breaches, pk: int) -> HttpResponse:
    """Write that the CNIL was told."""
    breach = get_object_or_404(breaches, pk=pk)
    form = NotifyForm(request.POST)
    return _written(request, breach, form, services.notify_authority, "notify_form")


@require_POST
@acts_on(Breach, "breaches.manage")
def breach_tell(request: HttpRequest, breaches: Breaches, pk: int) -> HttpResponse:
    """Write that the people were told, or why not."""
    breach = get_object_or_404(breaches, pk=pk)
    form = TellForm(request.POST)
    return _written(request, breach, form, services.tell_people, "tell_form")


@require_POST
@acts_on(Breach, "breaches.manage")
def breach_close(request: HttpRequest, breaches: Breaches, pk: int) -> HttpResponse:
    """End the line, when the law has been kept."""
    breach = get_object_or_404(breaches, pk=pk)
    try:
        services.close_breach(breach=breach, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Violation close."))
    return redirect("privacy:breach_sheet", pk=pk)


def _written(
    request: HttpRequest,
    breach: Breach,
    form: forms.Form,
    write: Callable[..., None],
    name: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            write(breach=breach, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("privacy:breach_sheet", pk=breach.pk)
    breach.refresh_from_db()
    return _sheet(request, breach, status=422, form=form, **{name: form})


def _sheet(
    request: HttpRequest, breach: Breach, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "breach": breach,
        "clock": clock_of(breach, now=timezone.now()),
        "missing": services.missing_before_closing(breach),
        "form": None,
        "assess_form": AssessForm.of(breach),
        "notify_form": NotifyForm(),
        "tell_form": TellForm(),
        **more,
    }
    return render_page(request, "privacy/breach_sheet.html", context, status=status)

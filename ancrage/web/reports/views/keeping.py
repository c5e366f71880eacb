"""What the coordination does with a report: open, compute, comment, publish, open again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.roadmap import services
from ancrage.roadmap.enums import ReportSection, ReportStatus
from ancrage.roadmap.models import Report, ReportComment
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.acting import form_page, press, show_refusal, who
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.reports.forms import CommentForm, ReportForm
from ancrage.web.reports.questions import before_discarding, before_publishing

_READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(_READ_AND_WRITE)
@acts_on(Territory, "reports.create")
def create(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Open the report of some months."""
    form = ReportForm(sent_form(request), territories=territories, today=timezone.localdate())

    def act(facts: dict[str, Any]) -> str:
        report = services.create_report(**facts, **who(request))
        return reverse("reports:detail", args=[report.pk])

    return form_page(
        request,
        form,
        act,
        template="reports/new.html",
        title=_("Nouveau rapport"),
        button=_("Calculer le rapport"),
        done=_("Le brouillon est prêt : relisez les chiffres, commentez, puis publiez."),
        back=reverse("reports:list"),
    )


@require_POST
@acts_on(Report, "reports.edit")
def compute(request: HttpRequest, reports: QuerySet[Report], pk: int) -> HttpResponse:
    """Compute the figures of a draft again."""
    report = get_object_or_404(reports, pk=pk)
    return press(
        request,
        lambda: services.compute_report(report=report, **who(request)),
        _("Les chiffres sont ceux d’aujourd’hui."),
        _address(report),
    )


@require_http_methods(_READ_AND_WRITE)
@acts_on(Report, "reports.edit")
def comment(
    request: HttpRequest, reports: QuerySet[Report], pk: int, section: str
) -> HttpResponse:
    """Write what the coordination says of one section of a draft."""
    report = get_object_or_404(reports.filter(status=ReportStatus.DRAFT), pk=pk)
    if section not in ReportSection:
        raise Http404
    part = ReportSection(section)
    written = report.comments.filter(section=part).first()
    form = CommentForm(sent_form(request), initial=_initial(written))
    theirs = None
    if form.is_valid():
        facts = {"text": form.cleaned_data["text"], "revision": form.cleaned_data["revision"]}
        try:
            services.comment_on(report=report, section=part, **facts, **who(request))
        except services.ChangedMeanwhile as conflict:
            # What was typed stays; saved again, it replaces what the other wrote, now in sight.
            theirs, form = conflict.current, _again(request, conflict.current)
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            messages.success(request, _("Le commentaire est enregistré."))
            return redirect(f"{_address(report)}#{part.value}")
    context = {"report": report, "section": part, "form": form, "theirs": theirs}
    status = 409 if theirs else 422 if form.errors else 200
    return render_page(request, "reports/comment.html", context, status=status)


@require_http_methods(_READ_AND_WRITE)
@acts_on(Report, "reports.edit")
def publish(request: HttpRequest, reports: QuerySet[Report], pk: int) -> HttpResponse:
    """Ask, then publish a draft."""
    report = get_object_or_404(reports, pk=pk)
    if request.method == "POST":
        return press(
            request,
            lambda: services.publish_report(report=report, **who(request)),
            _("Le rapport est publié : les structures et les institutions peuvent le lire."),
            _address(report),
        )
    return render_page(request, "reports/confirm.html", before_publishing(report))


@require_POST
@acts_on(Report, "reports.edit")
def reopen(request: HttpRequest, reports: QuerySet[Report], pk: int) -> HttpResponse:
    """Draft the next version."""
    report = get_object_or_404(reports, pk=pk)
    return press(
        request,
        lambda: services.reopen_report(report=report, **who(request)),
        _("Une nouvelle version est en préparation ; la version publiée reste lisible."),
        _address(report),
    )


@require_http_methods(_READ_AND_WRITE)
@acts_on(Report, "reports.edit")
def discard(request: HttpRequest, reports: QuerySet[Report], pk: int) -> HttpResponse:
    """Ask, then give a draft up."""
    report = get_object_or_404(reports, pk=pk)
    if request.method == "POST":
        return press(
            request,
            lambda: services.discard_draft(report=report, **who(request)),
            _("Le brouillon est abandonné."),
            reverse("reports:list") if report.version == 1 else _address(report),
        )
    return render_page(request, "reports/confirm.html", before_discarding(report))


def _address(report: Report) -> str:
    return reverse("reports:detail", args=[report.pk])


def _initial(written: ReportComment | None) -> dict[str, Any]:
    if written is None:
        return {"text": "", "revision": 0}
    return {"text": written.text, "revision": written.revision}


def _again(request: HttpRequest, current: ReportComment) -> CommentForm:
    return CommentForm({**request.POST.dict(), "revision": current.revision})

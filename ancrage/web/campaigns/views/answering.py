"""A structure answers: on the page, or with its workbook."""

from io import BytesIO
from typing import Any, BinaryIO, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.needs import services
from ancrage.needs.enums import AnswerStatus, CampaignStatus
from ancrage.needs.models import CampaignAnswer
from ancrage.needs.queries import FIGURES, Figures, figures_of
from ancrage.web.access import acts_on
from ancrage.web.campaigns.answer_form import AnswerForm, differences
from ancrage.web.campaigns.spreadsheet import Read, read_workbook, write_workbook
from ancrage.web.campaigns.words import LABELS, figure_text
from ancrage.web.conflicts import revision_sent
from ancrage.web.rendering import render_page

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_FILE = _("Choisissez d’abord le classeur rempli.")


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(CampaignAnswer, "answers.fill")
def answer(request: HttpRequest, answers: QuerySet[CampaignAnswer], pk: int) -> HttpResponse:
    """The pre-filled page; three buttons: keep, send, read a workbook."""
    found = get_object_or_404(answers.select_related("campaign", "partner"), pk=pk)
    act = request.POST.get("acte", "")
    if request.method != "POST":
        if found.campaign.status != CampaignStatus.OPEN:
            return redirect("campaigns:sheet", pk=pk)
        return _page(request, found, AnswerForm(answer=found))
    if act == "lire":
        return _read(request, found)
    form = AnswerForm(request.POST, answer=found, submit=act == "envoyer")
    if not form.is_valid():
        return _page(request, found, form, status=422)
    return _save(request, found, form)


@require_safe
@acts_on(CampaignAnswer, "answers.view")
def workbook(request: HttpRequest, answers: QuerySet[CampaignAnswer], pk: int) -> HttpResponse:
    """The workbook of this structure, with the figures the page proposes."""
    found = get_object_or_404(answers.select_related("campaign", "partner"), pk=pk)
    stream = BytesIO()
    write_workbook(found, stream)
    name = slugify(f"{found.campaign} {found.partner}")
    return HttpResponse(
        stream.getvalue(),
        content_type=_XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


@require_safe
@acts_on(CampaignAnswer, "answers.view")
def sheet(request: HttpRequest, answers: QuerySet[CampaignAnswer], pk: int) -> HttpResponse:
    """What was answered, to read again."""
    rows = answers.select_related("campaign", "partner", "submitted_by")
    found = get_object_or_404(rows, pk=pk)
    said = figures_of(found)
    context = {
        "answer": found,
        "is_open": found.campaign.status == CampaignStatus.OPEN,
        "columns": list(LABELS.values()),
        "lines": [
            (row, _cells(said[row.pk]))
            for row in found.campaign.professions.order_by("rank", "pk")
            if row.pk in said
        ],
        "texts": found.open_answers.select_related("question").order_by("question__position"),
    }
    return render_page(request, "campaigns/sheet.html", context)


def _cells(figures: Figures) -> list[tuple[Any, str]]:
    return [(LABELS[name], figure_text(name, getattr(figures, name))) for name in FIGURES]


def _read(request: HttpRequest, found: CampaignAnswer) -> HttpResponse:
    """Fill the page with a workbook, or say what is wrong in it; nothing is saved."""
    form = AnswerForm(answer=found)
    typed = form.typed_in(request.POST)
    file = request.FILES.get("fichier")
    if file is None:
        read = Read(failure=str(NO_FILE))
    else:
        read = read_workbook(
            cast(BinaryIO, file), filename=file.name or "", professions=form.professions
        )
    if read.is_good:
        typed |= read.typed
    shown = AnswerForm(answer=found, typed=typed)
    return _page(request, found, shown, read=read, status=200 if read.is_good else 422)


def _save(request: HttpRequest, found: CampaignAnswer, form: AnswerForm) -> HttpResponse:
    try:
        services.save_answer(
            answer=found,
            revision=revision_sent(request.POST),
            **form.facts,
            submit=form.submit,
            by=request.user,
            now=timezone.now(),
        )
    except services.AnswerChangedMeanwhile as error:
        saved = AnswerForm(answer=error.current)
        conflict = {"differences": differences(form, saved), "revision": error.current.revision}
        return _page(request, error.current, form, conflict=conflict, status=422)
    except services.CampaignNotOpen as error:
        form.add_error(None, error)
        return _page(request, found, form, status=422)
    if form.submit:
        return redirect("campaigns:sheet", pk=found.pk)
    return redirect(f"{request.path}?enregistree=1")


def _page(
    request: HttpRequest,
    found: CampaignAnswer,
    form: AnswerForm,
    *,
    read: Read | None = None,
    conflict: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    revision = request.POST.get("revision", found.revision)
    context = {
        "answer": found,
        "campaign": found.campaign,
        "form": form,
        "columns": list(LABELS.values()),
        "read": read,
        "conflict": conflict,
        "revision": conflict["revision"] if conflict else revision,
        "is_sent": found.status == AnswerStatus.SUBMITTED,
        "is_kept": "enregistree" in request.GET,
        "today": timezone.localdate(),
    }
    return render_page(request, "campaigns/answer.html", context, status=status)

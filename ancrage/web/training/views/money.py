"""The funding files of a place."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ancrage.training import services
from ancrage.training.enums import FUNDING_TRANSITIONS, FundingState
from ancrage.training.models import Enrolment, FundingFile
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.sheets import euros
from ancrage.web.training.acting import form_page, press, show_refusal, who
from ancrage.web.training.forms import FundingForm, FundingStepForm
from ancrage.web.training.words import acts

_FORM = ["GET", "HEAD", "POST"]
_COURSE = ("enrolment__run__course__provider__partner", "enrolment__run__commune")


@require_http_methods(_FORM)
@acts_on(Enrolment, "enrolments.fund")
def funding_new(request: HttpRequest, enrolments: QuerySet[Enrolment], pk: int) -> HttpResponse:
    """Begin a file for a place."""
    enrolment = get_object_or_404(enrolments.select_related("run__course"), pk=pk)
    return form_page(
        request,
        FundingForm(sent_form(request)),
        lambda facts: services.open_funding(enrolment=enrolment, **who(request), **facts),
        title=_("Nouveau dossier de financement"),
        button=_("Ouvrir le dossier"),
        done=_("Dossier ouvert : la date limite vous sera rappelée."),
        back=reverse("training:enrolment", args=[pk]),
        lead=f"{enrolment.name} · {enrolment.run.course.title}",
    )


@require_http_methods(_FORM)
@acts_on(FundingFile, "funding_files.keep")
def funding(request: HttpRequest, files: QuerySet[FundingFile], pk: int) -> HttpResponse:
    """A file: what is asked, by when, what became of it."""
    file = get_object_or_404(files.select_related(*_COURSE), pk=pk)
    asked = request.POST.get("etape", "")
    back = reverse("training:funding", args=[pk])
    if asked == "retour":
        return press(
            request,
            lambda: services.step_back_funding(file=file, **who(request)),
            _("Étape corrigée."),
            back,
        )
    if asked in FundingState.values:
        return _step(request, file, FundingState(asked), back)
    form = FundingForm(sent_form(request), file=file)
    if form.is_valid():
        services.edit_funding(file=file, **who(request), **form.cleaned_data)
        messages.success(request, _("Dossier enregistré."))
        return redirect(back)
    return _page(request, file, form, FundingStepForm())


def _step(request: HttpRequest, file: FundingFile, to: FundingState, back: str) -> HttpResponse:
    form = FundingStepForm(request.POST)
    if form.is_valid():
        facts: dict[str, Any] = form.cleaned_data
        try:
            services.move_funding(
                file=file,
                to=to,
                on=facts["on"],
                granted_cents=facts["granted"],
                **who(request),
            )
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            messages.success(request, _("C’est noté."))
            return redirect(back)
    return _page(request, file, FundingForm(file=file), form)


def _page(
    request: HttpRequest, file: FundingFile, form: FundingForm, step_form: FundingStepForm
) -> HttpResponse:
    allowed = FUNDING_TRANSITIONS[FundingState(file.state)]
    context = {
        "file": file,
        "enrolment": file.enrolment,
        "run": file.enrolment.run,
        "form": form,
        "step_form": step_form,
        "steps": acts("money", [one for one in FundingState if one in allowed]),
        "asked": euros(file.asked_cents),
        "granted": "" if file.granted_cents is None else euros(file.granted_cents),
        "may_step_back": file.state != FundingState.TO_SEND,
    }
    status = 422 if form.errors or step_form.errors else 200
    return render_page(request, "training/funding.html", context, status=status)

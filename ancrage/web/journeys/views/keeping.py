"""Opening, planning, noting, closing: each act on its own small page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ancrage.candidates.models import Candidate
from ancrage.journeys import services
from ancrage.journeys.models import Journey
from ancrage.web.access import acts_on
from ancrage.web.acting import show_refusal, who
from ancrage.web.conflicts import revision_sent
from ancrage.web.fields import sent_form
from ancrage.web.journeys.acting import form_page
from ancrage.web.journeys.forms.keeping import (
    CloseForm,
    ContactForm,
    EditForm,
    NextActionForm,
    OpenForm,
    ReopenForm,
)
from ancrage.web.rendering import render_page

_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM)
@acts_on(Candidate, "journeys.open")
def open_for(request: HttpRequest, candidates: QuerySet[Candidate], pk: int) -> HttpResponse:
    """Begin to accompany somebody."""
    candidate = get_object_or_404(candidates.select_related("territory"), pk=pk)
    start = {"advisor": request.user.pk}
    form = OpenForm(sent_form(request), territory=candidate.territory, initial=start)
    if form.is_valid():
        try:
            journey = services.open_journey(
                candidate=candidate, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            messages.success(request, _("Parcours ouvert."))
            return redirect("journeys:detail", journey.pk)
    context = {"candidate": candidate, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "journeys/open.html", context, status=status)


@require_http_methods(_FORM)
@acts_on(Journey, "journeys.keep")
def plan(request: HttpRequest, journeys: QuerySet[Journey], pk: int) -> HttpResponse:
    """Change the next action."""
    journey = _one(journeys, pk)
    form = NextActionForm(sent_form(request), initial=_action_of(journey))
    return form_page(
        request,
        journey,
        form,
        lambda facts: services.plan_next_action(
            journey=journey,
            revision=revision_sent(request.POST, journey.revision),
            **who(request),
            **facts,
        ),
        title=_("Prochaine action"),
        button=_("Enregistrer"),
        done=_("Prochaine action enregistrée."),
    )


@require_http_methods(_FORM)
@acts_on(Journey, "journeys.keep")
def contact(request: HttpRequest, journeys: QuerySet[Journey], pk: int) -> HttpResponse:
    """Note an exchange or an attempt."""
    journey = _one(journeys, pk)
    return form_page(
        request,
        journey,
        ContactForm(sent_form(request)),
        lambda facts: services.log_contact(journey=journey, **who(request), **facts),
        title=_("Noter un contact"),
        button=_("Noter"),
        done=_("Contact noté."),
        lead=_("Un échange avec la personne repousse l’effacement de son profil."),
    )


@require_http_methods(_FORM)
@acts_on(Journey, "journeys.keep")
def edit(request: HttpRequest, journeys: QuerySet[Journey], pk: int) -> HttpResponse:
    """Change the goal, or who accompanies."""
    journey = _one(journeys, pk)
    start = {"goal": journey.goal, "advisor": journey.advisor_id}
    form = EditForm(sent_form(request), territory=journey.territory, initial=start)
    return form_page(
        request,
        journey,
        form,
        lambda facts: services.edit_journey(
            journey=journey,
            revision=revision_sent(request.POST, journey.revision),
            **who(request),
            **facts,
        ),
        title=_("Objectif et référent"),
        button=_("Enregistrer"),
        done=_("Parcours enregistré."),
    )


@require_http_methods(_FORM)
@acts_on(Journey, "journeys.keep")
def close(request: HttpRequest, journeys: QuerySet[Journey], pk: int) -> HttpResponse:
    """End a journey, and say why."""
    journey = _one(journeys, pk)
    return form_page(
        request,
        journey,
        CloseForm(sent_form(request)),
        lambda facts: services.close_journey(
            journey=journey,
            revision=revision_sent(request.POST, journey.revision),
            **who(request),
            **facts,
        ),
        title=_("Terminer le parcours"),
        button=_("Terminer"),
        done=_("Parcours terminé. Il peut être rouvert."),
        lead=_("Plus rien n’est demandé à la personne ni à la structure."),
    )


@require_http_methods(_FORM)
@acts_on(Journey, "journeys.keep")
def reopen(request: HttpRequest, journeys: QuerySet[Journey], pk: int) -> HttpResponse:
    """Take somebody up again."""
    journey = _one(journeys, pk)
    return form_page(
        request,
        journey,
        ReopenForm(sent_form(request)),
        lambda facts: services.reopen_journey(journey=journey, **who(request), **facts),
        title=_("Rouvrir le parcours"),
        button=_("Rouvrir"),
        done=_("Parcours rouvert."),
    )


def _one(journeys: QuerySet[Journey], pk: int) -> Journey:
    return get_object_or_404(
        journeys.select_related("candidate__subject", "territory", "advisor"), pk=pk
    )


def _action_of(journey: Journey) -> dict[str, Any]:
    return {
        "next_action": journey.next_action,
        "next_action_on": journey.next_action_on,
        "waits_for": journey.waits_for,
    }

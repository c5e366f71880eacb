"""Steps, contacts taken back, immersions."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.journeys import services
from ancrage.journeys.models import ContactLog, Immersion, Journey, Step
from ancrage.web.access import acts_on
from ancrage.web.acting import who
from ancrage.web.fields import sent_form
from ancrage.web.journeys.acting import form_page, press
from ancrage.web.journeys.forms.keeping import ImmersionForm, SettleForm, StepForm

_FORM = ["GET", "HEAD", "POST"]


@require_POST
@acts_on(Journey, "journeys.keep")
def step_add(request: HttpRequest, journeys: QuerySet[Journey], pk: int) -> HttpResponse:
    """Add a step, from the page of the journey."""
    journey = get_object_or_404(journeys, pk=pk)
    form = StepForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nommez l’étape, et donnez un jour qui existe."))
        return redirect("journeys:detail", pk)
    facts = {**form.cleaned_data, **who(request)}
    return press(
        request,
        journey,
        lambda: services.add_step(journey=journey, **facts),
        _("Étape ajoutée."),
    )


@require_POST
@acts_on(Step, "journeys.keep_parts")
def step_done(request: HttpRequest, steps: QuerySet[Step], pk: int) -> HttpResponse:
    """Mark a step done."""
    step = get_object_or_404(steps.select_related("journey"), pk=pk)
    act = services.finish_step
    return press(request, step.journey, lambda: act(step=step, **who(request)), _("Étape faite."))


@require_POST
@acts_on(Step, "journeys.keep_parts")
def step_reopen(request: HttpRequest, steps: QuerySet[Step], pk: int) -> HttpResponse:
    """Put a step back among those to do."""
    step = get_object_or_404(steps.select_related("journey"), pk=pk)
    act = services.reopen_step
    return press(
        request, step.journey, lambda: act(step=step, **who(request)), _("Étape à refaire.")
    )


@require_POST
@acts_on(Step, "journeys.keep_parts")
def step_remove(request: HttpRequest, steps: QuerySet[Step], pk: int) -> HttpResponse:
    """Take a step away."""
    step = get_object_or_404(steps.select_related("journey"), pk=pk)
    act = services.remove_step
    return press(
        request, step.journey, lambda: act(step=step, **who(request)), _("Étape retirée.")
    )


@require_POST
@acts_on(ContactLog, "journeys.keep_parts")
def contact_remove(request: HttpRequest, contacts: QuerySet[ContactLog], pk: int) -> HttpResponse:
    """Take back a contact noted by mistake."""
    contact = get_object_or_404(contacts.select_related("journey"), pk=pk)
    act = services.remove_contact
    return press(
        request,
        contact.journey,
        lambda: act(contact=contact, **who(request)),
        _("Contact retiré."),
    )


@require_http_methods(_FORM)
@acts_on(Journey, "journeys.keep")
def immersion(request: HttpRequest, journeys: QuerySet[Journey], pk: int) -> HttpResponse:
    """Plan an immersion or a visit."""
    journey = get_object_or_404(journeys.select_related("candidate__subject", "territory"), pk=pk)
    return form_page(
        request,
        journey,
        ImmersionForm(sent_form(request), territory=journey.territory),
        lambda facts: services.plan_immersion(journey=journey, **who(request), **facts),
        title=_("Immersion ou visite"),
        button=_("Enregistrer"),
        done=_("Immersion enregistrée."),
    )


@require_http_methods(_FORM)
@acts_on(Immersion, "journeys.keep_parts")
def settle(request: HttpRequest, immersions: QuerySet[Immersion], pk: int) -> HttpResponse:
    """Say whether it took place."""
    found = get_object_or_404(
        immersions.select_related("journey__candidate__subject", "partner"), pk=pk
    )
    return form_page(
        request,
        found.journey,
        SettleForm(sent_form(request)),
        lambda facts: services.settle_immersion(immersion=found, **who(request), **facts),
        title=_("Suite de l’immersion"),
        button=_("Enregistrer"),
        done=_("C’est noté."),
        lead=str(found.partner or ""),
    )

"""What a partner keeps: its offers, their terms, their calendar."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.accounts.models import User
from ancrage.accounts.policy import may
from ancrage.resources.models import Resource
from ancrage.web.access import acts_on, reader
from ancrage.web.acting import show_refusal
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.welcome.forms.keeping import Calendar, OwnOffersForm, TermsForm, initial_terms
from ancrage.web.welcome_words import free_in_words
from ancrage.welcome import services
from ancrage.welcome.models import WelcomeTerms
from ancrage.welcome.queries import own_offers, terms_of

PER_PAGE = 25


@require_safe
@acts_on(Resource, "resources.edit")
def own_list(request: HttpRequest, resources: QuerySet[Resource]) -> HttpResponse:
    """One's offers of welcome, with what is left of each, and what could become one."""
    today = timezone.localdate()
    form = OwnOffersForm(request.GET)
    found = own_offers(resources, text=form.words())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    free = services.free_by_offer([row.pk for row in page], since=today)
    lines = [(row, free_in_words(free.get(row.pk, ()))) for row in page]
    context = {
        "page": page,
        "lines": lines,
        "form": form,
        "may_answer": may(request.user, "welcome_requests.answer"),
        "may_create": may(request.user, "resources.create"),
    }
    return render_page(request, "welcome/own.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Resource, "resources.edit")
def terms(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """On what terms the resource welcomes somebody."""
    resource = get_object_or_404(resources.select_related("partner__territory"), pk=pk)
    known = terms_of(resource)
    form = TermsForm(sent_form(request), resource=resource, initial=initial_terms(resource, known))
    if form.is_valid():
        try:
            written = services.set_terms(
                resource=resource, by=request.user, now=timezone.now(), **form.facts()
            )
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            messages.success(request, _("Conditions enregistrées."))
            return _after_terms(written, known)
    context = {"form": form, "resource": resource, "terms": known}
    status = 422 if form.errors else 200
    return render_page(request, "welcome/terms.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Resource, "resources.edit")
def calendar(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """When places are open: lines added, changed, emptied."""
    resource = get_object_or_404(resources.select_related("partner"), pk=pk)
    known = terms_of(resource)
    if known is None:
        messages.info(request, _("Dites d’abord à quoi sert cette offre."))
        return redirect("welcome:terms", pk=pk)
    lines = Calendar(
        sent_form(request),
        periods=services.calendar_of(known),
        revision=known.calendar_revision,
    )
    if not lines.is_bound:
        return _calendar_page(request, known, lines)
    refused = ""
    if lines.is_valid():
        try:
            _set(known, lines, by=reader(request))
        except ValidationError as refusal:
            refused = lines.refuse(refusal)
        else:
            messages.success(request, _("Calendrier enregistré."))
            return redirect("welcome:own")
    return _calendar_page(request, known, lines, refused=refused, status=422)


def _set(terms: WelcomeTerms, lines: Calendar, *, by: User) -> None:
    services.set_calendar(
        terms=terms,
        periods=[period for _form, period in lines.lines()],
        revision=lines.revision,
        by=by,
        now=timezone.now(),
    )


def _calendar_page(
    request: HttpRequest,
    terms: WelcomeTerms,
    lines: Calendar,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    free = services.free_by_offer([terms.resource_id], since=timezone.localdate())
    context = {
        "resource": terms.resource,
        "terms": terms,
        "lines": lines,
        "refused": refused,
        "left": free_in_words(free.get(terms.resource_id, ()), most=12),
    }
    return render_page(request, "welcome/calendar.html", context, status=status)


def _after_terms(written: WelcomeTerms, before: WelcomeTerms | None) -> HttpResponse:
    if before is None and written.has_places:
        return redirect("welcome:calendar", pk=written.resource_id)
    return redirect("welcome:own")

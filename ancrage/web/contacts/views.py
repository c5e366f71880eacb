"""Somebody asks to be called back; the coordination answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import permitted
from ancrage.candidates import services
from ancrage.candidates.models import ContactRequest
from ancrage.candidates.queries import (
    Likeness,
    alike,
    candidate_of,
    contact_requests_to_answer,
    duplicates_of,
)
from ancrage.needs.models import Need
from ancrage.privacy.detectors import detect_forbidden
from ancrage.privacy.notices import current_notice
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on, allowed, public, reader
from ancrage.web.contacts.forms import POOL, ContactFilters, ContactForm
from ancrage.web.rendering import render_page
from ancrage.web.scope import territory_of
from ancrage.web.throttling import throttled

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("contact", per="ip", rate="10/h", methods=("POST",))
@allowed("contact_requests.send")
def contact(request: HttpRequest) -> HttpResponse:
    """The form, about the territory or about one offer."""
    territory = territory_of(request)
    if territory is None:
        raise Http404
    offer_label = _offer_label(request)
    form = ContactForm(request.POST or None, territory=territory)
    is_right = form.is_bound and form.is_valid()
    if is_right and not form.waits_for_a_second_look:
        if not form.looks_automatic:
            _receive(request, form, territory, offer_label)
        return redirect("contacts:thanks")
    context = {
        "form": form,
        "territory": territory,
        "offer_label": offer_label,
        "notice": current_notice(POOL),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "contacts/contact.html", context, status=status)


@require_safe
@public
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render_page(request, "contacts/thanks.html")


@require_safe
@acts_on(ContactRequest, "contact_requests.view")
def contact_list(request: HttpRequest, requests: QuerySet[ContactRequest]) -> HttpResponse:
    """The queue: those that wait first."""
    filters = ContactFilters(request.GET)
    found = contact_requests_to_answer(requests, **filters.asked)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": filters, "page": page, "query": request.GET.urlencode()}
    return render_page(request, "contacts/list.html", context, fragment="results")


@require_safe
@acts_on(ContactRequest, "contact_requests.view")
def contact_detail(
    request: HttpRequest, requests: QuerySet[ContactRequest], pk: int
) -> HttpResponse:
    """One request, whole."""
    rows = requests.select_related(
        "profession", "commune", "answered_by", "territory", "candidate"
    )
    found = get_object_or_404(rows, pk=pk)
    context = {
        "contact": found,
        "advice": [one.advice for one in detect_forbidden(found.message)],
        "likenesses": _known_already(found),
    }
    return render_page(request, "contacts/detail.html", context)


@require_POST
@acts_on(ContactRequest, "contact_requests.answer")
def contact_answer(
    request: HttpRequest, requests: QuerySet[ContactRequest], pk: int
) -> HttpResponse:
    """Mark it answered, or closed without follow-up."""
    found = get_object_or_404(requests, pk=pk)
    answered = request.POST.get("suite") != "sans"
    try:
        services.close_contact_request(
            request=found, answered=answered, by=request.user, now=timezone.now()
        )
    except services.AlreadyAnswered:
        messages.info(request, _("Quelqu’un de la coordination s’en est déjà chargé."))
    else:
        messages.success(request, _("C’est noté. Vous pouvez la rouvrir depuis sa fiche."))
    return redirect("contacts:detail", pk=pk)


@require_POST
@acts_on(ContactRequest, "contact_requests.answer")
def contact_reopen(
    request: HttpRequest, requests: QuerySet[ContactRequest], pk: int
) -> HttpResponse:
    """Put it back in the queue."""
    services.reopen_contact_request(
        request=get_object_or_404(requests, pk=pk), by=request.user, now=timezone.now()
    )
    return redirect("contacts:detail", pk=pk)


def _known_already(request: ContactRequest) -> list[Likeness]:
    """The profiles that may be the same person's: whoever writes does not know they are there."""
    if request.candidate is not None:
        return duplicates_of(request.candidate)
    return alike(
        request.territory,
        first_name="",
        last_name=request.name,
        email=request.email,
        phone=request.phone,
        professions=[request.profession] if request.profession else [],
    )


def _receive(
    request: HttpRequest, form: ContactForm, territory: Territory, offer_label: str
) -> None:
    """Open a profile when the profession is certain and the reader has none; else keep the
    message alone, for the coordination to call."""
    language, now, read = get_language() or "fr", timezone.now(), form.profession
    if read is not None and candidate_of(request.user) is None:
        services.register_candidate(
            territory=territory,
            by=reader(request) if request.user.is_authenticated else None,
            now=now,
            agreed=[current_notice(POOL)] if form.cleaned_data["pool"] else [],
            language=language,
            message=form.cleaned_data["message"],
            horizon=form.cleaned_data["horizon"],
            offer_label=offer_label,
            **form.facts(read),
        )
        return
    services.send_contact_request(
        territory=territory,
        contact=form.contact(offer_label=offer_label),
        language=language,
        now=now,
    )


def _offer_label(request: HttpRequest) -> str:
    """The offer the person was reading, if it is one that anybody reads."""
    asked = request.GET.get("offre", "")
    if not asked.isdecimal():
        return ""
    offers = permitted(request.user, "offers.view", Need.objects.all())
    found = offers.filter(pk=int(asked[:15])).select_related("profession", "partner").first()
    return str(found) if found else ""

"""The requests a partner received, and what it answers. What it reads rests on an agreement."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.kit.tabular.cells import CellValue
from ancrage.web.access import acts_on, reader
from ancrage.web.acting import confirm_page
from ancrage.web.fields import sent_form
from ancrage.web.personal_files import MOST_LINES, ExportForm, PersonalTable, personal_file
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled
from ancrage.web.undo import offer_undo, undo_offered
from ancrage.web.welcome.forms.answering import (
    GrantForm,
    RefuseForm,
    RequestsForm,
    offers_to_grant,
    refusal_words,
)
from ancrage.web.welcome_words import (
    ages_in_words,
    dates_in_words,
    free_in_words,
    request_in_words,
)
from ancrage.welcome import services
from ancrage.welcome.enums import OPEN_STATES, ClosingReason, RequestState
from ancrage.welcome.models import WelcomeRequest
from ancrage.welcome.queries import requests_matching

PER_PAGE = 25
JOINED = ("partner", "resource", "project__subject")
_TONES = {
    RequestState.SENT: "warning",
    RequestState.SEEN: "warning",
    RequestState.GRANTED: "success",
}


@require_safe
@never_cache
@acts_on(WelcomeRequest, "welcome_requests.answer")
def request_list(request: HttpRequest, requests: QuerySet[WelcomeRequest]) -> HttpResponse:
    """What waits for an answer first; nobody is named here."""
    form = RequestsForm(request.GET)
    found = requests_matching(requests, **form.wanted()).select_related("partner", "resource")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "row": row,
            "what": request_in_words(row),
            "dates": dates_in_words(row.starts_on, row.ends_on),
            "tone": _TONES.get(RequestState(row.state), ""),
        }
        for row in page
    ]
    query = request.GET.urlencode()
    context = {"form": form, "page": page, "lines": lines, "query": query}
    return render_page(request, "welcome/requests.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@throttled("welcome-requests", per="user", rate="20/h", methods=("POST",))
@acts_on(WelcomeRequest, "welcome_requests.answer")
def requests_export(request: HttpRequest, requests: QuerySet[WelcomeRequest]) -> HttpResponse:
    """Ask why, then hand over what the list shows, which names nobody."""
    wanted = RequestsForm(request.GET).wanted()
    found = requests_matching(requests, **wanted).select_related(*JOINED)[:MOST_LINES]
    form = ExportForm(sent_form(request))
    if form.is_valid():
        rows = list(found)
        reason = form.cleaned_data["reason"]
        services.record_request_export(
            requests=rows, reason=reason, by=request.user, now=timezone.now()
        )
        title = _("Demandes d’accueil reçues")
        table = PersonalTable(_("demandes-d-accueil"), title, _columns(), _lines(rows))
        return personal_file(request, table, form)
    back = f"{reverse('welcome:requests')}?{request.GET.urlencode()}"
    context = {"form": form, "count": found.count(), "back": back}
    status = 422 if form.errors else 200
    return render_page(request, "welcome/requests_export.html", context, status=status)


@require_safe
@never_cache
@acts_on(WelcomeRequest, "welcome_requests.answer")
def detail(request: HttpRequest, requests: QuerySet[WelcomeRequest], pk: int) -> HttpResponse:
    """One request: what its person agreed to say, and the answers; reading it is noted."""
    row = get_object_or_404(requests.select_related(*JOINED), pk=pk)
    services.see_request(request=row, by=request.user, now=timezone.now())
    return _page(request, row)


@require_POST
@never_cache
@acts_on(WelcomeRequest, "welcome_requests.answer")
def grant(request: HttpRequest, requests: QuerySet[WelcomeRequest], pk: int) -> HttpResponse:
    """Grant it: an offer, dates, a word."""
    row = get_object_or_404(requests.select_related(*JOINED), pk=pk)
    form = GrantForm(request.POST, row=row, offers=offers_to_grant(row))
    if form.is_valid():
        try:
            services.grant_request(
                request=row, by=reader(request), now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _answered(request, pk, _("Demande accordée : la personne en est informée."))
    return _page(request, row, granting=form, status=422)


@require_POST
@never_cache
@acts_on(WelcomeRequest, "welcome_requests.answer")
def refuse(request: HttpRequest, requests: QuerySet[WelcomeRequest], pk: int) -> HttpResponse:
    """Refuse it, and say why."""
    row = get_object_or_404(requests.select_related(*JOINED), pk=pk)
    form = RefuseForm(request.POST)
    if form.is_valid():
        try:
            services.refuse_request(
                request=row,
                reason=form.reason_chosen,
                answer=form.cleaned_data["answer"],
                by=reader(request),
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _answered(request, pk, _("Demande refusée : la personne en est informée."))
    return _page(request, row, refusing=form, status=422)


@require_POST
@acts_on(WelcomeRequest, "welcome_requests.answer")
def undo(request: HttpRequest, requests: QuerySet[WelcomeRequest], pk: int) -> HttpResponse:
    """Take the answer back, within the day."""
    row = get_object_or_404(requests.select_related(*JOINED), pk=pk)
    try:
        services.undo_answer(request=row, by=reader(request), now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal_words(refusal))
    else:
        messages.success(request, _("Réponse annulée : la demande vous attend de nouveau."))
    return redirect("welcome:request", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@acts_on(WelcomeRequest, "welcome_requests.answer")
def cancel(request: HttpRequest, requests: QuerySet[WelcomeRequest], pk: int) -> HttpResponse:
    """Ask, then take back a place that was granted: the person and the coordination are told."""
    row = get_object_or_404(requests.select_related(*JOINED), pk=pk)
    if request.method == "POST":
        try:
            services.cancel_place(request=row, by=reader(request), now=timezone.now())
        except ValidationError as refusal:
            messages.error(request, refusal_words(refusal))
        else:
            messages.success(request, _("Place annulée : la personne en est prévenue."))
        return redirect("welcome:requests")
    return confirm_page(
        request,
        title=_("Annuler cette place ?"),
        consequences=[
            _("La personne et la coordination en sont prévenues aussitôt, par courriel."),
            _("La demande est close, et vous n’en lisez plus rien."),
            _("Ses jours redeviennent libres dans votre calendrier."),
            _("Le besoin est de nouveau à pourvoir : la personne peut demander ailleurs."),
        ],
        button=_("Annuler la place"),
        back=reverse("welcome:request", kwargs={"pk": pk}),
    )


def _columns() -> list[str]:
    return [
        *(_("Numéro"), _("Demande"), _("Pour"), _("Structure"), _("Du"), _("Au")),
        *(_("Envoyée le"), _("État")),
    ]


def _lines(rows: list[WelcomeRequest]) -> Iterator[list[CellValue]]:
    for row in rows:
        yield [
            *(row.pk, request_in_words(row), str(row.get_kind_display()), row.partner.name),
            *(row.starts_on, row.ends_on, timezone.localdate(row.sent_at)),
            str(row.get_state_display()),
        ]


def _answered(request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
    url = reverse("welcome:undo_answer", kwargs={"pk": pk})
    offer_undo(request, "welcome", sentence, [pk], url=url)
    return redirect("welcome:request", pk=pk)


def _page(
    request: HttpRequest,
    row: WelcomeRequest,
    *,
    granting: GrantForm | None = None,
    refusing: RefuseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    free = services.free_by_offer(
        [row.resource_id] if row.resource_id else [], since=timezone.localdate(now)
    )
    context: dict[str, Any] = {
        "row": row,
        "what": request_in_words(row),
        "dates": dates_in_words(row.starts_on, row.ends_on),
        "granted": dates_in_words(row.granted_from, row.granted_to),
        "ages": ages_in_words(row.child_ages),
        "left": free_in_words(free[row.resource_id]) if row.resource_id in free else "",
        "tone": _TONES.get(RequestState(row.state), ""),
        "is_open": row.state in OPEN_STATES,
        "may_undo": services.can_undo(request=row, now=now),
        "may_cancel": row.state == RequestState.GRANTED,
        "reason": ClosingReason(row.reason).label if row.reason else "",
        "granting": granting or GrantForm(row=row, offers=offers_to_grant(row)),
        "refusing": refusing or RefuseForm(),
        "undo_offer": undo_offered(request, "welcome") if status == 200 else None,
    }
    return render_page(request, "welcome/request.html", context, status=status)

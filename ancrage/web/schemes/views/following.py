"""One request: asked, read, moved, corrected, undone."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate
from ancrage.partners.models import Partner
from ancrage.privacy.models import DataSubject
from ancrage.privacy.scopes import viewer_of
from ancrage.schemes.enums import AID_MOVES, AidState
from ancrage.schemes.models import AidRequest, Scheme
from ancrage.schemes.queries import schemes_in_inventory
from ancrage.schemes.queries.requests import in_the_way, whole_request
from ancrage.schemes.services import requests as services
from ancrage.web.access import acts_on
from ancrage.web.acting import show_refusal, who
from ancrage.web.conflicts import revision_sent
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.schemes.forms.requests import AskForm, EditRequestForm, LeavingForm, MoveForm
from ancrage.web.undo import offer_undo, undo_offered

_FORM = ["GET", "HEAD", "POST"]
# The last word of the address of a move.
MOVES: Mapping[str, AidState] = {
    "accordee": AidState.GRANTED,
    "versee": AidState.PAID,
    "refusee": AidState.REFUSED,
    "classee": AidState.CLOSED,
    "redemandee": AidState.ASKED,
}


@require_http_methods(_FORM)
@acts_on(DataSubject, "aid_requests.ask")
def ask(request: HttpRequest, subjects: QuerySet[DataSubject], code: str) -> HttpResponse:
    """Say that one asked for an aid, to follow it here."""
    scheme = _scheme(code)
    subject = subjects.filter(user=request.user.pk).first()
    if subject is None:
        return render_page(request, "schemes/ask_first.html", {"scheme": scheme})
    return _ask(request, scheme, _("Suivre ma demande"), subject=subject)


@require_http_methods(_FORM)
@acts_on(DataSubject, "aid_requests.ask")
def ask_person(
    request: HttpRequest, subjects: QuerySet[DataSubject], code: str, pk: int
) -> HttpResponse:
    """Note the request of a person whom one follows; `pk` is the key of their profile."""
    subject = get_object_or_404(subjects.select_related("candidate"), candidate__pk=pk)
    return _ask(request, _scheme(code), str(subject.candidate), subject=subject)


@require_http_methods(_FORM)
@acts_on(Partner, "aid_requests.ask_for_structure")
def ask_structure(
    request: HttpRequest, partners: QuerySet[Partner], code: str, pk: int
) -> HttpResponse:
    """Note the request of a structure."""
    partner = get_object_or_404(partners, pk=pk)
    return _ask(request, _scheme(code), partner.name, partner=partner)


@require_safe
@never_cache
@acts_on(AidRequest, "aid_requests.view")
def detail(request: HttpRequest, requests: QuerySet[AidRequest], pk: int) -> HttpResponse:
    """One request: where it stands, what is owed, what comes next; the reading is noted."""
    row = get_object_or_404(whole_request(requests), pk=pk)
    today = timezone.localdate()
    services.read_request(request=row, viewer=viewer_of(request.user), now=timezone.now())
    leaving = LeavingForm(request.GET or None)
    day = leaving.cleaned_data["depart"] if leaving.is_valid() else None
    known = permitted(request.user, "candidates.view", Candidate.objects.all())
    context = {
        "request_row": row,
        "candidate": known.filter(subject=row.subject_id).first() if row.subject_id else None,
        "is_own": row.subject is not None and row.subject.user_id == request.user.pk,
        "owed": services.owed_on(request=row, on=today),
        "leaving": leaving,
        "if_left": services.owed_on(request=row, on=day) if day else None,
        "in_the_way": in_the_way(row),
        "moves": [
            (word, state) for word, state in MOVES.items() if state in AID_MOVES[_state(row)]
        ],
        "undo": undo_offered(request, "aid_requests"),
    }
    return render_page(request, "schemes/request.html", context)


@require_http_methods(_FORM)
@acts_on(AidRequest, "aid_requests.keep")
def move(request: HttpRequest, requests: QuerySet[AidRequest], pk: int, to: str) -> HttpResponse:
    """Note what became of a request."""
    row = get_object_or_404(requests.select_related("scheme"), pk=pk)
    if to not in MOVES:
        raise Http404
    after = MOVES[to]
    form = _move_form(request, row, after)
    if form.is_valid():
        facts = {
            **form.cleaned_data,
            **who(request),
            "revision": revision_sent(request.POST, row.revision),
        }
        try:
            services.move_request(request=row, to=after, **facts)
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            said = _("Demande « %(state)s ».") % {"state": after.label.lower()}
            offer_undo(request, "aid_requests", said, [row.pk], url=_undo_url())
            return redirect("schemes:request", row.pk)
    context = {"request_row": row, "form": form, "title": after.label}
    status = 422 if form.errors else 200
    return render_page(request, "schemes/request_form.html", context, status=status)


@require_http_methods(_FORM)
@acts_on(AidRequest, "aid_requests.keep")
def edit(request: HttpRequest, requests: QuerySet[AidRequest], pk: int) -> HttpResponse:
    """Correct what a request says."""
    row = get_object_or_404(requests.select_related("scheme"), pk=pk)
    shown = {name: getattr(row, name) for name in EditRequestForm.base_fields}
    form = EditRequestForm(sent_form(request), initial=shown)
    if form.is_valid():
        try:
            services.edit_request(
                request=row,
                revision=revision_sent(request.POST, row.revision),
                **form.cleaned_data,
                **who(request),
            )
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            messages.success(request, _("La demande est enregistrée."))
            return redirect("schemes:request", row.pk)
    context = {"request_row": row, "form": form, "title": _("Corriger la demande")}
    status = 422 if form.errors else 200
    return render_page(
        request, "schemes/request_form.html", {**context, "reread": form.reread}, status=status
    )


@require_POST
@acts_on(AidRequest, "aid_requests.keep")
def undo(request: HttpRequest, requests: QuerySet[AidRequest]) -> HttpResponse:
    """Take back the last move."""
    sent = request.POST.get("rows", "")
    row = get_object_or_404(requests, pk=int(sent[:18]) if sent.isdecimal() else 0)
    try:
        services.undo_move(request=row, **who(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Étape annulée."))
    return redirect("schemes:request", row.pk)


def _ask(request: HttpRequest, scheme: Scheme, name: str, **asker: Any) -> HttpResponse:
    form = AskForm(sent_form(request), initial={"on": timezone.localdate()})
    if form.is_valid():
        act = services.ask_for_person if "subject" in asker else services.ask_for_partner
        try:
            row = act(scheme=scheme, **asker, **form.cleaned_data, **who(request))
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            messages.success(request, _("La demande est notée : dites ici ce qu’elle devient."))
            return redirect("schemes:request", row.pk)
    context = {"scheme": scheme, "form": form, "who": name, "reread": form.reread}
    status = 422 if form.errors else 200
    return render_page(request, "schemes/ask.html", context, status=status)


def _scheme(code: str) -> Scheme:
    return get_object_or_404(schemes_in_inventory(), code=code)


def _state(row: AidRequest) -> AidState:
    return AidState(row.state)


def _move_form(request: HttpRequest, row: AidRequest, after: AidState) -> MoveForm:
    return MoveForm(
        sent_form(request),
        said=services.SAID_WITH[after],
        commits=services.owes_something(row.scheme),
        initial={"on": timezone.localdate(), **_start(row, after)},
    )


def _start(row: AidRequest, after: AidState) -> dict[str, Any]:
    """What the form of a move begins with: what is known already."""
    known: dict[str, Any] = {"granted_cents": row.granted_cents or row.asked_cents}
    known |= {"paid_cents": row.paid_cents or row.granted_cents, "starts_on": row.starts_on}
    return {name: known[name] for name in services.SAID_WITH[after] if known.get(name)}


def _undo_url() -> str:
    return reverse("schemes:request_undo")

"""Writing a profile: for somebody else, or step by step."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ancrage.accounts.policy import may_on
from ancrage.candidates import services
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import alike, asks_first
from ancrage.partners.permissions import partners_of
from ancrage.territory.models import Territory
from ancrage.territory.permissions import coordinated_by
from ancrage.web.access import acts_on, allowed
from ancrage.web.acting import show_refusal
from ancrage.web.candidates.forms.entry import EnterForm
from ancrage.web.candidates.forms.profile import (
    FIELD_OF,
    EmployerForm,
    IdentityForm,
    NoteForm,
    ProfessionsForm,
    WishesForm,
    initial_of,
)
from ancrage.web.candidates.reading import note_reading
from ancrage.web.conflicts import revision_sent
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.scope import territory_of

TITLES = {
    "coordonnees": gettext_lazy("Coordonnées et zone"),
    "metiers": gettext_lazy("Métiers et diplômes"),
    "souhaits": gettext_lazy("Souhaits et disponibilité"),
    "employeur": gettext_lazy("Employeur actuel"),
    "note": gettext_lazy("Note de la coordination"),
}
# What each step shows, as the person reads it in « who looked ».
_FIELDS = {
    "coordonnees": ("first_name", "last_name", "email", "phone", "commune", "rpps"),
    "metiers": ("first_name", "last_name"),
    "souhaits": ("first_name", "last_name", "experience", "available_from", "contracts"),
    "employeur": ("first_name", "last_name", "employer", "employer_name"),
    "note": ("first_name", "last_name", "note"),
}
_READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(_READ_AND_WRITE)
@acts_on(Candidate, "candidates.edit")
def edit(
    request: HttpRequest, candidates: QuerySet[Candidate], pk: int, step: str
) -> HttpResponse:
    """One step of a profile, by its person or by the coordination."""
    rows = candidates.select_related("subject", "territory", "commune")
    candidate = get_object_or_404(rows, pk=pk)
    is_own = candidate.subject.user_id == request.user.pk
    if step not in TITLES or (step == "note" and is_own):
        raise Http404
    form = _form(request, candidate, step)
    if form.is_valid() and _saved(request, candidate, form):
        return redirect(_back_to(candidate, is_own))
    if not is_own:
        note_reading(request, candidate, _FIELDS[step], now=timezone.now())
    context = {
        "candidate": candidate,
        "is_own": is_own,
        "step": step,
        "title": TITLES[step],
        "form": form,
        "revision": revision_sent(request.POST, candidate.revision),
        "back": _back_to(candidate, is_own),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "candidates/edit.html", context, status=status)


@require_http_methods(_READ_AND_WRITE)
@allowed("candidates.enter")
def enter(request: HttpRequest) -> HttpResponse:
    """Write a profile for somebody who was told, and then confirms it."""
    territory = _own_territory(request)
    partners = partners_of(request.user).order_by("name", "pk")
    form = EnterForm(sent_form(request), territory=territory, partners=partners)
    # Only the coordination is told that somebody is known, or asked to be forgotten: a structure
    # could try the names of its own people. It is always told to ask first.
    follows = coordinated_by(request.user).filter(pk=territory.pk).exists()
    found: list[Any] = _look_alike(form, territory) if follows and form.is_valid() else []
    is_asked = form.is_valid() and (not follows or _asks_first(form, territory))
    if form.is_valid() and (not (found or is_asked) or form.cleaned_data["anyway"]):
        try:
            candidate = services.enter_candidate(
                territory=territory, by=request.user, now=timezone.now(), **form.facts()
            )
        except ValidationError as refusal:
            show_refusal(refusal, form, field_of=FIELD_OF)
        else:
            return _entered(request, candidate)
    context = {
        "form": form,
        "territory": territory,
        "likenesses": found,
        "is_asked": is_asked,
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "candidates/enter.html", context, status=status)


def _own_territory(request: HttpRequest) -> Territory:
    """The territory of the page, if the reader works there: the address may name any."""
    territory = territory_of(request)
    if territory is None:
        raise Http404
    works_there = (
        coordinated_by(request.user).filter(pk=territory.pk).exists()
        or partners_of(request.user).filter(territory=territory).exists()
    )
    if not works_there:
        raise Http404
    return territory


def _saved(request: HttpRequest, candidate: Candidate, form: Any) -> bool:
    try:
        services.change_profile(
            candidate=candidate,
            revision=revision_sent(request.POST, candidate.revision),
            by=request.user,
            now=timezone.now(),
            **form.facts(),
        )
    except ValidationError as refusal:
        show_refusal(refusal, form, field_of=FIELD_OF)
        return False
    messages.success(request, _("Modifications enregistrées."))
    return True


def _look_alike(form: EnterForm, territory: Any) -> list[Any]:
    facts = form.facts()
    return alike(
        territory,
        first_name=facts["first_name"],
        last_name=facts["last_name"],
        email=facts["email"],
        phone=form.e164,
        professions=[row["profession"] for row in facts["professions"]],
    )


def _asks_first(form: EnterForm, territory: Any) -> bool:
    return asks_first(territory, email=form.cleaned_data["email"], phone=form.e164)


def _entered(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    if candidate.email:
        messages.success(
            request, _("Profil saisi. La personne reçoit un lien et a un mois pour répondre.")
        )
    else:
        messages.success(
            request,
            _("Profil saisi. Sans adresse, la coordination note la réponse par téléphone."),
        )
    if may_on(request.user, "candidates.view", candidate):
        return redirect("candidates:detail", pk=candidate.pk)
    return redirect("candidates:cards")


def _form(request: HttpRequest, candidate: Candidate, step: str) -> Any:
    data, initial = sent_form(request), initial_of(candidate)
    if step == "coordonnees":
        return IdentityForm(
            data, territory=candidate.territory, candidate=candidate, initial=initial
        )
    if step == "employeur":
        return EmployerForm(data, territory=candidate.territory, initial=initial)
    if step == "metiers":
        return ProfessionsForm(data, initial=initial)
    return (WishesForm if step == "souhaits" else NoteForm)(data, initial=initial)


def _back_to(candidate: Candidate, is_own: bool) -> str:
    if is_own:
        return reverse("candidates:own")
    return reverse("candidates:detail", args=[candidate.pk])

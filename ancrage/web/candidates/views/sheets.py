"""A profile, whole: one’s own, or one that the coordination follows."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ancrage.candidates import services
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import (
    candidate_of,
    claimable_by,
    current_proofs,
    duplicates_of,
    main_profession_of,
    with_profile,
)
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.privacy.queries import consent_holds
from ancrage.privacy.services import end_of, give_consent, withdraw_consent
from ancrage.web.access import acts_on, allowed, reader
from ancrage.web.candidates.following import following_of
from ancrage.web.candidates.reading import note_reading, seen_by, sees_files
from ancrage.web.candidates.words import shown_proof, steps_of
from ancrage.web.rendering import render_page
from ancrage.web.undo import undo_offered

POOL = "talent_pool"


@require_safe
@never_cache
@allowed("candidates.keep_own")
def own(request: HttpRequest) -> HttpResponse:
    """« Mon profil »: complete it step by step, or open one."""
    candidate = candidate_of(request.user)
    if candidate is None:
        found = {"claimable": list(claimable_by(request.user))}
        return render_page(request, "candidates/own_none.html", found)
    context = _sheet(request, candidate)
    subject = candidate.subject
    steps = steps_of(candidate, documents=len(context["documents"]), proofs=len(context["proofs"]))
    context |= {
        "steps": steps,
        "is_unfinished": not all(step.done or step.optional for step in steps),
        "notice": current_notice(POOL),
        "agrees": consent_holds(subject, POOL),
        "is_limited": subject.limited_at is not None,
        "looking_offer": undo_offered(request, "looking"),
    }
    return render_page(request, "candidates/own.html", context)


@require_POST
@allowed("candidates.keep_own")
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over a profile written with the reader’s verified address."""
    candidate = get_object_or_404(claimable_by(request.user), pk=pk)
    try:
        services.claim_candidate(candidate=candidate, user=reader(request), now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Ce profil est désormais le vôtre."))
    return redirect("candidates:own")


@require_POST
@allowed("candidates.keep_own")
def pool(request: HttpRequest) -> HttpResponse:
    """Show one’s card to structures, or take it away: as easily."""
    candidate = candidate_of(request.user)
    if candidate is None:
        raise Http404
    facts: dict[str, Any] = {
        "subject": candidate.subject,
        "purpose": POOL,
        "scope": "",
        "channel": ConsentChannel.SELF,
        "by": reader(request),
        "now": timezone.now(),
    }
    try:
        if request.POST.get("accord") == "oui":
            give_consent(notice=current_notice(POOL), **facts)
            messages.success(request, _shown_when(candidate))
        else:
            withdraw_consent(**facts)
            messages.success(request, _("Votre carte n’est plus montrée."))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("candidates:own")


def _shown_when(candidate: Candidate) -> str:
    if candidate.settled_at is not None:
        return _("Accord noté : votre carte sera montrée quand vous chercherez de nouveau.")
    return _("Votre carte est visible des structures, sans votre nom.")


@require_safe
@never_cache
@acts_on(Candidate, "candidates.view")
def detail(request: HttpRequest, candidates: QuerySet[Candidate], pk: int) -> HttpResponse:
    """What the coordination reads of a person; the reading is noted."""
    candidate = get_object_or_404(with_profile(candidates), pk=pk)
    context = _sheet(request, candidate)
    note_reading(request, candidate, context["seen"], now=timezone.now())
    context |= following_of(request, candidate) | {
        "likenesses": duplicates_of(candidate),
        "merges": candidate.merges.filter(undone_at__isnull=True)
        .select_related("absorbed", "by")
        .order_by("-at", "-pk"),
        "undo_offer": undo_offered(request, "candidates"),
        "looking_offer": undo_offered(request, "looking"),
        "end_at": end_of(candidate.subject),
    }
    return render_page(request, "candidates/detail.html", context)


def _sheet(request: HttpRequest, candidate: Candidate) -> dict[str, Any]:
    shows_files = sees_files(request, candidate)
    proofs = current_proofs(candidate) if shows_files else []
    documents = candidate.documents.order_by("-added_at", "-pk") if shows_files else []
    today = timezone.localdate()
    return {
        "candidate": candidate,
        "main": main_profession_of(candidate),
        "seen": seen_by(request, candidate),
        "proofs": [shown_proof(proof, on=today) for proof in proofs],
        "documents": list(documents),
        "today": today,
    }

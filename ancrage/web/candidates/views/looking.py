"""Whether a person looks for a post: said by them, or by the coordination for them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ancrage.candidates import services
from ancrage.candidates.models import Candidate
from ancrage.web.access import acts_on
from ancrage.web.candidates.words import looking_text
from ancrage.web.undo import offer_undo


@require_POST
@acts_on(Candidate, "candidates.edit")
def looking(request: HttpRequest, candidates: QuerySet[Candidate], pk: int) -> HttpResponse:
    """Note that the person looks for a post again, or for none any more: as easily."""
    candidate = get_object_or_404(candidates.select_related("subject"), pk=pk)
    is_own = candidate.subject.user_id == request.user.pk
    looks = request.POST.get("cherche") == "oui"
    act = services.seek_again if looks else services.settle_candidate
    try:
        done = act(candidate=candidate, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        sentence = looking_text(done, is_own=is_own)
        address = reverse("candidates:looking", args=[pk])
        offer_undo(request, "looking", sentence, ["non" if looks else "oui"], url=address)
    if is_own:
        return redirect("candidates:own")
    return redirect("candidates:detail", pk=pk)

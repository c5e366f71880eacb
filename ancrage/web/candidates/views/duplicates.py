"""The same person twice: seen, merged, parted, or said to be two."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.candidates import services
from ancrage.candidates.models import Candidate, CandidateMerge
from ancrage.candidates.queries import duplicates_in, with_profile
from ancrage.web.access import acts_on
from ancrage.web.candidates.reading import note_reading
from ancrage.web.rendering import render_page
from ancrage.web.undo import offer_undo


@require_safe
@acts_on(Candidate, "candidates.merge")
def pairs(request: HttpRequest, candidates: QuerySet[Candidate]) -> HttpResponse:
    """The profiles that may be one person, by pairs."""
    context = {"pairs": duplicates_in(candidates)}
    return render_page(request, "candidates/duplicates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Candidate, "candidates.merge")
def merge(
    request: HttpRequest, candidates: QuerySet[Candidate], pk: int, other: int
) -> HttpResponse:
    """Two profiles side by side; the button makes the second part of the first."""
    rows = with_profile(candidates)
    kept, absorbed = get_object_or_404(rows, pk=pk), get_object_or_404(rows, pk=other)
    refusal = ""
    if request.method == "POST":
        try:
            done = services.merge_candidates(
                kept=kept, absorbed=absorbed, by=request.user, now=timezone.now()
            )
        except ValidationError as error:
            refusal = error.messages[0]
        else:
            offer_undo(
                request, "candidates", _("Les deux profils n’en font plus qu’un."), [done.pk]
            )
            return redirect("candidates:detail", pk=pk)
    for one in (kept, absorbed):
        note_reading(request, one, ["first_name", "last_name", "email"], now=timezone.now())
    context = {
        "kept": kept,
        "absorbed": absorbed,
        "pair": [kept, absorbed],
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render_page(request, "candidates/merge.html", context, status=status)


@require_POST
@acts_on(Candidate, "candidates.merge")
def undo(request: HttpRequest, candidates: QuerySet[Candidate]) -> HttpResponse:
    """Part two profiles again."""
    asked = request.POST.get("candidates", "")
    rows = CandidateMerge.objects.filter(kept__in=candidates)
    done = get_object_or_404(rows, pk=int(asked[:15]) if asked.isdecimal() else 0)
    try:
        services.unmerge_candidates(merge=done, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Les deux profils sont de nouveau séparés."))
    return redirect("candidates:detail", pk=done.kept_id)


@require_POST
@acts_on(Candidate, "candidates.merge")
def distinct(
    request: HttpRequest, candidates: QuerySet[Candidate], pk: int, other: int
) -> HttpResponse:
    """Note that two profiles are two people."""
    one, second = get_object_or_404(candidates, pk=pk), get_object_or_404(candidates, pk=other)
    try:
        services.declare_distinct(one=one, other=second, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("C’est noté : ces deux profils ne seront plus rapprochés."))
    return redirect("candidates:duplicates")

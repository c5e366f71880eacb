"""The same person twice: seen, merged, parted, or said to be two."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import may
from ancrage.candidates import services
from ancrage.candidates.models import Candidate, CandidateMerge
from ancrage.candidates.queries import Likeness, duplicates_in, with_profile
from ancrage.kit.tabular.cells import CellValue
from ancrage.privacy.scopes import viewer_of
from ancrage.web.access import acts_on
from ancrage.web.candidates.forms.search import DuplicatesForm
from ancrage.web.candidates.reading import note_reading
from ancrage.web.candidates.words import reasons_text
from ancrage.web.fields import sent_form
from ancrage.web.personal_files import ExportForm, PersonalTable, personal_file
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled
from ancrage.web.undo import offer_undo

PER_PAGE = 25


@require_safe
@acts_on(Candidate, "candidates.merge")
def pairs(request: HttpRequest, candidates: QuerySet[Candidate]) -> HttpResponse:
    """The profiles that may be one person, by pairs."""
    form = DuplicatesForm(request.GET)
    found = duplicates_in(candidates, **form.criteria)
    context = {
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "is_filtered": any(form.criteria.values()),
        "may_export": may(request.user, "candidates.export"),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "candidates/duplicates.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("candidates-export", per="user", rate="20/h", methods=("POST",))
@acts_on(Candidate, "candidates.export")
def export(request: HttpRequest, candidates: QuerySet[Candidate]) -> HttpResponse:
    """Ask why, then hand over the pairs that the filters of the address show."""
    found = duplicates_in(candidates, **DuplicatesForm(request.GET).criteria)
    form = ExportForm(sent_form(request))
    if form.is_valid():
        people = {one.pk: one for first, likeness in found for one in (first, likeness.candidate)}
        services.record_export(
            candidates=list(people.values()),
            viewer=viewer_of(request.user),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        lines = (_line(*pair) for pair in found)
        table = PersonalTable(_("doublons"), _("Doublons"), _columns(), lines)
        return personal_file(request, table, form)
    context = {"form": form, "count": len(found), "query": request.GET.urlencode()}
    status = 422 if form.errors else 200
    return render_page(request, "candidates/duplicates_export.html", context, status=status)


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


def _columns() -> list[str]:
    return [
        _("Profil"),
        _("Adresse électronique"),
        _("Ressemble à"),
        _("Son adresse électronique"),
        _("Pourquoi"),
    ]


def _line(one: Candidate, likeness: Likeness) -> list[CellValue]:
    other = likeness.candidate
    reasons = str(reasons_text(likeness.reasons))
    return [one.full_name, one.email, other.full_name, other.email, reasons]

"""A shared post for somebody whom the coordination follows: looked for, its file opened."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import with_profile
from ancrage.candidates.services.reading import fields_seen, note_reading
from ancrage.matching.services import posts as services
from ancrage.privacy.scopes import viewer_of
from ancrage.web.access import acts_on
from ancrage.web.post_words import letter, week_of
from ancrage.web.rendering import render_page
from ancrage.web.shared_posts.person_forms import WishesForm

# Of the profile, what the search is computed from and the page names.
_READ = frozenset(
    {
        "first_name",
        "last_name",
        "commune",
        "fte_min_hundredths",
        "fte_max_hundredths",
        "reach_minutes",
    }
)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@acts_on(Candidate, "candidates.view")
def for_person(request: HttpRequest, candidates: QuerySet[Candidate], pk: int) -> HttpResponse:
    """The posts that would suit somebody; the reading is noted. A POST opens a file, in which
    nothing says for whom."""
    rows = candidates.filter(status=CandidateStatus.ACTIVE, settled_at__isnull=True)
    candidate = get_object_or_404(with_profile(rows), pk=pk)
    _note(request, candidate)
    form = WishesForm(request.POST or request.GET or None, candidate=candidate)
    found = _found(candidate, form)
    if request.method == "POST" and form.is_valid():
        try:
            post = services.open_suiting(
                found=found,
                keys=request.POST.get("poste", ""),
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _opened_words())
            return redirect("shared_posts:detail", pk=post.pk)
    status = 422 if form.errors and request.method == "POST" else 200
    context = {"candidate": candidate, "form": form, "sent": form.sent, "proposals": _shown(found)}
    return render_page(request, "shared_posts/person.html", context, status=status)


def _opened_words() -> str:
    return _(
        "Dossier ouvert, sans le nom de la personne. Quand son besoin commun sera publié,"
        " proposez-le-lui."
    )


def _note(request: HttpRequest, candidate: Candidate) -> None:
    viewer = viewer_of(request.user)
    seen = fields_seen(candidate=candidate, viewer=viewer) & _READ
    note_reading(candidate=candidate, viewer=viewer, fields=seen, now=timezone.now())


def _found(candidate: Candidate, form: WishesForm) -> list[Any]:
    """What suits the wishes of the form, or those of the profile before it is sent."""
    wishes = form.wishes
    if wishes is None:
        return []
    professions = [one.profession_id for one in candidate.listed_professions]  # type: ignore[attr-defined]
    return services.posts_suiting(
        candidate=candidate, professions=professions, wishes=wishes, now=timezone.now()
    )


def _shown(found: list[Any]) -> list[tuple[Any, list[tuple[str, Any]], Any]]:
    return [
        (
            one,
            [(letter(rank), part) for rank, part in enumerate(one.parts)],
            week_of([part.week for part in one.parts]),
        )
        for one in found
    ]

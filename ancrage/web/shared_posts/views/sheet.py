"""One file: its parts, its week, its terms, what comes next, what happened; on paper too."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.matching.models import SharedPost
from ancrage.web.access import acts_on
from ancrage.web.rendering import render_page
from ancrage.web.shared_posts.papers import summary_of
from ancrage.web.shared_posts.rows import file_context, file_for


@require_safe
@acts_on(SharedPost, "shared_posts.view")
def detail(request: HttpRequest, posts: QuerySet[SharedPost], pk: int) -> HttpResponse:
    """All that a reader may know, and the buttons they may press."""
    post = file_for(request, posts, pk)
    context = file_context(request, post, now=timezone.now())
    return render_page(request, "shared_posts/detail.html", context)


@require_safe
@acts_on(SharedPost, "shared_posts.view")
def summary(request: HttpRequest, posts: QuerySet[SharedPost], pk: int) -> HttpResponse:
    """The same on paper: what this reader may know, and no other."""
    post, now = file_for(request, posts, pk), timezone.now()
    content = summary_of(post, file_context(request, post, now=now), now=now)
    response = HttpResponse(content, content_type="application/pdf")
    name = _("poste-partage-%(number)s.pdf") % {"number": pk}
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""One file: its parts, its week, its terms, what comes next, what happened."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ancrage.matching.models import SharedPost
from ancrage.web.access import acts_on
from ancrage.web.rendering import render_page
from ancrage.web.shared_posts.rows import file_context, file_for


@require_safe
@acts_on(SharedPost, "shared_posts.view")
def detail(request: HttpRequest, posts: QuerySet[SharedPost], pk: int) -> HttpResponse:
    """All that a reader may know, and the buttons they may press."""
    post = file_for(request, posts, pk)
    context = file_context(request, post, now=timezone.now())
    return render_page(request, "shared_posts/detail.html", context)

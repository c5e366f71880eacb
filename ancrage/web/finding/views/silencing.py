"""Stopping the mails of a search from one of them, without signing in.

Mail programs and their scanners open links: a GET shows, only a POST acts.
"""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ancrage.kit.links import DeadLink
from ancrage.matching import services
from ancrage.matching.enums import SearchFrequency
from ancrage.matching.queries import silenced_search
from ancrage.web.access import public
from ancrage.web.dead_links import dead_link
from ancrage.web.language import language_of_reader
from ancrage.web.rendering import render_page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def silence(request: HttpRequest, token: str) -> HttpResponse:
    """One button. Nothing here says what is looked for, nor by whom."""
    try:
        search = silenced_search(token)
        if request.method == "POST":
            search = services.silence_search(token=token, now=timezone.now())
    except DeadLink as refusal:
        return dead_link(request, refusal, "finding/silence_refused.html")
    with language_of_reader(request, search.owner.language):
        is_silent = search.frequency == SearchFrequency.NEVER
        return render_page(request, "finding/silence.html", {"is_silent": is_silent})

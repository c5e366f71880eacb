"""Stopping the mails of a search from one of them, without signing in.

Mail programs and their scanners open links: a GET shows, only a POST acts.
"""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ancrage.kit.links import LinkExpired, LinkForged
from ancrage.matching import services
from ancrage.matching.enums import SearchFrequency
from ancrage.matching.queries import silenced_search
from ancrage.web.access import public
from ancrage.web.language import language_of_reader
from ancrage.web.rendering import render_page

_REFUSALS = {LinkForged: 403, LinkExpired: 410}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def silence(request: HttpRequest, token: str) -> HttpResponse:
    """One button. Nothing here says what is looked for, nor by whom."""
    try:
        search = silenced_search(token)
        if request.method == "POST":
            search = services.silence_search(token=token, now=timezone.now())
    except tuple(_REFUSALS) as refusal:
        context = {"sentence": refusal.messages[0]}
        status = _REFUSALS[type(refusal)]
        return render_page(request, "finding/silence_refused.html", context, status=status)
    with language_of_reader(request, search.owner.language):
        is_silent = search.frequency == SearchFrequency.NEVER
        return render_page(request, "finding/silence.html", {"is_silent": is_silent})

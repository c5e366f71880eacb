"""Answering « toujours d’actualité ? » from a mail, without signing in."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ancrage.needs import services
from ancrage.needs.queries import answered_need, asked_need
from ancrage.web.access import public
from ancrage.web.life.answering import AnswerPages, answer_page, answered_page

_PAGES = AnswerPages(
    section="needs",
    row_name="need",
    answers=services.FreshnessAnswer,
    asked=asked_need,
    answered=answered_need,
    answer=services.answer_freshness,
    undo=services.undo_freshness_answer,
)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def freshness(request: HttpRequest, token: str) -> HttpResponse:
    """What the mail said of the need, and one big button."""
    return answer_page(_PAGES, request, token)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def freshness_done(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, and the button that takes the answer back."""
    return answered_page(_PAGES, request, token)

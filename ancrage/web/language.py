"""The language of a page: the reader's choice, French otherwise.

Django's own middleware also obeys the browser's Accept-Language; here French is the language
of the territory, and English a button on every page.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation


class LanguageMiddleware:
    """Activate the language of the cookie set by the language button."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


@contextmanager
def language_of_reader(request: HttpRequest, language: str) -> Iterator[None]:
    """Show the language of the mail that led here, unless this browser has chosen one."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        yield
        return
    with translation.override(language):
        yield

"""Headers that every page carries, whatever its view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

# The platform uses none of these: a page, even abused, cannot ask for them.
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(),"
    " magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()"
)


class HeadersMiddleware:
    """Close the browser's doors we do not use, and keep the pages of a person off every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # A page that never looked at the session says the same to everybody.
        if request.session.accessed and request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
        return response

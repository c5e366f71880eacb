"""How a view answers: the whole page, or the one fragment htmx asked to refresh.

The server names the fragment, never the client, and a page after a swap is the same page as
after a reload: both come from one template.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or only its partial named `fragment` when htmx wants that part.

    A boosted link and a return through the browser's history need the whole page although
    htmx asks for it. `status` is 422 when a form comes back with errors.
    """
    if fragment is not None and wants_fragment(request):
        template = f"{template}#{fragment}"
    response = render(request, template, dict(context or {}), status=status)
    # One address has two bodies: a cache must keep them apart.
    patch_vary_headers(response, ("HX-Request",))
    return response


def wants_fragment(request: HttpRequest) -> bool:
    """Say whether htmx will put the answer inside the page already shown."""
    htmx = getattr(request, "htmx", None)
    return (
        htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request
    )

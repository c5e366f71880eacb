"""The page of a link that no longer serves: why, and where to go instead."""

from django.http import HttpRequest, HttpResponse

from ancrage.kit.links import DeadLink, LinkForged, LinkNotYours
from ancrage.web.rendering import render_page


def dead_link(request: HttpRequest, refusal: DeadLink, template: str) -> HttpResponse:
    """Say why a link is dead: it was never the reader's (403), or it has served (410).

    `template` extends `dead_link.html` and says where to go, by the `code` of the refusal.
    """
    status = 403 if isinstance(refusal, LinkForged | LinkNotYours) else 410
    context = {"sentence": refusal.messages[0], "code": refusal.code}
    return render_page(request, template, context, status=status)

"""What the deployment gives the browser: its name on a phone, its own colours, its icon."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ancrage.kit.brand import brand_colours
from ancrage.web.access import public
from ancrage.web.palette import SAND, WHITE


@require_safe
@public
def manifest(request: HttpRequest) -> JsonResponse:
    """Answer with the deployment's own name."""
    start = get_script_prefix()
    body = {
        "name": f"{settings.BRAND_NAME} {settings.BRAND_TAGLINE}".strip(),
        "short_name": settings.BRAND_NAME,
        "lang": settings.LANGUAGE_CODE,
        "start_url": start,
        "scope": start,
        "display": "minimal-ui",
        "background_color": SAND,
        "theme_color": WHITE,
        "icons": [{"src": icon_address(), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@require_safe
@cache_control(max_age=3600, public=True)
@public
def brand_sheet(request: HttpRequest) -> HttpResponse:
    """Answer with the tokens that this deployment changes, in the layer of the others."""
    values = "".join(f"--{name}:{value};" for name, value in settings.BRAND_COLOURS.items())
    return HttpResponse(f"@layer base{{:root{{{values}}}}}\n", content_type="text/css")


@require_safe
@cache_control(max_age=3600, public=True)
@public
def brand_mark(request: HttpRequest) -> HttpResponse:
    """Answer with the icon in the colours of this deployment."""
    drawing = render_to_string("components/mark_file.svg", {"brand": brand_colours()})
    return HttpResponse(drawing.strip(), content_type="image/svg+xml")


def icon_address() -> str:
    """Return where the icon is: the file of the project, or ours once a colour is changed."""
    return reverse("brand_mark") if settings.BRAND_COLOURS else static("img/mark.svg")

"""What of the directory anybody may take away, as a page and as files."""

import tempfile
from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may_on
from ancrage.resources.models import Resource
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.rendering import render_page
from ancrage.web.scope import territory_of
from ancrage.web.throttling import throttled
from ancrage.welcome.reference.vocabulary import SCHEMA_VERSION
from ancrage.welcome.services import inclusion

Offers = QuerySet[Resource]
_MEMORY_BYTES = 1024 * 1024
_PIECE = 64 * 1024


@require_safe
@acts_on(Resource, "open_directory.view")
def page(request: HttpRequest, offers: Offers) -> HttpResponse:
    """Say what the files hold and how to use them."""
    territory, shown = _open(request, offers)
    own, read = inclusion.structures_of(territory, shown)
    context = {
        "territory": territory,
        "services": shown.count(),
        "structures": own.count() + read.count(),
        "schema": SCHEMA_VERSION,
        "licence": inclusion.LICENCE,
        "licence_url": inclusion.LICENCE_URL,
        "api_services": _site(reverse("api-1:list_services", args=[territory.slug])),
        "import_url": _import_url(request, territory),
    }
    return render_page(request, "open_directory/page.html", context)


@require_safe
@throttled("open-directory", per="user", rate="20/h")
@acts_on(Resource, "open_directory.view")
def as_json(request: HttpRequest, offers: Offers) -> StreamingHttpResponse:
    """Give structures and services in one document."""
    territory, shown = _open(request, offers)
    return StreamingHttpResponse(
        inclusion.directory_pieces(territory=territory, offers=shown, now=timezone.now()),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="annuaire-{territory.slug}.json"'},
    )


@require_safe
@throttled("open-directory", per="user", rate="20/h")
@acts_on(Resource, "open_directory.view")
def as_zip(request: HttpRequest, offers: Offers) -> StreamingHttpResponse:
    """Give structures and services in two files, with the licence."""
    territory, shown = _open(request, offers)
    return StreamingHttpResponse(
        _archive(territory, shown),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="annuaire-{territory.slug}.zip"'},
    )


def _archive(territory: Territory, offers: Offers) -> Iterator[bytes]:
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY_BYTES) as stream:
        inclusion.write_archive(
            stream=stream, territory=territory, offers=offers, now=timezone.now()
        )
        stream.seek(0)
        while piece := stream.read(_PIECE):
            yield piece


def _open(request: HttpRequest, offers: Offers) -> tuple[Territory, Offers]:
    territory = territory_of(request)
    if territory is None:
        raise Http404
    return territory, inclusion.open_offers(territory, offers, on=timezone.localdate())


def _site(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path


def _import_url(request: HttpRequest, territory: Territory) -> str:
    if not may_on(request.user, "territory_directory.import", territory):
        return ""
    return f"{reverse('imports:create')}?pour=data_inclusion%7Cterritory:{territory.pk}"

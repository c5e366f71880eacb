"""The home page of the territory, and the pages every site owes its readers."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ancrage.needs.models import Need
from ancrage.needs.offers import OfferSearch, offers_matching
from ancrage.professions.models import Profession
from ancrage.web.access import acts_on, public
from ancrage.web.addresses import offer_address, title_of
from ancrage.web.answers_owed import answers_owed
from ancrage.web.navigation import Place, links
from ancrage.web.public.for_you import for_you
from ancrage.web.rendering import render_page
from ancrage.web.scope import territory_of

TRADES_SHOWN = 8
OFFERS_SHOWN = 6
# A sitemap file holds at most 50,000 addresses (sitemaps.org).
IN_SITEMAP = 50_000


@require_safe
@acts_on(Need, "offers.view")
def home(request: HttpRequest, offers: QuerySet[Need]) -> HttpResponse:
    """The territory, its trades, its latest offers."""
    territory = territory_of(request)
    here = offers.filter(partner__territory=territory) if territory else offers.none()
    return render_page(
        request,
        "public/home.html",
        {
            "territory": territory,
            "for_you": for_you(request),
            "owed": answers_owed(request),
            "communes": territory.communes.count() if territory else 0,
            "structures": here.order_by().values("partner").distinct().count(),
            "positions": here.aggregate(total=Sum("positions"))["total"] or 0,
            "trades": _trades(here),
            "cards": [
                (offer, offer_address(offer), title_of(offer))
                for offer in offers_matching(here, OfferSearch())[:OFFERS_SHOWN]
            ],
        },
    )


@require_safe
@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """The declaration of accessibility."""
    return render_page(request, "public/accessibility.html")


@require_safe
@public
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes, who hosts."""
    return render_page(
        request,
        "public/legal.html",
        {"publisher": settings.LEGAL_PUBLISHER, "host": settings.LEGAL_HOST},
    )


@require_safe
@public
def site_map(request: HttpRequest) -> HttpResponse:
    """Every page that this reader may open from the header and the footer."""
    return render_page(
        request,
        "public/site_map.html",
        {
            "sections": links(request, Place.HEADER),
            "account": links(request, Place.ACCOUNT) if request.user.is_authenticated else [],
            "about": links(request, Place.FOOTER),
        },
    )


@require_safe
@acts_on(Need, "offers.view")
def sitemap(request: HttpRequest, offers: QuerySet[Need]) -> HttpResponse:
    """The public pages, for search engines."""
    site = settings.SITE_URL.rstrip("/")
    found = offers.select_related("profession", "specialty", "commune").order_by("-pk")
    pages: list[tuple[str, datetime | None]] = [
        (site + reverse(name), None)
        for name in ("web:home", "offers:list", "overview:overview", "contacts:contact")
    ]
    pages += [
        (site + offer_address(offer), offer.updated_at)
        for offer in found[: IN_SITEMAP - len(pages)].iterator(chunk_size=1000)
    ]
    response = render_page(request, "public/sitemap.xml", {"pages": pages})
    response.headers["Content-Type"] = "application/xml; charset=utf-8"
    return response


@require_safe
@public
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read, and where the map is."""
    site = settings.SITE_URL.rstrip("/")
    lines = [
        "User-agent: *",
        "Disallow: /compte/",
        "Disallow: /besoins/actualite/",
        f"Sitemap: {site}{reverse('public:sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _trades(offers: QuerySet[Need]) -> list[tuple[Profession, int]]:
    """The professions most wanted, with their number of posts."""
    counted = (
        offers.order_by()
        .values_list("profession")
        .annotate(total=Sum("positions"))
        .order_by("-total", "profession")[:TRADES_SHOWN]
    )
    totals = dict(counted)
    professions = Profession.objects.in_bulk(totals)
    return [(professions[pk], total) for pk, total in totals.items()]

"""Offers that anybody reads."""

from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.kit.tabular.writing import csv_lines
from ancrage.needs.models import Need
from ancrage.needs.offers import OfferSearch, contact_of, offer_is_over, offers_matching
from ancrage.needs.queries import NeedsTotal, total_of
from ancrage.web.access import acts_on
from ancrage.web.addresses import offer_address, title_of
from ancrage.web.figures import offers_text
from ancrage.web.offers.forms import OfferSearchForm
from ancrage.web.offers.posting import (
    PUBLIC_POST_COLUMNS,
    as_data_block,
    job_posting,
    public_post_rows,
)
from ancrage.web.post_words import shared_lines
from ancrage.web.rendering import render_page
from ancrage.web.sheets import sheet_of
from ancrage.web.throttling import throttled

PER_PAGE = 20
IN_FEED = 50
_SHOWN = ("profession", "specialty", "partner", "commune")


@require_safe
@throttled("offers", per="user", rate="120/m")
@acts_on(Need, "offers.view")
def offer_list(request: HttpRequest, offers: QuerySet[Need]) -> HttpResponse:
    """Search the offers."""
    form = OfferSearchForm(request.GET)
    form.is_valid()
    page, shown, total = _page(offers, form.search(), request.GET.get("page"))
    return render_page(
        request,
        "offers/list.html",
        {
            "form": form,
            "page": page,
            "counted": offers_text(total),
            "cards": [(offer, offer_address(offer), title_of(offer)) for offer in shown],
            "query": _without_page(request),
        },
        fragment="results",
    )


@require_safe
@acts_on(Need, "offers.view")
def offer(request: HttpRequest, offers: QuerySet[Need], pk: int, slug: str) -> HttpResponse:
    """Read one offer; when it is over, say so and show its neighbours (410)."""
    rows = offers.select_related(
        "profession",
        "specialty",
        "partner",
        "commune",
        "facility",
        "publication",
        "practice_sheet",
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        return _gone_or_missing(request, offers, pk)
    if request.path != offer_address(found):
        return HttpResponsePermanentRedirect(offer_address(found))
    near = offers.exclude(pk=pk).filter(profession=found.profession)
    return render_page(request, "offers/offer.html", {**_shown(found), "near": _cards(near)})


@require_safe
@acts_on(Need, "offers.view")
def offer_short(request: HttpRequest, offers: QuerySet[Need], pk: int) -> HttpResponse:
    """The short address, printed or dictated, leads to the full one."""
    found = offers.filter(pk=pk).select_related(*_SHOWN).first()
    return redirect(offer_address(found)) if found else _gone_or_missing(request, offers, pk)


@require_safe
@throttled("offers-export", per="user", rate="20/m")
@acts_on(Need, "offers.view")
def offers_csv(request: HttpRequest, offers: QuerySet[Need]) -> StreamingHttpResponse:
    """The offers found, in the columns of the State's common site."""
    form = OfferSearchForm(request.GET)
    form.is_valid()
    found = offers_matching(offers, form.search()).select_related(
        *_SHOWN, "facility", "publication"
    )
    rows = public_post_rows(found.iterator(chunk_size=500))
    return StreamingHttpResponse(
        csv_lines(PUBLIC_POST_COLUMNS, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="offres.csv"'},
    )


@require_safe
@acts_on(Need, "offers.view")
def offers_feed(request: HttpRequest, offers: QuerySet[Need]) -> HttpResponse:
    """The latest offers as an Atom feed."""
    site = settings.SITE_URL.rstrip("/")
    feed = Atom1Feed(
        title=_("Offres · %(brand)s") % {"brand": settings.BRAND_NAME},
        link=site + reverse("offers:list"),
        feed_url=site + request.path,
        description=settings.BRAND_PROMISE,
        language=get_language(),
    )
    latest = offers_matching(offers, OfferSearch()).select_related(
        *_SHOWN, "facility", "practice_sheet", "publication"
    )
    for found in latest[:IN_FEED]:
        feed.add_item(
            title=f"{title_of(found)} · {found.commune}",
            link=site + offer_address(found),
            description=sheet_of(found).description,
            pubdate=found.published_at,
            updateddate=found.updated_at,
            author_name=found.partner.name,
            unique_id=f"{site}{reverse('offers:short', args=[found.pk])}",
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def _page(
    offers: QuerySet[Need], search: OfferSearch, number: str | None
) -> tuple[Page[Any], list[Need], NeedsTotal]:
    found = offers_matching(offers, search)
    if not search.text:
        total = total_of(found)
        paginator = Paginator(found, PER_PAGE)
        paginator.count = total.needs
        page = paginator.get_page(number)
        return page, list(page), total
    # Words are looked for in every row: once for the keys, rather than to count, then to read.
    holding = found.values_list("pk", "positions", "fte_hundredths")
    matching = {pk: NeedsTotal(1, posts, posts * fte) for pk, posts, fte in holding}
    keys = Paginator(list(matching), PER_PAGE).get_page(number)
    rows = offers.select_related(*_SHOWN).in_bulk(list(keys))
    total = sum(matching.values(), NeedsTotal())
    return keys, [rows[pk] for pk in keys if pk in rows], total


def _shown(offer: Need) -> dict[str, Any]:
    sheet = sheet_of(offer)
    canonical = f"{settings.SITE_URL.rstrip('/')}{offer_address(offer)}"
    posting = job_posting(
        offer,
        url=canonical,
        description=sheet.description,
        valid_through=sheet.apply_before,
    )
    return {
        "offer": offer,
        "title": title_of(offer),
        "sheet": sheet,
        "contact": contact_of(offer),
        "canonical": canonical,
        "posting": as_data_block(posting),
        "shared": shared_lines(offer),
        "contact_href": f"{reverse('contacts:contact')}?offre={offer.pk}",
    }


def _gone_or_missing(request: HttpRequest, offers: QuerySet[Need], pk: int) -> HttpResponse:
    if not offer_is_over(pk):
        raise Http404
    return render_page(request, "offers/over.html", {"near": _cards(offers)}, status=410)


def _cards(offers: QuerySet[Need]) -> list[tuple[Need, str, str]]:
    found = offers_matching(offers, OfferSearch())[:3]
    return [(offer, offer_address(offer), title_of(offer)) for offer in found]


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()

"""The directory that anybody reads: offers found, exported, one offer in full."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import csv_lines
from ancrage.web.access import acts_on
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled
from ancrage.web.welcome.forms.directory import DirectoryForm
from ancrage.web.welcome.sheets import OfferSheet, area_in_words, offer_sheet
from ancrage.web.welcome_words import free_in_words, price_in_words
from ancrage.welcome.models import WelcomeTerms
from ancrage.welcome.services import FoundOffer, OfferSearch, search_offers

PER_PAGE = 20


@require_safe
@throttled("welcome", per="user", rate="120/m")
@acts_on(WelcomeTerms, "welcome_offers.view")
def offer_list(request: HttpRequest, offers: QuerySet[WelcomeTerms]) -> HttpResponse:
    """Search the offers of welcome partners."""
    form = DirectoryForm(request.GET, offers=offers)
    today = timezone.localdate()
    found = search_offers(offers=offers, wanted=form.wanted(), today=today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "sheets": [offer_sheet(one, on=today) for one in page],
        "query": query.urlencode(),
        "may_keep": may(request.user, "resources.edit"),
        "may_answer": may(request.user, "welcome_requests.answer"),
    }
    return render_page(request, "welcome/list.html", context, fragment="results")


@require_safe
@throttled("welcome-export", per="user", rate="20/m")
@acts_on(WelcomeTerms, "welcome_offers.view")
def offers_csv(request: HttpRequest, offers: QuerySet[WelcomeTerms]) -> StreamingHttpResponse:
    """The offers found, as CSV."""
    today = timezone.localdate()
    wanted = DirectoryForm(request.GET, offers=offers).wanted()
    found = search_offers(offers=offers, wanted=wanted, today=today)
    return StreamingHttpResponse(
        csv_lines(_header(), _lines(found)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="conciergerie.csv"'},
    )


@require_safe
@throttled("welcome", per="user", rate="120/m")
@acts_on(WelcomeTerms, "welcome_offers.view")
def offer(request: HttpRequest, offers: QuerySet[WelcomeTerms], pk: int) -> HttpResponse:
    """One offer: its terms in words and the places it has left."""
    today = timezone.localdate()
    rows = offers.filter(resource=get_object_or_404(offers, resource=pk).resource_id)
    (found,) = search_offers(offers=rows, wanted=OfferSearch(), today=today)
    sheet: OfferSheet = offer_sheet(found, on=today)
    return render_page(
        request,
        "welcome/offer.html",
        {
            "sheet": sheet,
            "terms": found.terms,
            "resource": found.terms.resource,
            "may_ask": not request.user.is_authenticated
            or may(request.user, "life_projects.view"),
            "area": area_in_words(found.terms.area) if found.terms.area else "",
        },
    )


def _header() -> list[str]:
    return [
        *(_("Pour"), _("Offre"), _("Structure"), _("Commune"), _("Code INSEE"), _("Adresse")),
        *(_("Prix"), _("Horaires"), _("Âge minimal (mois)"), _("Âge maximal (mois)")),
        *(_("Personnes par place"), _("Places libres"), _("Thématiques")),
        *(_("Boîte du service"), _("Téléphone du service"), _("Confirmée le")),
    ]


def _lines(found: Iterable[FoundOffer]) -> Iterator[list[CellValue]]:
    for one in found:
        terms, resource = one.terms, one.terms.resource
        confirmed: date | None = (
            timezone.localdate(resource.confirmed_at) if resource.confirmed_at else None
        )
        yield [
            *(str(terms.get_kind_display()), resource.title, resource.partner.name),
            *(resource.commune.name, resource.commune.insee, terms.address),
            *(price_in_words(terms), terms.opening_hours),
            *(terms.age_from_months, terms.age_to_months, terms.holds),
            free_in_words(one.free, most=12),
            ", ".join(terms.themes),
            *(resource.contact_email, resource.contact_phone, confirmed),
        ]

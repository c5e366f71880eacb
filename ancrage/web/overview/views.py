"""Where, when, which professions: one page for everybody, counting what each may open."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import may, roles_of
from ancrage.candidates.queries import supply_of
from ancrage.kit.tabular.writing import csv_lines
from ancrage.needs.models import Need
from ancrage.needs.overview import Period, overview_of
from ancrage.partners.permissions import partners_of
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, LivingArea, Territory
from ancrage.territory.queries import MappedCommune, mapped_communes
from ancrage.web.access import acts_on
from ancrage.web.maps.export import standalone_svg
from ancrage.web.overview.exports import overview_lines
from ancrage.web.overview.forms import OverviewForm
from ancrage.web.overview.page import Lists, OverviewPage, build_page
from ancrage.web.overview.where import map_of
from ancrage.web.rendering import render_page
from ancrage.web.scope import territory_of, territory_or_404


@dataclass(frozen=True)
class _Answer:
    """The page of one reader, for one set of filters."""

    territory: Territory
    form: OverviewForm
    communes: tuple[MappedCommune, ...]
    page: OverviewPage


@require_safe
@acts_on(Need, "needs.overview")
def overview(request: HttpRequest, needs: QuerySet[Need]) -> HttpResponse:
    """The map, the calendar, the professions."""
    territory = territory_of(request)
    if territory is None:
        return render_page(request, "overview/empty.html")
    answer = _answer(request, territory, needs, timezone.now())
    context = {
        "territory": answer.territory,
        "form": answer.form,
        "page": answer.page,
        "map": map_of(answer.territory, answer.communes, answer.page),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "overview/overview.html", context, fragment="results")


@require_safe
@acts_on(Need, "needs.overview")
def overview_csv(request: HttpRequest, needs: QuerySet[Need]) -> StreamingHttpResponse:
    """The three tables of the page, one after the other, as one CSV file."""
    answer = _answer(request, territory_or_404(request), needs, timezone.now())
    header, lines = overview_lines(answer.page)
    return StreamingHttpResponse(
        csv_lines(header, lines),
        content_type="text/csv; charset=utf-8",
        headers=_attachment(answer.territory, _("besoins"), "csv"),
    )


@require_safe
@acts_on(Need, "needs.overview")
def overview_map(request: HttpRequest, needs: QuerySet[Need]) -> HttpResponse:
    """The map alone, with its colours inside: for a report or a slide."""
    answer = _answer(request, territory_or_404(request), needs, timezone.now())
    drawing = map_of(answer.territory, answer.communes, answer.page)
    if drawing is None:
        raise Http404
    return HttpResponse(
        standalone_svg(drawing, source=_("Source : déclarations des structures.")),
        content_type="image/svg+xml; charset=utf-8",
        headers=_attachment(answer.territory, _("carte-besoins"), "svg"),
    )


def _answer(
    request: HttpRequest, territory: Territory, needs: QuerySet[Need], now: datetime
) -> _Answer:
    today = timezone.localdate(now)
    professions = {row.pk: row for row in Profession.objects.order_by("rank", "pk")}
    current = [row for row in professions.values() if row.valid_to is None]
    form = OverviewForm(
        _asked(request, today), territory=territory, professions=current, today=today
    )
    form.is_valid()
    own = _own_partners(request)
    counted = overview_of(
        needs.filter(partner__territory=territory),
        territory=territory,
        period=form.period,
        now=now,
        filters=form.condition(),
        declared=form.campaign_condition(),
        own=own,
    )
    shown = [line.pk for line in counted.communes]
    communes = _communes(territory, form, shown)
    page = build_page(
        counted,
        communes=communes,
        professions=professions,
        supply=supply_of(
            territory, since=today, until=form.period.until, profession=form.profession
        ),
        lists=_lists(request, form, territory),
        has_own=bool(own),
    )
    return _Answer(territory=territory, form=form, communes=communes, page=page)


def _own_partners(request: HttpRequest) -> frozenset[int]:
    """The structures the reader recruits for: their posts are counted apart."""
    if Role.EMPLOYER not in roles_of(request.user):
        return frozenset()
    return frozenset(partners_of(request.user).values_list("pk", flat=True))


def _asked(request: HttpRequest, today: date) -> QueryDict:
    """The filters of the address; the last day shown stands in its field even when not asked."""
    asked = request.GET.copy()
    if not asked.get("du") and not asked.get("au"):
        asked["au"] = Period.ahead_of(today).until.isoformat()
    return asked


def _communes(
    territory: Territory, form: OverviewForm, shown: list[int]
) -> tuple[MappedCommune, ...]:
    """The communes of the territory (or living area), and any other where a need lies."""
    area: LivingArea | None = getattr(form, "cleaned_data", {}).get("bassin")
    inside = (area or territory).communes.values("pk")
    return mapped_communes(Commune.objects.filter(Q(pk__in=inside) | Q(pk__in=shown)))


def _lists(request: HttpRequest, form: OverviewForm, territory: Territory) -> Lists:
    inside = may(request.user, "needs.view")
    kept = {
        name: request.GET[name]
        for name in ("metier", "bassin", "nature", "contrat")
        if request.GET.get(name) and name not in form.errors
    }
    if inside:
        # The list opens on one's own needs; the figures count those of the territory.
        kept |= {"etat": "published", "vue": "territoire", "territoire": territory.slug}
    return Lists(
        url=reverse("needs:list") if inside else reverse("offers:list"),
        filters=kept,
        period=form.period,
        names_communes=not inside,
    )


def _attachment(territory: Territory, name: str, extension: str) -> dict[str, Any]:
    return {"Content-Disposition": f'attachment; filename="{name}-{territory.slug}.{extension}"'}

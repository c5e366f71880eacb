"""The figures: from the first contact to a year in post."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may_on
from ancrage.journeys.services.figures import figures_of
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.journeys import counting
from ancrage.web.journeys.figure_files import FigureTable, flat_lines, sheets_of, tables_of
from ancrage.web.journeys.forms.figures import FigureForm
from ancrage.web.life.files import as_csv, as_workbook
from ancrage.web.rendering import render_page


@require_safe
@acts_on(Territory, "journey_figures.view")
def figures(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Funnel, groups, delays, reasons, retention."""
    territory = _chosen(request, territories)
    today = timezone.localdate()
    exact = may_on(request.user, "journey_figures.detail", territory)
    form = FigureForm(request.GET, territory=territory, on=today, narrows=exact)
    found = figures_of(form.search, on=today, exact=exact)
    context = {
        "form": form,
        "territory": territory,
        "exact": exact,
        "figures": found,
        "takeaway": counting.takeaway_of(found.funnel),
        "kept_shares": counting.kept_shares_of(found.funnel),
        "steps": counting.steps_of(found.funnel),
        "by_profession": counting.lines_by_profession(found.by_profession),
        "by_origin": counting.lines_by_origin(found.by_origin),
        "by_partner": counting.lines_by_partner(found.by_partner),
        "delays": counting.delays_in_words(found),
        "reasons": counting.reasons_in_words(found),
        "readings": counting.readings_of(found.retention),
        "chart": counting.drawing_of(found.retention),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "journeys/figures.html", context, fragment="results")


@require_safe
@acts_on(Territory, "journey_figures.view")
def figures_csv(request: HttpRequest, territories: QuerySet[Territory]) -> StreamingHttpResponse:
    """What the page shows, small numbers left out: one line a number."""
    columns = [
        ColumnToWrite(label) for label in (_("Tableau"), _("Ligne"), _("Mesure"), _("Valeur"))
    ]
    return as_csv(_("parcours-en-chiffres"), columns, flat_lines(_tables(request, territories)))


@require_safe
@acts_on(Territory, "journey_figures.view")
def figures_xlsx(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """The same, one sheet a table."""
    return as_workbook(_("parcours-en-chiffres"), sheets_of(_tables(request, territories)))


def _tables(request: HttpRequest, territories: QuerySet[Territory]) -> list[FigureTable]:
    territory, today = _chosen(request, territories), timezone.localdate()
    narrows = may_on(request.user, "journey_figures.detail", territory)
    search = FigureForm(request.GET, territory=territory, on=today, narrows=narrows).search
    return tables_of(search, figures_of(search, on=today, exact=False))


def _chosen(request: HttpRequest, territories: QuerySet[Territory]) -> Territory:
    found = list(territories.order_by("name", "pk"))
    if not found:
        raise Http404
    asked = request.GET.get("territoire", "")
    return next((one for one in found if one.slug == asked), found[0])

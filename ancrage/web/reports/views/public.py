"""The figures that everybody reads, and their choice."""

from collections.abc import Iterator

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.accounts.policy import may
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.roadmap.queries import PublicFigures, keys_shown, last_edition_in, public_figures_of
from ancrage.roadmap.services import set_public_figures
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.acting import who
from ancrage.web.fields import sent_form
from ancrage.web.life.files import as_csv
from ancrage.web.rendering import render_page
from ancrage.web.reports.forms import PublicFiguresForm
from ancrage.web.scope import PARAMETER, territory_of


@require_safe
@acts_on(Territory, "territory.view")
def figures(request: HttpRequest, _territories: QuerySet[Territory]) -> HttpResponse:
    """The measures that the coordination opened, as the last published report tells them."""
    territory = territory_of(request)
    context = {
        "territory": territory,
        "found": public_figures_of(territory) if territory else PublicFigures(None, ()),
        "may_open": may(request.user, "public_figures.open"),
    }
    return render_page(request, "reports/public.html", context)


@require_safe
@acts_on(Territory, "territory.view")
def figures_csv(request: HttpRequest, _territories: QuerySet[Territory]) -> StreamingHttpResponse:
    """The same as a file."""
    territory = territory_of(request)
    if territory is None:
        raise Http404
    found = public_figures_of(territory)
    columns = [
        ColumnToWrite(label)
        for label in (
            _("Mesure"),
            _("Valeur"),
            _("Unité"),
            _("Période"),
            _("Définition"),
            _("Remarque"),
        )
    ]
    return as_csv(_("chiffres-publics"), columns, _lines(found))


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Territory, "public_figures.open")
def choose(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Choose what everybody reads: nothing, until somebody ticks it."""
    territory = _chosen(request, territories)
    form = PublicFiguresForm(sent_form(request), shown=keys_shown(territory))
    address = f"{reverse('reports:public')}?{PARAMETER}={territory.slug}"
    if form.is_valid():
        set_public_figures(territory=territory, keys=form.keys, **who(request))
        messages.success(request, _("La page publique montre les chiffres choisis."))
        return redirect(address)
    context = {
        "territory": territory,
        "form": form,
        "back": address,
        "edition": last_edition_in(territory),
    }
    status = 422 if form.errors else 200
    return render_page(request, "reports/choose.html", context, status=status)


def _chosen(request: HttpRequest, territories: QuerySet[Territory]) -> Territory:
    held = list(territories.order_by("name", "pk"))
    if not held:
        raise Http404
    asked = request.GET.get(PARAMETER, "")
    return next((one for one in held if one.slug == asked), held[0])


def _lines(found: PublicFigures) -> Iterator[list[CellValue]]:
    for figure in found.figures:
        yield [
            figure["name"],
            figure["text"] if figure["value"] is None else float(figure["value"]),
            figure["unit_label"],
            figure["when"],
            figure["definition"],
            figure["note"],
        ]

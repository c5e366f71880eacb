"""The communes of a territory: chosen, compared with what is, then confirmed."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.territory import services
from ancrage.territory.models import Commune, Territory
from ancrage.territory.queries import commune_search, current_communes
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.territory.changes import change_of, groups_of
from ancrage.web.territory.forms import (
    ConfirmedPerimeterForm,
    PerimeterForm,
    PlaceSearchForm,
)

FOUND_SHOWN = 60


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Territory, "territory.edit")
def choose(request: HttpRequest, territories: QuerySet[Territory], slug: str) -> HttpResponse:
    """Choose the communes by search, by EPCI or by a list; nothing is written yet."""
    territory = get_object_or_404(territories, slug=slug)
    held = _held(territory)
    offered = Commune.objects.filter(
        Q(valid_to__isnull=True) | Q(territories=territory)
    ).distinct()
    form = PerimeterForm(sent_form(request), offered=offered.select_related("epci"))
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted(held)
        if wanted:
            return _preview(request, territory, held, wanted)
        form.add_error(None, services.NoCommune())
    return _choice_page(request, territory, form, held)


@require_POST
@acts_on(Territory, "territory.edit")
def confirm(request: HttpRequest, territories: QuerySet[Territory], slug: str) -> HttpResponse:
    """Write the list that was shown, unless somebody changed it meanwhile."""
    territory = get_object_or_404(territories, slug=slug)
    form = ConfirmedPerimeterForm(request.POST)
    if not form.is_valid():
        return redirect("territories:perimeter", slug)
    wanted = list(_rows(Commune.objects.filter(insee__in=form.cleaned_data["codes"].split())))
    try:
        services.set_communes(
            territory=territory,
            communes=wanted,
            seen=form.cleaned_data["seen"],
            by=request.user,
            now=timezone.now(),
        )
    except services.NoCommune:
        return redirect("territories:perimeter", slug)
    except services.TerritoryChangedMeanwhile as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return _preview(request, territory, _held(territory), wanted, status=422)
    messages.success(request, _("Les communes du territoire sont enregistrées."))
    return redirect("territories:sheet", slug)


def _rows(communes: QuerySet[Commune]) -> QuerySet[Commune]:
    return communes.select_related("epci").defer("contour").order_by("insee")


def _held(territory: Territory) -> list[Commune]:
    return list(_rows(territory.communes.all()))


def _preview(
    request: HttpRequest,
    territory: Territory,
    held: list[Commune],
    wanted: list[Commune],
    *,
    status: int = 200,
) -> HttpResponse:
    change = change_of(territory, held, wanted)
    if not change:
        messages.info(request, _("Ce choix ne change rien : ce sont déjà ses communes."))
        return redirect("territories:perimeter", territory.slug)
    context = {
        "territory": territory,
        "change": change,
        "codes": " ".join(commune.insee for commune in wanted),
        "seen": services.perimeter_stamp(held),
    }
    return render_page(request, "territories/perimeter_change.html", context, status=status)


def _choice_page(
    request: HttpRequest, territory: Territory, form: PerimeterForm, held: list[Commune]
) -> HttpResponse:
    search = PlaceSearchForm(request.GET)
    text = search.text()
    found = _found(text) if text else []
    sent = request.POST.getlist("communes") if form.is_bound else None
    ticked = {
        one.pk for one in (*held, *found) if (one in held if sent is None else one.insee in sent)
    }
    context = {
        "territory": territory,
        "form": form,
        "search": search,
        "text": text,
        "groups": groups_of(found if text else held, ticked),
        "is_cut": len(found) == FOUND_SHOWN,
        "held": len(held),
    }
    return render_page(
        request,
        "territories/perimeter.html",
        context,
        fragment=None if form.is_bound else "communes",
        status=422 if form.is_bound else 200,
    )


def _found(text: str) -> list[Commune]:
    """The communes of that name, and those of the EPCI of that name."""
    named = commune_search(text).values("pk")
    of_epci = Q(epci__name__icontains=text) | Q(epci__siren=text)
    return list(_rows(current_communes().filter(Q(pk__in=named) | of_epci))[:FOUND_SHOWN])

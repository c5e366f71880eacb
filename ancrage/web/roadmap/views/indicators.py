"""Indicators: their page, their values by period, how they are changed."""

from functools import partial

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import may_on
from ancrage.kit.periods import Span
from ancrage.roadmap import services
from ancrage.roadmap.enums import IndicatorKind
from ancrage.roadmap.models import Axis, Indicator, IndicatorValue
from ancrage.roadmap.queries import MOST_PERIODS, measure_of, standings, unit_of, value_text
from ancrage.web.access import acts_on
from ancrage.web.acting import confirm_page, form_page, press, who
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.roadmap.editing import edit_page
from ancrage.web.roadmap.forms import IndicatorForm, ValueForm
from ancrage.web.roadmap.views.keeping import to_roadmap, trail_of
from ancrage.web.roadmap.words import span_text
from ancrage.web.undo import offer_undo

_FORM = ["GET", "HEAD", "POST"]
_ALL = ("axis__roadmap__territory", "action__owner")


@require_safe
@acts_on(Indicator, "roadmap_indicators.view")
def indicator(request: HttpRequest, indicators: QuerySet[Indicator], pk: int) -> HttpResponse:
    """What it counts, its target, its values by period, those corrected with them."""
    row = get_object_or_404(indicators.select_related(*_ALL), pk=pk)
    roadmap = row.axis.roadmap
    (stand,) = standings([row], roadmap.territory, now=timezone.now(), periods=MOST_PERIODS)
    given = list(row.values.order_by("-starts_on", "replaced_at", "-pk"))
    # A value that another follows at the same moment was corrected; else it was withdrawn.
    known = {(one.starts_on, one.given_at) for one in given}
    is_typed = row.kind == IndicatorKind.TYPED
    context = {
        "indicator": row,
        "roadmap": roadmap,
        "stand": stand,
        "measure": measure_of(row) if row.measure else None,
        "unit": unit_of(row),
        "points": [(span_text(one.span, row.periodicity), one) for one in stand.points],
        "given": [(_span(one, row), value_text(row, one.value), one) for one in given],
        "corrected": {one.pk for one in given if (one.starts_on, one.replaced_at) in known},
        "may_edit": may_on(request.user, "roadmap_indicators.edit", row),
        "may_fill": is_typed and may_on(request.user, "roadmap_indicators.fill", row),
        "may_see_authors": may_on(request.user, "roadmap.edit", roadmap),
    }
    return render_page(request, "roadmap/indicator.html", context)


@require_http_methods(_FORM)
@acts_on(Axis, "roadmap_axes.edit")
def indicator_new(request: HttpRequest, axes: QuerySet[Axis], pk: int) -> HttpResponse:
    """Add an indicator to an axis."""
    axis = get_object_or_404(axes.select_related("roadmap"), pk=pk)
    first = {"kind": IndicatorKind.COMPUTED, "periodicity": "year", "direction": "up"}
    return form_page(
        request,
        IndicatorForm(sent_form(request), axis=axis, initial=first),
        lambda facts: to_indicator(services.add_indicator(axis=axis, **who(request), **facts)),
        template="roadmap/act.html",
        title=_("Nouvel indicateur"),
        button=_("Ajouter l’indicateur"),
        done=_("Indicateur ajouté."),
        back=to_roadmap(axis.roadmap),
        lead=axis.title,
        more={"trail": trail_of(axis.roadmap)},
    )


@require_http_methods(_FORM)
@acts_on(Indicator, "roadmap_indicators.edit")
def indicator_edit(request: HttpRequest, indicators: QuerySet[Indicator], pk: int) -> HttpResponse:
    """Change an indicator."""
    row = get_object_or_404(indicators.select_related(*_ALL), pk=pk)
    return edit_page(
        request,
        row,
        IndicatorForm.on,
        lambda **facts: services.edit_indicator(indicator=row, **who(request), **facts),
        title=_("Modifier l’indicateur"),
        done=_("Indicateur enregistré."),
        back=to_indicator(row),
        trail=_trail(row),
        remove=reverse("roadmap:indicator_remove", args=[pk]),
    )


@require_POST
@acts_on(Indicator, "roadmap_indicators.edit")
def indicator_remove(
    request: HttpRequest, indicators: QuerySet[Indicator], pk: int
) -> HttpResponse:
    """Put an indicator aside; the next page offers to take it back."""
    row = get_object_or_404(indicators.select_related(*_ALL), pk=pk)
    services.remove_indicator(indicator=row, **who(request))
    offer_undo(request, "roadmap", _("Indicateur retiré."), [f"indicateur-{pk}"])
    return redirect(to_roadmap(row.axis.roadmap))


@require_http_methods(_FORM)
@acts_on(Indicator, "roadmap_indicators.fill")
def value_give(request: HttpRequest, indicators: QuerySet[Indicator], pk: int) -> HttpResponse:
    """Give the value of a period, or correct it."""
    row = get_object_or_404(
        indicators.select_related(*_ALL).filter(kind=IndicatorKind.TYPED), pk=pk
    )
    return form_page(
        request,
        ValueForm(sent_form(request), indicator=row),
        lambda facts: services.give_value(indicator=row, **who(request), **facts),
        template="roadmap/act.html",
        title=_("Saisir une valeur"),
        button=_("Enregistrer la valeur"),
        done=_("Valeur enregistrée."),
        back=to_indicator(row),
        lead=row.title,
        more={"trail": _trail(row)},
    )


@require_http_methods(_FORM)
@acts_on(Indicator, "roadmap_indicators.fill")
def value_withdraw(request: HttpRequest, indicators: QuerySet[Indicator], pk: int) -> HttpResponse:
    """Ask, then take a value back: the period has none, the history keeps what was typed."""
    standing = IndicatorValue.objects.filter(indicator__in=indicators, replaced_at__isnull=True)
    value = get_object_or_404(standing.select_related("indicator"), pk=pk)
    row, back = value.indicator, to_indicator(value.indicator)
    if request.method == "POST":
        withdraw = partial(services.withdraw_value, value=value, **who(request))
        return press(request, withdraw, _("Valeur retirée."), back)
    told = {"value": value_text(row, value.value), "period": _span(value, row)}
    return confirm_page(
        request,
        title=_("Retirer cette valeur ?"),
        consequences=[_("« %(value)s » n’est plus la valeur de %(period)s.") % told],
        note=_("Elle reste dans l’historique, barrée ; vous pourrez en saisir une autre."),
        button=_("Retirer la valeur"),
        back=back,
    )


def to_indicator(row: Indicator) -> str:
    """Return the address of an indicator."""
    return reverse("roadmap:indicator", args=[row.pk])


def _span(value: IndicatorValue, row: Indicator) -> str:
    span = Span(value.starts_on, value.ends_on)
    return span_text(span, row.periodicity)


def _trail(row: Indicator) -> list[tuple[str, str]]:
    return [*trail_of(row.axis.roadmap), (to_indicator(row), row.title)]

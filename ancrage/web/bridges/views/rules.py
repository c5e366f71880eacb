"""The rules of bridges: found, read with their history, written, checked, closed, undone."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.professions import services
from ancrage.professions.models import ProfessionBridge
from ancrage.professions.queries import (
    bridges_matching,
    bridges_to_check_again,
    fundings_listed_on,
    fundings_to_check_again,
)
from ancrage.web.access import acts_on, allowed
from ancrage.web.bridge_words import condition_words, described
from ancrage.web.bridges.rule_forms import BridgeForm, BridgeSearchForm
from ancrage.web.bridges.rules import history_of, press_rule, rule_page, saved
from ancrage.web.bridges.words import bridge_title, money_words, titles_by_code
from ancrage.web.fields import sent_form
from ancrage.web.life.files import as_csv
from ancrage.web.rendering import render_page

PER_PAGE = 25
Rows = QuerySet[ProfessionBridge, ProfessionBridge]


@require_safe
@acts_on(ProfessionBridge, "bridge_rules.keep")
def rules(request: HttpRequest, bridges: Rows) -> HttpResponse:
    """Every bridge, with what is to be read again."""
    form = BridgeSearchForm(request.GET)
    today = timezone.localdate()
    page = Paginator(bridges_matching(bridges, form.wanted(), on=today), PER_PAGE).get_page(
        request.GET.get("page")
    )
    fundings = {one.code: one for one in fundings_listed_on(today)}
    context = {
        "form": form,
        "page": page,
        "lines": described(page, fundings=fundings, titles=titles_by_code(), on=today),
        "to_check": bridges_to_check_again(today).count(),
        "fundings_to_check": fundings_to_check_again(today).count(),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "bridges/rules.html", context, fragment="results")


@require_safe
@acts_on(ProfessionBridge, "bridge_rules.keep")
def rules_csv(request: HttpRequest, bridges: Rows) -> StreamingHttpResponse:
    """The bridges found, as a file."""
    form = BridgeSearchForm(request.GET)
    found = bridges_matching(bridges, form.wanted(), on=timezone.localdate())
    labels = (
        *(_("Identifiant"), _("De"), _("Vers"), _("Nature"), _("Durée (mois)"), _("Conditions")),
        *(_("Financements"), _("Frais"), _("En vigueur depuis"), _("En vigueur jusqu’au")),
        *(_("Lue le"), _("Source")),
    )
    return as_csv(_("passerelles"), [ColumnToWrite(one) for one in labels], _lines(found))


@require_safe
@acts_on(ProfessionBridge, "bridge_rules.keep")
def rule(request: HttpRequest, bridges: Rows, code: str) -> HttpResponse:
    """One bridge whole, with what became of it."""
    found = _one(bridges, code)
    today = timezone.localdate()
    fundings = {one.code: one for one in fundings_listed_on(today)}
    (line,) = described([found], fundings=fundings, titles=titles_by_code(), on=today)
    context = {
        "rule": found,
        "line": line,
        "title": bridge_title(found),
        "fee": money_words(found.fee_cents),
        "history": history_of(found),
    }
    return render_page(request, "bridges/rule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("bridge_rules.keep")
def rule_add(request: HttpRequest) -> HttpResponse:
    """Write a new bridge."""
    form = BridgeForm(sent_form(request), rule=ProfessionBridge())
    if form.is_valid() and saved(request, form):
        messages.success(request, _("La passerelle est écrite : les chemins en tiennent compte."))
        return redirect("bridges:rule", form.rule.code)
    return rule_page(request, form, title=_("Nouvelle passerelle"), back="bridges:rules")


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(ProfessionBridge, "bridge_rules.keep")
def rule_edit(request: HttpRequest, bridges: Rows, code: str) -> HttpResponse:
    """Correct a bridge."""
    found = _one(bridges, code)
    title = bridge_title(found)
    form = BridgeForm(sent_form(request), rule=found)
    if form.is_valid() and saved(request, form):
        messages.success(request, _("La règle est enregistrée. Les chargements la garderont."))
        return redirect("bridges:rule", code)
    return rule_page(request, form, title=title, back="bridges:rule", code=code)


@require_POST
@acts_on(ProfessionBridge, "bridge_rules.keep")
def rule_check(request: HttpRequest, bridges: Rows, code: str) -> HttpResponse:
    """Note that the source was read today."""
    return press_rule(
        request,
        _one(bridges, code),
        services.check_rule,
        _("Relue aujourd’hui : la règle fait de nouveau foi."),
    )


@require_POST
@acts_on(ProfessionBridge, "bridge_rules.keep")
def rule_close(request: HttpRequest, bridges: Rows, code: str) -> HttpResponse:
    """Take a bridge out of every way."""
    return press_rule(
        request,
        _one(bridges, code),
        services.close_rule,
        _("La passerelle est close : plus aucun chemin ne la prend."),
    )


@require_POST
@acts_on(ProfessionBridge, "bridge_rules.keep")
def rule_reopen(request: HttpRequest, bridges: Rows, code: str) -> HttpResponse:
    """Put a bridge back."""
    return press_rule(
        request, _one(bridges, code), services.reopen_rule, _("La passerelle sert de nouveau.")
    )


@require_POST
@acts_on(ProfessionBridge, "bridge_rules.keep")
def rule_undo(request: HttpRequest, bridges: Rows, code: str) -> HttpResponse:
    """Take the last change back."""
    return press_rule(
        request,
        _one(bridges, code),
        services.undo_change,
        _("La dernière modification est annulée."),
    )


def _one(bridges: Rows, code: str) -> ProfessionBridge:
    return get_object_or_404(bridges.select_related("origin", "target"), code=code)


def _lines(found: list[ProfessionBridge]) -> Iterator[list[CellValue]]:
    titles = titles_by_code()
    for one in found:
        conditions: list[Any] = one.conditions
        yield [
            *(one.code, one.origin_label, one.target.label, str(one.get_kind_display())),
            *(one.months, " ; ".join(condition_words(each, titles) for each in conditions)),
            *(", ".join(one.fundings), money_words(one.fee_cents)),
            *(one.in_force_from, one.in_force_to, one.checked_on, one.source),
        ]

"""Who can pay: found, read with its history, written, checked, closed, undone."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.professions import services
from ancrage.professions.models import BridgeFunding
from ancrage.professions.queries import fundings_matching, fundings_to_check_again
from ancrage.web.access import acts_on, allowed
from ancrage.web.bridge_words import condition_words
from ancrage.web.bridges.rule_forms import FundingForm, RuleSearchForm
from ancrage.web.bridges.rules import history_of, press_rule, rule_page, saved
from ancrage.web.bridges.words import FundingLine, funding_line, titles_by_code
from ancrage.web.fields import sent_form
from ancrage.web.life.files import as_csv
from ancrage.web.rendering import render_page

PER_PAGE = 25
Rows = QuerySet[BridgeFunding, BridgeFunding]


@require_safe
@acts_on(BridgeFunding, "bridge_rules.keep")
def fundings(request: HttpRequest, rows: Rows) -> HttpResponse:
    """Everybody who can pay."""
    form = RuleSearchForm(request.GET)
    today = timezone.localdate()
    found = fundings_matching(rows, form.wanted(), on=today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [funding_line(one, on=today) for one in page],
        "to_check": fundings_to_check_again(today).count(),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "bridges/fundings.html", context, fragment="results")


@require_safe
@acts_on(BridgeFunding, "bridge_rules.keep")
def fundings_csv(request: HttpRequest, rows: Rows) -> StreamingHttpResponse:
    """Those found, as a file."""
    found = fundings_matching(rows, RuleSearchForm(request.GET).wanted(), on=timezone.localdate())
    labels = (
        *(_("Identifiant"), _("Libellé"), _("Pour qui travaille chez"), _("Salaire gardé")),
        *(_("Reste à payer"), _("Engagement"), _("Lue le"), _("Source")),
    )
    lines = (_cells(funding_line(one, on=timezone.localdate())) for one in found)
    return as_csv(_("financements"), [ColumnToWrite(one) for one in labels], lines)


@require_safe
@acts_on(BridgeFunding, "bridge_rules.keep")
def funding(request: HttpRequest, rows: Rows, code: str) -> HttpResponse:
    """One of them whole, with what became of it."""
    found = get_object_or_404(rows, code=code)
    titles = titles_by_code()
    context = {
        "rule": found,
        "line": funding_line(found, on=timezone.localdate()),
        "conditions": [condition_words(one, titles) for one in found.conditions],
        "history": history_of(found),
    }
    return render_page(request, "bridges/funding.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("bridge_rules.keep")
def funding_add(request: HttpRequest) -> HttpResponse:
    """Write somebody new who can pay."""
    form = FundingForm(sent_form(request), rule=BridgeFunding())
    if form.is_valid() and saved(request, form):
        messages.success(request, _("Le financement est écrit : une passerelle peut le citer."))
        return redirect("bridges:funding", form.rule.code)
    return rule_page(request, form, title=_("Nouveau financement"), back="bridges:fundings")


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(BridgeFunding, "bridge_rules.keep")
def funding_edit(request: HttpRequest, rows: Rows, code: str) -> HttpResponse:
    """Correct who can pay."""
    found = get_object_or_404(rows, code=code)
    title = found.label
    form = FundingForm(sent_form(request), rule=found)
    if form.is_valid() and saved(request, form):
        messages.success(request, _("La règle est enregistrée. Les chargements la garderont."))
        return redirect("bridges:funding", code)
    return rule_page(request, form, title=title, back="bridges:funding", code=code)


@require_POST
@acts_on(BridgeFunding, "bridge_rules.keep")
def funding_check(request: HttpRequest, rows: Rows, code: str) -> HttpResponse:
    """Note that the source was read today."""
    return press_rule(
        request,
        get_object_or_404(rows, code=code),
        services.check_rule,
        _("Relue aujourd’hui : la règle fait de nouveau foi."),
    )


@require_POST
@acts_on(BridgeFunding, "bridge_rules.keep")
def funding_close(request: HttpRequest, rows: Rows, code: str) -> HttpResponse:
    """Take it out of every way."""
    return press_rule(
        request,
        get_object_or_404(rows, code=code),
        services.close_rule,
        _("Le financement est clos : plus aucun chemin ne le compte."),
    )


@require_POST
@acts_on(BridgeFunding, "bridge_rules.keep")
def funding_reopen(request: HttpRequest, rows: Rows, code: str) -> HttpResponse:
    """Put it back."""
    return press_rule(
        request,
        get_object_or_404(rows, code=code),
        services.reopen_rule,
        _("Le financement sert de nouveau."),
    )


@require_POST
@acts_on(BridgeFunding, "bridge_rules.keep")
def funding_undo(request: HttpRequest, rows: Rows, code: str) -> HttpResponse:
    """Take the last change back."""
    return press_rule(
        request,
        get_object_or_404(rows, code=code),
        services.undo_change,
        _("La dernière modification est annulée."),
    )


def _cells(line: FundingLine) -> list[Any]:
    return [
        *(line.funding.code, line.funding.label, line.sectors, line.kept, line.rest, line.owed),
        *(line.funding.checked_on, line.funding.source),
    ]

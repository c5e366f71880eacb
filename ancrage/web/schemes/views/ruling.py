"""The rule of an aid: written, tried while it is typed, its cases, its versions."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.schemes import services
from ancrage.schemes.models import Scheme, SchemeCase
from ancrage.schemes.queries import in_inventory, lines_of
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.journal import changes_in_words, words_of
from ancrage.web.rendering import render_page
from ancrage.web.schemes.trying import RuleBench
from ancrage.web.undo import offer_undo, undo_offered

LINES_PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Scheme, "schemes.edit")
def rule(request: HttpRequest, schemes: QuerySet[Scheme], code: str) -> HttpResponse:
    """Write a version of the rule; its cases are tried before it is saved."""
    scheme = get_object_or_404(in_inventory(schemes), code=code)
    bench = RuleBench(sent_form(request), scheme=scheme, today=timezone.localdate())
    if bench.form.is_valid():
        try:
            services.add_rule(
                scheme=scheme, **bench.form.cleaned_data, by=request.user, now=timezone.now()
            )
        except services.RuleChangedMeanwhile as changed:
            bench.show_theirs(changed.current)
        except services.CasesFail as refusal:
            bench.form.add_error("despite_cases", refusal)
        else:
            messages.success(request, _("La règle est enregistrée."))
            return redirect("schemes:versions", code)
    return _page(request, bench, status=bench.status)


@require_POST
@acts_on(Scheme, "schemes.edit")
def rule_try(request: HttpRequest, schemes: QuerySet[Scheme], code: str) -> HttpResponse:
    """Say what the rule being written answers; nothing is saved."""
    scheme = get_object_or_404(in_inventory(schemes), code=code)
    return _page(request, RuleBench(request.POST, scheme=scheme, today=timezone.localdate()))


@require_POST
@acts_on(Scheme, "schemes.edit")
def case_save(request: HttpRequest, schemes: QuerySet[Scheme], code: str) -> HttpResponse:
    """Keep what was tried as a case; the rule being written stays on the page, unsaved."""
    scheme = get_object_or_404(in_inventory(schemes), code=code)
    bench = RuleBench(request.POST, scheme=scheme, today=timezone.localdate())
    told = bench.case_told()
    if told is not None:
        try:
            services.save_case(scheme=scheme, **told, by=request.user, now=timezone.now())
        except services.TooManyCases as refusal:
            bench.facts.add_error("cas", refusal)
        else:
            bench.note_kept(told["name"])
    return _page(request, bench)


@require_POST
@acts_on(Scheme, "schemes.edit")
def case_remove(
    request: HttpRequest, schemes: QuerySet[Scheme], code: str, pk: int
) -> HttpResponse:
    """Try a case no more; the next page offers to take it back."""
    case = get_object_or_404(SchemeCase, scheme__in=schemes, scheme__code=code, pk=pk)
    services.remove_case(case=case, by=request.user, now=timezone.now())
    said = _("Le cas « %(case)s » n’est plus essayé.") % {"case": case.name}
    offer_undo(request, "schemes", said, [f"case-{case.pk}"])
    return redirect("schemes:versions", code)


@require_safe
@acts_on(Scheme, "schemes.edit")
def versions(request: HttpRequest, schemes: QuerySet[Scheme], code: str) -> HttpResponse:
    """The versions of the rule with what each changed, the cases, what happened to the aid."""
    scheme = get_object_or_404(in_inventory(schemes), code=code)
    page = Paginator(lines_of(scheme), LINES_PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "scheme": scheme,
        "versions": services.versions_of(scheme=scheme, on=timezone.localdate()),
        "results": services.run_cases(scheme=scheme),
        "page": page,
        "lines": [(line, words_of(line.action), changes_in_words(line)) for line in page],
        "undo": undo_offered(request, "schemes"),
    }
    return render_page(request, "schemes/versions.html", context)


def _page(request: HttpRequest, bench: RuleBench, *, status: int = 200) -> HttpResponse:
    context = {"scheme": bench.scheme, "bench": bench, "form": bench.form, "facts": bench.facts}
    return render_page(request, "schemes/rule.html", context, fragment="trial", status=status)

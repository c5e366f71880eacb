"""The searches one keeps: run again, renamed, told of by mail or not, deleted, brought back."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import may, permitted
from ancrage.kit.tabular.writing import csv_lines
from ancrage.matching import services
from ancrage.matching.enums import SearchKind
from ancrage.matching.models import SavedSearch
from ancrage.matching.queries import SearchesFilter, kept_searches, searches_matching
from ancrage.matching.services.finding import (
    CARD_PARTS,
    NEED_PARTS,
    PROFILE_PARTS,
    asked_from,
    words_of,
)
from ancrage.needs.models import Need
from ancrage.privacy.scopes import viewer_of
from ancrage.web.access import acts_on, allowed
from ancrage.web.addresses import title_of
from ancrage.web.fields import sent_form
from ancrage.web.finding.forms import KeepForm, SavedForm
from ancrage.web.rendering import render_page, wants_fragment
from ancrage.web.undo import offer_undo, undo_offered

PER_PAGE = 20


@require_safe
@acts_on(SavedSearch, "searches.keep")
def searches(request: HttpRequest, searches: QuerySet[SavedSearch]) -> HttpResponse:
    """One's own searches."""
    form = SavedForm(request.GET)
    found = searches_matching(searches, form.criteria)
    context: dict[str, Any] = {
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "is_filtered": form.criteria != SearchesFilter(),
        "may_find": may(request.user, "searches.profiles"),
        "query": request.GET.urlencode(),
    }
    if not wants_fragment(request):
        context["undo_offer"] = undo_offered(request, "finding")
    return render_page(request, "finding/saved.html", context, fragment="results")


@require_safe
@acts_on(SavedSearch, "searches.keep")
def export_csv(request: HttpRequest, searches: QuerySet[SavedSearch]) -> StreamingHttpResponse:
    """The same, as a file: one's own words, and nobody's name."""
    header = [_("Recherche"), _("Poste"), _("Structure"), _("Courriel"), _("Ouverte le")]
    rows = (
        [
            one.name,
            title_of(one.need) if one.need else str(one.get_kind_display()),
            one.need.partner.name if one.need else "",
            str(one.get_frequency_display()),
            timezone.localdate(one.seen_at) if one.seen_at else None,
        ]
        for one in searches_matching(searches, SavedForm(request.GET).criteria)
    )
    name = f"{_('mes-recherches')}-{timezone.localdate():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        csv_lines(header, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("searches.keep")
def save(request: HttpRequest) -> HttpResponse:
    """Name the search that the address holds, and keep it."""
    need = _need(request)
    form = KeepForm(sent_form(request), initial={"name": _proposed_name(need)})
    if form.is_valid():
        try:
            services.save_search(
                need=need,
                words=_words(request, need),
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Recherche enregistrée."))
            return redirect("finding:saved")
    context = {"form": form, "need": need, "back": _page_of(need, _words(request, need))}
    return _page(request, "finding/save.html", context)


@require_safe
@acts_on(SavedSearch, "searches.keep")
def open_search(request: HttpRequest, searches: QuerySet[SavedSearch], pk: int) -> HttpResponse:
    """Run a search again."""
    search = get_object_or_404(kept_searches(searches), pk=pk)
    services.see_search(search=search, now=timezone.now())
    return redirect(_page_of(search.need, search.query))


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(SavedSearch, "searches.keep")
def edit(request: HttpRequest, searches: QuerySet[SavedSearch], pk: int) -> HttpResponse:
    """Name a search otherwise, or be told of it more or less often."""
    search = get_object_or_404(kept_searches(searches), pk=pk)
    form = KeepForm(
        sent_form(request), initial={"name": search.name, "frequency": search.frequency}
    )
    if form.is_valid():
        try:
            services.change_search(
                search=search, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Recherche modifiée."))
            return redirect("finding:saved")
    return _page(request, "finding/edit.html", {"form": form, "search": search})


@require_POST
@acts_on(SavedSearch, "searches.keep")
def delete(request: HttpRequest, searches: QuerySet[SavedSearch], pk: int) -> HttpResponse:
    """Put a search away; the bar of the next page brings it back."""
    search = get_object_or_404(kept_searches(searches), pk=pk)
    services.delete_search(search=search, by=request.user, now=timezone.now())
    offer_undo(request, "finding", _("Recherche supprimée."), [search.pk])
    return redirect("finding:saved")


@require_POST
@acts_on(SavedSearch, "searches.keep")
def undo(request: HttpRequest, searches: QuerySet[SavedSearch]) -> HttpResponse:
    """Bring a deleted search back."""
    asked = request.POST.get("finding", "")
    if not (asked.isascii() and asked.isdigit()):
        raise Http404
    search = get_object_or_404(searches.filter(deleted_at__isnull=False), pk=int(asked[:18]))
    try:
        services.restore_search(search=search, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("La recherche est de nouveau là."))
    return redirect("finding:saved")


def _need(request: HttpRequest) -> Need | None:
    """The need of the address, among those the reader may look for; none for one's own needs."""
    asked = request.GET.get("besoin", "")
    rows = permitted(request.user, "searches.profiles", Need.objects.all())
    if asked:
        if not (asked.isascii() and asked.isdigit()):
            raise Http404
        rows = rows.select_related("partner", "profession", "specialty", "commune")
        return get_object_or_404(rows, pk=int(asked[:18]))
    if not may(request.user, "searches.needs"):
        raise Http404
    return None


def _words(request: HttpRequest, need: Need | None) -> dict[str, str]:
    return words_of(asked_from(request.GET.dict(), _parts(request, need)))


def _parts(request: HttpRequest, need: Need | None) -> tuple[str, ...]:
    if need is None:
        return NEED_PARTS
    return PROFILE_PARTS if services.follows(viewer_of(request.user), need) else CARD_PARTS


def _proposed_name(need: Need | None) -> str:
    if need is None:
        return str(SearchKind.NEEDS.label)
    return _("%(profession)s, %(commune)s") % {
        "profession": need.profession,
        "commune": need.commune,
    }


def _page_of(need: Need | None, query: str | dict[str, str]) -> str:
    address = reverse("finding:profiles", args=[need.pk]) if need else reverse("finding:needs")
    words = query if isinstance(query, str) else urlencode(query)
    return f"{address}?{words}" if words else address


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render_page(request, template, context, status=status)

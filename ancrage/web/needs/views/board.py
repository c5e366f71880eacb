"""The board of needs: one's own, or the whole territory."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ancrage.accounts.policy import may, permitted
from ancrage.needs import services
from ancrage.needs.enums import CLOSED_STATUSES, NeedStatus
from ancrage.needs.models import Need
from ancrage.needs.queries import BoardFilter, NeedsTotal, search_board, totals_by_status
from ancrage.web.access import acts_on
from ancrage.web.answers_owed import answers_owed
from ancrage.web.figures import needs_text
from ancrage.web.life.buttons import offer_undo
from ancrage.web.life.lists import Tab, address, sort_asked, state_tabs
from ancrage.web.life.rights import with_rights
from ancrage.web.needs.forms.board import EVERY_STATE, BoardForm
from ancrage.web.needs.forms.lifecycle import BulkForm
from ancrage.web.rendering import render_page, wants_fragment
from ancrage.web.undo import undo_offered

PER_PAGE = 25
# What `?tri=` may say, in the order of the board's own names.
SORTS = {
    "modification": "updated",
    "debut": "start",
    "urgence": "urgency",
    "metier": "profession",
    "commune": "commune",
    "structure": "partner",
    "postes": "positions",
    "age": "age",
    "confirmation": "confirmed",
}


@require_safe
@acts_on(Need, "needs.view")
def need_list(request: HttpRequest, needs: QuerySet[Need]) -> HttpResponse:
    """Filters, states, table, pages."""
    now = timezone.now()
    rows = rows_in_view(request, needs)
    form = BoardForm(request.GET, rows=rows, has_views=_has_views(request))
    search, sort = form.search, sort_asked(request, SORTS)
    found: QuerySet[Any] = search_board(
        with_rights("needs", rows, request.user), search, now=now, sort=sort
    )
    totals = totals_by_status(rows, search, now=now)
    total = _total_shown(totals, search)
    context = {
        "form": form,
        "page": (page := _page(found, total, request.GET.get("page"))),
        "counted": needs_text(total),
        "tabs": _tabs(request, totals, search),
        "sort": request.GET.get("tri", ""),
        "bulk": BulkForm(),
        "may_act": any(need.may_edit for need in page),
        "has_views": _has_views(request),
        "may_export": may(request.user, "needs.export"),
        "may_create": may(request.user, "needs.create"),
        "query": request.GET.urlencode(),
    }
    context |= {} if wants_fragment(request) else _above(request)
    return render_page(request, "needs/list.html", context, fragment="results")


@require_POST
@acts_on(Need, "needs.edit")
def bulk(request: HttpRequest, needs: QuerySet[Need]) -> HttpResponse:
    """Do one act on the needs ticked."""
    form = BulkForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, " ".join(str(text) for text in form.errors.get("acte", [_("Choix inconnu.")]))
        )
        return _back_to_list(request)
    chosen = permitted(request.user, form.permission, needs.filter(pk__in=form.ticked))
    outcome = services.act_on_many(
        needs=chosen.select_related("partner", "profession").order_by("pk"),
        act=form.act,
        by=request.user,
        now=timezone.now(),
        **form.details,
    )
    _tell(request, outcome, form.done_sentence, undoable=form.is_undoable)
    return _back_to_list(request)


def rows_in_view(request: HttpRequest, needs: QuerySet[Need]) -> QuerySet[Need]:
    """The needs one keeps, or all those one may read when the address says « territoire »."""
    if request.GET.get("vue") == "territoire" or not may(request.user, "needs.list_own"):
        return needs
    return permitted(request.user, "needs.list_own", needs)


def _above(request: HttpRequest) -> dict[str, Any]:
    """What stands above the list, which filters leave as it is."""
    return {"undo_offer": undo_offered(request, "needs"), "owed": answers_owed(request)}


def _has_views(request: HttpRequest) -> bool:
    """Whether one's own needs are fewer than those one may read: an employer's case."""
    return may(request.user, "needs.list_own") and not may(request.user, "campaigns.run")


def _total_shown(totals: Mapping[NeedStatus, NeedsTotal], search: BoardFilter) -> NeedsTotal:
    if search.status:
        return totals[NeedStatus(search.status)]
    closed = CLOSED_STATUSES if search.in_progress else frozenset()
    return sum((total for state, total in totals.items() if state not in closed), NeedsTotal())


def _tabs(
    request: HttpRequest, totals: Mapping[NeedStatus, NeedsTotal], search: BoardFilter
) -> list[Tab]:
    """What is in progress first, which is what the list opens on; then all, and each state."""
    counts = {state: total.needs for state, total in totals.items()}
    going_on = sum(count for state, count in counts.items() if state not in CLOSED_STATUSES)
    state = "" if search.in_progress else search.status or EVERY_STATE
    return [
        Tab(_("En cours"), address(request.GET, etat=""), going_on, search.in_progress),
        *state_tabs(request.GET, counts, state, every=_("Tous"), every_state=EVERY_STATE),
    ]


def _page(found: QuerySet[Any], total: NeedsTotal, number: str | None) -> Page[Any]:
    paginator = Paginator(found, PER_PAGE)
    # Known from the tabs: the words are not looked for once more to be counted.
    paginator.count = total.needs
    return paginator.get_page(number)


def _tell(
    request: HttpRequest,
    outcome: services.ManyDone[Need],
    sentence: Callable[[int], str],
    *,
    undoable: bool,
) -> None:
    if outcome.done and undoable:
        offer_undo(request, "needs", sentence(len(outcome.done)), outcome.done)
    elif outcome.done:
        messages.success(request, sentence(len(outcome.done)))
    if outcome.refused:
        reasons = sorted({reason for _need, reason in outcome.refused})
        count = len(outcome.refused)
        left = ngettext("%(count)d besoin inchangé.", "%(count)d besoins inchangés.", count)
        messages.warning(request, " ".join([left % {"count": count}, *reasons]))
    if not outcome.done and not outcome.refused:
        messages.info(request, _("Cochez d’abord au moins un besoin."))


def _back_to_list(request: HttpRequest) -> HttpResponse:
    query = QueryDict(request.POST.get("retour", "")).urlencode()
    board = reverse("needs:list")
    return redirect(f"{board}?{query}" if query else board)

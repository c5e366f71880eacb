"""« Trouver un profil » for one need: ranked, explained, without a name; and as a file."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.accounts.policy import may
from ancrage.candidates.queries import LEAST_ALIKE
from ancrage.candidates.services import record_export
from ancrage.kit.tabular.cells import CellValue
from ancrage.matching.services import record_search_export
from ancrage.matching.services.finding import CardResult, ProfileResult, words_of
from ancrage.needs.models import Need
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.finding.forms import WeightsForm
from ancrage.web.finding.results import card_line
from ancrage.web.finding.searching import (
    ProfileSearch,
    page_of,
    profile_search,
    usual_address,
)
from ancrage.web.finding.words import COORDINATION, counted, topics_in
from ancrage.web.personal_files import ExportForm, PersonalTable, personal_file
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

# A file is read by somebody: a longer one asks for narrower criteria.
MOST_LINES = 500


@require_safe
@throttled("finding", per="user", rate="60/m")
@acts_on(Need, "searches.profiles")
def profiles(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Who suits this need, why, and what would lift what stands in the way."""
    search = profile_search(request, needs, pk)
    found = page_of(request, search)
    kept = urlencode({"besoin": pk, **words_of(search.asked)})
    context = {
        "need": search.need,
        "side": search.side,
        "form": search.form,
        "weights": WeightsForm(search.asked),
        "found": found,
        "counted": counted(found.total, search.side),
        "least": LEAST_ALIKE,
        "is_weightless": search.asked.is_weightless,
        "usual_href": usual_address(search.asked),
        "save_href": f"{reverse('finding:save')}?{kept}",
        "export_href": f"{reverse('finding:export', args=[pk])}?{request.GET.urlencode()}",
        "becoming_href": may(request.user, "becoming.detail")
        and reverse("bridges:who", args=[search.need.profession.code]),
    }
    return render_page(request, "finding/profiles.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("finding-export", per="user", rate="20/h", methods=("POST",))
@acts_on(Need, "searches.profiles")
def export(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Ask why, then hand over what the page shows: cards, conditions, scores, and no name."""
    search = profile_search(request, needs, pk)
    form = ExportForm(sent_form(request))
    found = search.first(MOST_LINES)
    if form.is_valid():
        _note(request, search, found, reason=form.cleaned_data["reason"])
        lines = (_line(one) for one in found)
        table = PersonalTable(_("profils-pour-un-besoin"), _("Profils"), _columns(), lines)
        return personal_file(request, table, form)
    context = {
        "need": search.need,
        "form": form,
        "count": len(found),
        "most": MOST_LINES,
        "query": request.GET.urlencode(),
        "side": search.side,
    }
    status = 422 if form.errors else 200
    return render_page(request, "finding/export.html", context, status=status)


def _note(
    request: HttpRequest,
    search: ProfileSearch,
    found: Sequence[CardResult | ProfileResult],
    *,
    reason: str,
) -> None:
    """Write who took the lines: the people followed read it back, a card is nobody's name."""
    by, now = request.user, timezone.now()
    people = [one.candidate for one in found if isinstance(one, ProfileResult)]
    if search.side == COORDINATION:
        record_export(candidates=people, viewer=search.viewer, reason=reason, by=by, now=now)
    else:
        record_search_export(need=search.need, count=len(found), reason=reason, by=by, now=now)


def _columns() -> list[str]:
    return [
        _("Carte"),
        _("Ce que dit la carte"),
        _("Adéquation (sur 100)"),
        _("Manque"),
        _("À vérifier"),
        _("Remplies"),
    ]


def _line(one: CardResult | ProfileResult) -> list[CellValue]:
    if isinstance(one, CardResult):
        card = one.card
        said = (card.key, card_line(card.experience, card.month, card.zone, card.contracts))
    else:
        known = one.candidate
        said = (
            known.card,
            card_line(known.experience, known.available_from, known.zone, known.contracts),
        )
    states = (topics_in(one.why, state) for state in ("missing", "to_check", "met"))
    return [*said, one.why.score, *states]

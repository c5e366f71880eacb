"""« Qui pourrait devenir… » : people of a territory against what it lacks, then one by one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.accounts.policy import may, may_on, permitted
from ancrage.candidates.models import Candidate
from ancrage.candidates.services import note_names, record_export
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.kit.text import words
from ancrage.matching.services.becoming import BecomingTable, Comer, Comers, becoming_in, comers_to
from ancrage.privacy.scopes import viewer_of
from ancrage.professions.models import Profession
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.bridges.forms import ComersForm
from ancrage.web.bridges.words import bridge_title, closing_lines, route_of
from ancrage.web.fields import sent_form
from ancrage.web.life.files import as_csv
from ancrage.web.personal_files import MOST_LINES, ExportForm, PersonalTable, personal_file
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

PER_PAGE = 25


@require_safe
@throttled("becoming", per="user", rate="60/m")
@acts_on(Territory, "becoming.view")
def table(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Per profession, the people within 12, 24 and 36 months against the need."""
    territory = _chosen(request, territories)
    exact = may_on(request.user, "becoming.detail", territory)
    context = {
        "territory": territory,
        "found": _table(territory, exact=exact),
        "exact": exact,
        "query": request.GET.urlencode(),
    }
    return render_page(request, "bridges/becoming.html", context)


@require_safe
@throttled("becoming", per="user", rate="60/m")
@acts_on(Territory, "becoming.view")
def table_csv(request: HttpRequest, territories: QuerySet[Territory]) -> StreamingHttpResponse:
    """The same as a file; small numbers stay behind for everybody."""
    found = _table(_chosen(request, territories), exact=False)
    labels = (
        _("Métier"),
        _("Postes à pourvoir"),
        _("ETP à pourvoir"),
        _("Personnes dans les 12 mois"),
        _("Personnes dans les 24 mois"),
        _("Personnes dans les 36 mois"),
    )
    lines: Iterator[list[CellValue]] = (
        [
            line.profession.label,
            line.shortage.posts,
            line.shortage.fte_hundredths / 100,
            *(_("moins de 5") if count is None else count for count in line.within),
        ]
        for line in found.lines
    )
    return as_csv(_("qui-pourrait-devenir"), [ColumnToWrite(label) for label in labels], lines)


@require_safe
@never_cache
@throttled("becoming", per="user", rate="60/m")
@acts_on(Territory, "becoming.detail")
def who(request: HttpRequest, territories: QuerySet[Territory], code: str) -> HttpResponse:
    """The people who could come to a profession, and what each bridge would bring."""
    asked = _asked(request, territories, code)
    page = Paginator(asked.comers, PER_PAGE).get_page(request.GET.get("page"))
    shown = asked.with_people(page)
    note_names(
        candidates=[person for person, _comer in shown],
        by=request.user,
        now=timezone.now(),
        purpose="support",
    )
    context = {
        "profession": asked.profession,
        "territory": asked.territory,
        "found": asked.found,
        "form": asked.form,
        "page": page,
        "rows": [(person, one, route_of(one.path)) for person, one in shown],
        "within": [(months, asked.found.within(months)) for months in (12, 24, 36)],
        "closings": closing_lines(asked.found.closings),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "bridges/who.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("becoming-export", per="user", rate="20/h", methods=("POST",))
@acts_on(Territory, "becoming.detail")
def who_export(request: HttpRequest, territories: QuerySet[Territory], code: str) -> HttpResponse:
    """Ask why, then hand over the people that the filters of the address show."""
    asked = _asked(request, territories, code)
    comers = asked.comers[:MOST_LINES]
    form = ExportForm(sent_form(request))
    if form.is_valid():
        lines = asked.with_people(comers)
        record_export(
            candidates=[person for person, _comer in lines],
            viewer=viewer_of(request.user),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        return personal_file(request, _file(lines), form)
    context = {
        "form": form,
        "count": len(comers),
        "profession": asked.profession,
        "back": f"{reverse('bridges:who', args=[code])}?{request.GET.urlencode()}",
    }
    status = 422 if form.errors else 200
    return render_page(request, "bridges/who_export.html", context, status=status)


@dataclass(frozen=True)
class _Asked:
    """What a page about one profession is asked, and what is found."""

    territory: Territory
    profession: Profession
    found: Comers
    form: ComersForm
    candidates: QuerySet[Candidate]
    comers: list[Comer]

    def with_people(self, comers: Iterable[Comer]) -> list[tuple[Candidate, Comer]]:
        """Return those to be shown with their profiles, in the same order. One query."""
        wanted = {one.key: one for one in comers}
        people = self.candidates.in_bulk(list(wanted))
        return [(people[key], one) for key, one in wanted.items() if key in people]


def _asked(request: HttpRequest, territories: QuerySet[Territory], code: str) -> _Asked:
    territory = _chosen(request, territories)
    profession = get_object_or_404(Profession, code=code)
    candidates = _candidates(request, territory)
    found = comers_to(
        territory=territory, candidates=candidates, goal=code, on=timezone.localdate()
    )
    last = {one.path.steps[-1].bridge.code: one.path.steps[-1].bridge for one in found.people}
    bridges = sorted((key, bridge_title(bridge)) for key, bridge in last.items())
    form = ComersForm(request.GET, bridges=bridges)
    comers = [one for one in found.people if _is_wanted(one, form)]
    return _Asked(
        territory, profession, found, form, candidates, _named(comers, candidates, form.words)
    )


def _is_wanted(comer: Comer, form: ComersForm) -> bool:
    if form.months is not None and comer.months > form.months:
        return False
    return not form.bridge or comer.path.steps[-1].bridge.code == form.bridge


def _named(
    comers: list[Comer], candidates: QuerySet[Candidate], asked: Sequence[str]
) -> list[Comer]:
    """Keep those whose name holds a word that begins by each of those asked."""
    if not asked:
        return comers
    rows = candidates.filter(pk__in=[one.key for one in comers])
    names = {
        key: words(f"{first} {last}")
        for key, first, last in rows.order_by("pk").values_list("pk", "first_name", "last_name")
    }
    return [
        one
        for one in comers
        if all(any(word.startswith(text) for word in names.get(one.key, ())) for text in asked)
    ]


def _table(territory: Territory, *, exact: bool) -> BecomingTable:
    return becoming_in(territory=territory, on=timezone.localdate(), exact=exact)


def _candidates(request: HttpRequest, territory: Territory) -> QuerySet[Candidate]:
    """Return the profiles of the territory that the reader follows."""
    if not may(request.user, "candidates.view"):
        raise Http404
    rows = permitted(request.user, "candidates.view", Candidate.objects.all())
    return rows.filter(territory=territory).select_related("subject")


def _chosen(request: HttpRequest, territories: QuerySet[Territory]) -> Territory:
    found = list(territories.order_by("name", "pk"))
    if not found:
        raise Http404
    asked = request.GET.get("territoire", "")
    return next((one for one in found if one.slug == asked), found[0])


def _file(lines: Iterable[tuple[Candidate, Comer]]) -> PersonalTable:
    columns = [_("Prénom"), _("Nom"), _("Au plus tôt"), _("Mois"), _("Chemin")]
    return PersonalTable(
        _("qui-pourrait-devenir"),
        _("Qui pourrait devenir"),
        [*columns, _("À obtenir"), _("À vérifier")],
        (_line(person, one) for person, one in lines),
    )


def _line(person: Candidate, comer: Comer) -> list[CellValue]:
    path = comer.path
    return [
        person.first_name,
        person.last_name,
        path.ends_on,
        path.months,
        route_of(path),
        path.to_do,
        path.to_check,
    ]

"""« Qui pourrait devenir… » : people of a territory against what it lacks, then one by one."""

from collections.abc import Iterator, Mapping, Sequence
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
    people = asked.people
    note_names(
        candidates=[people[one.key] for one in page],
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
        "rows": [(people[one.key], one, route_of(one.path)) for one in page],
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
        people = asked.people
        record_export(
            candidates=[people[one.key] for one in comers],
            viewer=viewer_of(request.user),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        return personal_file(request, _file(comers, people), form)
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
    people: dict[int, Candidate]
    comers: list[Comer]


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
    keys = [one.key for one in found.people]
    people = {one.pk: one for one in candidates.filter(pk__in=keys)}
    comers = [one for one in found.people if one.key in people]
    return _Asked(
        territory,
        profession,
        found,
        form,
        people,
        [one for one in comers if _is_wanted(one, people[one.key], form)],
    )


def _is_wanted(comer: Comer, person: Candidate, form: ComersForm) -> bool:
    if form.months is not None and comer.months > form.months:
        return False
    if form.bridge and comer.path.steps[-1].bridge.code != form.bridge:
        return False
    named = words(person.full_name)
    return all(any(one.startswith(asked) for one in named) for asked in form.words)


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


def _file(comers: Sequence[Comer], people: Mapping[int, Candidate]) -> PersonalTable:
    columns = [_("Prénom"), _("Nom"), _("Au plus tôt"), _("Mois"), _("Chemin")]
    return PersonalTable(
        _("qui-pourrait-devenir"),
        _("Qui pourrait devenir"),
        [*columns, _("À obtenir"), _("À vérifier")],
        (_line(people[one.key], one) for one in comers),
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

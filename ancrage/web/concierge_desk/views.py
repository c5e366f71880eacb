"""The desk: the list, one project, what nothing answers, what the welcome changed."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.candidates.services import note_names
from ancrage.journeys.models import ArrivalOutcome, Journey
from ancrage.journeys.services import arrival_figures, note_arrival
from ancrage.kit.tabular.cells import CellValue
from ancrage.matching.models import Introduction
from ancrage.privacy.queries import consent_holds
from ancrage.privacy.scopes import viewer_of
from ancrage.privacy.services import trace_access
from ancrage.resources.enums import ResourceStatus
from ancrage.territory.permissions import coordinated_by
from ancrage.web.access import acts_on
from ancrage.web.concierge_desk.forms import (
    SITUATIONS,
    AskForThemForm,
    OutcomeForm,
    ProjectFilters,
)
from ancrage.web.concierge_desk.rows import Row, page_of, rows_found
from ancrage.web.fields import sent_form
from ancrage.web.personal_files import MOST_LINES, ExportForm, PersonalTable, personal_file
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled
from ancrage.web.welcome_answers import needs_shown, says_of
from ancrage.web.welcome_reasons import TOPICS
from ancrage.web.welcome_words import dates_in_words, request_in_words
from ancrage.welcome import services
from ancrage.welcome.enums import OPEN_STATES, ClosingReason, RequestState, WelcomeKind
from ancrage.welcome.models import LifeProject, WelcomeTerms
from ancrage.welcome.services import PURPOSE, scope_of, unmet_themes

PER_PAGE = 20
Projects = QuerySet[LifeProject]
_READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_safe
@never_cache
@acts_on(LifeProject, "life_projects.follow")
def project_list(request: HttpRequest, projects: Projects) -> HttpResponse:
    """The projects under way, those who arrive first above."""
    form, now = ProjectFilters(request.GET), timezone.now()
    page = page_of(projects, form.asked(), number=request.GET.get("page"), size=PER_PAGE, now=now)
    note_names(candidates=[row.person for row in page], by=request.user, now=now)
    context = {
        "form": form,
        "page": page,
        "situations": dict(SITUATIONS),
        "is_filtered": any(form.asked().values()),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "concierge_desk/list.html", context, fragment="results")


@require_http_methods(_READ_AND_WRITE)
@throttled("concierge-export", per="user", rate="20/h", methods=("POST",))
@acts_on(LifeProject, "life_projects.follow")
def export(request: HttpRequest, projects: Projects) -> HttpResponse:
    """Ask why, then hand over what the filters of the address show."""
    asked, now = ProjectFilters(request.GET).asked(), timezone.now()
    rows = rows_found(projects, asked, now=now)[:MOST_LINES]
    form = ExportForm(sent_form(request))
    if form.is_valid():
        for row in rows:
            _note(request, row.project, ["export"])
        title = _("Projets de vie")
        table = PersonalTable(_("projets-de-vie"), title, _columns(), _lines(rows))
        return personal_file(request, table, form)
    back = f"{reverse('concierge_desk:list')}?{request.GET.urlencode()}"
    context = {"form": form, "count": len(rows), "back": back}
    status = 422 if form.errors else 200
    return render_page(request, "concierge_desk/export.html", context, status=status)


@require_safe
@never_cache
@acts_on(LifeProject, "life_projects.follow")
def unmet(request: HttpRequest, projects: Projects) -> HttpResponse:
    """Which needs nothing answers, why, and which ones made people come or lost them."""
    rows = rows_found(projects, {}, now=timezone.now())
    needs = [need for row in rows for need in row.needs]
    themes = [
        (theme, [(TOPICS[topic], count) for topic, count in theme.topics])
        for theme in unmet_themes(needs)
    ]
    journeys = Journey.objects.filter(territory__in=coordinated_by(request.user).values("pk"))
    figures = arrival_figures(journeys)
    context = {
        "themes": themes,
        "figures": figures,
        "projects": len(rows),
        "unblocked": sum(row.situation == "unblocked" for row in rows),
    }
    return render_page(request, "concierge_desk/unmet.html", context)


@require_safe
@never_cache
@acts_on(LifeProject, "life_projects.follow")
def detail(request: HttpRequest, projects: Projects, pk: int) -> HttpResponse:
    """One project, as its person told it; the reading is noted."""
    project = _found(projects, pk)
    _note(request, project, LifeProject.personal)
    return render_page(request, "concierge_desk/detail.html", _sheet(project))


@require_http_methods(_READ_AND_WRITE)
@acts_on(LifeProject, "life_projects.follow")
def ask(request: HttpRequest, projects: Projects, pk: int, offer: int) -> HttpResponse:
    """Ask a partner on the person's behalf, where they agreed that it reads it."""
    project = _found(projects, pk)
    if project.closed_at is not None:
        raise Http404
    terms = _terms(project, offer)
    agreed = consent_holds(project.subject, PURPOSE, scope_of(terms.resource.partner))
    form = AskForThemForm(sent_form(request), terms=terms, project=project)
    if agreed and form.is_valid() and _sent(request, project, terms, form):
        messages.success(request, _("Demande envoyée au partenaire."))
        return redirect("concierge_desk:detail", project.pk)
    _note(request, project, LifeProject.personal)
    context = {
        "form": form,
        "project": project,
        "person": project.subject.candidate,
        "terms": terms,
        "agreed": agreed,
        "says": says_of(terms, project.arrives_on or timezone.localdate()),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "concierge_desk/ask.html", context, status=status)


@require_POST
@acts_on(LifeProject, "life_projects.follow")
def cancel(request: HttpRequest, projects: Projects, pk: int) -> HttpResponse:
    """Take a request back for the person; the places it was given are free again."""
    project = _found(projects, pk)
    sent = request.POST.get("demande", "")
    row = get_object_or_404(project.requests, pk=int(sent) if sent.isdecimal() else 0)
    try:
        services.close_request(
            request=row,
            reason=ClosingReason.NO_LONGER_NEEDED,
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Demande annulée."))
    return redirect("concierge_desk:detail", project.pk)


@require_http_methods(_READ_AND_WRITE)
@acts_on(LifeProject, "life_projects.follow")
def outcome(request: HttpRequest, projects: Projects, pk: int) -> HttpResponse:
    """Note that the person came thanks to the welcome, or was lost because of it."""
    project = _found(projects, pk)
    journey = _journey(project)
    if journey is None:
        raise Http404
    introductions = Introduction.objects.filter(candidate=journey.candidate_id)
    form = OutcomeForm(
        sent_form(request),
        introductions=introductions.select_related("need__profession", "need__partner").order_by(
            "-proposed_at", "-pk"
        ),
        initial={"themes": project.needs},
    )
    if form.is_valid():
        try:
            note_arrival(journey=journey, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Issue notée : les chiffres la comptent."))
            return redirect("concierge_desk:detail", project.pk)
    context = {"form": form, "project": project, "person": project.subject.candidate}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "concierge_desk/outcome.html", context, status=status)


_LIVE = OPEN_STATES | {RequestState.GRANTED}


def _found(projects: Projects, pk: int) -> LifeProject:
    rows = projects.select_related(
        "workplace", "spouse_profession", "subject__candidate__territory"
    )
    return get_object_or_404(rows, pk=pk, subject__candidate__isnull=False)


def _sheet(project: LifeProject) -> dict[str, Any]:
    person = project.subject.candidate
    asked = list(
        project.requests.select_related("partner", "resource").order_by("-sent_at", "-pk")
    )
    return {
        "project": project,
        "person": person,
        "dates": dates_in_words(project.arrives_on, project.leaves_on),
        "needs": needs_shown(
            project=project, requests=asked, territory=person.territory, now=timezone.now()
        )
        if project.closed_at is None
        else [],
        "asked": {one.resource_id for one in asked if one.state in _LIVE},
        "requests": [
            (
                one,
                request_in_words(one),
                dates_in_words(one.starts_on, one.ends_on),
                one.state in _LIVE,
            )
            for one in asked
        ],
        "outcomes": _outcomes(project),
        "journey": _journey(project),
    }


def _sent(
    request: HttpRequest, project: LifeProject, terms: WelcomeTerms, form: AskForThemForm
) -> bool:
    try:
        services.send_request(
            project=project,
            partner=terms.resource.partner,
            resource=terms.resource,
            kind=WelcomeKind(terms.kind),
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def _note(request: HttpRequest, project: LifeProject, fields: Iterable[str]) -> None:
    trace_access(
        subject=project.subject,
        viewer=viewer_of(request.user),
        purpose=PURPOSE,
        fields=fields,
        now=timezone.now(),
    )


def _terms(project: LifeProject, offer: int) -> WelcomeTerms:
    return get_object_or_404(
        WelcomeTerms.objects.select_related("resource__partner", "resource__commune"),
        resource=offer,
        resource__status=ResourceStatus.PUBLISHED,
        resource__partner__territory=project.subject.candidate.territory_id,
        resource__partner__left_at__isnull=True,
    )


def _journey(project: LifeProject) -> Journey | None:
    """The journey of the person: the open one, else the latest."""
    theirs = Journey.objects.filter(candidate__subject=project.subject_id)
    return theirs.order_by("closed_on", "-pk").first()


def _outcomes(project: LifeProject) -> list[tuple[ArrivalOutcome, str]]:
    rows = ArrivalOutcome.objects.filter(journey__candidate__subject=project.subject_id)
    labels = dict(WelcomeKind.choices)
    return [
        (one, ", ".join(str(labels.get(theme, theme)) for theme in one.themes))
        for one in rows.select_related("introduction__need__partner").order_by("-on", "-pk")
    ]


def _columns() -> list[str]:
    return [
        *(_("Nom"), _("Prénom"), _("Séjour"), _("Commune du travail"), _("Cherche")),
        *(_("Situation"), _("Sans réponse")),
    ]


def _lines(rows: Iterable[Row]) -> Iterator[list[CellValue]]:
    situations = dict(SITUATIONS)
    for row in rows:
        unmet_kinds = [str(need.kind.label) for need in row.needs if need.state == "unmet"]
        yield [
            row.person.last_name,
            row.person.first_name,
            row.dates,
            str(row.project.workplace or ""),
            ", ".join(str(need.kind.label) for need in row.needs),
            str(situations.get(row.situation, _("Projet clos"))),
            ", ".join(unmet_kinds),
        ]

"""The booklet, as a page and as a PDF; of a household, only for itself and its coordination."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ancrage.candidates.models import Candidate
from ancrage.privacy.scopes import viewer_of
from ancrage.privacy.services import trace_access
from ancrage.schemes.models import Scheme
from ancrage.schemes.queries import in_inventory, schemes_in_inventory
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.booklet.content import Booklet, booklet_of
from ancrage.web.booklet.forms import BookletForm, LanguageForm
from ancrage.web.booklet.paper import pdf_answer, printed_booklet
from ancrage.web.rendering import render_page
from ancrage.web.scope import territory_of
from ancrage.web.throttling import throttled
from ancrage.welcome.models import LifeProject

Projects = QuerySet[LifeProject]


@require_safe
@throttled("booklet", per="user", rate="120/m")
@acts_on(Scheme, "schemes.view")
def general(request: HttpRequest, schemes: QuerySet[Scheme]) -> HttpResponse:
    """The booklet that anybody reads, nearer to oneself with a commune and needs."""
    territory = territory_of(request)
    if territory is None:
        raise Http404
    form = BookletForm(request.GET, territory=territory)
    context = {
        "form": form,
        "booklet": _general(territory, form, schemes),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "booklet/general.html", context, fragment="results")


@require_safe
@throttled("booklet-pdf", per="user", rate="60/h")
@acts_on(Scheme, "schemes.view")
def general_pdf(request: HttpRequest, schemes: QuerySet[Scheme]) -> HttpResponse:
    """The same on paper, in the language asked for."""
    territory = territory_of(request)
    if territory is None:
        raise Http404
    form = BookletForm(request.GET, territory=territory)
    with translation.override(form.language):
        booklet = _general(territory, form, schemes)
        return pdf_answer(printed_booklet(booklet, now=timezone.now()), booklet)


@require_safe
@never_cache
@acts_on(LifeProject, "life_projects.view")
def project(request: HttpRequest, projects: Projects, pk: int) -> HttpResponse:
    """The booklet of a household; a reading by the coordination is noted."""
    found = _noted(request, projects, pk)
    context = {"booklet": _personal(found), "project": found, "form": LanguageForm(request.GET)}
    return render_page(request, "booklet/project.html", context)


@require_safe
@never_cache
@throttled("booklet-pdf", per="user", rate="60/h")
@acts_on(LifeProject, "life_projects.view")
def project_pdf(request: HttpRequest, projects: Projects, pk: int) -> HttpResponse:
    """The same on paper, in the language asked for."""
    found = _noted(request, projects, pk)
    with translation.override(LanguageForm(request.GET).language):
        booklet = _personal(found)
        return pdf_answer(printed_booklet(booklet, now=timezone.now()), booklet)


def _general(territory: Territory, form: BookletForm, schemes: QuerySet[Scheme]) -> Booklet:
    return booklet_of(
        territory=territory,
        schemes=in_inventory(schemes),
        now=timezone.now(),
        kinds=form.kinds,
        place=form.place,
    )


def _personal(project: LifeProject) -> Booklet:
    people = Candidate.objects.select_related("territory")
    person = get_object_or_404(people, subject=project.subject_id)
    return booklet_of(
        territory=person.territory,
        schemes=schemes_in_inventory(),
        now=timezone.now(),
        project=project,
        name=person.full_name,
    )


def _noted(request: HttpRequest, projects: Projects, pk: int) -> LifeProject:
    rows = projects.select_related("subject", "workplace__department", "spouse_profession")
    found = get_object_or_404(rows, pk=pk)
    trace_access(
        subject=found.subject,
        viewer=viewer_of(request.user),
        purpose="concierge",
        fields=LifeProject.personal,
        now=timezone.now(),
    )
    return found

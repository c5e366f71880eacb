"""Where to put posts: asked, answered, proved, read again."""

from typing import Any

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
from ancrage.demography.enums import Care, SitingGoal, StudyStatus
from ancrage.demography.models import SitingStudy
from ancrage.demography.services import siting as services
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.demography.asked import Asked, asked_of, page_context
from ancrage.web.demography.forms import CareForm
from ancrage.web.demography.siting_forms import SitingForm
from ancrage.web.demography.siting_words import (
    Plan,
    csv_columns,
    csv_lines,
    file_label,
    inputs_of,
    lack_text,
    names_in,
    plans_of,
    unit_of_lack,
)
from ancrage.web.demography.words import NOT_OPPOSABLE, number, people_text, unit_of
from ancrage.web.life.files import as_csv
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

PER_PAGE = 10
GOING_ON = (StudyStatus.WAITING, StudyStatus.RUNNING)


@require_safe
@acts_on(Territory, "demography.view")
def siting(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """What to ask, and the studies of the territory."""
    asked = asked_of(request, territories)
    if asked is None:
        return render_page(request, "demography/nowhere.html")
    context = _asking(request, asked, SitingForm(page=asked))
    return render_page(request, "demography/siting.html", context, fragment="results")


@throttled("demography.siting_ask", per="user", rate="120/h")
@require_POST
@acts_on(Territory, "demography.simulate")
def siting_ask(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Answer at once; the proof follows if it takes long."""
    asked = asked_of(request, territories)
    if asked is None:
        raise Http404
    form = SitingForm(request.POST, page=asked)
    if form.is_valid():
        try:
            study = services.ask_study(
                territory=asked.territory,
                care=asked.care,
                asked=form.asked,
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("demography:study", pk=study.pk)
    context = _asking(request, asked, form)
    return render_page(request, "demography/siting.html", context, status=422)


@require_safe
@acts_on(SitingStudy, "sitings.view")
def study(request: HttpRequest, studies: QuerySet[SitingStudy], pk: int) -> HttpResponse:
    """The answers side by side, their proof, who gains."""
    found = get_object_or_404(studies.select_related("territory"), pk=pk)
    plans = plans_of(found)
    chosen = _chosen(request, plans)
    asked = Asked(found.territory, Care(found.care), ())
    context = page_context(request, asked) | {
        "study": found,
        "plans": plans,
        "chosen": chosen,
        "goals": [
            (plan.goal.label, f"?objectif={plan.goal.value}#gains", plan is chosen)
            for plan in plans
        ],
        "table": _side_by_side(found, plans),
        "inputs": inputs_of(found),
        "files": [file_label(row) for row in found.used],
        "unit": unit_of(Care(found.care)),
        "not_opposable": NOT_OPPOSABLE,
        "is_going_on": found.status in GOING_ON,
        "may_keep": _may_keep(request, found),
        "lonely": _names(found, found.alone),
        "is_about_files": True,
    }
    return render_page(request, "demography/study.html", context, fragment="gains")


@require_safe
@acts_on(SitingStudy, "sitings.view")
def study_progress(request: HttpRequest, studies: QuerySet[SitingStudy], pk: int) -> HttpResponse:
    """How far the proof is; once it ends, the way to its result."""
    found = get_object_or_404(studies, pk=pk)
    context = {"study": found, "is_going_on": found.status in GOING_ON}
    return render_page(request, "demography/_study_progress.html", context)


@require_POST
@acts_on(SitingStudy, "sitings.keep")
def study_stop(request: HttpRequest, studies: QuerySet[SitingStudy], pk: int) -> HttpResponse:
    """Be content with what is proved so far."""
    services.stop_study(
        study=get_object_or_404(studies, pk=pk), by=request.user, now=timezone.now()
    )
    messages.success(request, _("La recherche s’arrête après l’objectif en cours."))
    return redirect("demography:study", pk=pk)


@require_POST
@acts_on(SitingStudy, "sitings.keep")
def study_scenario(request: HttpRequest, studies: QuerySet[SitingStudy], pk: int) -> HttpResponse:
    """Open the posts of one objective as a scenario, to be changed step by step."""
    found = get_object_or_404(studies.select_related("territory"), pk=pk)
    wanted = request.POST.get("objectif", "")
    if wanted not in SitingGoal.values:
        raise Http404
    goal = SitingGoal(wanted)
    try:
        scenario = services.open_as_scenario(
            study=found,
            goal=goal,
            name=_("Étude %(number)d : %(goal)s") % {"number": found.pk, "goal": goal.label},
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("demography:study", pk=pk)
    return redirect("demography:scenario", pk=scenario.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(SitingStudy, "sitings.keep")
def study_forget(request: HttpRequest, studies: QuerySet[SitingStudy], pk: int) -> HttpResponse:
    """Ask, then drop a study."""
    found = get_object_or_404(studies.select_related("territory"), pk=pk)
    if request.method == "POST":
        services.forget_study(study=found, by=request.user, now=timezone.now())
        messages.success(request, _("L’étude est retirée."))
        return redirect("demography:siting")
    context = {
        "title": _("Retirer cette étude ?"),
        "consequences": [_("Son lien ne mène plus à rien, pour personne.")],
        "note": _("La même demande redonnera la même réponse, tant que les fichiers restent."),
        "action": reverse("demography:study_forget", args=[pk]),
        "confirm_label": _("Retirer l’étude"),
        "cancel_href": reverse("demography:study", args=[pk]),
    }
    return render_page(request, "components/confirm_page.html", context)


@require_safe
@acts_on(SitingStudy, "sitings.view")
def study_csv(
    request: HttpRequest, studies: QuerySet[SitingStudy], pk: int
) -> StreamingHttpResponse:
    """All that it takes to redo the study by hand."""
    found = get_object_or_404(studies.select_related("territory"), pk=pk)
    name = f"{_('ou-placer-des-postes')}-{found.care}-{found.territory.slug}"
    return as_csv(name, csv_columns(), csv_lines(found, plans_of(found)))


def _asking(request: HttpRequest, asked: Asked, form: SitingForm) -> dict[str, Any]:
    rows = permitted(request.user, "sitings.view", SitingStudy.objects.all())
    rows = rows.filter(territory=asked.territory, care=asked.care).defer("plans", "today")
    page = Paginator(rows.order_by("-asked_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return page_context(request, asked) | {
        "form": form,
        "page": page,
        "may_ask": may(request.user, "demography.simulate"),
        "care_form": CareForm(asked=asked),
        "not_opposable": NOT_OPPOSABLE,
    }


def _chosen(request: HttpRequest, plans: list[Plan]) -> Plan:
    wanted = request.GET.get("objectif", "")
    return next((plan for plan in plans if plan.goal.value == wanted), plans[0])


def _side_by_side(found: SitingStudy, plans: list[Plan]) -> list[tuple[str, list[str]]]:
    """The measures of today and of each plan, one row by measure."""
    columns = [found.today, *(plan.measures for plan in plans)]
    lack = _("Ce qui manque sous le seuil (%(unit)s)") % {"unit": unit_of_lack(found.care)}
    near = _("Ont quelqu’un à %(minutes)d minutes") % {"minutes": found.near}
    return [
        (lack, [lack_text(found, one["lack"]) for one in columns]),
        (_("Habitants sous le seuil"), [people_text(one["people_under"]) for one in columns]),
        (_("Communes sous le seuil"), [str(one["communes_under"]) for one in columns]),
        (_("La moins bien servie"), [number(one["worst"], 2) for one in columns]),
        (near, [people_text(one["covered"]) for one in columns]),
    ]


def _names(found: SitingStudy, codes: list[str]) -> str:
    names = names_in(found) if codes else {}
    return ", ".join(names.get(code, code) for code in codes)


def _may_keep(request: HttpRequest, found: SitingStudy) -> bool:
    rows = permitted(request.user, "sitings.keep", SitingStudy.objects.filter(pk=found.pk))
    return rows.exists()

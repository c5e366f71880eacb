"""One study of where to put posts: its answers, its proof, its posts as a scenario."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ancrage.demography.enums import SitingGoal
from ancrage.demography.models import SitingStudy
from ancrage.demography.services import siting as services
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.acting import press, who
from ancrage.web.demography.asked import row_named, study_asked
from ancrage.web.demography.study_page import progress_of, study_context
from ancrage.web.demography.tabs import address
from ancrage.web.rendering import render_page
from ancrage.web.undo import offer_undo


@require_safe
@acts_on(SitingStudy, "sitings.view")
def study(request: HttpRequest, studies: QuerySet[SitingStudy], pk: int) -> HttpResponse:
    """The answers side by side, their proof, who gains."""
    found = get_object_or_404(studies.select_related("territory", "version__of"), pk=pk)
    context = study_context(request, found)
    return render_page(request, "demography/study.html", context, fragment="gains")


@require_safe
@acts_on(SitingStudy, "sitings.view")
def study_progress(request: HttpRequest, studies: QuerySet[SitingStudy], pk: int) -> HttpResponse:
    """How far the proof is; once it ends, the way to its result."""
    found = get_object_or_404(studies, pk=pk)
    context = {"study": found, "progress": progress_of(found, now=timezone.now())}
    return render_page(request, "demography/_study_progress.html", context)


@require_POST
@acts_on(SitingStudy, "sitings.keep")
def study_stop(request: HttpRequest, studies: QuerySet[SitingStudy], pk: int) -> HttpResponse:
    """Be content with what is proved so far."""
    services.stop_study(
        study=get_object_or_404(studies, pk=pk), by=request.user, now=timezone.now()
    )
    messages.success(
        request,
        _(
            "La recherche s’arrête d’ici quelques secondes : la meilleure réponse trouvée est "
            "gardée."
        ),
    )
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


@require_POST
@acts_on(SitingStudy, "sitings.keep")
def study_forget(request: HttpRequest, studies: QuerySet[SitingStudy], pk: int) -> HttpResponse:
    """Put a study away; the bar of the next page brings it back."""
    found = get_object_or_404(studies.select_related("territory"), pk=pk)
    services.forget_study(study=found, by=request.user, now=timezone.now())
    said = _("L’étude %(number)d est retirée.") % {"number": pk}
    offer_undo(request, "sitings", said, [pk], url=reverse("demography:study_restore"))
    return redirect(address("demography:siting", study_asked(request, found).kept))


@require_POST
@acts_on(Territory, "demography.simulate")
def study_restore(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Bring back the study that the bar names."""
    found = get_object_or_404(
        SitingStudy, pk=row_named(request), territory__in=territories, removed_at__isnull=False
    )
    return press(
        request,
        lambda: services.restore_study(study=found, **who(request)),
        _("L’étude est de nouveau là."),
        reverse("demography:study", args=[found.pk]),
    )

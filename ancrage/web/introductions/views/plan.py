"""The plan of the territory: asked for, read beside « chacun pour soi », corrected, acted on."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ancrage.candidates.services import note_names
from ancrage.kit.life.moves import act_on_each
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import csv_lines
from ancrage.matching import services
from ancrage.matching.enums import PlanChoiceKind, PlanStatus
from ancrage.matching.models import PlanLine, PlanRun
from ancrage.matching.queries import choices_in, gains_of, lines_of
from ancrage.web.access import acts_on, allowed
from ancrage.web.introductions.forms.plan import PlanFilterForm, PlanForm
from ancrage.web.rendering import render_page
from ancrage.web.scope import territory_steered

PER_PAGE = 50
_MOST_TICKED = 200
_KINDS = {"imposer": PlanChoiceKind.LOCK, "ecarter": PlanChoiceKind.EXCLUDE, "liberer": None}


@require_safe
@acts_on(PlanRun, "plans.view")
def plan(request: HttpRequest, runs: QuerySet[PlanRun]) -> HttpResponse:
    """The latest plan of the territory, or how to ask for one."""
    latest = runs.filter(territory=territory_steered(request)).order_by("-asked_at", "-pk").first()
    if latest is not None:
        return redirect("introductions:plan_run", pk=latest.pk)
    return render_page(request, "introductions/plan_none.html", {"plan_form": PlanForm()})


@require_POST
@allowed("plans.make")
def plan_make(request: HttpRequest) -> HttpResponse:
    """Ask for a plan; if one is being computed, lead to it."""
    form = PlanForm(request.POST)
    count = form.cleaned_data["propositions"] if form.is_valid() else 1
    try:
        run = services.ask_plan(
            territory=territory_steered(request),
            by=request.user,
            now=timezone.now(),
            proposals_per_person=count,
        )
    except services.PlanUnderWay as refusal:
        messages.info(request, refusal.messages[0])
        run = refusal.run
    return redirect("introductions:plan_run", pk=run.pk)


@require_safe
@acts_on(PlanRun, "plans.view")
def plan_run(request: HttpRequest, runs: QuerySet[PlanRun], pk: int) -> HttpResponse:
    """What the plan proposes, what each structure gains, what was imposed or left out."""
    run = get_object_or_404(runs.select_related("territory"), pk=pk)
    lines = lines_of(run)
    form = PlanFilterForm(request.GET, rows=lines)
    page = Paginator(form.narrowed(lines), PER_PAGE).get_page(request.GET.get("page"))
    note_names(
        candidates=[line.candidate for line in page],
        by=request.user,
        now=timezone.now(),
    )
    context = {
        "run": run,
        "plan_form": PlanForm(initial={"propositions": run.proposals_per_person}),
        "form": form,
        "page": page,
        "gains": [(gain, _fte(gain.alone_fte), _fte(gain.together_fte)) for gain in gains_of(run)],
        "choices": list(choices_in(run)),
        "figures": _figures(run),
        "query": request.GET.urlencode(),
        "is_going_on": run.status in (PlanStatus.WAITING, PlanStatus.RUNNING),
    }
    return render_page(request, "introductions/plan.html", context, fragment="results")


@require_safe
@acts_on(PlanRun, "plans.view")
def plan_progress(request: HttpRequest, runs: QuerySet[PlanRun], pk: int) -> HttpResponse:
    """How far the computation is; once it ends, the way to its result."""
    run = get_object_or_404(runs, pk=pk)
    going_on = run.status in (PlanStatus.WAITING, PlanStatus.RUNNING)
    context = {"run": run, "is_going_on": going_on}
    return render_page(request, "introductions/_plan_progress.html", context)


@require_POST
@acts_on(PlanRun, "plans.make")
def plan_choose(request: HttpRequest, runs: QuerySet[PlanRun], pk: int) -> HttpResponse:
    """Impose a pair, leave it out, or set it free; the next plan takes it into account."""
    run = get_object_or_404(runs, pk=pk)
    asked, _colon, pair = request.POST.get("choix", "").partition(":")
    person, _dash, need = pair.partition("-")
    if asked not in _KINDS or not (person.isdecimal() and need.isdecimal()):
        raise Http404
    rows = [*lines_of(run), *choices_in(run)]
    meant = [row for row in rows if f"{row.candidate_id}-{row.need_id}" == pair]
    if not meant:
        raise Http404
    services.choose_pair(
        candidate=meant[0].candidate,
        need=meant[0].need,
        kind=_KINDS[asked],
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, _("C’est noté : recalculez le plan pour en tenir compte."))
    return redirect("introductions:plan_run", pk=pk)


@require_POST
@acts_on(PlanRun, "plans.make")
def plan_propose(request: HttpRequest, runs: QuerySet[PlanRun], pk: int) -> HttpResponse:
    """Ask the people of the lines ticked; what cannot be proposed any more says why."""
    run = get_object_or_404(runs, pk=pk)
    ticked = [
        int(one)
        for one in request.POST.getlist("ligne")[:_MOST_TICKED]
        if one.isdecimal() and len(one) < 16
    ]
    now = timezone.now()

    def propose(line: PlanLine) -> PlanLine:
        return services.propose_line(line=line, by=request.user, now=now)

    outcome = act_on_each(lines_of(run).filter(pk__in=ticked), propose)
    _tell(request, len(outcome.done), sorted({reason for _line, reason in outcome.refused}))
    return redirect("introductions:plan_run", pk=pk)


@require_safe
@acts_on(PlanRun, "plans.view")
def plan_csv(request: HttpRequest, runs: QuerySet[PlanRun], pk: int) -> StreamingHttpResponse:
    """The lines as a file, each person by the code of their card."""
    run = get_object_or_404(runs, pk=pk)
    return StreamingHttpResponse(
        csv_lines(_header(), map(_cells, lines_of(run).iterator(chunk_size=500))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="plan-{run.pk}.csv"'},
    )


def _header() -> list[str]:
    return [
        _("Carte"),
        _("Métier"),
        _("Structure"),
        _("Commune"),
        _("Référence interne"),
        _("Temps de travail (%)"),
        _("Adéquation"),
        _("En réserve"),
    ]


def _cells(line: PlanLine) -> Sequence[CellValue]:
    need = line.need
    return (
        line.candidate.card,
        str(need.profession),
        need.partner.name,
        need.commune.name,
        need.reference,
        line.fte,
        line.fit,
        line.is_alternative,
    )


def _figures(run: PlanRun) -> dict[str, str]:
    """The FTE of a plan in words; `more` is empty when the plan covers no more."""
    more = run.fte - run.alone_fte
    return {
        "together": _fte(run.fte),
        "alone": _fte(run.alone_fte),
        "missing": _fte(run.missing_fte),
        "more": _fte(more) if more else "",
    }


def _fte(hundredths: int) -> str:
    places = 0 if hundredths % 100 == 0 else 1 if hundredths % 10 == 0 else 2
    return number_format(hundredths / 100, decimal_pos=places, force_grouping=True)


def _tell(request: HttpRequest, done: int, refusals: list[str]) -> None:
    if done:
        sentence = ngettext("%(n)d proposition envoyée.", "%(n)d propositions envoyées.", done)
        messages.success(request, sentence % {"n": done})
    for reason in refusals:
        messages.warning(request, reason)
    if not done and not refusals:
        messages.info(request, _("Cochez d’abord au moins une ligne."))

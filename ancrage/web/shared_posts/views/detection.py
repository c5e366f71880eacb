"""Fractions put together on a territory: asked for, read, corrected, made into files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ancrage.kit.figures import percent_of
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.matching.enums import PlanStatus, PostChoiceKind
from ancrage.matching.models import PostRun, Source
from ancrage.matching.queries import choices_of_posts, in_order, open_files_of, sources_by_ref
from ancrage.matching.services import posts as services
from ancrage.web.access import acts_on, allowed
from ancrage.web.figures import fte_text
from ancrage.web.life.files import as_csv
from ancrage.web.life.lists import Tab, address
from ancrage.web.post_words import letter, start_text, week_of, why_left
from ancrage.web.rendering import render_page
from ancrage.web.scope import territory_steered
from ancrage.web.shared_posts.forms import DetectionForm

PER_PAGE = 10
_LEFT_PER_PAGE = 30
_KINDS = {"imposer": PostChoiceKind.LOCK, "ecarter": PostChoiceKind.EXCLUDE, "liberer": None}


@dataclass(frozen=True)
class Proposal:
    """A post that was detected: its figures, its parts with their letters, its week."""

    rank: int
    row: dict[str, Any]
    parts: list[tuple[str, Source, dict[str, Any]]]
    week: Any
    keys: str
    start: Any
    file: int | None
    # The hours a week of whoever holds a part already, in hundredths of FTE; 0: nobody does.
    held: int

    @property
    def number(self) -> int:
        """Its place, as people count."""
        return self.rank + 1


@require_safe
@acts_on(PostRun, "post_plans.view")
def latest(request: HttpRequest, runs: QuerySet[PostRun]) -> HttpResponse:
    """The latest detection of the territory, or how to ask for one."""
    found = runs.filter(territory=territory_steered(request)).order_by("-asked_at", "-pk").first()
    if found is not None:
        return redirect("shared_posts:run", pk=found.pk)
    context = {"form": DetectionForm()}
    return render_page(request, "shared_posts/detection_none.html", context)


@require_POST
@allowed("post_plans.make")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a detection; if one is being computed, lead to it."""
    form = DetectionForm(request.POST)
    if not form.is_valid():
        context = {"form": form}
        return render_page(request, "shared_posts/detection_none.html", context, status=422)
    now = timezone.now()
    try:
        found = services.ask_detection(
            territory=territory_steered(request), by=request.user, now=now, **form.limits
        )
    except services.DetectionUnderWay as refusal:
        messages.info(request, refusal.messages[0])
        found = refusal.run
    return redirect("shared_posts:run", pk=found.pk)


@require_safe
@acts_on(PostRun, "post_plans.view")
def run(request: HttpRequest, runs: QuerySet[PostRun], pk: int) -> HttpResponse:
    """What the detection proposes and why, what is left alone and why, what was decided."""
    found = get_object_or_404(runs.select_related("territory"), pk=pk)
    shows_left = request.GET.get("vue") == "seules"
    rows: Sequence[Any] = found.left if shows_left else list(enumerate(found.found))
    per_page = _LEFT_PER_PAGE if shows_left else PER_PAGE
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    choices = list(choices_of_posts(found.territory_id))
    sources = sources_by_ref(_refs_shown(page, choices, shows_left=shows_left))
    context = {
        "run": found,
        "form": DetectionForm(initial=_limits_of(found)),
        "page": page,
        "shows_left": shows_left,
        "tabs": _tabs(request, found, shows_left=shows_left),
        "proposals": [] if shows_left else _proposals(page, sources),
        "left": _left(page, sources) if shows_left else [],
        "choices": _choices(choices, sources),
        "figures": _figures(found),
        "is_going_on": _is_going_on(found),
    }
    return render_page(request, "shared_posts/detection.html", context, fragment="results")


@require_safe
@acts_on(PostRun, "post_plans.view")
def progress(request: HttpRequest, runs: QuerySet[PostRun], pk: int) -> HttpResponse:
    """How far the computation is; once it ends, the way to its result."""
    found = get_object_or_404(runs, pk=pk)
    context = {"run": found, "is_going_on": _is_going_on(found)}
    return render_page(request, "shared_posts/_progress.html", context)


@require_POST
@acts_on(PostRun, "post_plans.make")
def stop(request: HttpRequest, runs: QuerySet[PostRun], pk: int) -> HttpResponse:
    """Be content with what is found so far."""
    services.stop_detection(
        run=get_object_or_404(runs, pk=pk), by=request.user, now=timezone.now()
    )
    messages.success(request, _("Le calcul s’arrête : ce qui est trouvé s’affiche bientôt."))
    return redirect("shared_posts:run", pk=pk)


@require_POST
@acts_on(PostRun, "post_plans.make")
def choose(request: HttpRequest, runs: QuerySet[PostRun], pk: int) -> HttpResponse:
    """Impose fractions together, keep them apart, or set them free; the next detection obeys."""
    found = get_object_or_404(runs.select_related("territory"), pk=pk)
    asked, _colon, text = request.POST.get("choix", "").partition(":")
    refs = text.split("-")
    if asked not in _KINDS or not _is_known(found, refs):
        raise Http404
    services.choose_fractions(
        territory=found.territory,
        refs=refs,
        kind=_KINDS[asked],
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, _("C’est noté : relancez la détection pour en tenir compte."))
    return redirect("shared_posts:run", pk=pk)


@require_POST
@acts_on(PostRun, "post_plans.make")
def open_file(request: HttpRequest, runs: QuerySet[PostRun], pk: int) -> HttpResponse:
    """Open the file of a post that was detected."""
    found = get_object_or_404(runs, pk=pk)
    rank = request.POST.get("rang", "")
    if not (rank.isdecimal() and len(rank) < 6 and int(rank) < len(found.found)):
        raise Http404
    try:
        post = services.open_from_detection(
            run=found, rank=int(rank), by=request.user, now=timezone.now()
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("shared_posts:run", pk=pk)
    messages.success(request, _("Dossier ouvert. Fixez maintenant ses conditions."))
    return redirect("shared_posts:detail", pk=post.pk)


@require_safe
@acts_on(PostRun, "post_plans.view")
def run_csv(request: HttpRequest, runs: QuerySet[PostRun], pk: int) -> StreamingHttpResponse:
    """The posts detected, one line a part, then the fractions left alone."""
    found = get_object_or_404(runs, pk=pk)
    refs = [part["ref"] for row in found.found for part in row["parts"]]
    sources = sources_by_ref([*refs, *(row["ref"] for row in found.left)])
    columns = [
        ColumnToWrite(_("Poste"), 8),
        ColumnToWrite(_("Métier"), 28),
        ColumnToWrite(_("Structure"), 32),
        ColumnToWrite(_("Commune"), 24),
        ColumnToWrite(_("Temps de travail (%)"), 10),
        ColumnToWrite(_("Déjà tenue"), 10),
        ColumnToWrite(_("Total (%)"), 10),
        ColumnToWrite(_("Minutes entre les sites"), 10),
        ColumnToWrite(_("Pourquoi seule"), 40),
    ]
    return as_csv(_("postes-partages-detectes"), columns, _csv_lines(found, sources))


def _csv_lines(found: PostRun, sources: dict[str, Source]) -> Iterable[Sequence[CellValue]]:
    for rank, row in enumerate(found.found, start=1):
        for part in row["parts"]:
            if source := sources.get(part["ref"]):
                held = _("oui") if part["kept"] else ""
                yield (rank, *_named(source), part["fte"], held, row["fte"], row["travel"], "")
    for row in found.left:
        if source := sources.get(row["ref"]):
            why = why_left(row["why"], row["figure"])
            held = _("oui") if row["ref"].startswith("r") else ""
            yield (None, *_named(source), source.fte_hundredths, held, None, None, why)


def _named(source: Source) -> tuple[str, str, str]:
    return str(source.profession), source.partner.name, source.commune.name


def _proposals(page: Iterable[Any], sources: dict[str, Source]) -> list[Proposal]:
    rows = [(rank, row) for rank, row in page if all(p["ref"] in sources for p in row["parts"])]
    files = open_files_of(part["ref"] for _rank, row in rows for part in row["parts"])
    proposals = []
    for rank, row in rows:
        refs = [part["ref"] for part in row["parts"]]
        opened = {files.get(ref) for ref in refs}
        proposals.append(
            Proposal(
                rank=rank,
                row=row,
                parts=[
                    (letter(place), sources[part["ref"]], part)
                    for place, part in enumerate(row["parts"])
                ],
                week=week_of([part["week"] for part in row["parts"]]),
                keys="-".join(in_order(refs)),
                start=start_text(row["start"]),
                file=next(iter(opened - {None}), None),
                held=sum(part["fte"] for part in row["parts"] if part["kept"]),
            )
        )
    return proposals


def _left(
    page: Iterable[Any], sources: dict[str, Source]
) -> list[tuple[Source, str, list[Source], str]]:
    return [
        (
            sources[row["ref"]],
            why_left(row["why"], row["figure"]),
            [sources[ref] for ref in row["partners"] if ref in sources],
            row["ref"],
        )
        for row in page
        if row["ref"] in sources
    ]


def _refs_shown(page: Iterable[Any], choices: Iterable[Any], *, shows_left: bool) -> set[str]:
    refs = {ref for choice in choices for ref in choice.needs.split()}
    if shows_left:
        return refs | {ref for row in page for ref in (row["ref"], *row["partners"])}
    return refs | {part["ref"] for _rank, row in page for part in row["parts"]}


def _choices(
    choices: Iterable[Any], sources: dict[str, Source]
) -> list[tuple[Any, str, list[Source]]]:
    shown = []
    for choice in choices:
        refs = choice.needs.split()
        rows = [sources[ref] for ref in refs if ref in sources]
        if len(rows) == len(refs):
            shown.append((choice, "-".join(refs), rows))
    return shown


def _is_known(found: PostRun, refs: list[str]) -> bool:
    """Say whether these fractions stand together, or alone, on the page of this detection."""
    wanted = sorted(refs)
    sets = [sorted(part["ref"] for part in row["parts"]) for row in found.found]
    alone = [[row["ref"]] for row in found.left]
    chosen = [sorted(one.needs.split()) for one in choices_of_posts(found.territory_id)]
    return wanted in (*sets, *alone, *chosen)


def _tabs(request: HttpRequest, found: PostRun, *, shows_left: bool) -> list[Tab]:
    return [
        Tab(
            _("Postes possibles"),
            address(request.GET, vue=""),
            len(found.found),
            not shows_left,
        ),
        Tab(
            _("Fractions laissées seules"),
            address(request.GET, vue="seules"),
            len(found.left),
            shows_left,
        ),
    ]


def _figures(found: PostRun) -> dict[str, Any]:
    missing = found.bound_fte - found.fte
    return {
        "fte": fte_text(found.fte),
        "bound": fte_text(found.bound_fte),
        "missing": fte_text(missing),
        "gap": percent_of(missing, found.bound_fte),
    }


def _limits_of(found: PostRun) -> dict[str, int]:
    return {
        "trajet": found.travel_limit,
        "au_moins": found.fte_least,
        "au_plus": found.fte_most,
    }


def _is_going_on(found: PostRun) -> bool:
    return found.status in (PlanStatus.WAITING, PlanStatus.RUNNING)

"""One version: its proof, its figures, its grid; published, compared, taken away."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.events import services
from ancrage.events.models import Event
from ancrage.events.queries import changes_between, versions_of
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.meetings.forms.building import PublishForm
from ancrage.web.meetings.forms.reading import CompareForm, GridForm
from ancrage.web.meetings.frames import frame
from ancrage.web.meetings.rooms import Version, event_of, grid_of, version_of
from ancrage.web.meetings.words import proof_of
from ancrage.web.personal_files import ExportForm, PersonalTable, personal_file
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

TABLES_PER_PAGE = 25


@require_safe
@acts_on(Event, "events.organise")
def detail(request: HttpRequest, events: QuerySet[Event], pk: int, version: int) -> HttpResponse:
    """What the version is worth, and the master grid."""
    shown = version_of(event_of(events, pk), version)
    form = GridForm(request.GET, rounds=shown.rounds)
    rounds = form.narrowed_rounds(shown.rounds)
    grid = form.narrowed(grid_of(shown.lines, rounds))
    context = {
        **frame(request, shown),
        "form": form,
        "proof": proof_of(shown.timetable),
        "figures": shown.figures,
        "sides": shown.sides_in_figures,
        "rounds": rounds,
        "page": Paginator(grid, TABLES_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render_page(request, "meetings/version.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Event, "events.organise")
def publish(request: HttpRequest, events: QuerySet[Event], pk: int, version: int) -> HttpResponse:
    """Ask, then put the version in force."""
    shown = version_of(event_of(events, pk), version)
    form = PublishForm(sent_form(request), initial={"tell": True})
    if form.is_valid():
        try:
            services.publish_timetable(
                timetable=shown.timetable, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            messages.warning(request, refusal.messages[0])
        else:
            messages.success(request, _("La version %(n)d est en vigueur.") % {"n": version})
        return redirect("meetings:version", pk=pk, version=version)
    context = {
        **frame(request, shown),
        "consequences": _consequences(shown, now=timezone.now()),
        "form": form,
    }
    return render_page(request, "meetings/publish.html", context)


@require_safe
@acts_on(Event, "events.organise")
def compare(request: HttpRequest, events: QuerySet[Event], pk: int, version: int) -> HttpResponse:
    """Who has another evening in this version than in an earlier one."""
    shown = version_of(event_of(events, pk), version)
    others = list(versions_of(shown.event).exclude(version=version))
    form = CompareForm(request.GET, versions=others)
    other = version_of(shown.event, form.chosen) if form.chosen else None
    context = {**frame(request, shown), "form": form, "others": others, "other": other}
    if other is not None:
        context["changes"] = changes_between(other.meetings, shown.meetings, shown.names)
    return render_page(request, "meetings/compare.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("meetings-export", per="user", rate="20/h", methods=("POST",))
@acts_on(Event, "events.organise")
def export(request: HttpRequest, events: QuerySet[Event], pk: int, version: int) -> HttpResponse:
    """Ask why, then hand the grid over with its names."""
    shown = version_of(event_of(events, pk), version)
    form = ExportForm(sent_form(request))
    if form.is_valid():
        services.note_grid_export(timetable=shown.timetable, by=request.user, now=timezone.now())
        return personal_file(request, _table(shown), form)
    context = {**frame(request, shown), "form": form, "total": len(shown.lines)}
    status = 422 if form.errors else 200
    return render_page(request, "meetings/export.html", context, status=status)


def _consequences(shown: Version, *, now: datetime) -> list[str]:
    found = [
        _("Les fiches, les téléphones et la soirée suivent cette version."),
    ]
    before = shown.event.timetables.filter(in_force=True).first()
    if before is not None:
        found.insert(0, _("La version %(n)d n’est plus en vigueur.") % {"n": before.version})
    if now < shown.event.wishes_close_at:
        found.append(
            _("Les vœux dits d’ici au %(term)s ne comptent que si vous recalculez.")
            % {"term": date_format(timezone.localtime(shown.event.wishes_close_at), "j F, H:i")}
        )
    gone, missing = len(shown.gone), len(shown.missing)
    if gone:
        found.append(
            ngettext(
                "%(n)d personne de cette version n’a plus de place : recalculez plutôt.",
                "%(n)d personnes de cette version n’ont plus de place : recalculez plutôt.",
                gone,
            )
            % {"n": gone}
        )
    if missing:
        found.append(
            ngettext(
                "%(n)d personne inscrite n’y a aucune rencontre.",
                "%(n)d personnes inscrites n’y ont aucune rencontre.",
                missing,
            )
            % {"n": missing}
        )
    return found


def _table(shown: Version) -> PersonalTable:
    columns = [_("Tour"), _("Heure"), _("Table"), _("Reste à sa table"), _("Change de table")]
    return PersonalTable(
        _("grille-de-passage"),
        _("Grille, version %(n)d") % {"n": shown.timetable.version},
        columns,
        [
            [
                line.round.name,
                f"{line.round.starts_at:%H:%M}",
                line.table,
                line.host.label,
                line.visitor.label,
            ]
            for line in shown.lines
        ],
    )

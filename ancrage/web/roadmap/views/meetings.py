"""The meeting of the governance: an axis at a time, what changed, what was decided."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.accounts.policy import may_on
from ancrage.roadmap import services
from ancrage.roadmap.models import Axis, Decision, Meeting, Roadmap
from ancrage.roadmap.queries import (
    axis_views,
    changes_since,
    decisions_in,
    indicators_in,
    meetings_of,
    standings,
    value_text,
)
from ancrage.web.access import acts_on
from ancrage.web.acting import form_page, who
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.roadmap.meeting_forms import DecisionForm, MeetingForm, SinceForm
from ancrage.web.roadmap.views.actions import confirm
from ancrage.web.roadmap.views.keeping import trail_of

_FORM = ["GET", "HEAD", "POST"]
# Without a meeting noted, what changed is told over this long.
_USUAL = timedelta(days=91)


@require_safe
@acts_on(Roadmap, "roadmap.view")
def meeting(request: HttpRequest, roadmaps: QuerySet[Roadmap], pk: int) -> HttpResponse:
    """Every axis on a page of its own, to be printed; or one alone, to be projected."""
    roadmap = get_object_or_404(roadmaps.select_related("territory"), pk=pk)
    now, meetings = timezone.now(), list(meetings_of(roadmap))
    today = timezone.localdate(now)
    form = SinceForm(request.GET, since=_last_day(meetings, today))
    views = axis_views(roadmap, on=today)
    changes = changes_since(roadmap, [one.axis for one in views], form.since)
    shown = [one for one in views if one.axis.rank == form.rank] or views
    stands = standings(
        indicators_in(roadmap).filter(axis__in=[one.axis.pk for one in shown]),
        roadmap.territory,
        now=now,
    )
    context = {
        "roadmap": roadmap,
        "form": form,
        "since": form.since,
        "log_href": _log_since(roadmap, form.since),
        "sheets": [_sheet(one, changes[one.axis.pk], stands) for one in shown],
        **_alone(shown[0].axis if len(shown) == 1 and form.rank else None),
        "ranks": _tabs([one.axis for one in views], form),
        "meetings": meetings,
        "decisions": list(decisions_in(roadmap).filter(axis__isnull=True)[:10]),
        "may_edit": may_on(request.user, "roadmap.edit", roadmap),
    }
    return render_page(request, "roadmap/meeting.html", context)


@require_http_methods(_FORM)
@acts_on(Roadmap, "roadmap.edit")
def meeting_new(request: HttpRequest, roadmaps: QuerySet[Roadmap], pk: int) -> HttpResponse:
    """Note that those who steer met."""
    roadmap = get_object_or_404(roadmaps, pk=pk)
    first = {"held_on": timezone.localdate(), "title": _("Comité de pilotage")}
    return form_page(
        request,
        MeetingForm(sent_form(request), initial=first),
        lambda facts: services.note_meeting(roadmap=roadmap, **who(request), **facts),
        template="roadmap/act.html",
        title=_("Noter une réunion"),
        button=_("Noter la réunion"),
        done=_("Réunion notée : ajoutez ses décisions."),
        back=to_meeting(roadmap),
        lead=roadmap.title,
        more={"trail": _trail(roadmap)},
    )


@require_http_methods(_FORM)
@acts_on(Roadmap, "roadmap.edit")
def decision_new(request: HttpRequest, roadmaps: QuerySet[Roadmap], pk: int) -> HttpResponse:
    """Note what a meeting decided."""
    roadmap = get_object_or_404(roadmaps, pk=pk)
    form = DecisionForm(sent_form(request), roadmap=roadmap, rank=request.GET.get("axe", ""))
    return form_page(
        request,
        form,
        lambda facts: services.note_decision(**who(request), **facts),
        template="roadmap/act.html",
        title=_("Noter une décision"),
        button=_("Noter la décision"),
        done=_("Décision notée."),
        back=to_meeting(roadmap),
        lead=roadmap.title,
        more={"trail": _trail(roadmap)},
    )


@require_http_methods(_FORM)
@acts_on(Roadmap, "roadmap.edit")
def decision_remove(request: HttpRequest, roadmaps: QuerySet[Roadmap], pk: int) -> HttpResponse:
    """Ask, then take out a decision noted by mistake."""
    rows = Decision.objects.filter(meeting__roadmap__in=roadmaps)
    row = get_object_or_404(rows.select_related("meeting__roadmap"), pk=pk)
    return confirm(
        request,
        lambda: services.remove_decision(decision=row, **who(request)),
        title=_("Retirer cette décision ?"),
        consequence=_("La décision « %(text)s » est effacée.") % {"text": row.text[:120]},
        done=_("Décision retirée."),
        back=to_meeting(row.meeting.roadmap),
    )


def to_meeting(roadmap: Roadmap) -> str:
    """Return the address of the meeting page."""
    return reverse("roadmap:meeting", args=[roadmap.pk])


def _log_since(roadmap: Roadmap, day: date) -> str:
    return f"{reverse('roadmap:log', args=[roadmap.pk])}?du={day.isoformat()}"


def _last_day(meetings: list[Meeting], today: date) -> date:
    held = [one.held_on for one in meetings if one.held_on < today]
    return held[0] if held else today - _USUAL


def _alone(axis: Axis | None) -> dict[str, Any]:
    """The axis shown alone, whose name is then the title of the page, and the headings below."""
    return {"alone": axis, "level": 2 if axis else 3}


def _tabs(axes: list[Axis], form: SinceForm) -> list[tuple[str, str, bool]]:
    """One tab for all the axes, then one an axis, for the same day."""
    base = f"?depuis={form.since.isoformat()}"
    named = [(one, _("Axe %(rank)s") % {"rank": one.rank}) for one in axes]
    known = form.rank in {one.rank for one in axes}
    return [
        (base, _("Tous les axes"), not known),
        *((f"{base}&axe={one.rank}", name, one.rank == form.rank) for one, name in named),
    ]


def _sheet(view: Any, changes: Any, stands: list[Any]) -> dict[str, Any]:
    return {
        "view": view,
        "changes": changes,
        "values": [(one, value_text(one.indicator, one.value)) for one in changes.values],
        "stands": [one for one in stands if one.indicator.axis_id == view.axis.pk],
    }


def _trail(roadmap: Roadmap) -> list[tuple[str, str]]:
    return [*trail_of(roadmap), (to_meeting(roadmap), _("Réunion"))]

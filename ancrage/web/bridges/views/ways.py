"""The ways of a person to a profession: for themselves, or for who follows them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import candidate_of, with_profile
from ancrage.candidates.services import tell_career
from ancrage.journeys.models import Journey
from ancrage.journeys.services import aim_journey
from ancrage.matching.services.bridging import ways_of
from ancrage.professions.models import Qualification
from ancrage.professions.queries import bridges_listed_on
from ancrage.web.access import acts_on, allowed
from ancrage.web.acting import show_refusal
from ancrage.web.bridges.forms import CareerForm, GoalForm
from ancrage.web.bridges.reading import career_of, goals_offered, note_ways, open_journey_of
from ancrage.web.bridges.words import (
    bridge_title,
    closed_line,
    goal_lines,
    known_lines,
    path_lines,
    titles_by_code,
)
from ancrage.web.conflicts import revision_sent
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled


@require_safe
@never_cache
@throttled("bridges", per="user", rate="120/m")
@allowed("candidates.keep_own")
def own(request: HttpRequest) -> HttpResponse:
    """« Ma passerelle »: the ways to a profession, or all that are in reach."""
    candidate = candidate_of(request.user)
    if candidate is None:
        return render_page(request, "bridges/own_none.html", {})
    context = _ways(request, candidate) | {"is_own": True}
    return render_page(request, "bridges/ways.html", context)


@require_safe
@never_cache
@throttled("bridges", per="user", rate="120/m")
@acts_on(Candidate, "candidates.view")
def person(request: HttpRequest, candidates: QuerySet[Candidate], pk: int) -> HttpResponse:
    """The same about somebody whom the coordination follows; the reading is noted."""
    candidate = get_object_or_404(with_profile(candidates), pk=pk)
    note_ways(request, candidate)
    journey = open_journey_of(request, candidate)
    context = _ways(request, candidate) | {"is_own": False, "journey": journey}
    return render_page(request, "bridges/ways.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@acts_on(Candidate, "candidates.edit")
def facts(request: HttpRequest, candidates: QuerySet[Candidate], pk: int) -> HttpResponse:
    """What only somebody can tell: work done, diplomas, agreements."""
    candidate = get_object_or_404(with_profile(candidates), pk=pk)
    is_own = candidate.subject.user_id == request.user.pk
    goal = GoalForm(request.GET, goals=goals_offered()).goal
    form = _career_form(request, candidate, goal)
    back = _page_of(candidate, is_own, goal)
    if form.is_valid() and _told(request, candidate, form):
        return redirect(back)
    if not is_own:
        note_ways(request, candidate)
    context = {"candidate": candidate, "form": form, "is_own": is_own, "back": back}
    status = 422 if form.errors else 200
    return render_page(request, "bridges/facts.html", context, status=status)


@require_POST
@acts_on(Journey, "journeys.keep")
def aim(request: HttpRequest, journeys: QuerySet[Journey], pk: int) -> HttpResponse:
    """Make a way the goal of the journey."""
    journey = get_object_or_404(journeys.select_related("candidate"), pk=pk)
    goal = get_object_or_404(Qualification, code=request.POST.get("metier", ""))
    try:
        aim_journey(
            journey=journey,
            revision=revision_sent(request.POST),
            goal=_("Passerelle vers : %(title)s") % {"title": goal.label},
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("C’est désormais l’objectif du parcours."))
    return redirect("journeys:detail", journey.pk)


def _ways(request: HttpRequest, candidate: Candidate) -> dict[str, Any]:
    goals = goals_offered()
    form = GoalForm(request.GET, goals=goals)
    titles = titles_by_code()
    found = ways_of(candidate=candidate, goal=form.goal, on=timezone.localdate())
    lines = goal_lines(found.goals, titles)
    return {
        "candidate": candidate,
        "form": form,
        "goal": form.goal,
        "goal_label": dict(goals).get(form.goal, ""),
        "paths": path_lines(found.ways.paths, titles) if found.ways else [],
        "closed": [
            (one.bridge, bridge_title(one.bridge), closed_line(one))
            for one in (found.ways.closed if found.ways else ())
        ],
        "goals": [line for line in lines if not line.is_open_to_all],
        "open_goals": [line for line in lines if line.is_open_to_all],
        "known": known_lines(found.known, titles),
        "asks": urlencode({"metier": form.goal}) if form.goal else "",
    }


def _career_form(request: HttpRequest, candidate: Candidate, goal: str) -> CareerForm:
    today = timezone.localdate()
    found = ways_of(candidate=candidate, goal=goal, on=today)
    career = career_of(candidate)
    told = [one["title"] for one in career.practices] if career else []
    return CareerForm(
        sent_form(request),
        career=career,
        works=list(dict.fromkeys([*found.counted, *told])),
        facts=found.asked,
        titles=titles_by_code(),
        others=list(
            Qualification.objects.filter(profession__isnull=True)
            .order_by("label_fr", "pk")
            .values_list("code", flat=True)
        ),
        bridges={row.code: row for row in bridges_listed_on(today)},
    )


def _told(request: HttpRequest, candidate: Candidate, form: CareerForm) -> bool:
    try:
        tell_career(candidate=candidate, by=request.user, now=timezone.now(), **form.told())
    except ValidationError as refusal:
        show_refusal(refusal, form)
        return False
    messages.success(request, _("Réponses enregistrées : les chemins en tiennent compte."))
    return True


def _page_of(candidate: Candidate, is_own: bool, goal: str) -> str:
    page = reverse("bridges:own") if is_own else reverse("bridges:person", args=[candidate.pk])
    return f"{page}?{urlencode({'metier': goal})}" if goal else page

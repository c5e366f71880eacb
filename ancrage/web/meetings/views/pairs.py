"""A pair: what it is worth and why; imposed, forbidden or set free by hand."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.events import services
from ancrage.events.enums import SideRole
from ancrage.events.models import Event, PairRule, Party
from ancrage.events.queries import named_parties, versions_of
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.meetings.forms.ruling import PairForm, RuleForm
from ancrage.web.meetings.rooms import Version, event_of, rounds_of
from ancrage.web.meetings.words import BARRIERS, PART_HELP, PARTS, reason_of
from ancrage.web.rendering import render_page

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Event, "events.organise")
def pair(
    request: HttpRequest, events: QuerySet[Event], pk: int, host: int, visitor: int
) -> HttpResponse:
    """Explain a pair; keep what the organiser decides of it."""
    event = event_of(events, pk)
    own, other = _party(event, host, SideRole.HOST), _party(event, visitor, SideRole.VISITOR)
    rule = PairRule.objects.filter(host=own, visitor=other).first()
    rounds = rounds_of(event, event.rounds)
    form = RuleForm(sent_form(request), rule=rule, rounds=rounds)
    if form.is_valid():
        try:
            services.rule_pair(
                host=own, visitor=other, by=request.user, now=timezone.now(), **form.decision
            )
        except ValidationError as refusal:
            form.add_error(None if hasattr(refusal, "code") else "round", refusal.messages[0])
        else:
            messages.success(request, _("C’est noté : la prochaine version en tient compte."))
            return redirect("meetings:pair", pk=pk, host=host, visitor=visitor)
    context = _pair_context(event, own, other, form, rule)
    status = 422 if form.errors else 200
    return render_page(request, "meetings/pair.html", context, status=status)


@require_safe
@acts_on(Event, "events.organise")
def rules(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """The pairs decided by hand, and how to reach any pair."""
    event = event_of(events, pk)
    names = named_parties(event)
    form = PairForm(request.GET or None, names=names.values())
    if form.is_valid():
        return redirect("meetings:pair", pk=pk, **form.cleaned_data)
    found = event.rules.order_by("kind", "round", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(rule, names[rule.host_id], names[rule.visitor_id]) for rule in page]
    context = {"event": event, "form": form, "page": page, "rows": rows}
    return render_page(request, "meetings/rules.html", context)


def _party(event: Event, key: int, role: SideRole) -> Party:
    return get_object_or_404(
        event.parties.select_related("side", "event"), pk=key, side__role=role
    )


def _pair_context(
    event: Event, host: Party, visitor: Party, form: RuleForm, rule: PairRule | None
) -> dict[str, Any]:
    names = named_parties(event)
    explained = services.explain_pair(event, host, visitor)
    versions = versions_of(event).defer(None)
    timetable = versions.filter(in_force=True).first() or versions.first()
    context = {
        "event": event,
        "host": names[host.pk],
        "visitor": names[visitor.pk],
        "explained": explained,
        "parts": [(PARTS[one.name], PART_HELP[one.name], one) for one in explained.parts],
        "total_weight": sum(one.weight for one in explained.parts),
        "barrier": BARRIERS.get(explained.barrier, ""),
        "form": form,
        "rule": rule,
        "timetable": timetable,
    }
    if timetable is not None:
        context |= _place_in(Version(event, timetable), host.pk, visitor.pk)
    return context


def _place_in(shown: Version, host: int, visitor: int) -> dict[str, Any]:
    """Say when the two meet in a version, or why they do not."""
    for line in shown.lines_of.get(host, ()):
        if line.visitor.pk == visitor:
            return {"line": line}
    reasons = services.why_unmet(shown.timetable, shown.meetings, [(host, visitor)])
    return {"why": reason_of(reasons[host, visitor], shown.names)}

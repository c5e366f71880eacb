"""The participants of an event: the list, the file, somebody added by hand."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.accounts.policy import may
from ancrage.events import services
from ancrage.events.enums import RegistrationOrigin, RegistrationState
from ancrage.events.models import Event, Participant, Side
from ancrage.events.queries import sides_with_counts
from ancrage.events.queries.people import likenesses_in, participants_of, with_answers
from ancrage.events.services.imports import owner_of
from ancrage.kit.contacts import display_phone
from ancrage.kit.tabular.cells import CellValue
from ancrage.privacy.scopes import viewer_of
from ancrage.web.access import acts_on
from ancrage.web.acting import show_refusal
from ancrage.web.event_questions import in_words
from ancrage.web.events.forms.people import ParticipantForm, PeopleSearchForm
from ancrage.web.events.page import event_among, event_of
from ancrage.web.fields import sent_form
from ancrage.web.personal_files import MOST_LINES, ExportForm, PersonalTable, personal_file
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

PER_PAGE = 50


@require_safe
@never_cache
@acts_on(Participant, "participants.view")
def people(request: HttpRequest, participants: QuerySet[Participant], pk: int) -> HttpResponse:
    """Search the people of one event."""
    event = event_of(request, pk)
    form = PeopleSearchForm(request.GET, event=event)
    paginator = Paginator(participants_of(event, form.criteria), PER_PAGE)
    sides = list(sides_with_counts().filter(event=event))
    context = {
        "event": event,
        "form": form,
        "page": paginator.get_page(request.GET.get("page")),
        "sides": sides,
        "query": request.GET.urlencode(),
        "is_filtered": any(vars(form.criteria).values()),
        "imports": _imports(request, sides),
        "likenesses": len(likenesses_in(event)),
    }
    return render_page(request, "events/people.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@acts_on(Event, "events.organise")
def add(request: HttpRequest, events: QuerySet[Event], pk: int, role: str) -> HttpResponse:
    """Register somebody who telephoned, wrote, or came by."""
    event = event_among(events, pk)
    side = get_object_or_404(event.sides.select_related("event__territory"), role=role)
    form = ParticipantForm(sent_form(request), side=side)
    if form.is_valid():
        try:
            party = services.register(
                side=side,
                people=[form.person()],
                origin=RegistrationOrigin.ORGANISER,
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            added = party.members.order_by("pk")[0]
            messages.success(request, _what_was_given(added))
            return redirect("events:participant", pk=pk, participant=added.pk)
    context = {"event": event, "side": side, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "events/person_add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("participants-export", per="user", rate="20/h", methods=("POST",))
@acts_on(Participant, "participants.export")
def export(request: HttpRequest, participants: QuerySet[Participant], pk: int) -> HttpResponse:
    """Ask why, then hand over what the filters of the address show."""
    event = event_of(request, pk)
    filters = PeopleSearchForm(request.GET, event=event)
    rows = participants_of(event, filters.criteria).filter(subject__limited_at__isnull=True)
    form = ExportForm(sent_form(request))
    if form.is_valid():
        listed = list(with_answers(rows)[:MOST_LINES])
        services.record_participants_export(
            event=event,
            participants=listed,
            viewer=viewer_of(request.user),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        return personal_file(request, _table(event, listed), form)
    context = {
        "event": event,
        "form": form,
        "count": rows.count(),
        "most": MOST_LINES,
        "query": request.GET.urlencode(),
    }
    status = 422 if form.errors else 200
    return render_page(request, "events/export.html", context, status=status)


def _imports(request: HttpRequest, sides: list[Side]) -> list[tuple[str, str]]:
    """Return (name of a side, page that imports its registrations)."""
    if not may(request.user, "participants.import"):
        return []
    page = reverse("imports:create")
    asked = [(side.name, {"pour": f"registrations|{owner_of(side)}"}) for side in sides]
    return [(name, f"{page}?{urlencode(query)}") for name, query in asked]


def _what_was_given(added: Participant) -> str:
    if added.state == RegistrationState.WAITING:
        return _("Inscription enregistrée : les places sont prises, la personne attend la sienne.")
    return _("Inscription enregistrée : la personne a une place.")


def _table(event: Event, listed: list[Participant]) -> PersonalTable:
    questions = {
        question.pk: f"{question.label} ({side.name})"
        for side in event.sides.prefetch_related("questions").order_by("role")
        for question in sorted(side.questions.all(), key=lambda row: (row.position, row.pk))
    }
    columns = [*_columns(), *questions.values()]
    return PersonalTable(
        _("participants"), _("Participants"), columns, _lines(listed, list(questions))
    )


def _columns() -> list[str]:
    return [
        _("Côté"),
        _("Prénom"),
        _("Nom"),
        _("Adresse électronique"),
        _("Téléphone"),
        _("Cabinet, structure ou faculté"),
        _("Métier"),
        _("Groupe"),
        _("Inscription"),
        _("Origine"),
        _("Badge"),
        _("Inscription le"),
        _("Arrivée"),
        _("Remarque"),
    ]


def _lines(listed: list[Any], questions: list[int]) -> Iterator[list[CellValue]]:
    for one in listed:
        told = {answer.question_id: in_words(answer) for answer in one.told}
        yield [
            one.party.side.name,
            one.first_name,
            one.last_name,
            one.email,
            display_phone(one.phone) if one.phone else "",
            one.organisation,
            str(one.profession or ""),
            one.party.name or f"{one.party_id}",
            str(one.get_state_display()),
            str(one.get_origin_display()),
            one.badge,
            one.registered_at,
            _hour(one),
            one.remark,
            *(told.get(question, "") for question in questions),
        ]


def _hour(one: Participant) -> str:
    return f"{timezone.localtime(one.arrived_at):%H:%M}" if one.arrived_at else ""

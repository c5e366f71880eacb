"""One participant: the sheet, changed, given a place, cancelled, grouped."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import may_on
from ancrage.events import services
from ancrage.events.enums import EventState, RegistrationState
from ancrage.events.models import Participant
from ancrage.privacy.scopes import viewer_of
from ancrage.web.access import acts_on
from ancrage.web.acting import show_refusal
from ancrage.web.event_questions import in_words
from ancrage.web.events.editor import Editor
from ancrage.web.events.forms.people import JoinForm, ParticipantForm, PartyForm
from ancrage.web.events.freed import tell_freed
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page

_READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_safe
@never_cache
@acts_on(Participant, "participants.view")
def sheet(
    request: HttpRequest, participants: QuerySet[Participant], pk: int, participant: int
) -> HttpResponse:
    """All that an organiser knows of somebody who comes. The reading is noted."""
    row = _among(participants, pk, participant)
    return _sheet(request, row)


@require_http_methods(_READ_AND_WRITE)
@never_cache
@acts_on(Participant, "participants.keep")
def edit(
    request: HttpRequest, participants: QuerySet[Participant], pk: int, participant: int
) -> HttpResponse:
    """Change what is known of somebody; a colleague's change meanwhile is shown."""
    row = _among(participants, pk, participant)
    if not row.subject.is_shown:
        raise Http404
    editor = Editor(sent_form(request), row=row, build=_forms)
    if editor.is_ready():
        try:
            services.edit_participant(
                participant=row,
                revision=editor.revision,
                facts=editor.forms[0].facts(),
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            editor.refuse(refusal)
        else:
            messages.success(request, _("Modifications enregistrées."))
            return redirect("events:participant", pk=pk, participant=participant)
    _note_reading(request, row)
    shown = {"event": row.event, "participant": row, "editor": editor, "form": editor.forms[0]}
    return render_page(request, "events/person_edit.html", shown, status=editor.status)


@require_http_methods(_READ_AND_WRITE)
@acts_on(Participant, "participants.keep")
def cancel(
    request: HttpRequest, participants: QuerySet[Participant], pk: int, participant: int
) -> HttpResponse:
    """Ask, then free the place of somebody who will not come."""
    row = _among(participants, pk, participant)
    if request.method == "POST":
        done = _("Désistement noté.")
        return _act(request, row, services.cancel, done, given=True)
    name = _name_of(row)
    context = {
        "event": row.event,
        "participant": row,
        "name": name,
        "title": _("Noter le désistement de %(name)s ?") % {"name": name},
        "consequences": [
            _("sa place va à la personne qui attend depuis le plus longtemps ;"),
            _("ses rencontres de la grille publiée sont à recalculer ;"),
            _("vous pourrez remettre la personne en liste d’attente."),
        ],
        "note": "",
        "action": request.path,
        "confirm_label": _("Noter le désistement"),
        "cancel_href": _sheet_of(row),
    }
    return render_page(request, "events/person_cancel.html", context)


@require_POST
@acts_on(Participant, "participants.keep")
def place(
    request: HttpRequest, participants: QuerySet[Participant], pk: int, participant: int
) -> HttpResponse:
    """Give somebody who waits a place, out of turn."""
    row = _among(participants, pk, participant)
    return _act(request, row, services.give_place, _("La personne a une place."))


@require_POST
@acts_on(Participant, "participants.keep")
def reinstate(
    request: HttpRequest, participants: QuerySet[Participant], pk: int, participant: int
) -> HttpResponse:
    """Take a cancellation back."""
    row = _among(participants, pk, participant)
    if row.subject.anonymised_at is not None:
        raise Http404
    done = _("La personne est de nouveau inscrite, à la fin de la liste d’attente.")
    return _act(request, row, services.reinstate, done)


@require_POST
@acts_on(Participant, "participants.keep")
def party(
    request: HttpRequest, participants: QuerySet[Participant], pk: int, participant: int
) -> HttpResponse:
    """Change what is said of the group of somebody."""
    row = _among(participants, pk, participant)
    form = PartyForm(request.POST, party=row.party)
    if form.is_valid():
        try:
            services.edit_party(
                party=row.party, by=request.user, now=timezone.now(), **form.facts()
            )
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            messages.success(request, _("Groupe enregistré."))
            return redirect("events:participant", pk=pk, participant=participant)
    return _sheet(request, row, party_form=form)


@require_POST
@acts_on(Participant, "participants.keep")
def join(
    request: HttpRequest, participants: QuerySet[Participant], pk: int, participant: int
) -> HttpResponse:
    """Bring another group into that of somebody."""
    row = _among(participants, pk, participant)
    form = JoinForm(request.POST, party=row.party)
    if form.is_valid():
        try:
            freed = services.join_parties(
                kept=row.party, by=request.user, now=timezone.now(), **form.facts()
            )
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            messages.success(request, _("Les deux groupes n’en font plus qu’un."))
            tell_freed(request, freed)
            return redirect("events:participant", pk=pk, participant=participant)
    return _sheet(request, row, join_form=form)


@require_POST
@acts_on(Participant, "participants.keep")
def leave(
    request: HttpRequest, participants: QuerySet[Participant], pk: int, participant: int
) -> HttpResponse:
    """Make somebody a group of their own."""
    row = _among(participants, pk, participant)
    return _act(request, row, services.leave_party, _("La personne est maintenant seule."))


def _forms(data: Any, row: Participant) -> list[ParticipantForm]:
    return [ParticipantForm(data, side=row.party.side, participant=row)]


def _among(participants: QuerySet[Participant], pk: int, participant: int) -> Participant:
    rows = participants.select_related(
        "event__territory",
        "event__commune",
        "party__side__event__territory",
        "party__event",
        "party__table",
        "party__need",
        "subject",
        "profession",
        "partner",
        "candidate",
    )
    return get_object_or_404(rows, event=pk, pk=participant)


def _sheet(
    request: HttpRequest,
    row: Participant,
    *,
    party_form: PartyForm | None = None,
    join_form: JoinForm | None = None,
) -> HttpResponse:
    # Of somebody whose data are limited or erased, only the registration remains.
    is_shown = row.subject.is_shown
    if is_shown:
        _note_reading(request, row)
    answers = row.answers.select_related("question").order_by("question__position", "pk")
    wrong = party_form or join_form
    context: dict[str, Any] = {
        "event": row.event,
        "participant": row,
        "is_shown": is_shown,
        "name": _name_of(row),
        "form": wrong,
        "answers": [(answer.question.label, in_words(answer)) for answer in answers if is_shown],
        "members": [(one, _name_of(one)) for one in _others(row)],
        "party_form": party_form or PartyForm(None, party=row.party),
        "join_form": join_form or JoinForm(None, party=row.party),
        "may_keep": may_on(request.user, "participants.keep", row),
        "is_settled": row.event.state in {EventState.OVER, EventState.CANCELLED},
        "is_awaited": row.event.state != EventState.RUNNING and row.arrived_at is None,
        "is_waiting": row.state == RegistrationState.WAITING,
        "is_cancelled": row.state == RegistrationState.CANCELLED,
    }
    return render_page(
        request, "events/person.html", context, status=422 if wrong is not None else 200
    )


def _others(row: Participant) -> QuerySet[Participant]:
    others = row.party.members.exclude(pk=row.pk).select_related("subject")
    return others.order_by("registered_at", "pk")


def _name_of(row: Participant) -> str:
    """The name, or the badge of somebody whose data are limited or erased."""
    return (row.full_name if row.subject.is_shown else "") or row.badge


def _note_reading(request: HttpRequest, row: Participant) -> None:
    services.note_participant_reading(
        participant=row, viewer=viewer_of(request.user), now=timezone.now()
    )


def _act(
    request: HttpRequest,
    row: Participant,
    act: Callable[..., Any],
    done: str,
    *,
    given: bool = False,
) -> HttpResponse:
    """Do one act on somebody, say what came of it, and go back to the sheet."""
    try:
        result = act(participant=row, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, done)
        if given and result:
            names = ", ".join(_name_of(one) for one in result)
            messages.info(request, _("La place va à : %(names)s.") % {"names": names})
    return redirect(_sheet_of(row))


def _sheet_of(row: Participant) -> str:
    return reverse("events:participant", args=[row.event_id, row.pk])

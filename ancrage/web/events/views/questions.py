"""What each side is asked at registration: read, added, changed, ordered, taken away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.events import services
from ancrage.events.models import Event, Question, Side
from ancrage.events.queries import sides_with_counts
from ancrage.web.access import acts_on
from ancrage.web.conflicts import revision_sent
from ancrage.web.events.editor import Editor
from ancrage.web.events.forms.questions import QuestionForm
from ancrage.web.events.page import editor_page, event_among
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page

_READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_safe
@acts_on(Event, "events.organise")
def registration(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """The two sides and their questions, as they are."""
    event = event_among(events, pk)
    asked = Question.objects.annotate(answered=Count("answers")).order_by("position", "pk")
    sides = sides_with_counts().filter(event=event)
    context = {
        "event": event,
        "sides": list(sides.prefetch_related(Prefetch("questions", asked, to_attr="asked"))),
    }
    return render_page(request, "events/registration.html", context)


@require_http_methods(_READ_AND_WRITE)
@acts_on(Event, "events.organise")
def question_add(
    request: HttpRequest, events: QuerySet[Event], pk: int, role: str
) -> HttpResponse:
    """One more question, at the end."""
    event = event_among(events, pk)
    side = get_object_or_404(event.sides, role=role)
    editor = _editor(request, event, side, None)
    if editor.is_ready():
        try:
            services.add_question(
                side=side,
                revision=editor.revision,
                by=request.user,
                now=timezone.now(),
                **editor.forms[0].facts(),
            )
        except ValidationError as refusal:
            editor.refuse(refusal)
        else:
            messages.success(request, _("Question ajoutée."))
            return redirect(f"{reverse('events:registration', args=[pk])}#{role}")
    return editor_page(request, "events/question.html", editor, {"side": side, "answered": 0})


@require_http_methods(_READ_AND_WRITE)
@acts_on(Event, "events.organise")
def question_edit(
    request: HttpRequest, events: QuerySet[Event], pk: int, question: int
) -> HttpResponse:
    """Change a question; what people answered is kept."""
    event = event_among(events, pk)
    row = _question_of(event, question)
    editor = _editor(request, event, row.side, row)
    if editor.is_ready():
        try:
            services.edit_question(
                question=row,
                revision=editor.revision,
                by=request.user,
                now=timezone.now(),
                **editor.forms[0].facts(),
            )
        except ValidationError as refusal:
            editor.refuse(refusal)
        else:
            messages.success(request, _("Question modifiée."))
            return redirect(f"{reverse('events:registration', args=[pk])}#{row.side.role}")
    context = {"side": row.side, "question": row, "answered": row.answers.count()}
    return editor_page(request, "events/question.html", editor, context)


@require_POST
@acts_on(Event, "events.organise")
def question_move(
    request: HttpRequest, events: QuerySet[Event], pk: int, question: int
) -> HttpResponse:
    """Move a question one place up or down."""
    event = event_among(events, pk)
    row = _question_of(event, question)
    try:
        services.move_question(
            question=row,
            up=request.POST.get("sens") == "haut",
            # A button of the page just read: the order shown is the order meant.
            revision=event.revision,
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect(f"{reverse('events:registration', args=[pk])}#question-{question}")


@require_http_methods(_READ_AND_WRITE)
@acts_on(Event, "events.organise")
def question_delete(
    request: HttpRequest, events: QuerySet[Event], pk: int, question: int
) -> HttpResponse:
    """Ask, saying how many answers would go, then take the question away."""
    event = event_among(events, pk)
    row = _question_of(event, question)
    if request.method != "POST":
        return _ask_to_delete(request, event, row)
    sent = request.POST.get("reponses", "")
    try:
        services.delete_question(
            question=row,
            answers=int(sent[:9]) if sent.isdecimal() else 0,
            revision=revision_sent(request.POST, event.revision),
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(request.path)
    messages.success(request, _("Question supprimée."))
    return redirect(f"{reverse('events:registration', args=[pk])}#{row.side.role}")


def _ask_to_delete(request: HttpRequest, event: Event, row: Question) -> HttpResponse:
    answers = row.answers.count()
    context = {
        "event": event,
        "title": _("Supprimer cette question ?"),
        "answers": answers,
        "note": row.label,
        "action": request.path,
        "confirm_label": _("Supprimer"),
        "cancel_href": reverse("events:registration", args=[event.pk]),
        "consequences": _what_deleting_does(answers),
    }
    return render_page(request, "events/question_delete.html", context)


def _editor(request: HttpRequest, event: Event, side: Side, question: Question | None) -> Editor:
    def build(data: Any, current: Event) -> list[QuestionForm]:
        row = question
        if data is None and question is not None:
            row = Question.objects.get(pk=question.pk)
        return [QuestionForm(data, side=side, question=row)]

    return Editor(sent_form(request), row=event, build=build)


def _question_of(event: Event, key: int) -> Question:
    rows = Question.objects.filter(side__event=event).select_related("side__event")
    return get_object_or_404(rows, pk=key)


def _what_deleting_does(answers: int) -> list[str]:
    if not answers:
        return [_("elle n’est plus posée ; personne n’y avait répondu.")]
    lost = ngettext(
        "%(count)d réponse déjà donnée est effacée, sans retour possible ;",
        "%(count)d réponses déjà données sont effacées, sans retour possible ;",
        answers,
    )
    return [lost % {"count": answers}, _("elle n’est plus posée.")]

"""What a participant reads and says after the evening, behind their personal link."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ancrage.events.enums import PLACED_STATES, ContactOutcome
from ancrage.events.models import Feedback, Participant
from ancrage.events.queries import contacts_of
from ancrage.events.services import (
    feedback_is_open,
    give_feedback,
    marks_are_open,
    say_outcome,
)
from ancrage.web.outcomes.forms import FeedbackForm, OutcomeForm
from ancrage.web.personal_links import by_personal_link
from ancrage.web.rendering import render_page


@require_safe
@by_personal_link
def own(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """One's contacts, what is asked of each, one's opinion of the evening."""
    return _page(request, participant, token)


@require_POST
@by_personal_link
def answer(request: HttpRequest, participant: Participant, token: str, pk: int) -> HttpResponse:
    """Keep where one contact stands."""
    form = OutcomeForm(request.POST, auto_id=_ids(pk))
    if not form.is_valid():
        return _page(request, participant, token, failed={pk: form})
    try:
        say_outcome(
            participant=participant,
            follow_up=pk,
            outcome=ContactOutcome(form.cleaned_data["outcome"]),
            comment=form.cleaned_data["comment"],
            now=timezone.now(),
        )
    except ValidationError as refusal:
        return _page(request, participant, token, mistake=" ".join(refusal.messages))
    return _back(request, token, _("Merci, c’est noté."))


@require_POST
@by_personal_link
def feedback(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """Keep what the participant thought of the evening."""
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _page(request, participant, token, feedback_form=form)
    try:
        give_feedback(participant=participant, now=timezone.now(), **form.cleaned_data)
    except ValidationError as refusal:
        return _page(request, participant, token, mistake=" ".join(refusal.messages))
    return _back(request, token, _("Merci de votre avis."))


def _back(request: HttpRequest, token: str, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("outcomes:own", kwargs={"token": token}))


def _page(
    request: HttpRequest,
    participant: Participant,
    token: str,
    *,
    failed: dict[int, OutcomeForm] | None = None,
    feedback_form: FeedbackForm | None = None,
    mistake: str = "",
) -> HttpResponse:
    now = timezone.now()
    is_in = participant.state in PLACED_STATES
    contacts = contacts_of(participant, on=timezone.localdate(now)) if is_in else []
    given = Feedback.objects.filter(participant=participant).first()
    context: dict[str, Any] = {
        "event": participant.event,
        "token": token,
        "contacts": [
            (one, _form(one.asked.pk, failed or {}) if one.asked else None) for one in contacts
        ],
        "awaits": marks_are_open(event=participant.event, now=now),
        "may_rate": feedback_is_open(participant=participant, now=now),
        "given": given,
        "feedback_form": feedback_form
        or FeedbackForm(
            initial={"rating": given.rating, "comment": given.comment} if given else None
        ),
        "form": feedback_form or next(iter((failed or {}).values()), None),
        "mistake": mistake,
    }
    status = 422 if failed or feedback_form or mistake else 200
    return render_page(request, "outcomes/own.html", context, status=status)


def _form(pk: int, failed: dict[int, OutcomeForm]) -> OutcomeForm:
    return failed.get(pk) or OutcomeForm(auto_id=_ids(pk))


def _ids(pk: int) -> str:
    return f"suite-{pk}-%s"

"""What a participant's own link opens: where they stand, and what they may change.

Mail programs and their scanners open links: a GET shows, only a POST acts.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.events import services
from ancrage.events.enums import PUBLIC_STATES, RegistrationState
from ancrage.events.models import Participant
from ancrage.events.queries import rank_of
from ancrage.privacy.notices import current_notice
from ancrage.web.acting import confirm_page
from ancrage.web.event_questions import in_words
from ancrage.web.fields import sent_form
from ancrage.web.personal_links import by_personal_link, personal_steps
from ancrage.web.registrations.forms.entry import SHARING
from ancrage.web.registrations.forms.own import OwnAnswersForm
from ancrage.web.registrations.views.listing import as_file
from ancrage.web.rendering import render_page

# « We do not come » frees the places of the whole group.
_ANSWERS = ("oui", "non", "non-tous")


@require_safe
@by_personal_link
def personal(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """Where the registration stands, what was answered, and what may be done now."""
    now, event = timezone.now(), participant.event
    answers = participant.answers.select_related("question").order_by("question__position", "pk")
    waits = participant.state == RegistrationState.WAITING
    members = participant.party.members.filter(cancelled_at__isnull=True)
    context = {
        "participant": participant,
        "event": event,
        "token": token,
        "rank": rank_of(participant) if waits else 0,
        "answers": [(answer.question, in_words(answer)) for answer in answers],
        "others": members.exclude(pk=participant.pk).count(),
        "steps": personal_steps(participant, token, now=now),
        "notice": current_notice(SHARING),
        "may_withdraw": services.may_withdraw(event=event, now=now),
        "may_share": participant.cancelled_at is None and now < event.starts_at,
        "is_announced": event.state in PUBLIC_STATES,
        "is_open": services.registration_is_open(event=event, now=now),
    }
    return render_page(request, "registrations/personal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link
def answers(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """Change what was answered, as long as registrations are open."""
    is_open = services.registration_is_open(event=participant.event, now=timezone.now())
    if request.method != "POST" and not is_open:
        messages.info(request, _("Les inscriptions sont closes : vos réponses ne changent plus."))
        return redirect("registrations:personal", token)
    form = OwnAnswersForm(sent_form(request), participant=participant)
    if form.is_valid() and not form.waits_for_a_second_look:
        try:
            services.change_answers(
                participant=participant, facts=form.facts(), by=None, now=timezone.now()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Vos réponses sont enregistrées."))
            return redirect("registrations:personal", token)
    context = {"form": form, "event": participant.event, "token": token}
    status = 422 if form.is_bound else 200
    return render_page(request, "registrations/answers.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link
def presence(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """« Je viens », « je ne viens plus »: a page of buttons, where the reminders lead."""
    now, refusal = timezone.now(), ""
    answer = request.POST.get("reponse", "")
    if answer in _ANSWERS:
        try:
            _answer(request, participant, answer)
        except ValidationError as error:
            refusal = error.messages[0]
        else:
            return redirect("registrations:personal", token)
    members = participant.party.members.filter(cancelled_at__isnull=True)
    context = {
        "participant": participant,
        "event": participant.event,
        "token": token,
        "refusal": refusal,
        # The button that a mail spoke of; opening its link answers nothing.
        "leaning": request.GET.get("reponse", ""),
        "others": members.exclude(pk=participant.pk).count(),
        "may_withdraw": services.may_withdraw(event=participant.event, now=now),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "registrations/presence.html", context, status=status)


@require_POST
@by_personal_link
def sharing(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """Let the other side read one's name on one's sheet, or no longer."""
    now = timezone.now()
    try:
        if request.POST.get("accord") == "oui":
            notice = current_notice(SHARING)
            services.share_sheet(participant=participant, notice=notice, by=None, now=now)
            messages.success(request, _("Votre fiche est montrée avec votre nom."))
        else:
            services.stop_sharing(participant=participant, by=None, now=now)
            messages.success(request, _("Votre fiche est montrée sans votre nom."))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("registrations:personal", token)


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link
def renew(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """Close a link that others may hold, and send another."""
    if request.method == "POST":
        try:
            services.renew_link(participant=participant, now=timezone.now())
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect("registrations:personal", token)
        return redirect("registrations:link_sent", participant.event.slug)
    return confirm_page(
        request,
        title=_("Recevoir un autre lien ?"),
        consequences=[
            _("Le lien de cette page, et ceux des courriels reçus, n’ouvriront plus rien."),
            _("Un autre lien part à l’adresse de votre inscription."),
        ],
        note=_("Un badge déjà imprimé n’est plus lu à l’accueil : donnez votre nom."),
        button=_("Recevoir un autre lien"),
        back=reverse("registrations:personal", args=[token]),
    )


@require_safe
@by_personal_link
def own_calendar(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """The event in one's calendar, by the file that the mails bring too."""
    now = timezone.now()
    return as_file(services.calendar_of(event=participant.event, participant=participant, now=now))


def _answer(request: HttpRequest, participant: Participant, answer: str) -> None:
    now = timezone.now()
    if answer == "oui":
        services.confirm_presence(participant=participant, by=None, now=now)
        messages.success(request, _("Merci ! Nous vous attendons."))
        return
    everybody = answer == "non-tous"
    services.withdraw(participant=participant, everybody=everybody, by=None, now=now)
    messages.success(request, _("C’est noté : vous ne venez plus. Merci de l’avoir dit."))

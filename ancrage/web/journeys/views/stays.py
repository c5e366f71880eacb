"""Posts taken and left, and what both sides say of them."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.journeys import services
from ancrage.journeys.models import FollowUp, Journey, Stay
from ancrage.web.access import acts_on
from ancrage.web.acting import who
from ancrage.web.fields import sent_form
from ancrage.web.journeys.acting import form_page, press
from ancrage.web.journeys.forms.stays import AnswerForm, EndForm, StayForm

_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM)
@acts_on(Journey, "journeys.keep")
def stay_open(request: HttpRequest, journeys: QuerySet[Journey], pk: int) -> HttpResponse:
    """Note that the person takes a post."""
    journey = get_object_or_404(journeys.select_related("candidate__subject", "territory"), pk=pk)
    form = StayForm(sent_form(request), territory=journey.territory)
    return form_page(
        request,
        journey,
        form,
        lambda facts: services.open_stay(journey=journey, post=form.hired, **who(request)),
        title=_("Prise de poste"),
        button=_("Enregistrer"),
        done=_("Prise de poste notée : des nouvelles seront demandées à 1, 3, 6 et 12 mois."),
    )


@require_http_methods(_FORM)
@acts_on(Stay, "journeys.keep_parts")
def stay_end(request: HttpRequest, stays: QuerySet[Stay], pk: int) -> HttpResponse:
    """Note a departure, and why."""
    stay = _stay(stays, pk)
    return form_page(
        request,
        stay.journey,
        EndForm(sent_form(request)),
        lambda facts: services.end_stay(stay=stay, **who(request), **facts),
        title=_("Départ du poste"),
        button=_("Noter le départ"),
        done=_("Départ noté."),
        lead=str(stay.partner or ""),
    )


@require_POST
@acts_on(Stay, "journeys.keep_parts")
def stay_confirm(request: HttpRequest, stays: QuerySet[Stay], pk: int) -> HttpResponse:
    """Note that the person still is there today."""
    stay = _stay(stays, pk)
    today = timezone.localdate()
    return press(
        request,
        stay.journey,
        lambda: services.confirm_stay(stay=stay, on=today, **who(request)),
        _("Présence confirmée à ce jour."),
    )


@require_POST
@acts_on(Stay, "journeys.keep_parts")
def stay_remove(request: HttpRequest, stays: QuerySet[Stay], pk: int) -> HttpResponse:
    """Take back a post noted by mistake."""
    stay = _stay(stays, pk)
    act = services.remove_stay
    return press(
        request,
        stay.journey,
        lambda: act(stay=stay, **who(request)),
        _("Prise de poste retirée."),
    )


@require_http_methods(_FORM)
@acts_on(FollowUp, "follow_ups.keep")
def follow_up_answer(
    request: HttpRequest, follow_ups: QuerySet[FollowUp], pk: int
) -> HttpResponse:
    """Note what one side said by telephone."""
    found = _follow_up(follow_ups, pk)
    form = AnswerForm(sent_form(request), side=found.side)
    return form_page(
        request,
        found.stay.journey,
        form,
        lambda facts: services.answer_follow_up(
            follow_up=found, answer=form.answer, **who(request)
        ),
        title=_("Noter une réponse"),
        button=_("Noter la réponse"),
        done=_("Réponse notée."),
        lead=_("Point à %(months)d mois – %(side)s")
        % {"months": found.months, "side": found.get_side_display()},
    )


@require_POST
@acts_on(FollowUp, "follow_ups.keep")
def called_back(request: HttpRequest, follow_ups: QuerySet[FollowUp], pk: int) -> HttpResponse:
    """Note that whoever asked to be called was."""
    found = _follow_up(follow_ups, pk)
    act = services.mark_called_back
    return press(
        request,
        found.stay.journey,
        lambda: act(follow_up=found, **who(request)),
        _("Rappel noté."),
    )


def _stay(stays: QuerySet[Stay], pk: int) -> Stay:
    return get_object_or_404(stays.select_related("journey__candidate__subject", "partner"), pk=pk)


def _follow_up(follow_ups: QuerySet[FollowUp], pk: int) -> FollowUp:
    return get_object_or_404(
        follow_ups.select_related("stay__journey__candidate__subject", "stay__partner"), pk=pk
    )

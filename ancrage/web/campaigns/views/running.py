"""The coordination prepares, opens, follows and closes a campaign."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.needs import services
from ancrage.needs.enums import AnswerStatus
from ancrage.needs.models import Campaign
from ancrage.needs.queries import (
    AnswerRate,
    answer_rate,
    answers_by_state,
    answers_to_remind,
    reach_of,
    structures_out_of_reach,
)
from ancrage.territory.permissions import coordinated_by
from ancrage.web.access import acts_on, allowed, reader
from ancrage.web.campaigns.forms import CampaignForm, facts_shown
from ancrage.web.campaigns.words import structures_text
from ancrage.web.conflicts import revision_sent
from ancrage.web.rendering import render_page
from ancrage.web.scope import territory_of

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("campaigns.run")
def create(request: HttpRequest) -> HttpResponse:
    """Prepare a campaign; nobody is asked anything yet."""
    territory = territory_of(request)
    if territory is None or not coordinated_by(request.user).filter(pk=territory.pk).exists():
        raise Http404
    form = CampaignForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            campaign = services.create_campaign(
                territory=territory, **form.facts, by=request.user, now=timezone.now()
            )
        except services.CampaignNameTaken as error:
            form.add_error("name", error)
        else:
            return redirect("campaigns:detail", pk=campaign.pk)
    context = {"form": form, "territory": territory, "campaign": None, "revision": ""}
    return render_page(request, "campaigns/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Campaign, "campaigns.run")
def edit(request: HttpRequest, campaigns: QuerySet[Campaign], pk: int) -> HttpResponse:
    """Change a campaign in preparation; what was typed survives a colleague's change."""
    campaign = get_object_or_404(campaigns, pk=pk)
    if campaign.status != "draft":
        return redirect("campaigns:detail", pk=pk)
    form = CampaignForm(
        request.POST or None, today=timezone.localdate(), initial=facts_shown(campaign)
    )
    revision = revision_sent(request.POST, campaign.revision)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_campaign(
                campaign=campaign,
                revision=revision,
                **form.facts,
                by=request.user,
                now=timezone.now(),
            )
        except services.CampaignNameTaken as error:
            form.add_error("name", error)
        except ValidationError as error:
            form.add_error(None, error)
            revision = Campaign.objects.get(pk=pk).revision
        else:
            return redirect("campaigns:detail", pk=pk)
    context = {"form": form, "campaign": campaign, "revision": revision}
    return render_page(request, "campaigns/edit.html", context, status=422 if form.errors else 200)


@require_safe
@acts_on(Campaign, "campaigns.run")
def detail(request: HttpRequest, campaigns: QuerySet[Campaign], pk: int) -> HttpResponse:
    """Where a campaign stands: what it asks, or who has answered."""
    campaign = get_object_or_404(campaigns.select_related("territory"), pk=pk)
    undo = request.session.pop("campaigns.undo", None)
    context: dict[str, Any] = {"campaign": campaign, "undo": undo == pk}
    if campaign.status == "draft":
        context["professions"] = campaign.professions.order_by("rank", "pk")
        context["questions"] = campaign.questions.order_by("position")
        return render_page(request, "campaigns/draft.html", context)
    answers = answers_by_state(campaign)
    status = request.GET.get("etat", "")
    if status in AnswerStatus.values:
        answers = answers.filter(status=status)
    rate = answer_rate(campaign)
    context |= {
        "rate": rate,
        "tabs": _tabs(rate, status),
        "today": timezone.localdate(),
        "page": Paginator(answers, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render_page(request, "campaigns/detail.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Campaign, "campaigns.run")
def open_(request: HttpRequest, campaigns: QuerySet[Campaign], pk: int) -> HttpResponse:
    """Ask first, then write to every structure."""
    campaign = get_object_or_404(campaigns.select_related("territory"), pk=pk)
    if request.method == "POST":
        return _act(
            request,
            pk,
            lambda: services.open_campaign(
                campaign=campaign, by=reader(request), now=timezone.now()
            ),
            _("La campagne est ouverte : les structures reçoivent un courriel."),
        )
    reach = reach_of(campaign.territory)
    context = {"campaign": campaign, "reach": reach, "asked": structures_text(reach.structures)}
    return render_page(request, "campaigns/open.html", context)


@require_POST
@acts_on(Campaign, "campaigns.run")
def remind(request: HttpRequest, campaigns: QuerySet[Campaign], pk: int) -> HttpResponse:
    """Remind those that have not answered, and say how many were."""
    campaign = get_object_or_404(campaigns, pk=pk)
    try:
        count = services.remind_late(campaign=campaign, by=request.user, now=timezone.now())
    except services.CampaignNotOpen as error:
        messages.error(request, error.messages[0])
        return redirect("campaigns:detail", pk=pk)
    _tell_reminded(request, campaign, count)
    return redirect("campaigns:detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Campaign, "campaigns.run")
def close(request: HttpRequest, campaigns: QuerySet[Campaign], pk: int) -> HttpResponse:
    """Ask first, then take no more answers; the next page offers to reopen."""
    campaign = get_object_or_404(campaigns, pk=pk)
    if request.method == "POST":
        request.session["campaigns.undo"] = pk
        return _act(
            request,
            pk,
            lambda: services.close_campaign(
                campaign=campaign, by=reader(request), now=timezone.now()
            ),
        )
    return _confirm(
        request,
        campaign,
        title=_("Clore la campagne ?"),
        consequences=_what_closing_does(campaign),
        confirm_label=_("Clore la campagne"),
    )


@require_POST
@acts_on(Campaign, "campaigns.run")
def reopen(request: HttpRequest, campaigns: QuerySet[Campaign], pk: int) -> HttpResponse:
    """Take answers again."""
    campaign = get_object_or_404(campaigns, pk=pk)
    return _act(
        request,
        pk,
        lambda: services.reopen_campaign(
            campaign=campaign, by=reader(request), now=timezone.now()
        ),
        _("La campagne est rouverte : les structures peuvent répondre de nouveau."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Campaign, "campaigns.run")
def delete(request: HttpRequest, campaigns: QuerySet[Campaign], pk: int) -> HttpResponse:
    """Ask first, then forget a campaign that was never opened."""
    campaign = get_object_or_404(campaigns, pk=pk)
    if request.method == "POST":
        try:
            services.delete_draft_campaign(campaign=campaign, by=request.user, now=timezone.now())
        except services.CampaignNotDraft as error:
            messages.error(request, error.messages[0])
            return redirect("campaigns:detail", pk=pk)
        messages.success(request, _("La campagne en préparation est supprimée."))
        return redirect("campaigns:list")
    return _confirm(
        request,
        campaign,
        title=_("Supprimer cette campagne en préparation ?"),
        consequences=[_("ses métiers, ses questions et son message sont perdus.")],
        confirm_label=_("Supprimer"),
    )


def _tabs(rate: AnswerRate, current: str) -> list[tuple[Any, str, int, bool]]:
    """Label, address, count, whether it is shown: one tab a state of the answers."""
    waiting = rate.waiting - rate.started
    counts = {
        AnswerStatus.WAITING: waiting,
        AnswerStatus.STARTED: rate.started,
        AnswerStatus.SUBMITTED: rate.submitted,
    }
    every = (_("Toutes"), "?", rate.asked, current not in AnswerStatus.values)
    return [every, *((row.label, f"?etat={row}", n, current == row) for row, n in counts.items())]


def _tell_reminded(request: HttpRequest, campaign: Campaign, count: int) -> None:
    """Say how many were reminded, and who can be by nobody but the coordination."""
    out_of_reach = [str(partner) for partner in structures_out_of_reach(campaign)]
    if count:
        text = ngettext(
            "%(count)d structure relancée par courriel.",
            "%(count)d structures relancées par courriel.",
            count,
        )
        messages.success(request, text % {"count": count})
    elif answers_to_remind(campaign).exists():
        text = _("Personne n’a été relancé : toutes l’ont été il y a moins de %(days)d jours.")
        messages.info(request, text % {"days": services.DAYS_BETWEEN_REMINDERS})
    elif not out_of_reach:
        messages.info(request, _("Il n’y a personne à relancer."))
    if out_of_reach:
        text = ngettext(
            "Sans membre ni boîte de service : %(names)s. Complétez sa fiche, ou répondez pour "
            "elle.",
            "Sans membre ni boîte de service : %(names)s. Complétez leurs fiches, ou répondez "
            "pour elles.",
            len(out_of_reach),
        )
        messages.warning(request, text % {"names": ", ".join(out_of_reach)})


def _what_closing_does(campaign: Campaign) -> list[str]:
    rate = answer_rate(campaign)
    waiting = ngettext(
        "%(count)d structure qui n’a pas envoyé sa réponse ne pourra plus le faire ;",
        "%(count)d structures qui n’ont pas envoyé leur réponse ne pourront plus le faire ;",
        rate.waiting,
    )
    return [
        *([waiting % {"count": rate.waiting}] if rate.waiting else []),
        _("les résultats deviennent la référence du territoire ;"),
        _("vous pourrez la rouvrir."),
    ]


def _act(request: HttpRequest, pk: int, act: Any, done: str = "") -> HttpResponse:
    """Do one act of a campaign's life, and say on its page what came of it."""
    try:
        act()
    except ValidationError as error:
        request.session.pop("campaigns.undo", None)
        messages.error(request, error.messages[0])
    else:
        if done:
            messages.success(request, done)
    return redirect("campaigns:detail", pk=pk)


def _confirm(request: HttpRequest, campaign: Campaign, **words: Any) -> HttpResponse:
    context = {
        "campaign": campaign,
        "note": "",
        "action": request.path,
        "cancel_href": reverse("campaigns:detail", args=[campaign.pk]),
        **words,
    }
    return render(request, "campaigns/confirm.html", context)

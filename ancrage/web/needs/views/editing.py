"""Writing a need: the essentials in a minute, the rest when there is time."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.needs import services
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.partners.models import Partner
from ancrage.web.access import acts_on
from ancrage.web.acting import show_refusal
from ancrage.web.fields import sent_form
from ancrage.web.life.buttons import offer_undo
from ancrage.web.life.writing import choose_partner, chosen_partner, delete_page
from ancrage.web.needs.forms.editing import FIELD_OF, EssentialsForm
from ancrage.web.needs.forms.editor import Editor
from ancrage.web.needs.views.sheet import ALL
from ancrage.web.rendering import render_page
from ancrage.web.undo import undo_offered

_READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(_READ_AND_WRITE)
@acts_on(Partner, "partners.recruit_for")
def create(request: HttpRequest, partners: QuerySet[Partner]) -> HttpResponse:
    """The short form, for the structure named in the address or the only one there is."""
    partner = chosen_partner(request, partners)
    if partner is None:
        return choose_partner(request, "needs", partners)
    form = EssentialsForm(sent_form(request), partner=partner, initial=_usual(partner))
    if form.is_valid():
        try:
            need = services.create_need(
                partner=partner,
                by=request.user,
                now=timezone.now(),
                publish=_asks_to_publish(request),
                contact_email=partner.contact_email,
                contact_phone=partner.contact_phone,
                **form.facts(),
            )
        except ValidationError as refusal:
            show_refusal(refusal, form, field_of=FIELD_OF)
        else:
            return _created(request, need)
    context = {"form": form, "partner": partner, "is_alone": partners.count() == 1}
    return render_page(request, "needs/create.html", context, status=422 if form.errors else 200)


@require_http_methods(_READ_AND_WRITE)
@acts_on(Need, "needs.edit")
def complete(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """What makes a good announcement, just after the essentials."""
    return _edit(request, needs, pk, whole=False)


@require_http_methods(_READ_AND_WRITE)
@acts_on(Need, "needs.edit")
def edit(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """The whole need."""
    return _edit(request, needs, pk, whole=True)


@require_POST
@acts_on(Need, "needs.edit")
def duplicate(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """A draft that says the same, opened to be changed."""
    need = get_object_or_404(needs.select_related(*ALL), pk=pk)
    copy = services.duplicate_need(need=need, by=request.user, now=timezone.now())
    messages.success(request, _("Copie enregistrée comme brouillon : changez ce qui diffère."))
    return redirect("needs:edit", pk=copy.pk)


@require_http_methods(_READ_AND_WRITE)
@acts_on(Need, "needs.edit")
def delete(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Ask, then delete a draft."""
    need = get_object_or_404(needs.select_related("partner", "profession"), pk=pk)
    consequence = _("Le brouillon « %(need)s » est effacé.") % {"need": need}
    delete_draft = partial(services.delete_draft, need=need)
    return delete_page(request, "needs", need, delete_draft, consequence)


def _edit(request: HttpRequest, needs: QuerySet[Need], pk: int, *, whole: bool) -> HttpResponse:
    need = get_object_or_404(needs.select_related(*ALL), pk=pk)
    editor = Editor(sent_form(request), need=need, whole=whole)
    publish = _asks_to_publish(request)
    if editor.is_ready():
        try:
            saved = services.edit_need(
                need=need,
                revision=editor.revision,
                by=request.user,
                now=timezone.now(),
                publish=publish,
                **editor.changes,
            )
        except ValidationError as refusal:
            editor.refuse(refusal)
        else:
            return _saved(request, saved, published=publish)
    context = _page_of(editor, publish=publish)
    if request.method != "POST":
        context["undo_offer"] = undo_offered(request, "needs")
    return render_page(request, "needs/edit.html", context, status=editor.status)


def _page_of(editor: Editor, *, publish: bool) -> dict[str, Any]:
    keep = _("Publier quand même") if publish else _("Enregistrer quand même")
    return {
        "need": editor.need,
        "editor": editor,
        "form": editor.details,
        "whole": editor.whole,
        "may_publish": editor.need.status in (NeedStatus.DRAFT, NeedStatus.PAUSED),
        "keep_label": keep,
        "keep_act": "publier" if publish else "enregistrer",
        "undo_offer": None,
    }


def _usual(partner: Partner) -> dict[str, object]:
    """What most needs of the structure say: its only site, or the commune of its seat."""
    sites = list(partner.facilities.filter(closed_on__isnull=True).order_by("pk")[:2])
    if len(sites) == 1:
        return {"facility": sites[0]}
    return {"commune": partner.commune} if partner.commune else {}


def _asks_to_publish(request: HttpRequest) -> bool:
    # « Publier quand même » is a button of its own: it says both.
    return "publier" in (request.POST.get("acte"), request.POST.get("quand_meme"))


def _created(request: HttpRequest, need: Need) -> HttpResponse:
    if need.status == NeedStatus.PUBLISHED:
        offer_undo(
            request, "needs", _("Besoin publié. Complétez-le pour attirer davantage."), [need]
        )
    else:
        messages.success(request, _("Brouillon enregistré. Complétez-le quand vous voulez."))
    return redirect("needs:complete", pk=need.pk)


def _saved(request: HttpRequest, need: Need, *, published: bool) -> HttpResponse:
    if published:
        offer_undo(request, "needs", _("Besoin publié."), [need])
    else:
        messages.success(request, _("Modifications enregistrées."))
    return redirect("needs:detail", pk=need.pk)

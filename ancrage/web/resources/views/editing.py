"""Writing a resource: the essentials in a minute, the rest when there is time."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.kit.contacts import looks_like_a_person
from ancrage.partners.models import Partner
from ancrage.resources import services
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.web.access import acts_on
from ancrage.web.acting import show_refusal
from ancrage.web.fields import sent_form
from ancrage.web.life.buttons import offer_undo
from ancrage.web.life.writing import choose_partner, chosen_partner, delete_page
from ancrage.web.rendering import render_page
from ancrage.web.resources.forms.editing import FIELD_OF, Editor, EssentialsForm
from ancrage.web.resources.views.sheet import ALL
from ancrage.web.undo import undo_offered

_READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(_READ_AND_WRITE)
@acts_on(Partner, "partners.share_for")
def create(request: HttpRequest, partners: QuerySet[Partner]) -> HttpResponse:
    """The short form, for the structure named in the address or the only one there is."""
    partner = chosen_partner(request, partners)
    if partner is None:
        return choose_partner(request, "resources", partners)
    form = EssentialsForm(sent_form(request), partner=partner, initial=_usual(partner))
    if form.is_valid():
        try:
            resource = services.create_resource(
                partner=partner,
                by=request.user,
                now=timezone.now(),
                publish=_asks_to_publish(request),
                contact_email=_mailbox(partner),
                contact_phone=partner.contact_phone,
                **form.facts(),
            )
        except ValidationError as refusal:
            show_refusal(refusal, form, field_of=FIELD_OF)
        else:
            return _created(request, resource)
    context = {"form": form, "partner": partner, "is_alone": partners.count() == 1}
    status = 422 if form.errors else 200
    return render_page(request, "resources/create.html", context, status=status)


@require_http_methods(_READ_AND_WRITE)
@acts_on(Resource, "resources.edit")
def complete(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """The details, just after the essentials."""
    return _edit(request, resources, pk, whole=False)


@require_http_methods(_READ_AND_WRITE)
@acts_on(Resource, "resources.edit")
def edit(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """The whole resource."""
    return _edit(request, resources, pk, whole=True)


@require_POST
@acts_on(Resource, "resources.edit")
def duplicate(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """A draft that says the same, opened to be changed."""
    resource = get_object_or_404(resources.select_related(*ALL), pk=pk)
    copy = services.duplicate_resource(resource=resource, by=request.user, now=timezone.now())
    messages.success(request, _("Copie enregistrée comme brouillon : changez ce qui diffère."))
    return redirect("resources:edit", pk=copy.pk)


@require_http_methods(_READ_AND_WRITE)
@acts_on(Resource, "resources.edit")
def delete(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Ask, then delete a draft."""
    resource = get_object_or_404(resources.select_related("partner"), pk=pk)
    consequence = _("Le brouillon « %(title)s » est effacé.") % {"title": resource}
    delete_draft = partial(services.delete_draft, resource=resource)
    return delete_page(request, "resources", resource, delete_draft, consequence)


def _edit(
    request: HttpRequest, resources: QuerySet[Resource], pk: int, *, whole: bool
) -> HttpResponse:
    resource = get_object_or_404(resources.select_related(*ALL), pk=pk)
    editor = Editor(sent_form(request), resource=resource, whole=whole)
    publish = _asks_to_publish(request)
    if editor.is_ready():
        try:
            saved = services.edit_resource(
                resource=resource,
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
    context = {
        "resource": resource,
        "editor": editor,
        "form": editor.details,
        "whole": whole,
        "may_publish": resource.status in (ResourceStatus.DRAFT, ResourceStatus.PAUSED),
        "undo_offer": undo_offered(request, "resources") if request.method != "POST" else None,
    }
    return render_page(request, "resources/edit.html", context, status=editor.status)


def _usual(partner: Partner) -> dict[str, object]:
    """What most resources of the structure say: the commune of its seat."""
    return {"commune": partner.commune} if partner.commune else {}


def _mailbox(partner: Partner) -> str:
    """The structure's own address, unless it is somebody's."""
    address = partner.contact_email
    return "" if looks_like_a_person(address) else address


def _asks_to_publish(request: HttpRequest) -> bool:
    return request.POST.get("acte") == "publier"


def _created(request: HttpRequest, resource: Resource) -> HttpResponse:
    if resource.status == ResourceStatus.PUBLISHED:
        sentence = _("Ressource partagée. Précisez-la pour que vos voisins s’en saisissent.")
        offer_undo(request, "resources", sentence, [resource])
    else:
        messages.success(request, _("Brouillon enregistré. Complétez-le quand vous voulez."))
    return redirect("resources:complete", pk=resource.pk)


def _saved(request: HttpRequest, resource: Resource, *, published: bool) -> HttpResponse:
    if published:
        offer_undo(request, "resources", _("Ressource partagée."), [resource])
    else:
        messages.success(request, _("Modifications enregistrées."))
    return redirect("resources:detail", pk=resource.pk)

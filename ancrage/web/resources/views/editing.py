"""Writing a resource: the essentials in a minute, the rest when there is time."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.kit.contacts import looks_like_a_person
from ancrage.partners.models import Partner
from ancrage.resources import services
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.resources.forms.editing import Editor, EssentialsForm, show_refusal
from ancrage.web.resources.views.sheet import ALL
from ancrage.web.undo import offer_undo, undo_offered

_READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(_READ_AND_WRITE)
@acts_on(Partner, "partners.share_for")
def create(request: HttpRequest, partners: QuerySet[Partner]) -> HttpResponse:
    """The short form, for the structure named in the address or the only one there is."""
    partner = _chosen(request, partners)
    if partner is None:
        return _choose(request, partners)
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
            show_refusal(refusal, form)
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
    if request.method == "POST":
        try:
            services.delete_draft(resource=resource, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect("resources:detail", pk=pk)
        messages.success(request, _("Brouillon supprimé."))
        return redirect("resources:list")
    context = {
        "title": _("Supprimer ce brouillon ?"),
        "consequences": [_("Le brouillon « %(title)s » est effacé.") % {"title": resource}],
        "note": _("Il n’y aura pas de retour en arrière."),
        "action": request.path,
        "confirm_label": _("Supprimer"),
        "cancel_href": reverse("resources:detail", args=[pk]),
    }
    return render_page(request, "components/confirm_page.html", context)


def _edit(
    request: HttpRequest, resources: QuerySet[Resource], pk: int, *, whole: bool
) -> HttpResponse:
    resource = get_object_or_404(resources.select_related(*ALL), pk=pk)
    editor = Editor(sent_form(request), resource=resource, whole=whole)
    publish = _asks_to_publish(request)
    if editor.is_ready():
        try:
            services.edit_resource(
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
            return _saved(request, resource, published=publish)
    context = {
        "resource": resource,
        "editor": editor,
        "form": editor.details,
        "whole": whole,
        "may_publish": resource.status in (ResourceStatus.DRAFT, ResourceStatus.PAUSED),
        "undo_offer": undo_offered(request, "resources") if request.method != "POST" else None,
    }
    return render_page(request, "resources/edit.html", context, status=editor.status)


def _chosen(request: HttpRequest, partners: QuerySet[Partner]) -> Partner | None:
    rows = partners.select_related("territory", "commune")
    asked = request.GET.get("structure", "")
    if asked:
        return get_object_or_404(rows, slug=asked)
    two = list(rows.order_by("pk")[:2])
    return two[0] if len(two) == 1 else None


def _choose(request: HttpRequest, partners: QuerySet[Partner]) -> HttpResponse:
    context = {"partners": partners.order_by("name", "pk").select_related("commune")}
    return render_page(request, "resources/choose_partner.html", context)


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
        offer_undo(request, "resources", sentence, [resource.pk])
    else:
        messages.success(request, _("Brouillon enregistré. Complétez-le quand vous voulez."))
    return redirect("resources:complete", pk=resource.pk)


def _saved(request: HttpRequest, resource: Resource, *, published: bool) -> HttpResponse:
    if published:
        offer_undo(request, "resources", _("Ressource partagée."), [resource.pk])
    else:
        messages.success(request, _("Modifications enregistrées."))
    return redirect("resources:detail", pk=resource.pk)

"""The buttons of a resource: publish, pause, confirm, give, withdraw, reopen, undo."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ancrage.resources import services
from ancrage.resources.models import Resource
from ancrage.web.access import acts_on
from ancrage.web.undo import offer_undo


@require_POST
@acts_on(Resource, "resources.publish")
def publish(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Share a draft or a paused resource."""
    return _do(request, resources, pk, services.publish_resource, _("Ressource partagée."))


@require_POST
@acts_on(Resource, "resources.publish")
def pause(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Hide a published resource for a while."""
    return _do(request, resources, pk, services.pause_resource, _("Ressource mise en pause."))


@require_POST
@acts_on(Resource, "resources.close")
def give(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Say that somebody took it."""
    return _do(request, resources, pk, services.give_resource, _("Ressource attribuée. Merci !"))


@require_POST
@acts_on(Resource, "resources.close")
def withdraw(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Stop sharing."""
    return _do(request, resources, pk, services.withdraw_resource, _("Ressource retirée."))


@require_POST
@acts_on(Resource, "resources.close")
def reopen(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Share again what was closed."""
    sentence = _("Ressource partagée de nouveau.")
    return _do(request, resources, pk, services.reopen_resource, sentence)


@require_POST
@acts_on(Resource, "resources.confirm")
def confirm(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Say that it is still available."""
    resource = get_object_or_404(resources.select_related("partner"), pk=pk)
    try:
        services.confirm_resource(resource=resource, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Merci : cette ressource est à jour."))
    return redirect("resources:detail", pk=pk)


@require_POST
@acts_on(Resource, "resources.close")
def undo(request: HttpRequest, resources: QuerySet[Resource]) -> HttpResponse:
    """Take back the last change of state of the resource named."""
    sent = request.POST.get("resources", "")
    if not sent.isdecimal() or len(sent) > 15:
        raise Http404
    resource = get_object_or_404(resources.select_related("partner"), pk=int(sent))
    try:
        services.undo_last_change(resource=resource, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Changement annulé."))
    return redirect("resources:detail", pk=resource.pk)


def _do(
    request: HttpRequest,
    resources: QuerySet[Resource],
    pk: int,
    act: Callable[..., Any],
    sentence: str,
) -> HttpResponse:
    resource = get_object_or_404(resources.select_related("partner"), pk=pk)
    try:
        act(resource=resource, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        offer_undo(request, "resources", sentence, [resource.pk])
    return redirect("resources:detail", pk=pk)

"""The buttons of a resource: publish, pause, confirm, give, withdraw, reopen, undo."""

from collections.abc import Callable
from functools import partial

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ancrage.resources import services
from ancrage.resources.models import Resource
from ancrage.web.access import acts_on
from ancrage.web.life.buttons import press, undo_named


@require_POST
@acts_on(Resource, "resources.publish")
def publish(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Share a draft or a paused resource."""
    return _press(request, resources, pk, services.publish_resource, _("Ressource partagée."))


@require_POST
@acts_on(Resource, "resources.publish")
def pause(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Hide a published resource for a while."""
    return _press(request, resources, pk, services.pause_resource, _("Ressource mise en pause."))


@require_POST
@acts_on(Resource, "resources.close")
def give(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Say that somebody took it."""
    return _press(
        request, resources, pk, services.give_resource, _("Ressource attribuée. Merci !")
    )


@require_POST
@acts_on(Resource, "resources.close")
def withdraw(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Stop sharing."""
    return _press(request, resources, pk, services.withdraw_resource, _("Ressource retirée."))


@require_POST
@acts_on(Resource, "resources.close")
def reopen(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Share again what was closed."""
    sentence = _("Ressource partagée de nouveau.")
    return _press(request, resources, pk, services.reopen_resource, sentence)


@require_POST
@acts_on(Resource, "resources.confirm")
def confirm(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Say that it is still available."""
    sentence = _("Merci : cette ressource est à jour.")
    return _press(request, resources, pk, services.confirm_resource, sentence, undoable=False)


@require_POST
@acts_on(Resource, "resources.close")
def undo(request: HttpRequest, resources: QuerySet[Resource]) -> HttpResponse:
    """Take back the last change of state of the resource that the bar names."""

    def take_back(resource: Resource) -> Resource:
        return services.undo_last_change(resource=resource, by=request.user, now=timezone.now())

    return undo_named(request, "resources", resources.select_related("partner"), take_back)


def _press(
    request: HttpRequest,
    resources: QuerySet[Resource],
    pk: int,
    act: Callable[..., Resource],
    sentence: str,
    *,
    undoable: bool = True,
) -> HttpResponse:
    resource = get_object_or_404(resources.select_related("partner"), pk=pk)
    act = partial(act, resource=resource)
    return press(request, "resources", resource, act, sentence, undoable=undoable)

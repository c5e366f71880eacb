"""Actions: their page, their state, their milestones, their documents."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import may_on, permitted
from ancrage.kit.downloads import stored_file
from ancrage.roadmap import services
from ancrage.roadmap.enums import LIVE_ACTION_STATES, ActionState
from ancrage.roadmap.models import Action, ActionDocument, Axis, Indicator, Milestone
from ancrage.roadmap.queries import decisions_in, standings
from ancrage.web.access import acts_on
from ancrage.web.acting import confirm_page, form_page, press, who
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.roadmap.editing import edit_page
from ancrage.web.roadmap.forms import (
    ActionForm,
    DocumentForm,
    MilestoneForm,
    ReachedForm,
    StopForm,
)
from ancrage.web.roadmap.views.keeping import to_roadmap, trail_of
from ancrage.web.roadmap.words import acts
from ancrage.web.sheets import euros
from ancrage.web.throttling import throttled
from ancrage.web.undo import offer_undo, undo_offered

_FORM = ["GET", "HEAD", "POST"]
_ALL = ("axis__roadmap__territory", "owner")


@require_safe
@acts_on(Action, "roadmap_actions.view")
def action(request: HttpRequest, actions: QuerySet[Action], pk: int) -> HttpResponse:
    """What an action is, who carries it, where it stands."""
    row = get_object_or_404(actions.select_related(*_ALL), pk=pk)
    now, indicators = timezone.now(), _indicators(request, row)
    may_follow = may_on(request.user, "roadmap_actions.follow", row)
    steps = acts(ActionState(row.state)) if may_follow else []
    context = {
        "action": row,
        "roadmap": row.axis.roadmap,
        "is_late": row.is_late(timezone.localdate(now)),
        "partners": list(row.partners.order_by("name", "pk")),
        "milestones": list(row.milestones.order_by("due_on", "pk")),
        "documents": list(row.documents.order_by("-added_at", "-pk")),
        "decisions": list(decisions_in(row.axis.roadmap).filter(action=row)),
        "stands": standings(indicators, row.axis.roadmap.territory, now=now),
        "may_edit": may_on(request.user, "roadmap_actions.edit", row),
        "may_follow": may_follow,
        "budget": "" if row.budget_cents is None else euros(row.budget_cents),
        "steps": steps,
        "last": _last_move(row, now) if may_follow else None,
        "undo": undo_offered(request, "roadmap"),
        "today": timezone.localdate(now),
        # A step left aside when its action ended is not late.
        "live_states": LIVE_ACTION_STATES,
    }
    return render_page(request, "roadmap/action.html", context)


@require_http_methods(_FORM)
@acts_on(Axis, "roadmap_axes.edit")
def action_new(request: HttpRequest, axes: QuerySet[Axis], pk: int) -> HttpResponse:
    """Add an action to an axis."""
    axis = get_object_or_404(axes.select_related("roadmap"), pk=pk)
    form = ActionForm(sent_form(request), roadmap=axis.roadmap, initial={"axis": axis})
    return form_page(
        request,
        form,
        lambda facts: to_action(services.add_action(**who(request), **facts)),
        template="roadmap/act.html",
        title=_("Nouvelle action"),
        button=_("Ajouter l’action"),
        done=_("Action ajoutée : donnez-lui ses jalons."),
        back=to_roadmap(axis.roadmap),
        lead=axis.title,
        more={"trail": trail_of(axis.roadmap)},
    )


@require_http_methods(_FORM)
@acts_on(Action, "roadmap_actions.edit")
def action_edit(request: HttpRequest, actions: QuerySet[Action], pk: int) -> HttpResponse:
    """Change an action."""
    row = get_object_or_404(actions.select_related(*_ALL), pk=pk)
    return edit_page(
        request,
        row,
        ActionForm.on,
        lambda **facts: services.edit_action(action=row, **who(request), **facts),
        title=_("Modifier l’action"),
        done=_("Action enregistrée."),
        back=to_action(row),
        trail=_trail(row),
        remove=reverse("roadmap:action_remove", args=[pk]),
    )


@require_POST
@acts_on(Action, "roadmap_actions.follow")
def action_move(request: HttpRequest, actions: QuerySet[Action], pk: int) -> HttpResponse:
    """Take an action to its next state, or take the last change back."""
    row = get_object_or_404(actions, pk=pk)
    asked, back = request.POST.get("etat", ""), to_action(row)
    if asked not in ActionState.values:
        return press(
            request,
            lambda: services.undo_action_move(action=row, **who(request)),
            _("Changement annulé : l’action est revenue à l’état d’avant."),
            back,
        )
    if asked == ActionState.STOPPED:
        return redirect("roadmap:action_stop", pk)
    return press(
        request,
        lambda: services.move_action(action=row, to=ActionState(asked), **who(request)),
        _("C’est noté."),
        back,
    )


@require_http_methods(_FORM)
@acts_on(Action, "roadmap_actions.follow")
def action_stop(request: HttpRequest, actions: QuerySet[Action], pk: int) -> HttpResponse:
    """Ask why an action stops."""
    row = get_object_or_404(actions.select_related(*_ALL), pk=pk)
    return form_page(
        request,
        StopForm(sent_form(request)),
        lambda facts: services.move_action(
            action=row, to=ActionState.STOPPED, **who(request), **facts
        ),
        template="roadmap/act.html",
        title=_("Arrêter l’action"),
        button=_("Arrêter l’action"),
        done=_("Action arrêtée."),
        back=to_action(row),
        lead=row.title,
        more={"trail": _trail(row)},
    )


@require_POST
@acts_on(Action, "roadmap_actions.edit")
def action_remove(request: HttpRequest, actions: QuerySet[Action], pk: int) -> HttpResponse:
    """Put an action aside; the next page offers to take it back."""
    row = get_object_or_404(actions.select_related(*_ALL), pk=pk)
    services.remove_action(action=row, **who(request))
    offer_undo(request, "roadmap", _("Action retirée."), [f"action-{pk}"])
    return redirect(to_roadmap(row.axis.roadmap))


@require_http_methods(_FORM)
@acts_on(Action, "roadmap_actions.follow")
def milestone_new(request: HttpRequest, actions: QuerySet[Action], pk: int) -> HttpResponse:
    """Add a milestone."""
    row = get_object_or_404(actions.select_related(*_ALL), pk=pk)
    return form_page(
        request,
        MilestoneForm(sent_form(request)),
        lambda facts: services.add_milestone(action=row, **who(request), **facts),
        template="roadmap/act.html",
        title=_("Nouveau jalon"),
        button=_("Ajouter le jalon"),
        done=_("Jalon ajouté."),
        back=to_action(row),
        lead=row.title,
        more={"trail": _trail(row)},
    )


@require_http_methods(_FORM)
@acts_on(Action, "roadmap_actions.follow")
def milestone_edit(request: HttpRequest, actions: QuerySet[Action], pk: int) -> HttpResponse:
    """Change what a milestone says, or put it off."""
    row = _milestone(actions, pk)
    first = {"title": row.title, "due_on": row.due_on}
    return form_page(
        request,
        MilestoneForm(sent_form(request), initial=first),
        lambda facts: services.edit_milestone(milestone=row, **who(request), **facts),
        template="roadmap/act.html",
        title=_("Modifier le jalon"),
        button=_("Enregistrer"),
        done=_("Jalon enregistré."),
        back=to_action(row.action),
        lead=row.action.title,
        more={
            "trail": _trail(row.action),
            "remove": reverse("roadmap:milestone_remove", args=[pk]),
        },
    )


@require_http_methods(_FORM)
@acts_on(Action, "roadmap_actions.follow")
def milestone_reached(request: HttpRequest, actions: QuerySet[Action], pk: int) -> HttpResponse:
    """Say on which day it was reached; a press of the button in the page says today."""
    row = _milestone(actions, pk)
    if request.method == "POST" and "rouvrir" in request.POST:
        return press(
            request,
            lambda: services.reopen_milestone(milestone=row, **who(request)),
            _("Jalon remis à faire."),
            to_action(row.action),
        )
    return form_page(
        request,
        ReachedForm(sent_form(request), initial={"on": timezone.localdate()}),
        lambda facts: services.reach_milestone(milestone=row, **who(request), **facts),
        template="roadmap/act.html",
        title=_("Jalon atteint"),
        button=_("Noter"),
        done=_("Jalon atteint : bravo."),
        back=to_action(row.action),
        lead=row.title,
        more={"trail": _trail(row.action)},
    )


@require_http_methods(_FORM)
@acts_on(Action, "roadmap_actions.follow")
def milestone_remove(request: HttpRequest, actions: QuerySet[Action], pk: int) -> HttpResponse:
    """Ask, then take a milestone out."""
    row = _milestone(actions, pk)
    return confirm(
        request,
        lambda: services.remove_milestone(milestone=row, **who(request)),
        title=_("Retirer ce jalon ?"),
        consequence=_("Le jalon « %(title)s » est effacé.") % {"title": row.title},
        done=_("Jalon retiré."),
        back=to_action(row.action),
    )


@require_http_methods(_FORM)
@throttled("roadmap-documents", per="user", rate="30/h", methods=("POST",))
@acts_on(Action, "roadmap_actions.follow")
def document_new(request: HttpRequest, actions: QuerySet[Action], pk: int) -> HttpResponse:
    """Join a link or a file to an action."""
    row = get_object_or_404(actions.select_related(*_ALL), pk=pk)
    files = request.FILES if request.method == "POST" else None
    return form_page(
        request,
        DocumentForm(sent_form(request), files),
        lambda facts: services.add_document(action=row, **who(request), **facts),
        template="roadmap/act.html",
        title=_("Joindre un document"),
        button=_("Joindre"),
        done=_("Document joint."),
        back=to_action(row),
        lead=row.title,
        more={"trail": _trail(row)},
    )


@require_safe
@acts_on(Action, "roadmap_actions.view")
def document(request: HttpRequest, actions: QuerySet[Action], pk: int) -> HttpResponse:
    """Hand over the file of a document."""
    row = _document(actions, pk)
    if not row.format:
        return redirect(to_action(row.action))
    return stored_file(row.file, f"document-{row.pk}.{row.format}")


@require_http_methods(_FORM)
@acts_on(Action, "roadmap_actions.follow")
def document_remove(request: HttpRequest, actions: QuerySet[Action], pk: int) -> HttpResponse:
    """Ask, then take a document out."""
    row = _document(actions, pk)
    return confirm(
        request,
        lambda: services.remove_document(document=row, **who(request)),
        title=_("Retirer ce document ?"),
        consequence=_("Le document « %(title)s » est effacé.") % {"title": row.title},
        done=_("Document retiré."),
        back=to_action(row.action),
    )


def to_action(row: Action) -> str:
    """Return the address of an action."""
    return reverse("roadmap:action", args=[row.pk])


def confirm(
    request: HttpRequest,
    act: Any,
    *,
    title: str,
    consequence: str,
    done: str,
    back: str,
    label: str = "",
) -> HttpResponse:
    """Ask before an act without a way back; once confirmed, do it and go `back`."""
    if request.method == "POST":
        return press(request, act, done, back)
    return confirm_page(
        request,
        title=title,
        consequences=[consequence],
        note=_("Il n’y aura pas de retour en arrière."),
        button=label or _("Retirer"),
        back=back,
    )


def _indicators(request: HttpRequest, row: Action) -> QuerySet[Indicator]:
    rows = permitted(request.user, "roadmap_indicators.view", row.indicators.all())
    return rows.select_related("axis__roadmap", "action").order_by("pk")


def _last_move(row: Action, now: Any) -> Any:
    last = services.last_action_move(row)
    return last if last and last.is_recent(now) else None


def _milestone(actions: QuerySet[Action], pk: int) -> Milestone:
    rows = Milestone.objects.filter(action__in=actions)
    return get_object_or_404(rows.select_related("action__axis__roadmap", "action__owner"), pk=pk)


def _document(actions: QuerySet[Action], pk: int) -> ActionDocument:
    rows = ActionDocument.objects.filter(action__in=actions)
    return get_object_or_404(rows.select_related("action__axis__roadmap"), pk=pk)


def _trail(row: Action) -> list[tuple[str, str]]:
    return [*trail_of(row.axis.roadmap), (to_action(row), row.title)]

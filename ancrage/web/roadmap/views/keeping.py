"""Keeping a roadmap: begun, opened, changed; its axes."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.roadmap import services
from ancrage.roadmap.enums import RoadmapStatus
from ancrage.roadmap.models import Action, Axis, Indicator, Roadmap
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.acting import form_page, press, who
from ancrage.web.fields import sent_form
from ancrage.web.roadmap.editing import edit_page
from ancrage.web.roadmap.forms import AxisForm, NewRoadmapForm, RoadmapForm
from ancrage.web.undo import offer_undo

_FORM = ["GET", "HEAD", "POST"]
# What the bar that undoes may put back, by the word in its key.
_RESTORED: dict[str, tuple[Any, str, Any]] = {
    "axe": (Axis, "roadmap", services.restore_axis),
    "action": (Action, "axis__roadmap", services.restore_action),
    "indicateur": (Indicator, "axis__roadmap", services.restore_indicator),
}


@require_http_methods(_FORM)
@acts_on(Territory, "roadmap.create")
def create(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Begin a roadmap for the territory named in the address, or the reader's first."""
    asked = request.GET.get("territoire", "")
    rows = territories.filter(slug=asked) if asked else territories
    territory = rows.order_by("name", "pk").first()
    if territory is None:
        return redirect("roadmap:list")
    form = NewRoadmapForm(sent_form(request))
    return form_page(
        request,
        form,
        lambda facts: to_roadmap(
            services.create_roadmap(territory=territory, **who(request), **form.facts())
        ),
        template="roadmap/act.html",
        title=_("Nouvelle feuille de route"),
        button=_("Créer la feuille de route"),
        done=_(
            "Feuille de route créée : elle reste en préparation tant que vous ne l’ouvrez pas."
        ),
        back=reverse("roadmap:list"),
        lead=territory.name,
    )


@require_http_methods(_FORM)
@acts_on(Roadmap, "roadmap.edit")
def edit(request: HttpRequest, roadmaps: QuerySet[Roadmap], pk: int) -> HttpResponse:
    """Change its title, its presentation, its days."""
    roadmap = get_object_or_404(roadmaps, pk=pk)
    return edit_page(
        request,
        roadmap,
        RoadmapForm.on,
        lambda **facts: services.edit_roadmap(roadmap=roadmap, **who(request), **facts),
        title=_("Modifier la feuille de route"),
        done=_("Feuille de route enregistrée."),
        back=to_roadmap(roadmap),
        trail=trail_of(roadmap),
    )


@require_POST
@acts_on(Roadmap, "roadmap.edit")
def move(request: HttpRequest, roadmaps: QuerySet[Roadmap], pk: int) -> HttpResponse:
    """Open it to the members, end it, or the way back."""
    roadmap = get_object_or_404(roadmaps, pk=pk)
    asked = request.POST.get("etat", "")
    if asked not in RoadmapStatus.values:
        return redirect(to_roadmap(roadmap))
    return press(
        request,
        lambda: services.move_roadmap(roadmap=roadmap, to=RoadmapStatus(asked), **who(request)),
        _("C’est noté."),
        to_roadmap(roadmap),
    )


@require_http_methods(_FORM)
@acts_on(Roadmap, "roadmap.edit")
def axis_new(request: HttpRequest, roadmaps: QuerySet[Roadmap], pk: int) -> HttpResponse:
    """Add an axis."""
    roadmap = get_object_or_404(roadmaps, pk=pk)
    form = AxisForm(sent_form(request), initial={"rank": services.next_rank(roadmap)})
    return form_page(
        request,
        form,
        lambda facts: services.add_axis(roadmap=roadmap, **who(request), **facts),
        template="roadmap/act.html",
        title=_("Nouvel axe"),
        button=_("Ajouter l’axe"),
        done=_("Axe ajouté."),
        back=to_roadmap(roadmap),
        lead=roadmap.title,
        more={"trail": trail_of(roadmap)},
    )


@require_http_methods(_FORM)
@acts_on(Axis, "roadmap_axes.edit")
def axis_edit(request: HttpRequest, axes: QuerySet[Axis], pk: int) -> HttpResponse:
    """Change an axis."""
    axis = get_object_or_404(axes.select_related("roadmap"), pk=pk)
    return edit_page(
        request,
        axis,
        AxisForm.on,
        lambda **facts: services.edit_axis(axis=axis, **who(request), **facts),
        title=_("Modifier l’axe"),
        done=_("Axe enregistré."),
        back=to_roadmap(axis.roadmap),
        trail=trail_of(axis.roadmap),
        remove=reverse("roadmap:axis_remove", args=[pk]),
    )


@require_POST
@acts_on(Axis, "roadmap_axes.edit")
def axis_remove(request: HttpRequest, axes: QuerySet[Axis], pk: int) -> HttpResponse:
    """Take out an axis that holds nothing; the next page offers to take it back."""
    axis = get_object_or_404(axes.select_related("roadmap"), pk=pk)

    def remove() -> None:
        services.remove_axis(axis=axis, **who(request))
        offer_undo(request, "roadmap", _("Axe retiré."), [f"axe-{pk}"])

    return press(request, remove, "", to_roadmap(axis.roadmap))


@require_POST
@acts_on(Roadmap, "roadmap.edit")
def undo(request: HttpRequest, roadmaps: QuerySet[Roadmap]) -> HttpResponse:
    """Put back the axis, the action or the indicator that the bar names."""
    kind, _dash, number = request.POST.get("rows", "").partition("-")
    model, path, restore = _RESTORED.get(kind, (None, "", None))
    if model is None or not number.isdecimal():
        return redirect("roadmap:list")
    reach = {"pk": int(number[:15]), f"{path}__in": roadmaps}
    row = get_object_or_404(model.objects.select_related(path), **reach)
    roadmap = row.roadmap if kind == "axe" else row.axis.roadmap
    name = {"axe": "axis", "action": "action", "indicateur": "indicator"}[kind]
    return press(
        request,
        lambda: restore(**{name: row}, **who(request)),
        _("Remis en place."),
        to_roadmap(roadmap),
    )


def to_roadmap(roadmap: Roadmap) -> str:
    """Return the address of a roadmap."""
    return reverse("roadmap:detail", args=[roadmap.pk])


def trail_of(roadmap: Roadmap) -> list[tuple[str, str]]:
    """Return what the breadcrumb says above a page of a roadmap."""
    return [(to_roadmap(roadmap), roadmap.title)]

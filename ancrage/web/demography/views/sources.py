"""The official files that are held, year by year, and what is missing."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.accounts.policy import may, permitted
from ancrage.demography.enums import OF_SOMEBODY, Care, Dataset
from ancrage.demography.models import Vintage, VintageFile
from ancrage.demography.services import forget_vintage
from ancrage.schemes.queries.zonings import zoning_lists
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.demography.asked import asked_of
from ancrage.web.demography.tabs import tabs_for
from ancrage.web.rendering import render_page


@require_safe
@acts_on(Vintage, "vintages.view")
def sources(request: HttpRequest, vintages: QuerySet[Vintage]) -> HttpResponse:
    """What is held, side by side; what no file tells yet; files on their way in."""
    rows = vintages.defer("contents").select_related("imported_by")
    held = list(rows.order_by("dataset", "care", "-year"))
    may_import = may(request.user, "vintages.import")
    waiting = VintageFile.objects.none()
    if may_import:
        waiting = permitted(request.user, "vintages.import", VintageFile.objects.all())
        waiting = waiting.defer("raw", "contents", "sample").order_by("-brought_at", "-pk")
    context = frame_of(request) | {
        "groups": _groups(held),
        "missing": _missing(held),
        "may_import": may_import,
        "files": waiting,
        "lists": zoning_lists(),
        "may_import_zonings": may(request.user, "zonings.import"),
    }
    return render_page(request, "demography/sources.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Vintage, "vintages.import")
def vintage_forget(request: HttpRequest, vintages: QuerySet[Vintage], pk: int) -> HttpResponse:
    """Ask, then drop a file that should not have been taken in."""
    found = get_object_or_404(vintages.defer("contents"), pk=pk)
    if request.method == "POST":
        forget_vintage(vintage=found, by=request.user, now=timezone.now())
        messages.success(request, _("Le fichier est retiré."))
        return redirect("demography:sources")
    context = {
        "title": _("Retirer ce fichier ?"),
        "consequences": [
            _("%(vintage)s : %(source)s.") % {"vintage": found, "source": found.source},
            _("Les pages de tous les territoires n’en tiennent plus compte, aussitôt."),
            _("Ce qui a été calculé et gardé reste tel qu’il fut donné."),
        ],
        "note": _("Pour y revenir, importez de nouveau le même fichier."),
        "action": reverse("demography:vintage_forget", args=[pk]),
        "confirm_label": _("Retirer le fichier"),
        "cancel_href": reverse("demography:sources"),
    }
    return render_page(request, "components/confirm_page.html", context)


def frame_of(request: HttpRequest) -> dict[str, Any]:
    """What the frame prints on a page that is about no territory."""
    territories = permitted(request.user, "demography.view", Territory.objects.all())
    asked = asked_of(request, territories)
    kept = asked.kept if asked is not None else {}
    return {"tabs": tabs_for(request, kept), "notes": (), "sources": (), "is_about_files": True}


def _groups(held: list[Vintage]) -> list[tuple[str, list[Vintage]]]:
    """The files of each kind, by profession, the latest year first."""
    groups: dict[str, list[Vintage]] = {}
    for one in held:
        groups.setdefault(str(Dataset(one.dataset).label), []).append(one)
    return list(groups.items())


def _missing(held: list[Vintage]) -> list[str]:
    """What no file tells yet, in the order of what it would change."""
    there = {(one.dataset, one.care) for one in held}
    wanted = [
        (Dataset.ACCESS, Care.GP),
        (Dataset.PROFESSIONALS, Care.GP),
        (Dataset.PEOPLE, ""),
        (Dataset.ROADS, ""),
        *((dataset, care) for care in Care for dataset in (Dataset.ACCESS, Dataset.PROFESSIONALS)),
    ]
    found = []
    for dataset, care in dict.fromkeys(wanted):
        if (dataset, care) not in there:
            label = str(Dataset(dataset).label)
            found.append(f"{label} – {Care(care).label}" if dataset in OF_SOMEBODY else label)
    return found

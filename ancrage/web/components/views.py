"""The component page: what exists, how it looks in each state. It is also a test."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.web.access import public
from ancrage.web.components.forms import SampleForm
from ancrage.web.components.samples import samples
from ancrage.web.rendering import render_page


@require_http_methods(["GET", "HEAD", "POST"])
@public
def index(request: HttpRequest) -> HttpResponse:
    """Show every component; a POST plays the example form, with its errors or its success."""
    played = SampleForm(request.POST, request.FILES) if request.method == "POST" else None
    if played is not None and played.is_valid():
        messages.success(request, _("Le formulaire d’exemple est correct. Rien n’a été gardé."))
        return redirect("components:index")
    context = samples(request) | {"form": played or SampleForm()}
    status = 200 if played is None else 422
    return render_page(request, "showcase/index.html", context, fragment="results", status=status)


@require_safe
@public
def progress(request: HttpRequest, done: int) -> HttpResponse:
    """Answer the example progress bar with its next state; at the end it stops asking."""
    following = reverse("components:progress", args=[min(done + 20, 100)])
    context = {"done": min(done, 100), "poll": following if done < 100 else ""}
    return render(request, "showcase/_progress.html", context)


@require_safe
@public
def confirm(request: HttpRequest) -> HttpResponse:
    """Show the page that asks before something is removed."""
    back = reverse("components:index")
    context = {
        "title": _("Retirer le besoin « Infirmier de nuit » ?"),
        "consequences": [
            _("Il ne paraîtra plus dans les offres publiques."),
            _("Les deux candidats en cours de mise en relation seront prévenus."),
        ],
        "note": _("Vous pourrez annuler pendant dix minutes."),
        "action": back,
        "confirm_label": _("Retirer le besoin"),
        "cancel_href": back,
    }
    return render(request, "components/confirm_page.html", context)

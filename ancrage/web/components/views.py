"""The component page: what exists, how it looks in each state. It is also a test."""

from datetime import UTC, date, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.web.access import public
from ancrage.web.charts import HeatLine, heat_map
from ancrage.web.components.forms import SampleFilters, SampleForm
from ancrage.web.rendering import render_page
from ancrage.web.templatetags.ui.actions import tag

MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.")

NEEDS = [
    ("Aide-soignants", 61, 21, [3, 3, 4, 6, 8, 10, 9, 6, 4, 3]),
    ("Infirmiers", 46, 18, [2, 3, 3, 4, 6, 7, 7, 5, 3, 2]),
    ("Agents de service hospitalier", 35, 16, [1, 2, 2, 4, 6, 7, 5, 3, 2, 1]),
    ("Médecins généralistes", 16, 3, [1, 1, 1, 1, 1, 2, 2, 1, 2, 1]),
    ("Psychologues", 7, 3, [0, 1, 1, 0, 1, 1, 0, 0, 1, 1]),
]

COLOURS = [
    "encre",
    "brume",
    "ocean",
    "nuit",
    "lagon",
    "ecume",
    "ecume-2",
    "sable",
    "sable-2",
    "trait",
    "bord",
    "corail",
    "peche",
    "ambre",
    "miel",
    "algue",
    "menthe",
    "corail-vif",
]

BOARD = [
    {
        "name": "À contacter",
        "cards": [
            {"name": "Camille Fictif", "line": "Infirmière, Pornic", "since": "depuis 2 jours"},
            {"name": "Idriss Fictif", "line": "Médecin, Machecoul", "since": "depuis 1 jour"},
        ],
    },
    {
        "name": "Entretien",
        "cards": [
            {"name": "Fatou Fictive", "line": "Infirmière, Paimbœuf", "since": "depuis 4 jours"}
        ],
    },
    {"name": "Arrivée", "cards": []},
]


@require_http_methods(["GET", "HEAD", "POST"])
@public
def index(request: HttpRequest) -> HttpResponse:
    """Show every component; a POST plays the example form, with its errors or its success."""
    form = SampleForm(request.POST, request.FILES) if request.method == "POST" else None
    if form is not None and form.is_valid():
        messages.success(request, _("Le formulaire d’exemple est correct. Rien n’a été gardé."))
        return redirect("components:index")
    context = _samples(request) | {"form": form or SampleForm()}
    return render_page(
        request,
        "showcase/index.html",
        context,
        fragment="results",
        status=422 if form is not None else 200,
    )


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
    context = {
        "title": _("Retirer le besoin « Infirmier de nuit » ?"),
        "consequences": [
            _("Il ne paraîtra plus dans les offres publiques."),
            _("Les deux candidats en cours de mise en relation seront prévenus."),
        ],
        "note": _("Vous pourrez annuler pendant dix minutes."),
        "action": reverse("components:index"),
        "confirm_label": _("Retirer le besoin"),
        "cancel_href": reverse("components:index"),
    }
    return render(request, "components/confirm_page.html", context)


def _samples(request: HttpRequest) -> dict[str, object]:
    filters = SampleFilters(request.GET or None)
    lines = [HeatLine(name, tuple(months)) for name, _posts, _profiles, months in NEEDS]
    return {
        "filters": filters,
        "needs": [
            {"name": name, "posts": posts, "profiles": profiles, "months": months}
            for name, posts, profiles, months in NEEDS
        ],
        "most": NEEDS[0][1],
        "page": Paginator(range(213), 20).get_page(request.GET.get("page")),
        "heat": heat_map(lines, columns=MONTHS),
        "moment": datetime(2026, 11, 14, 9, 41, tzinfo=UTC),
        "day": date(2026, 11, 2),
        "stages": [
            (_("Brouillon"), date(2026, 10, 28)),
            (_("Publié"), date(2026, 11, 2)),
            (_("Pourvu"), ""),
        ],
        "codes": ["7K2P-94QX", "M3TD-6WHA", "Z8RC-1VNE", "P5GY-7LJB", "H4XS-2QKD", "T9MW-8CFR"],
        "poll": reverse("components:progress", args=[60]),
        "colours": COLOURS,
        "board": BOARD,
        "new_tag": tag(_("Nouveau"), tone="info"),
        "sentence": format_html(
            _("Deux communes du littoral portent {share} des besoins. Ils culminent {when}."),
            share=format_html("<strong>{}</strong>", _("38 %")),
            when=format_html("<strong>{}</strong>", _("de mai à août")),
        ),
        "failed": SampleForm(
            {"title": "", "profession": "Infirmier", "starts_on": "31/02"}, auto_id="failed_%s"
        ),
    }

"""What the component page shows: invented words, figures and people."""

from datetime import UTC, date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ancrage.web.charts import (
    HeatLine,
    Series,
    Tone,
    heat_map,
    line_chart,
    tension,
)
from ancrage.web.components.forms import SampleFilters, SampleForm
from ancrage.web.templatetags.ui.actions import tag

MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.")

NEEDS = [
    ("Aide-soignants", 61, 21, (3, 3, 4, 6, 8, 10, 9, 6, 4, 3)),
    ("Infirmiers", 46, 18, (2, 3, 3, 4, 6, 7, 7, 5, 3, 2)),
    ("Agents de service hospitalier", 35, 16, (1, 2, 2, 4, 6, 7, 5, 3, 2, 1)),
    ("Médecins généralistes", 16, 3, (1, 1, 1, 1, 1, 2, 2, 1, 2, 1)),
    ("Psychologues", 7, 5, (0, 1, 1, 0, 1, 1, 0, 0, 1, 1)),
]

OFFERS = [
    {
        "title": "Infirmier de nuit",
        "where": "EHPAD Les Dunes (fictif) · Saint-Brevin-les-Pins",
        "text": "CDI, 80 %, à partir du 4 janvier. Logement possible.",
    },
    {
        "title": "Médecin généraliste collaborateur",
        "where": "Maison de santé de l’Estuaire (fictive) · Paimbœuf",
        "text": "Deux à trois jours par semaine, rétrocession de 80 %.",
    },
    {
        "title": "Aide-soignant d’été",
        "where": "Hôpital du Littoral (fictif) · Pornic",
        "text": "CDD de juin à septembre, chambre meublée.",
    },
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

COLOURS = ["encre", "brume", "ocean", "nuit", "lagon", "ecume", "ecume-2", "sable", "sable-2"]
COLOURS += ["trait", "bord", "corail", "peche", "ambre", "miel", "algue", "menthe", "corail-vif"]

CODES = ["7K2P-94QX", "M3TD-6WHA", "Z8RC-1VNE", "P5GY-7LJB", "H4XS-2QKD", "T9MW-8CFR"]


def samples(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the page, but for the form that it may play."""
    return {
        "filters": SampleFilters(request.GET or None),
        "page": Paginator(range(213), 20).get_page(request.GET.get("page")),
        "failed": SampleForm(
            {"title": "", "profession": "Infirmier", "starts_on": ""}, auto_id="failed_%s"
        ),
        **_figures(),
        **_charts(),
        **_contents(),
    }


def _figures() -> dict[str, Any]:
    return {
        "needs": [
            {
                "name": name,
                "posts": posts,
                "profiles": profiles,
                "months": months,
                "tension": tension(posts, profiles),
            }
            for name, posts, profiles, months in NEEDS
        ],
        "most": NEEDS[0][1],
        "heat": heat_map([HeatLine(row[0], row[3]) for row in NEEDS], columns=MONTHS),
        "sentence": format_html(
            _("Deux communes du littoral portent {share} des besoins. Ils culminent {when}."),
            share=format_html("<strong>{}</strong>", _("38 %")),
            when=format_html("<strong>{}</strong>", _("de mai à août")),
        ),
    }


def _charts() -> dict[str, Any]:
    return {
        "curve": line_chart(
            [
                Series(
                    _("Avec suivi"),
                    ((0, 100), (3, 96), (6, 91), (12, 84), (24, 76)),
                    band=((100, 100), (92, 99), (85, 96), (75, 91), (64, 86)),
                ),
                Series(
                    _("Sans suivi"),
                    ((0, 100), (3, 90), (6, 81), (12, 70), (24, 55)),
                    tone=Tone.CORAL,
                ),
            ],
            key="sample-curve",
            title=_("Le suivi garde les personnes en poste"),
            description=_("Part des personnes encore en poste, selon les mois écoulés."),
            steps=True,
            top_value=100,
        ),
    }


def _contents() -> dict[str, Any]:
    published = date(2026, 11, 2)
    return {
        "moment": datetime(2026, 11, 14, 9, 41, tzinfo=UTC),
        "day": published,
        "stages": [
            (_("Brouillon"), date(2026, 10, 28)),
            (_("Publié"), published),
            (_("Pourvu"), ""),
        ],
        "offers": OFFERS,
        "board": BOARD,
        "codes": CODES,
        "colours": COLOURS,
        "new_tag": tag(_("Nouveau"), tone="info"),
        "poll": reverse("components:progress", args=[60]),
    }

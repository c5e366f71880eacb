"""Forms of the component page: one field of each kind, and a filter bar."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.web.widgets import ComboboxInput, DateInput, FileDrop, SearchInput

PROFESSIONS = [
    ("aide-soignant", _("Aide-soignant")),
    ("infirmier", _("Infirmier")),
    ("kinesitherapeute", _("Masseur-kinésithérapeute")),
    ("medecin-generaliste", _("Médecin généraliste")),
]

SKILLS = [
    (
        _("Soins"),
        [("palliatif", _("Soins palliatifs")), ("geriatrie", _("Gériatrie"))],
    ),
    (_("Organisation"), [("nuit", _("Travail de nuit")), ("week-end", _("Un week-end sur deux"))]),
]


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=_("Intitulé du poste"),
        help_text=_("Tel qu’un candidat le lira : « Infirmier de nuit en EHPAD »."),
        max_length=80,
    )
    email = forms.EmailField(
        label=_("Adresse du service"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    profession = forms.CharField(
        label=_("Métier"),
        help_text=_("Tapez quelques lettres : les accents ne comptent pas."),
        widget=ComboboxInput(
            [
                "Aide-soignant",
                "Ergothérapeute",
                "Infirmier",
                "Infirmier en pratique avancée",
                "Manipulateur en radiologie",
                "Masseur-kinésithérapeute",
                "Médecin généraliste",
                "Œnologue",
                "Psychologue",
            ]
        ),
    )
    contract = forms.ChoiceField(
        label=_("Contrat"),
        choices=[("", _("Choisir")), ("cdi", _("CDI")), ("cdd", _("CDD"))],
    )
    starts_on = forms.DateField(label=_("Prise de poste"), widget=DateInput())
    share = forms.DecimalField(
        label=_("Temps de travail"), max_value=100, min_value=10, required=False
    )
    hours = forms.ChoiceField(
        label=_("Horaires"),
        widget=forms.RadioSelect,
        choices=[
            ("jour", _("De jour")),
            ("nuit", _("De nuit")),
            ("alternance", _("En alternance")),
        ],
    )
    skills = forms.MultipleChoiceField(
        label=_("Ce qui compte pour ce poste"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=SKILLS,
    )
    places = forms.MultipleChoiceField(
        label=_("Communes possibles"),
        required=False,
        choices=[("44131", "Pornic"), ("44154", "Saint-Brevin-les-Pins"), ("44116", "Paimbœuf")],
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("L’équipe, le lieu, ce que l’on y fait. Pas de nom de personne."),
    )
    attachment = forms.FileField(
        label=_("Fichier des besoins"),
        required=False,
        widget=FileDrop(
            accept=[".xlsx", ".csv"], limit=_("XLSX ou CSV, 5 Mo et 20 000 lignes au plus.")
        ),
    )
    housing = forms.BooleanField(
        label=_("Un logement est proposé"),
        required=False,
        help_text=_("Chambre, studio ou aide à la recherche."),
    )


class SampleFilters(forms.Form):
    """A filter bar as list pages have it."""

    q = forms.CharField(label=_("Rechercher"), required=False, widget=SearchInput)
    metier = forms.ChoiceField(
        label=_("Métier"),
        required=False,
        choices=[("", _("Tous les métiers")), *PROFESSIONS],
    )
    depuis = forms.DateField(label=_("Depuis le"), required=False, widget=DateInput)

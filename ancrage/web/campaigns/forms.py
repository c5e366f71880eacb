"""What the coordination prepares: the campaign itself."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.needs.models import Campaign
from ancrage.professions.models import Profession
from ancrage.professions.queries import professions_by_family
from ancrage.web.widgets import DateInput

MOST_QUESTIONS = 10
LONGEST_QUESTION = 240


class CampaignForm(forms.Form):
    """A campaign to prepare; `today` bounds the deadline and the professions proposed."""

    name = forms.CharField(
        label=_("Nom de la campagne"),
        max_length=120,
        help_text=_("Par exemple : Recensement des effectifs 2027."),
    )
    reference_day = forms.DateField(
        label=_("Situation au"),
        widget=DateInput,
        help_text=_("Le jour que les chiffres décrivent."),
    )
    closes_on = forms.DateField(
        label=_("Réponses jusqu’au"),
        widget=DateInput,
        help_text=_("Vous closez vous-même : rien ne se ferme tout seul."),
    )
    professions = forms.TypedMultipleChoiceField(
        label=_("Métiers à recenser"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Peu de métiers, bien remplis, valent mieux qu’une longue liste."),
        error_messages={"required": _("Choisissez au moins un métier à recenser.")},
    )
    questions = forms.CharField(
        label=_("Questions ouvertes"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Une question par ligne, dix au plus. Facultatif."),
    )
    message = forms.CharField(
        label=_("Message aux structures"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Il ouvre le courriel et la page de réponse. Facultatif."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.families = professions_by_family(today)
        self.fields["professions"].choices = [  # type: ignore[attr-defined]
            (family.family.label, [(row.pk, row.label) for row in family.professions])
            for family in self.families
        ]

    def clean_closes_on(self) -> date:
        """Ask for an answer by a day to come."""
        day: date = self.cleaned_data["closes_on"]
        if day < self.today:
            raise forms.ValidationError(
                _("Cette date est passée : indiquez une date à venir."), code="past"
            )
        return day

    def clean_questions(self) -> list[str]:
        """Return the questions, one per line that says something."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["questions"].splitlines()]
        questions = [line for line in lines if line]
        if len(questions) > MOST_QUESTIONS:
            raise forms.ValidationError(
                _("Posez dix questions au plus : vous en avez écrit %(count)d."),
                code="too_many",
                params={"count": len(questions)},
            )
        for rank, question in enumerate(questions, start=1):
            if len(question) > LONGEST_QUESTION:
                raise forms.ValidationError(
                    _("La question %(rank)d est trop longue : 240 caractères au plus."),
                    code="too_long",
                    params={"rank": rank},
                )
        return questions

    @property
    def facts(self) -> dict[str, Any]:
        """What the services take."""
        chosen = set(self.cleaned_data["professions"])
        proposed: list[Profession] = [row for group in self.families for row in group.professions]
        return {
            **{
                name: self.cleaned_data[name]
                for name in ("name", "reference_day", "closes_on", "questions", "message")
            },
            "professions": [row for row in proposed if row.pk in chosen],
        }


def facts_shown(campaign: Campaign) -> dict[str, Any]:
    """What the form of a campaign in preparation shows at first."""
    return {
        "name": campaign.name,
        "reference_day": campaign.reference_day,
        "closes_on": campaign.closes_on,
        "professions": list(
            campaign.professions.order_by("rank", "pk").values_list("pk", flat=True)
        ),
        "questions": "\n".join(
            campaign.questions.order_by("position").values_list("text", flat=True)
        ),
        "message": campaign.message,
    }

"""What structures count together, and the practices they share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.roadmap.enums import SafetyTopic
from ancrage.roadmap.models import GoodPractice, SafetyReport
from ancrage.roadmap.validators import MOST_COUNTED
from ancrage.web.filters import WordsField
from ancrage.web.roadmap.forms import FreeTextForm, starting

_HELP = {
    SafetyTopic.ACCIDENTS: _("Accidents de service ou du travail, avec ou sans arrêt."),
    SafetyTopic.AGGRESSIONS: _("Verbales ou physiques, telles que votre structure les recense."),
    SafetyTopic.SUPPORTED: _("Celles dont la personne s’est vu proposer un accompagnement."),
    SafetyTopic.ABSENCE_DAYS: _("Tous motifs de santé confondus, journées calendaires."),
    SafetyTopic.PROJECTS: _("Projets menés pendant le semestre."),
}


class SafetyForm(FreeTextForm):
    """The counts of a structure over a half-year; what one does not know stays empty."""

    free_texts = ("note",)
    side_by_side = ((SafetyTopic.AGGRESSIONS.value, SafetyTopic.SUPPORTED.value),)
    names = (*(topic.value for topic in SafetyTopic), "note")

    note = forms.CharField(
        label=_("Comment ces nombres sont comptés"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Aucun récit, aucune personne : une remarque sur le comptage seulement."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for topic in SafetyTopic:
            self.fields[topic.value] = forms.IntegerField(
                label=topic.label,
                required=False,
                min_value=0,
                max_value=MOST_COUNTED,
                help_text=_HELP[topic],
            )
        self.order_fields(self.names)

    @classmethod
    def on(cls, data: Any, report: SafetyReport) -> "SafetyForm":
        """The form of one report."""
        return cls(data, initial=starting(report, cls.names))


class PracticeForm(FreeTextForm):
    """A practice to share."""

    free_texts = ("title", "text")
    names = ("title", "text", "contact_email")

    title = forms.CharField(label=_("Intitulé"), max_length=160)
    text = forms.CharField(
        label=_("Ce qui a été fait, et ce que cela a changé"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Ni nom, ni histoire d’une personne : ce que la structure a organisé."),
    )
    contact_email = forms.EmailField(
        label=_("Boîte du service"),
        required=False,
        help_text=_("Une boîte partagée, jamais celle d’une personne."),
    )

    @classmethod
    def on(cls, data: Any, practice: GoodPractice) -> "PracticeForm":
        """The form of one practice."""
        return cls(data, initial=starting(practice, cls.names))


class PracticeSearchForm(forms.Form):
    """Words."""

    q = WordsField(_("Mots cherchés"))

    @property
    def text(self) -> str:
        """What is asked."""
        self.is_valid()
        return self.cleaned_data.get("q") or ""

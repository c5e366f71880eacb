"""The answer to « toujours d’actualité ? »."""

from django import forms

from ancrage.needs.services import FreshnessAnswer


class FreshnessForm(forms.Form):
    """One of three buttons."""

    answer = forms.ChoiceField(choices=FreshnessAnswer.choices)

    @property
    def chosen(self) -> FreshnessAnswer:
        """The answer, once valid."""
        return FreshnessAnswer(self.cleaned_data["answer"])

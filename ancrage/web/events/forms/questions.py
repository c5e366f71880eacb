"""One question of a side."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ancrage.events.models import Question, Side


class QuestionForm(forms.ModelForm):
    """What is asked, how it is answered, who reads it. Options: one per line."""

    options = forms.CharField(
        label=_("Réponses proposées"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Une par ligne, pour « un choix » et « plusieurs choix » seulement."),
    )

    class Meta:
        model = Question
        fields = ("label", "help_text", "kind", "meaning", "required", "on_sheet")
        help_texts = {
            "meaning": _(
                "Ce que la compatibilité en comprend. Le même sens des deux côtés se compare."
            ),
            "on_sheet": _("Lue sur la fiche qui aide l’autre côté à choisir, sans le nom."),
        }

    def __init__(self, data: QueryDict | None, *, side: Side, question: Question | None) -> None:
        shown = question or Question(side=side)
        copy = Question(side=side, **{name: getattr(shown, name) for name in self._facts()})
        super().__init__(data, instance=copy)
        self.fields["options"].initial = "\n".join(text for _code, text in shown.options)
        self.order_fields(["label", "help_text", "kind", "options", "meaning"])

    @classmethod
    def _facts(cls) -> tuple[str, ...]:
        return tuple(cls.Meta.fields)

    def _post_clean(self) -> None:
        """Leave the row as it is: the service checks it whole."""

    def facts(self) -> dict[str, Any]:
        """Return what was typed, as the services take it."""
        facts = dict(self.cleaned_data)
        lines = (" ".join(line.split()) for line in facts["options"].splitlines())
        facts["options"] = [line[:120] for line in lines if line]
        return facts

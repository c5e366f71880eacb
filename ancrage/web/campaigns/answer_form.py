"""What a structure answers: a table of figures, open questions, a comment."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.kit.tabular import Guess, Level, Problem
from ancrage.kit.tabular.parsers import fte_parser, integer_parser
from ancrage.needs.models import CampaignAnswer, CampaignQuestion
from ancrage.needs.queries import FIGURES, Figures, prefilled
from ancrage.professions.models import Profession
from ancrage.web.campaigns.words import LABELS, figure_text

# Above, a figure is a slip of the keyboard: no structure of a territory is that large.
MOST_FTE = 999_900
MOST_PEOPLE = 9_999


def parser_of(name: str) -> Callable[[Any], Any]:
    """Return what reads one figure, typed or in a cell."""
    if name == "departures":
        return integer_parser(minimum=0, maximum=MOST_PEOPLE)
    return fte_parser(minimum=0, maximum=MOST_FTE)


def read_figure(name: str, value: Any) -> int | Problem | None:
    """Read one figure; what was only rounded or converted is taken."""
    found = parser_of(name)(value)
    if isinstance(found, Guess):
        taken = found.problem.level is Level.NOTE
        read: int | Problem = found.value if taken else found.problem
        return read
    result: int | Problem | None = found
    return result


def field_name(name: str, profession: Profession) -> str:
    """The name of the control of one figure of one profession."""
    return f"{name}_{profession.pk}"


class FigureField(forms.CharField):
    """One figure: « 12,5 », « 12.5 », « mi-temps »; empty is « not known »."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=40,
            widget=forms.TextInput(
                attrs={
                    "inputmode": "numeric" if name == "departures" else "decimal",
                    "autocomplete": "off",
                    "class": "input--figure",
                }
            ),
            **kwargs,
        )
        self.figure = name

    def clean(self, value: Any) -> Any:
        """Return the figure (FTE in hundredths), or None."""
        text = super().clean(value)
        found = read_figure(self.figure, text or None)
        if isinstance(found, Problem):
            raise forms.ValidationError(found.sentence, code=found.code or "figure")
        return found


@dataclass(frozen=True)
class Row:
    """One line of the table: its controls, and where what it proposes comes from."""

    profession: Profession
    cells: Sequence[tuple[str, forms.BoundField]]
    from_needs: bool


class AnswerForm(forms.Form):
    """The answer of one structure. `typed` replaces what is proposed (a file was read)."""

    comment = forms.CharField(
        label=gettext_lazy("Commentaire"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ce qu’il faut savoir pour lire vos chiffres. Facultatif."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        answer: CampaignAnswer,
        submit: bool = False,
        typed: Mapping[str, str] | None = None,
    ) -> None:
        self.professions = list(answer.campaign.professions.order_by("rank", "pk"))
        self.questions = list(answer.campaign.questions.order_by("position"))
        self.proposal = prefilled(answer, self.professions)
        self.submit = submit
        super().__init__(data, initial={**self._initial(answer), **(typed or {})})
        for profession in self.professions:
            for name in FIGURES:
                label = _("%(profession)s, %(figure)s") % {
                    "profession": profession.label,
                    "figure": str(LABELS[name]).lower(),
                }
                self.fields[field_name(name, profession)] = FigureField(name, label=label)
        for question in self.questions:
            self.fields[_question_name(question)] = forms.CharField(
                label=question.text,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def _initial(self, answer: CampaignAnswer) -> dict[str, str]:
        texts = dict(answer.open_answers.order_by("pk").values_list("question_id", "text"))
        return {
            "comment": answer.comment,
            **{_question_name(row): texts.get(row.pk, "") for row in self.questions},
            **shown_figures(self.professions, self.proposal.figures),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse to send an answer that says nothing at all."""
        cleaned = super().clean() or {}
        says = any(value not in (None, "") for value in cleaned.values())
        if self.submit and not self.errors and not says:
            raise forms.ValidationError(
                _(
                    "Votre réponse est vide : indiquez au moins un chiffre, ou dites dans le "
                    "commentaire que vous n’employez aucun de ces métiers."
                ),
                code="empty",
            )
        return cleaned

    @property
    def rows(self) -> list[Row]:
        """The lines of the table, in the order of the reference."""
        return [
            Row(
                profession,
                [(str(LABELS[name]), self[field_name(name, profession)]) for name in FIGURES],
                profession.pk in self.proposal.from_needs,
            )
            for profession in self.professions
        ]

    @property
    def open_fields(self) -> list[forms.BoundField]:
        """The controls of the open questions."""
        return [self[_question_name(question)] for question in self.questions]

    @property
    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        cleaned = self.cleaned_data
        return {
            "figures": {
                profession: Figures(
                    **{name: cleaned[field_name(name, profession)] for name in FIGURES}
                )
                for profession in self.professions
            },
            "open_answers": {row: cleaned[_question_name(row)] for row in self.questions},
            "comment": cleaned["comment"],
        }

    def typed_in(self, data: Mapping[str, str]) -> dict[str, str]:
        """What the controls of a page held, unread."""
        return {name: data[name] for name in self.fields if name in data}


@dataclass(frozen=True)
class Difference:
    """What two people said of the same thing."""

    label: str
    saved: str
    typed: str


def differences(form: AnswerForm, saved: AnswerForm) -> list[Difference]:
    """Compare what was typed in `form` with what a colleague has saved."""
    return [
        Difference(str(form[name].label), str(saved.initial.get(name) or ""), typed)
        for name, typed in form.typed_in(form.data).items()
        if typed.strip() != str(saved.initial.get(name) or "").strip()
    ]


def shown_figures(
    professions: Iterable[Profession], figures: Mapping[int, Figures]
) -> dict[str, str]:
    """The figures as the controls show them."""
    return {
        field_name(name, row): figure_text(name, getattr(figures[row.pk], name))
        for row in professions
        for name in FIGURES
    }


def _question_name(question: CampaignQuestion) -> str:
    return f"question_{question.pk}"

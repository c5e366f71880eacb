"""The questions of a side as the fields of a form, and what was answered as services keep it.

    class EntryForm(forms.Form):
        def __init__(self, *args, side, **kwargs):
            super().__init__(*args, **kwargs)
            self.asked = add_questions(self, side)

`answered(form, form.asked)` then gives what `Person.answers` takes. How an answer is kept is told
in `events.queries.answers`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ancrage.events.enums import QuestionKind
from ancrage.events.models import Answer, Question, Side
from ancrage.events.services import Answered
from ancrage.events.validators import MOST_LINK, validate_link
from ancrage.privacy.detectors import detect_forbidden
from ancrage.territory.models import Commune, Territory
from ancrage.web.fields import CommuneField
from ancrage.web.widgets import DateInput

# More would be a list to scroll: a select then.
MOST_RADIOS = 6
MOST_NUMBER = 100_000
WORDS = frozenset({QuestionKind.TEXT, QuestionKind.LONG_TEXT})


def name_of(question: Question) -> str:
    """Return the name of the field of a question."""
    return f"question_{question.pk}"


def add_questions(form: forms.Form, side: Side) -> list[Question]:
    """Add to `form` a field a question of `side`, in their order; return the questions."""
    asked = list(side.questions.order_by("position", "pk"))
    for question in asked:
        form.fields[name_of(question)] = _field(question, side.event.territory)
    return asked


def initial_of(answers: Sequence[Answer]) -> dict[str, Any]:
    """Return what was answered as the initial values of the fields. Questions are read too."""
    return {name_of(answer.question): _initial(answer) for answer in answers}


def answered(form: forms.Form, asked: Sequence[Question]) -> dict[int, Answered]:
    """Return what a valid form answers, by the key of the question; nothing for what is empty."""
    found: dict[int, Answered] = {}
    for question in asked:
        value = form.cleaned_data.get(name_of(question))
        if value not in (None, "", []):
            found[question.pk] = _answered(question, value)
    return found


def advice_on(form: forms.Form, names: Sequence[str]) -> list[str]:
    """Return what the free text of these fields says that has no place in it, each once."""
    texts = [str(form.cleaned_data.get(name) or "") for name in names]
    return list(dict.fromkeys(str(one.advice) for text in texts for one in detect_forbidden(text)))


def in_words(answer: Answer) -> str:
    """Return an answer as people read it. Its question is read too."""
    kind = answer.question.kind
    if kind == QuestionKind.YES_NO:
        return _("Oui") if answer.codes == ["yes"] else _("Non")
    if kind in {QuestionKind.CHOICE, QuestionKind.CHOICES}:
        labels = dict(answer.question.options)
        return ", ".join(labels.get(code, code) for code in answer.codes)
    if kind == QuestionKind.DATE:
        try:
            return date.fromisoformat(answer.text).strftime("%d/%m/%Y")
        except ValueError:
            return answer.text
    return answer.text


def _field(question: Question, territory: Territory) -> forms.Field:
    facts: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help_text,
        "required": question.required,
    }
    options = [(code, words) for code, words in question.options]
    match question.kind:
        case QuestionKind.LONG_TEXT:
            widget = forms.Textarea(attrs={"rows": 4})
            return forms.CharField(max_length=2000, widget=widget, **facts)
        case QuestionKind.CHOICES:
            return forms.MultipleChoiceField(
                choices=options, widget=forms.CheckboxSelectMultiple, **facts
            )
        case QuestionKind.CHOICE:
            return _choice(options, facts)
        case QuestionKind.YES_NO:
            return _choice([("yes", _("Oui")), ("no", _("Non"))], facts)
        case QuestionKind.NUMBER:
            return forms.IntegerField(min_value=0, max_value=MOST_NUMBER, **facts)
        case QuestionKind.DATE:
            return forms.DateField(widget=DateInput, **facts)
        case QuestionKind.COMMUNE:
            return CommuneField(territory=territory, **facts)
        case QuestionKind.LINK:
            link = forms.URLInput(attrs={"placeholder": "https://"})
            return forms.CharField(
                max_length=MOST_LINK, widget=link, validators=[validate_link], **facts
            )
        case _:
            return forms.CharField(max_length=200, **facts)


def _choice(options: list[tuple[str, str]], facts: Mapping[str, Any]) -> forms.Field:
    if len(options) > MOST_RADIOS:
        return forms.ChoiceField(choices=[("", "—"), *options], **facts)
    if not facts["required"]:
        options = [*options, ("", _("Je préfère ne pas répondre"))]
    return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **facts)


def _answered(question: Question, value: Any) -> Answered:
    if question.kind == QuestionKind.CHOICES:
        return Answered(codes=list(value))
    if question.kind in {QuestionKind.CHOICE, QuestionKind.YES_NO}:
        return Answered(codes=[value])
    if isinstance(value, Commune):
        return Answered(text=value.name, codes=[value.insee])
    if isinstance(value, date):
        return Answered(text=value.isoformat())
    return Answered(text=str(value))


def _initial(answer: Answer) -> Any:
    if answer.question.kind == QuestionKind.CHOICES:
        return answer.codes
    if answer.question.kind in {QuestionKind.CHOICE, QuestionKind.YES_NO}:
        return answer.codes[0] if answer.codes else ""
    return answer.text

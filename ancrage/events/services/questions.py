"""What each side is asked: questions added, changed, ordered, taken away.

An answer given is never lost in silence: the kind of a question that was answered and the
options that were chosen stay, and taking it away asks for the number of answers that go with it.
"""

from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.events.enums import Meaning, QuestionKind
from ancrage.events.models import Answer, Question, Side
from ancrage.events.services.editing import lock_event, save_revision
from ancrage.kit.text import fold

WITH_OPTIONS = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})
MOST_QUESTIONS = 25
MOST_OPTIONS = 20
# Above, two wordings are one option spelt better; « lundi » and « jeudi » are 0.6 alike.
_SAME_WORDS = 0.8


class AnswersWouldBeLost(ValidationError):
    """People have answered: what they said would be lost, or say something else."""


@transaction.atomic
def add_question(
    *, side: Side, revision: int, by: Any, now: datetime, options: Sequence[str], **facts: Any
) -> Question:
    """Ask one more thing, after the others. `options` are the words of a choice, in order.

    Raises ValidationError (reasons by field) and `EventChangedMeanwhile`.
    """
    event = lock_event(side.event, revision)
    positions = list(side.questions.order_by("position").values_list("position", flat=True))
    if len(positions) >= MOST_QUESTIONS:
        raise ValidationError(
            _("%(most)d questions au plus : une inscription doit rester courte.")
            % {"most": MOST_QUESTIONS}
        )
    question = Question(side=side, position=positions[-1] + 1 if positions else 1, **facts)
    question.options = _coded(question, options)
    _check(question)
    question.save()
    save_revision(event=event, changes={"questions": ["", question.label]}, by=by, now=now)
    return question


@transaction.atomic
def edit_question(
    *,
    question: Question,
    revision: int,
    by: Any,
    now: datetime,
    options: Sequence[str],
    **facts: Any,
) -> Question:
    """Change what is asked, or how. Raises as `add_question`, and `AnswersWouldBeLost`."""
    event = lock_event(question.side.event, revision)
    answers = list(question.answers.order_by("pk"))
    if answers and facts["kind"] != question.kind:
        raise AnswersWouldBeLost({"kind": _answered_already(len(answers))})
    before = question.label
    for name, value in facts.items():
        setattr(question, name, value)
    question.options = _coded(question, options)
    _refuse_lost_options(question, answers)
    _check(question)
    question.save()
    save_revision(event=event, changes={"questions": [before, question.label]}, by=by, now=now)
    return question


@transaction.atomic
def move_question(*, question: Question, up: bool, revision: int, by: Any, now: datetime) -> None:
    """Exchange a question with the one before or after it; at an end, nothing moves.

    Raises `EventChangedMeanwhile`.
    """
    event = lock_event(question.side.event, revision)
    rows = list(question.side.questions.order_by("position", "pk"))
    place = next(rank for rank, row in enumerate(rows) if row.pk == question.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, start=1):
        row.position = position
    Question.objects.bulk_update(rows, ["position"])
    save_revision(
        event=event, changes={"questions": [question.label, question.label]}, by=by, now=now
    )


@transaction.atomic
def delete_question(
    *, question: Question, answers: int, revision: int, by: Any, now: datetime
) -> None:
    """Take a question away with its `answers`, the number that was accepted to be lost.

    Raises `AnswersWouldBeLost` when there are more by now, and `EventChangedMeanwhile`.
    """
    event = lock_event(question.side.event, revision)
    found = question.answers.count()
    if found > answers:
        raise AnswersWouldBeLost(_answered_already(found))
    label = question.label
    question.delete()
    save_revision(event=event, changes={"questions": [label, ""]}, by=by, now=now)


def _check(question: Question) -> None:
    asks_choice = question.kind in WITH_OPTIONS
    if asks_choice and len(question.options) < 2:
        raise ValidationError({"options": _("Proposez au moins deux réponses, une par ligne.")})
    if not asks_choice and question.options:
        raise ValidationError(
            {"options": _("Seul un choix propose des réponses : videz ce champ.")}
        )
    question.full_clean()


def _coded(question: Question, words: Sequence[str]) -> list[list[str]]:
    """Give each wording its code: the one it had, the other side's for the same words, or new."""
    written = list(dict.fromkeys(words))
    if len(written) > MOST_OPTIONS:
        raise ValidationError(
            {"options": _("%(most)d réponses au plus.") % {"most": MOST_OPTIONS}}
        )
    known = [(code, text) for code, text in question.options]
    coded: dict[str, str] = {}
    for rank, text in enumerate(written):
        same = [code for code, old in known if fold(old) == fold(text)]
        if not same and rank < len(known) and _is_respelt(known[rank][1], text, written):
            same = [known[rank][0]]
        if same and same[0] not in coded.values():
            coded[text] = same[0]
    shared = _codes_of_other_side(question)
    for text in written:
        if text not in coded:
            coded[text] = _free_code(text, shared, {*coded.values(), *dict(known)})
    return [[coded[text], text] for text in written]


def _is_respelt(old: str, new: str, written: Sequence[str]) -> bool:
    if fold(old) in {fold(text) for text in written}:
        return False
    return SequenceMatcher(None, fold(old), fold(new)).ratio() >= _SAME_WORDS


def _codes_of_other_side(question: Question) -> dict[str, str]:
    """Codes of one meaning are the same on both sides: that is how they are compared."""
    if question.meaning == Meaning.NONE:
        return {}
    others = Question.objects.filter(
        side__event=question.side.event_id, meaning=question.meaning
    ).exclude(side=question.side_id)
    return {fold(text): code for other in others.order_by("pk") for code, text in other.options}


def _free_code(text: str, shared: dict[str, str], taken: set[str]) -> str:
    found = shared.get(fold(text))
    if found is not None and found not in taken:
        return found
    base = slugify(text)[:40] or "option"
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    return code


def _refuse_lost_options(question: Question, answers: Sequence[Answer]) -> None:
    kept = {code for code, _text in question.options}
    lost = sum(1 for answer in answers if not kept.issuperset(answer.codes))
    if lost:
        raise AnswersWouldBeLost(
            {
                "options": ngettext(
                    "%(count)d personne a choisi une réponse que vous retirez : gardez-la.",
                    "%(count)d personnes ont choisi une réponse que vous retirez : gardez-la.",
                    lost,
                )
                % {"count": lost}
            }
        )


def _answered_already(count: int) -> str:
    return ngettext(
        "%(count)d personne a déjà répondu à cette question.",
        "%(count)d personnes ont déjà répondu à cette question.",
        count,
    ) % {"count": count}

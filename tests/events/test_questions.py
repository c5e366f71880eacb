"""Questions: added, changed, ordered, taken away; answers are not lost in silence."""

import pytest
from django.core.exceptions import ValidationError

from ancrage.events.enums import Meaning, QuestionKind
from ancrage.events.models import Answer, Question
from ancrage.events.services import (
    AnswersWouldBeLost,
    add_question,
    delete_question,
    edit_question,
    move_question,
)
from tests.factories import ParticipantFactory, PartyFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def _facts(**changes):
    return {
        "kind": QuestionKind.CHOICES,
        "meaning": Meaning.NONE,
        "label": "Quels jours ?",
        "help_text": "",
        "required": False,
        "on_sheet": True,
        "options": ["Lundi", "Mardi"],
        **changes,
    }


def _add(side, **changes):
    side.event.refresh_from_db()
    return add_question(
        side=side, revision=side.event.revision, by=None, now=NOW, **_facts(**changes)
    )


def _edit(question, **changes):
    revision = type(question.side.event).objects.get(pk=question.side.event_id).revision
    return edit_question(
        question=question, revision=revision, by=None, now=NOW, **_facts(**changes)
    )


def _answer(question, *codes):
    person = ParticipantFactory(party=PartyFactory(side=question.side))
    return Answer.objects.create(participant=person, question=question, codes=list(codes))


def test_question_is_added_at_the_end(visitors):
    first, second = _add(visitors), _add(visitors, label="Et encore ?")

    assert (first.position, second.position) == (1, 2)
    assert first.options == [["lundi", "Lundi"], ["mardi", "Mardi"]]


def test_options_of_one_meaning_bear_the_codes_of_the_other_side(visitors, hosts):
    Question.objects.create(
        side=hosts,
        position=1,
        kind=QuestionKind.CHOICES,
        meaning=Meaning.DAYS,
        label="Jours",
        options=[["mon", "Lundi"], ["tue", "Mardi"]],
    )

    added = _add(visitors, meaning=Meaning.DAYS, options=["mardi", "Dimanche"])

    assert added.options == [["tue", "mardi"], ["dimanche", "Dimanche"]]


@pytest.mark.parametrize(
    "changes",
    [
        {"options": ["Lundi"]},
        {"kind": QuestionKind.TEXT},
        {"label": ""},
        {"options": [f"Réponse {n}" for n in range(21)]},
    ],
)
def test_question_that_cannot_be_asked_is_refused(visitors, changes):
    with pytest.raises(ValidationError):
        _add(visitors, **changes)


def test_too_many_questions_are_refused(visitors):
    Question.objects.bulk_create(
        Question(side=visitors, position=n, kind=QuestionKind.TEXT, label=f"Question {n}")
        for n in range(25)
    )

    with pytest.raises(ValidationError, match="25 questions au plus"):
        _add(visitors)


def test_respelt_option_keeps_its_code_and_its_answers(visitors):
    question = _add(visitors, options=["Remplacements réguliers", "Collaboration"])
    _answer(question, "remplacements-reguliers")

    _edit(question, options=["Remplacement régulier", "Collaboration", "Reprise"])

    assert question.options == [
        ["remplacements-reguliers", "Remplacement régulier"],
        ["collaboration", "Collaboration"],
        ["reprise", "Reprise"],
    ]


def test_option_that_somebody_chose_is_not_taken_away(visitors):
    question = _add(visitors)
    _answer(question, "lundi")

    with pytest.raises(AnswersWouldBeLost, match="1 personne a choisi une réponse"):
        _edit(question, options=["Jeudi", "Mardi"])


def test_kind_of_an_answered_question_stays(visitors):
    question = _add(visitors)
    _answer(question, "lundi")

    with pytest.raises(AnswersWouldBeLost, match="1 personne a déjà répondu"):
        _edit(question, kind=QuestionKind.CHOICE)


def test_question_moves_up_and_stops_at_the_top(visitors):
    _first, second = _add(visitors), _add(visitors, label="Et encore ?")
    event = visitors.event
    for _press in range(2):
        event.refresh_from_db()
        move_question(question=second, up=True, revision=event.revision, by=None, now=NOW)

    labels = list(visitors.questions.order_by("position").values_list("label", flat=True))
    assert labels == ["Et encore ?", "Quels jours ?"]


def test_answered_question_goes_only_with_the_answers_accepted(visitors):
    question = _add(visitors)
    _answer(question, "lundi")
    event = visitors.event
    event.refresh_from_db()

    with pytest.raises(AnswersWouldBeLost):
        delete_question(question=question, answers=0, revision=event.revision, by=None, now=NOW)
    delete_question(question=question, answers=1, revision=event.revision, by=None, now=NOW)

    assert not Question.objects.exists()
    assert not Answer.objects.exists()

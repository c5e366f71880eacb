"""The sheets that one side reads of the other, to know whom to wish.

Who agreed to it (`events_sharing`) is shown with their name, their structure and all the answers
meant for the sheet. Until the evening the others are shown without a name, by the answers chosen
from a list, a date, a number or a commune: words typed freely may name somebody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ancrage.events.enums import Meaning, QuestionKind
from ancrage.events.models import Answer, Participant, Party, Question
from ancrage.events.queries.answers import YES
from ancrage.events.queries.parties import label_of, parties_with_a_place

_FREE_WORDS = frozenset({QuestionKind.TEXT, QuestionKind.LONG_TEXT, QuestionKind.LINK})


@dataclass(frozen=True, slots=True)
class SheetLine:
    """What was answered to a question; `is_link` when the values are addresses to open."""

    label: str
    values: tuple[str, ...]
    meaning: Meaning = Meaning.NONE
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """What a party shows to the other side.

    `place` is the commune said, `organisation` is empty without a name.
    """

    party: int
    title: str
    is_named: bool
    place: str
    organisation: str
    lines: tuple[SheetLine, ...]


def sheets_for(party: Party, *, on_the_evening: bool = False) -> Mapping[int, ShownSheet]:
    """Return the sheets of the other side that `party` may read, by the key of the party.

    On the evening everybody's name is told: one cannot be met without it. Free words are still
    those of who agreed alone. Somebody whose data are frozen has no sheet. Three queries,
    whatever the number of people.
    """
    others = [
        other
        for other in parties_with_a_place(party.event).exclude(side=party.side_id)
        if all(member.subject.is_shown for member in _members(other))
    ]
    answers = _answers(others)
    return {other.pk: _sheet(other, answers, told=on_the_evening) for other in others}


def _members(party: Party) -> list[Participant]:
    return party.placed  # type: ignore[attr-defined]


def _answers(parties: Iterable[Party]) -> Mapping[int, list[Answer]]:
    found: dict[int, list[Answer]] = defaultdict(list)
    members = [member.pk for party in parties for member in _members(party)]
    for answer in (
        Answer.objects.filter(participant__in=members, question__on_sheet=True)
        .select_related("question")
        .order_by("question__position", "question_id", "participant__registered_at", "pk")
    ):
        found[answer.participant_id].append(answer)
    return found


def _sheet(party: Party, answers: Mapping[int, list[Answer]], *, told: bool) -> ShownSheet:
    members = _members(party)
    is_named = told or all(member.shares_sheet for member in members)
    questions: dict[int, Question] = {}
    said: dict[int, dict[str, None]] = defaultdict(dict)
    for member in members:
        for answer in answers[member.pk]:
            question = answer.question
            if question.kind not in _FREE_WORDS or member.shares_sheet:
                questions[question.pk] = question
                said[question.pk].update(dict.fromkeys(values_of(answer)))
    lines = tuple(
        SheetLine(
            label=question.label,
            values=tuple(said[key]),
            meaning=Meaning(question.meaning),
            is_link=question.kind == QuestionKind.LINK,
        )
        for key, question in questions.items()
        if said[key]
    )
    places = [line.values[0] for line in lines if line.meaning == Meaning.PLACE]
    place = places[0] if places else ""
    organisations = dict.fromkeys(filter(None, (member.organisation for member in members)))
    return ShownSheet(
        party=party.pk,
        title=label_of(party) if is_named else _nameless(party, place),
        is_named=is_named,
        place=place,
        organisation=", ".join(organisations) if is_named else "",
        lines=lines,
    )


def _nameless(party: Party, place: str) -> str:
    """Return « Médecin installé n° 12 · Vire »."""
    who = _("%(who)s n° %(number)d") % {"who": capfirst(party.side.singular), "number": party.pk}
    return f"{who} · {place}" if place else who


def values_of(answer: Answer) -> tuple[str, ...]:
    """Return what was answered, in words; the answer comes with its question."""
    question = answer.question
    if question.kind in {QuestionKind.CHOICE, QuestionKind.CHOICES}:
        words = dict(question.options)
        return tuple(str(words[code]) for code in answer.codes if code in words)
    if question.kind == QuestionKind.YES_NO:
        return (_("Oui") if YES in answer.codes else _("Non"),) if answer.codes else ()
    text = answer.text.strip()
    if question.kind == QuestionKind.DATE and (day := _day(text)) is not None:
        return (date_format(day, "DATE_FORMAT"),)
    return (text,) if text else ()


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None

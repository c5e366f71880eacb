"""What each party said, by meaning, whatever the words of the questions.

How answers are kept, for whoever writes or reads one:

- a choice, several choices: `codes` of the options;
- yes or no: `codes` is `["yes"]` or `["no"]`;
- a commune: `codes` is its INSEE code, `text` its name as it was shown;
- a number, a date: `text`, in figures or as YYYY-MM-DD;
- words and links: `text`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ancrage.events.enums import PLACED_STATES, Meaning, PartyKind, QuestionKind, SideRole
from ancrage.events.models import Answer, Event, Party
from ancrage.kit.text import fold
from ancrage.territory.models import Commune

YES, NO = "yes", "no"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_BETWEEN = re.compile(r"[,;/\n]")


@dataclass(frozen=True, slots=True)
class Said:
    """The answers of a party, for what is compared between the two sides.

    What nobody of the party said is empty or None. Places are in degrees, `reach_km` in
    kilometres as the crow flies.
    """

    modes: frozenset[str] = frozenset()
    commune: str = ""
    latitude: float | None = None
    longitude: float | None = None
    reach_km: float | None = None
    start: date | None = None
    days: frozenset[str] = frozenset()
    specialties: frozenset[str] = frozenset()
    together: bool | None = None


def said_in(event: Event) -> Mapping[int, Said]:
    """Return what each party that holds a place said, by the key of the party.

    The members of a party speak as one: what they seek or offer is put together; a host team is
    ready as soon as its first member is, visitors who move together once they all are, and go no
    further than the one who goes least far.
    """
    parties = Party.objects.filter(event=event, members__state__in=PLACED_STATES).distinct()
    kinds = {
        key: (kind, role) for key, kind, role in parties.values_list("pk", "kind", "side__role")
    }
    answers: dict[int, dict[str, list[Answer]]] = defaultdict(lambda: defaultdict(list))
    for answer in (
        Answer.objects.filter(
            participant__event=event,
            participant__state__in=PLACED_STATES,
            question__side__event=event,
        )
        .exclude(question__meaning=Meaning.NONE)
        .select_related("question", "participant")
        .order_by("participant__registered_at", "pk")
    ):
        answers[answer.participant.party_id][answer.question.meaning].append(answer)
    communes = _communes(answers.values())
    return {
        key: _said(answers[key], communes, together=kind == PartyKind.COUPLE, role=role)
        for key, (kind, role) in sorted(kinds.items())
    }


def _communes(answers: Iterable[Mapping[str, list[Answer]]]) -> Mapping[str, Commune]:
    codes = {
        code for own in answers for answer in own.get(Meaning.PLACE, ()) for code in _codes(answer)
    }
    return {commune.insee: commune for commune in Commune.objects.filter(insee__in=codes)}


def _said(
    answers: Mapping[str, list[Answer]],
    communes: Mapping[str, Commune],
    *,
    together: bool,
    role: str,
) -> Said:
    def own(meaning: Meaning) -> list[Answer]:
        return list(answers.get(meaning, ()))

    places = [
        communes[code]
        for answer in own(Meaning.PLACE)
        for code in _codes(answer)
        if code in communes
    ]
    place = places[0] if places else None
    located = place is not None and None not in (place.latitude, place.longitude)
    reaches = [km for km in map(_number, own(Meaning.REACH)) if km is not None]
    starts = [day for day in map(_day, own(Meaning.START)) if day is not None]
    both = [code == YES for answer in own(Meaning.TOGETHER) for code in _codes(answer)]
    return Said(
        modes=_words(own(Meaning.MODE)),
        commune=place.name if place else "",
        latitude=place.latitude if place and located else None,
        longitude=place.longitude if place and located else None,
        reach_km=min(reaches, default=None),
        start=(min if role == SideRole.HOST else max)(starts, default=None),
        days=_words(own(Meaning.DAYS)),
        specialties=_words(own(Meaning.SPECIALTY)),
        together=True if together and role == SideRole.VISITOR else any(both) if both else None,
    )


def _codes(answer: Answer) -> list[str]:
    return [code for code in answer.codes if isinstance(code, str)]


def _words(answers: Iterable[Answer]) -> frozenset[str]:
    """Return the codes chosen; what was typed in a text counts as one code between commas."""
    found: set[str] = set()
    for answer in answers:
        if answer.question.kind in {QuestionKind.CHOICE, QuestionKind.CHOICES}:
            found.update(_codes(answer))
        else:
            found.update(filter(None, map(fold, _BETWEEN.split(answer.text))))
    return frozenset(found)


def _number(answer: Answer) -> float | None:
    figures = _NUMBER.search(answer.text)
    return float(figures[0].replace(",", ".")) if figures else None


def _day(answer: Answer) -> date | None:
    try:
        return date.fromisoformat(answer.text.strip())
    except ValueError:
        return None

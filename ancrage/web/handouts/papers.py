"""What is handed to the typst templates: texts in the reader's language, in the order of paper."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.events.enums import SideRole
from ancrage.events.models import Participant
from ancrage.events.queries.handouts import Handouts, PartyOnPaper, Seat, Turn
from ancrage.kit.pdf import PACKAGE
from ancrage.kit.qr import qr_svg
from ancrage.web.templatetags.dates import date_in_words

Pair = tuple[PartyOnPaper, Participant]

TEMPLATES = PACKAGE / "web" / "templates" / "handouts"
# More rounds side by side could not be read on a page.
ROUNDS_ACROSS = 6


def paper_of(
    kind: str, handouts: Handouts, people: Sequence[Pair], *, mark: str
) -> tuple[Path, Mapping[str, Any]]:
    """Return the template of a kind of paper, and its data.

    `mark` says who took it and why, on the lists that the organisers keep.
    """
    name, make = _MAKERS[kind]
    common = {
        "event": handouts.event.title,
        "when": date_in_words(localtime(handouts.event.starts_at), "l j F Y"),
        "place": handouts.event.place,
        "version": version_of(handouts),
        "mark": mark,
    }
    data = make(handouts, people)
    words = {
        **data.pop("words"),
        "unprintable": _("lettre qu’aucune police ne dessine ici"),
    }
    return TEMPLATES / f"{name}.typ", {**common, **data, "words": words}


def version_of(handouts: Handouts) -> str:
    """« version 3, publiée le 3 décembre à 18:42 »; nothing before one is published."""
    timetable = handouts.timetable
    if timetable is None or timetable.published_at is None:
        return ""
    published = localtime(timetable.published_at)
    return _("version %(number)d, publiée le %(day)s à %(hour)s") % {
        "number": timetable.version,
        "day": date_in_words(published, "j F"),
        "hour": hour_of(published),
    }


def hour_of(moment: datetime) -> str:
    """« 18:42 », where the event takes place."""
    return date_in_words(localtime(moment), "H:i")


def _people(handouts: Handouts, people: Sequence[Pair]) -> dict[str, Any]:
    event = handouts.event
    return {
        "welcome": event.welcome.strip(),
        "doors": _("Accueil à partir de %(hour)s") % {"hour": hour_of(event.doors_at)},
        "people": [
            {
                "name": one.full_name,
                "side": capfirst(party.side.singular),
                "team": party.label if len(party.people) > 1 else "",
                "organisation": one.organisation,
                "badge": one.badge,
                "lines": [
                    line
                    for turn in handouts.turns
                    for line in _programme_lines(turn, _own_line(handouts, party, turn))
                ],
            }
            for party, one in people
        ],
        "words": _programme_words(_("Table"), _("Vous rencontrez")) | {"badge": _("Badge")},
    }


def _own_line(handouts: Handouts, party: PartyOnPaper, turn: Turn) -> dict[str, Any]:
    stop = party.stops.get(turn.number)
    if stop is None:
        return {"kind": "free", "at": "", "who": _("Temps libre")}
    return {"kind": "meeting", "at": stop.table, "who": named(handouts, stop.others)}


def _tables(handouts: Handouts, people: Sequence[Pair]) -> dict[str, Any]:
    return {
        "tables": [
            {
                "name": name,
                "host": _only_host(handouts, rounds),
                "lines": [
                    line
                    for turn in handouts.turns
                    for line in _programme_lines(turn, _table_line(handouts, rounds, turn))
                ],
            }
            for name, rounds in handouts.tables.items()
            if name
        ],
        "words": _programme_words(_("À cette table"), _("Rencontre")) | {"table": _("Table")},
    }


def _only_host(handouts: Handouts, rounds: Mapping[int, Sequence[Seat]]) -> str:
    """Return who sits there all evening; nothing where several take turns."""
    hosts = {seat.host for seats in rounds.values() for seat in seats}
    return named(handouts, list(hosts)) if len(hosts) == 1 else ""


def _table_line(
    handouts: Handouts, rounds: Mapping[int, Sequence[Seat]], turn: Turn
) -> dict[str, Any]:
    seats = rounds.get(turn.number, ())
    if not seats:
        return {"kind": "free", "at": "", "who": _("Table libre")}
    return {
        "kind": "meeting",
        "at": "\n".join(named(handouts, [seat.host]) for seat in seats),
        "who": "\n".join(named(handouts, seat.visitors) for seat in seats),
    }


def _programme_lines(turn: Turn, line: dict[str, Any]) -> list[dict[str, Any]]:
    if turn.is_dropped:
        line = {"kind": "free", "at": "", "who": _("Tour supprimé")}
    lines = [{**line, "round": str(turn.number + 1), "hour": hour_of(turn.starts_at)}]
    if turn.break_after:
        lines.append({"kind": "break", "who": break_words(turn.break_after)})
    return lines


def break_words(minutes: int) -> str:
    """« Pause de 15 minutes »."""
    return ngettext("Pause de %(count)d minute", "Pause de %(count)d minutes", minutes) % {
        "count": minutes
    }


def _programme_words(at: str, who: str) -> dict[str, str]:
    return {"round": _("Tour"), "hour": _("Heure"), "at": at, "who": who}


def _badges(handouts: Handouts, people: Sequence[Pair]) -> dict[str, Any]:
    return {
        "badges": [
            {
                "first": one.first_name,
                "last": one.last_name,
                "side": capfirst(party.side.singular),
                "is_host": party.side.role == SideRole.HOST,
                "organisation": one.organisation,
                "code": one.badge,
                "square": str(qr_svg(check_in_address(one), label=one.badge, one_of_many=True)),
            }
            for party, one in people
        ],
        "words": {"square": _("Code à scanner du badge")},
    }


def check_in_address(person: Participant) -> str:
    """Return what the code of a badge opens on an organiser's telephone: this person, at the door.

    Whoever else reads it is asked to sign in.
    """
    path = reverse("evenings:person", args=[person.event_id, person.badge])
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _sign_in(handouts: Handouts, people: Sequence[Pair]) -> dict[str, Any]:
    sides = {party.side.pk: party.side for party, _one in people}
    return {
        "sides": [
            {
                "name": capfirst(side.name),
                "people": [
                    {
                        "last": one.last_name,
                        "first": one.first_name,
                        "organisation": one.organisation,
                        "badge": one.badge,
                    }
                    for party, one in people
                    if party.side.pk == side.pk
                ],
            }
            for side in sides.values()
        ],
        "words": {
            "name": _("Nom et prénom"),
            "organisation": _("Cabinet, structure ou faculté"),
            "badge": _("Badge"),
            "hour": _("Heure"),
            "signature": _("Signature"),
        },
    }


def _grid(handouts: Handouts, people: Sequence[Pair]) -> dict[str, Any]:
    turns = [turn for turn in handouts.turns if not turn.is_dropped]
    return {
        "parts": [
            {
                "title": _("Tours %(first)d à %(last)d")
                % {"first": part[0].number + 1, "last": part[-1].number + 1},
                "rounds": [
                    {"name": str(turn.number + 1), "hour": hour_of(turn.starts_at)}
                    for turn in part
                ],
                "rows": [
                    {
                        "table": name or "–",
                        "cells": [_cell(handouts, rounds.get(turn.number, ())) for turn in part],
                    }
                    for name, rounds in handouts.tables.items()
                ],
            }
            for part in _parts(turns)
        ],
        "words": {"table": _("Table"), "round": _("Tour")},
    }


def _cell(handouts: Handouts, seats: Sequence[Seat]) -> list[dict[str, str]]:
    return [
        {"host": named(handouts, [seat.host]), "visitors": named(handouts, seat.visitors)}
        for seat in seats
    ]


def _parts(turns: Sequence[Turn]) -> list[Sequence[Turn]]:
    """Share the rounds between pages as evenly as their number allows."""
    pages = -(-len(turns) // ROUNDS_ACROSS)
    width = -(-len(turns) // pages) if pages else 1
    return [turns[start : start + width] for start in range(0, len(turns), width)]


def named(handouts: Handouts, keys: Sequence[int]) -> str:
    """Name parties as the organisers do. One that gave its place up since keeps a number."""
    return ", ".join(
        handouts.parties[key].label if key in handouts.parties else _gone(key) for key in keys
    )


def _gone(key: int) -> str:
    return _("n° %(number)d (désistement)") % {"number": key}


_MAKERS: Mapping[str, tuple[str, Callable[[Handouts, Sequence[Pair]], dict[str, Any]]]] = {
    "personnes": ("people", _people),
    "tables": ("tables", _tables),
    "badges": ("badges", _badges),
    "emargement": ("sign_in", _sign_in),
    "grille": ("grid", _grid),
}

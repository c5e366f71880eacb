"""The zones and the requests for aids of the demo: one request in each state. Invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import candidate_of
from ancrage.partners.models import Partner
from ancrage.schemes.enums import AidState, Zone
from ancrage.schemes.models import AidRequest, Scheme
from ancrage.schemes.services import ZoningLine, save_zonings
from ancrage.schemes.services import requests as aids
from ancrage.territory.models import Territory

# Nothing here is an order of the ARS: a deployment imports the real lists.
ZONING_SOURCE = "Zonage fictif, pour la démonstration : importez l’arrêté en vigueur"
_SINCE = date(2026, 1, 1)
_ZIP = ("44021", "44106", "44126")
_ZAC = ("44005", "44038", "44116")
_FRR = ("44021", "44106")
_PERSON = "professionnelle@demo.example"
_COORDINATOR = "coordination@demo.example"
_NOTE = "Dossier déposé en ligne, accusé de réception conservé."


@dataclass(frozen=True)
class _Story:
    """An aid asked for so many days ago, then what became of it, each so many days ago."""

    aid: str
    asked: int
    cents: int | None = None
    moves: tuple[tuple[AidState, int], ...] = ()
    course_months: int | None = None


_OF_THE_PERSON = _Story(
    "etude-promotionnelle",
    400,
    1_450_000,
    ((AidState.GRANTED, 330), (AidState.PAID, 300)),
    course_months=11,
)
_OF_PEOPLE = (
    _Story("cae-pays-de-la-loire", 260, 500_000, ((AidState.GRANTED, 210), (AidState.PAID, 180))),
    _Story("visale-30-ans", 45),
    _Story("mobili-pass", 90, 300_000, ((AidState.GRANTED, 60),)),
    _Story("aide-garde-enfants", 70, 41_600, ((AidState.REFUSED, 50),)),
    _Story("bail-mobilite", 120, None, ((AidState.CLOSED, 100),)),
    _Story("primo-installation-zip", 12, 1_000_000),
)
_OF_STRUCTURES = (
    _Story("pech", 60, 2_000_000, ((AidState.GRANTED, 20),)),
    _Story("assistant-medical", 40, 3_600_000),
)


def load_aids(
    territory: Territory, built: Mapping[str, Partner], users: Mapping[str, User], *, now: datetime
) -> int:
    """Give communes their invented zones, and follow requests in every state; return how many."""
    _zonings(now=now)
    coordinator, person = users[_COORDINATOR], users[_PERSON]
    own = candidate_of(person)
    if own is not None:
        _follow(_OF_THE_PERSON, own, person, now=now)
    others = Candidate.objects.filter(territory=territory, status=CandidateStatus.ACTIVE)
    if own is not None:
        others = others.exclude(pk=own.pk)
    known = others.filter(subject__limited_at__isnull=True).select_related("subject")
    for story, candidate in zip(_OF_PEOPLE, known.order_by("pk"), strict=False):
        _follow(story, candidate, coordinator, now=now)
    hospital = built["hopital-de-la-cote"]
    for story in _OF_STRUCTURES:
        _follow(story, hospital, users["rh@hopital.demo.example"], now=now)
    return AidRequest.objects.count()


def _zonings(*, now: datetime) -> None:
    listed = ((Zone.ZIP, _ZIP), (Zone.ZAC, _ZAC), (Zone.FRR, _FRR))
    lines = [
        ZoningLine(number, insee, zone, _SINCE, None)
        for number, (zone, insee) in enumerate(
            ((zone, insee) for zone, codes in listed for insee in codes), start=2
        )
    ]
    save_zonings(
        lines=lines,
        source=ZONING_SOURCE,
        licence="Données fictives",
        by=None,
        now=now,
        whole_departments=frozenset({"44"}),
    )


def _follow(story: _Story, asker: Candidate | Partner, by: User, *, now: datetime) -> None:
    scheme = Scheme.objects.get(code=story.aid)
    asked = now - timedelta(days=story.asked)
    said: dict[str, Any] = {
        "scheme": scheme,
        "on": timezone.localdate(asked),
        "asked_cents": story.cents,
        "note": _NOTE,
        "by": by,
        "now": asked,
    }
    if isinstance(asker, Partner):
        request = aids.ask_for_partner(partner=asker, **said)
    else:
        request = aids.ask_for_person(subject=asker.subject, **said)
    for state, days in story.moves:
        moment = now - timedelta(days=days)
        request = aids.move_request(
            request=request,
            to=state,
            on=timezone.localdate(moment),
            by=by,
            now=moment,
            **_said(story, state, timezone.localdate(moment)),
        )


def _said(story: _Story, state: AidState, on: date) -> dict[str, Any]:
    if state is AidState.GRANTED:
        return {
            "granted_cents": story.cents,
            "starts_on": on,
            "course_months": story.course_months,
        }
    return {"paid_cents": story.cents} if state is AidState.PAID else {}

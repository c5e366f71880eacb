"""The people of the demo who look for a post: two hundred profiles, at every stage. Invented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.candidates import services as candidates
from ancrage.candidates.enums import (
    Experience,
    Horizon,
    Origin,
    RegistrationState,
)
from ancrage.candidates.models import Candidate, ContactRequest
from ancrage.demo.names import draw_names
from ancrage.demo.papers import add_papers
from ancrage.demo.profiles import KINDS, Somebody, everybody, facts_of_somebody
from ancrage.partners.models import Partner
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.professions.enums import ContractKind
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, Territory

_NOTICE = "talent_pool"
_MESSAGES = (
    "Je m’installe dans la région au printemps (démonstration).",
    "Je cherche un poste de jour, à moins d’une demi-heure (démonstration).",
    "J’aimerais visiter un établissement avant de décider (démonstration).",
)
# How many days ago people came: over eighteen months.
_LATEST, _OLDEST = 18, 540
# One, met nearly two years ago and never heard from since, has to be told of the end.
_SILENT_RANK, _SILENT_DAYS = 97, 690


@dataclass(frozen=True)
class _Scene:
    territory: Territory
    coordinator: User
    communes: Sequence[Commune]
    # Two structures that enter people themselves.
    partners: Sequence[Partner]
    now: datetime


def load_candidates(
    territory: Territory,
    users: Mapping[str, User],
    built: Mapping[str, Partner],
    *,
    draws: Random,
    now: datetime,
) -> int:
    """Write the profiles: most were met and answered, some came by themselves, a few wait."""
    scene = _Scene(
        territory,
        users["coordination@demo.example"],
        list(territory.communes.select_related("epci").order_by("insee")),
        [built["hopital-de-la-cote"], built["ehpad-le-phare"]],
        now,
    )
    wanted = {*KINDS, *(kind.aim for kind in KINDS.values() if kind.aim)}
    known = {row.code: row for row in Profession.objects.filter(code__in=wanted)}
    people = everybody(known, draws)
    names = draw_names(len(people), draws)
    for rank, (somebody, name) in enumerate(zip(people, names, strict=True)):
        _come(scene, somebody, name, rank, draws=draws)
    _played(scene, known, users["professionnelle@demo.example"])
    _twice(scene, known)
    return Candidate.objects.filter(territory=territory).count()


def _come(
    scene: _Scene, somebody: Somebody, name: tuple[str, str], rank: int, *, draws: Random
) -> None:
    facts = {
        **facts_of_somebody(
            somebody, scene.communes, today=timezone.localdate(scene.now), draws=draws
        ),
        "first_name": name[0],
        "last_name": name[1],
        # Without an address: the demo writes to nobody. Numbers that Arcep keeps for fiction.
        "phone": f"+3326191{rank:04d}",
    }
    drawn = draws.randint(_LATEST, _OLDEST)
    days = _SILENT_DAYS if rank == _SILENT_RANK else drawn
    met = scene.now - timedelta(days=days, minutes=draws.randint(0, 400))
    if rank % 25 == 7:
        # Entered these days: they have a month to answer.
        recently = scene.now - timedelta(days=1 + rank % 6)
        _enter(scene, facts, rank, now=recently)
        return
    if rank % 8 == 3:
        candidate = _by_themselves(scene, facts, rank, now=met)
    else:
        candidate = _enter(scene, facts, rank, now=met)
        candidates.confirm_candidate(
            candidate=candidate,
            user=None,
            by=scene.coordinator,
            now=met + timedelta(days=2),
            agreed=[current_notice(_NOTICE)] if draws.random() < 0.85 else [],
            channel=ConsentChannel.MEETING,
            proof="Compte rendu d’entretien (démonstration)",
        )
    add_papers(
        candidate, somebody, rank, by=scene.coordinator, draws=draws, met=met, now=scene.now
    )


def _enter(scene: _Scene, facts: dict[str, Any], rank: int, *, now: datetime) -> Candidate:
    """Let the coordination write the profile, after a file it received or not, or a structure."""
    by_structure = rank % 6 == 1
    return candidates.enter_candidate(
        territory=scene.territory,
        information_proof="Dit lors d’un entretien (démonstration)",
        partner=scene.partners[rank % 2] if by_structure else None,
        origin=Origin.IMPORT if rank % 10 == 5 and not by_structure else None,
        by=scene.coordinator,
        now=now,
        **facts,
    )


def _by_themselves(scene: _Scene, facts: dict[str, Any], rank: int, *, now: datetime) -> Candidate:
    facts.pop("note")
    candidate = candidates.register_candidate(
        territory=scene.territory,
        by=None,
        now=now,
        agreed=[current_notice(_NOTICE)] if rank % 3 else [],
        message=_MESSAGES[rank % len(_MESSAGES)],
        horizon=Horizon.values[rank % len(Horizon.values)],
        **facts,
    )
    request = ContactRequest.objects.get(candidate=candidate)
    candidates.close_contact_request(
        request=request,
        answered=rank % 5 > 0,
        by=scene.coordinator,
        now=now + timedelta(days=1 + rank % 4),
    )
    return candidate


def _played(scene: _Scene, known: Mapping[str, Profession], person: User) -> None:
    """The profile of the account that plays a person, and who has looked at it."""
    candidates.register_candidate(
        territory=scene.territory,
        by=person,
        now=scene.now - timedelta(days=12),
        agreed=[current_notice(_NOTICE)],
        first_name=person.first_name,
        last_name=person.last_name,
        phone="+33261910900",
        commune=scene.communes[0],
        reach_km=20,
        experience=Experience.YEARS_5_10,
        available_from=timezone.localdate(scene.now) + timedelta(days=45),
        contracts=[ContractKind.CDI],
        works_days=True,
        professions=[{"profession": known["nurse"], "registration": RegistrationState.REGISTERED}],
    )


def _twice(scene: _Scene, known: Mapping[str, Profession]) -> None:
    """Twice the same person: what the coordination finds among the duplicates."""
    for days in (9, 3):
        candidates.register_candidate(
            territory=scene.territory,
            by=None,
            now=scene.now - timedelta(days=days),
            message=_MESSAGES[0],
            first_name="Oriane",
            last_name="Josse (fictive)",
            phone="+33261910901",
            commune=scene.communes[1],
            professions=[{"profession": known["care_assistant"]}],
        )

"""Who comes to the meetings of the demo, what they answer and whom they wish to see. Invented."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from ancrage.accounts.models import User
from ancrage.candidates.models import Candidate
from ancrage.demo.names import draw_names
from ancrage.events import services as events
from ancrage.events.enums import (
    EventAction,
    Meaning,
    PartyKind,
    QuestionKind,
    RegistrationOrigin,
    SideRole,
    WishKind,
)
from ancrage.events.models import Event, Party, Question, Side, Wish
from ancrage.events.services import Answered, Person
from ancrage.kit.audit import line, record_many
from ancrage.privacy.enums import ConsentChannel
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, Territory

# What each side seeks or offers, and how often.
_MODES = {
    SideRole.HOST: {
        "locum_regular": 5,
        "locum_occasional": 4,
        "collaboration": 3,
        "association": 2,
        "succession": 2,
        "salaried": 1,
    },
    SideRole.VISITOR: {
        "locum_regular": 5,
        "locum_occasional": 5,
        "collaboration": 3,
        "salaried": 2,
        "association": 1,
        "succession": 1,
    },
}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat")
_TEAMS = ("Deux médecins et une infirmière", "Trois médecins", "Une équipe de huit professionnels")
_OFFICES = ("secrétariat sur place", "secrétariat à distance", "assistante médicale")
_WELCOMES = (
    "un logement possible à deux pas",
    "des visites le mardi seulement",
    "des gardes partagées à dix",
    "vingt-deux consultations par jour",
)
_TRADES = ("Infirmière", "Aide-soignante", "Kinésithérapeute", "Ergothérapeute")
_HOUSES = ("des Mouettes", "du Marais", "de la Côte de Jade", "du Vieux Port", "des Pins")
# People are written to at every so many: the demo shows its mails without filling its mailbox.
_WRITTEN_TO = 10


@dataclass(frozen=True)
class Scene:
    """Where and when the meetings of the demo take place, and who organises them."""

    territory: Territory
    by: User
    communes: Sequence[Commune]
    doctor: Profession
    draws: Random
    now: datetime


@dataclass(frozen=True)
class Profile:
    """What somebody would answer, whatever they are asked."""

    modes: Sequence[str]
    commune: Commune
    reach_km: int
    start: date
    days: Sequence[str]
    together: bool
    words: str


@dataclass(frozen=True)
class Guest:
    """A party to register: its people, one profile each."""

    role: SideRole
    people: Sequence[tuple[str, str]]
    profiles: Sequence[Profile]
    kind: PartyKind = PartyKind.SINGLE
    name: str = ""
    user: User | None = None
    candidate: Candidate | None = None
    profession: Profession | None = None


@dataclass
class Registered:
    """The parties of an event, with what their first member answered."""

    profiles: dict[int, Profile] = field(default_factory=dict)
    parties: dict[SideRole, list[Party]] = field(
        default_factory=lambda: {SideRole.HOST: [], SideRole.VISITOR: []}
    )


def draw_guests(scene: Scene, *, hosts: int, visitors: int, teams: int = 0) -> list[Guest]:
    """Draw the parties of both sides; the first `teams` hosts are teams of two."""
    names = iter(draw_names(hosts + teams + visitors, scene.draws))
    guests = []
    for rank in range(hosts):
        count = 2 if rank < teams else 1
        profile = draw_profile(scene, SideRole.HOST)
        guests.append(
            Guest(
                role=SideRole.HOST,
                people=[next(names) for _member in range(count)],
                profiles=[profile] * count,
                kind=PartyKind.TEAM if count > 1 else PartyKind.SINGLE,
                name=f"Maison de santé {_HOUSES[rank % len(_HOUSES)]} (fictive)"
                if count > 1
                else "",
                profession=scene.doctor,
            )
        )
    guests += [
        Guest(
            role=SideRole.VISITOR,
            people=[next(names)],
            profiles=[draw_profile(scene, SideRole.VISITOR)],
            profession=scene.doctor,
        )
        for _rank in range(visitors)
    ]
    return guests


def draw_profile(scene: Scene, role: SideRole) -> Profile:
    """Draw what somebody of that side seeks or offers."""
    draws = scene.draws
    weights = _MODES[role]
    modes = {draws.choices(list(weights), list(weights.values()))[0] for _time in range(3)}
    host = f"{draws.choice(_TEAMS)}, {draws.choice(_OFFICES)} ; {draws.choice(_WELCOMES)}."
    visitor = f"{draws.choice(_TRADES)}, {draws.randint(1, 12)} ans d’expérience."
    return Profile(
        modes=sorted(modes),
        commune=draws.choice(scene.communes),
        reach_km=draws.choice((10, 15, 20, 25, 30, 40)),
        start=(scene.now + timedelta(days=30 * draws.randint(1, 9))).date().replace(day=1),
        days=sorted(draws.sample(_DAYS, draws.randint(2, 4)), key=_DAYS.index),
        together=draws.random() < 0.15,
        words=host if role == SideRole.HOST else visitor,
    )


def register_guests(
    scene: Scene, event: Event, guests: Sequence[Guest], *, first: datetime, last: datetime
) -> Registered:
    """Register everybody between two moments, one after the other."""
    sides = {SideRole(side.role): side for side in event.sides.order_by("pk")}
    questions = {
        role: list(Question.objects.filter(side=side).order_by("position"))
        for role, side in sides.items()
    }
    done = Registered()
    step = (last - first) / max(1, len(guests))
    for rank, guest in enumerate(guests):
        party = _register(
            scene, sides[guest.role], guest, rank, questions[guest.role], now=first + rank * step
        )
        done.parties[guest.role].append(party)
        done.profiles[party.pk] = guest.profiles[0]
    return done


def _register(
    scene: Scene,
    side: Side,
    guest: Guest,
    rank: int,
    questions: Sequence[Question],
    *,
    now: datetime,
) -> Party:
    people = [
        _person(scene, side, guest, rank, member, questions) for member in range(len(guest.people))
    ]
    written = bool(people[0].email)
    return events.register(
        side=side,
        people=people,
        origin=RegistrationOrigin.PUBLIC if written else RegistrationOrigin.IMPORT,
        kind=guest.kind,
        party_name=guest.name,
        by=guest.user if written else scene.by,
        now=now,
    )


def _person(
    scene: Scene,
    side: Side,
    guest: Guest,
    rank: int,
    member: int,
    questions: Sequence[Question],
) -> Person:
    first_name, last_name = guest.people[member]
    profile = guest.profiles[member]
    is_played = guest.user is not None and member == 0
    email = f"invite-{side.pk}-{rank}@demo.example" if rank % _WRITTEN_TO == 0 else ""
    where = _HOUSES[rank % len(_HOUSES)]
    practice = f"Cabinet {where} (fictif), {profile.commune.name}"
    return Person(
        first_name=first_name,
        last_name=last_name,
        email=guest.user.email if is_played and guest.user else email if member == 0 else "",
        # Numbers that Arcep keeps for fiction.
        phone=f"+3326191{1000 + (side.pk * 137 + rank * 2 + member) % 8000:04d}",
        organisation=practice if guest.role == SideRole.HOST else "",
        # Before an evening that is past, nobody reads a sheet any more.
        shares_sheet=side.event.starts_at > scene.now and rank % 3 != 2,
        sharing_channel=ConsentChannel.SELF if email or is_played else ConsentChannel.MEETING,
        sharing_proof="" if email or is_played else "Bulletin d’inscription (démonstration)",
        user=guest.user if is_played else None,
        candidate=guest.candidate if is_played else None,
        profession=guest.profession,
        answers=_answers(questions, profile, rank),
    )


def _answers(questions: Iterable[Question], profile: Profile, rank: int) -> dict[int, Answered]:
    found = {one.pk: _answer(one, profile, rank) for one in questions}
    return {key: answer for key, answer in found.items() if answer is not None}


def _answer(question: Question, profile: Profile, rank: int) -> Answered | None:
    """Return what somebody answers; None when they leave the question."""
    options = [code for code, _words in question.options]
    said: Mapping[str, Answered | None] = {
        Meaning.MODE: Answered(codes=[mode for mode in profile.modes if mode in options]),
        Meaning.PLACE: Answered(profile.commune.name, [profile.commune.insee]),
        Meaning.REACH: Answered(str(profile.reach_km)),
        Meaning.START: Answered(profile.start.isoformat()),
        Meaning.DAYS: Answered(codes=profile.days),
        Meaning.TOGETHER: Answered(codes=["yes" if profile.together else "no"]),
    }
    if question.meaning in said:
        return said[question.meaning]
    if question.kind == QuestionKind.CHOICE:
        return Answered(codes=[options[rank % len(options)]])
    if question.kind == QuestionKind.LINK:
        is_filmed = rank % 8 == 0
        return Answered(f"https://video.example/cabinet-{rank}") if is_filmed else None
    return Answered(profile.words)


def wish_each_other(scene: Scene, event: Event, here: Registered, *, at: datetime) -> None:
    """Write the wishes and refusals of both sides, as the wishes' page would; all at once."""
    hosts, visitors = here.parties[SideRole.HOST], here.parties[SideRole.VISITOR]
    rows = [
        *_wishes(scene, event, here, visitors, hosts, most=8, refusing=5, at=at),
        *_wishes(scene, event, here, hosts, visitors, most=4, refusing=16, at=at),
    ]
    Wish.objects.bulk_create(rows)
    record_many(
        line(
            action=EventAction.WISHED,
            target=row.by,
            by=None,
            now=row.at,
            scope=f"territory:{event.territory_id}",
        )
        for row in rows
    )


def _wishes(
    scene: Scene,
    event: Event,
    here: Registered,
    own: Sequence[Party],
    others: Sequence[Party],
    *,
    most: int,
    refusing: int,
    at: datetime,
) -> list[Wish]:
    """Draw the wishes of a side; one party out of `refusing` refuses somebody."""
    draws, rows = scene.draws, []
    for rank, party in enumerate(own):
        # A few never opened the page.
        if rank % 9 == 8:
            continue
        moment = at - timedelta(minutes=rank)
        mine = here.profiles[party.pk]

        def distance(other: Party, mine: Profile = mine) -> float:
            return _distance(mine, here.profiles[other.pk]) + 2 * draws.random()

        nearest = sorted(others, key=distance)
        wanted = nearest[: draws.randint(most // 2, most)]
        facts: dict[str, Any] = {"event": event, "by": party, "at": moment}
        rows += [
            Wish(about=other, kind=WishKind.WANTED, rank=place, **facts)
            for place, other in enumerate(wanted, start=1)
        ]
        if rank % refusing == 1:
            rows.append(Wish(about=nearest[-1], kind=WishKind.REFUSED, **facts))
    return rows


def _distance(one: Profile, other: Profile) -> float:
    """Say how far two profiles are: nothing sought in common, then places, in tenths of degree."""
    apart = 0 if {*one.modes} & {*other.modes} else 4
    here, there = one.commune, other.commune
    paces = sum(
        abs((a or 0) - (b or 0)) * 10
        for a, b in ((here.latitude, there.latitude), (here.longitude, there.longitude))
    )
    return apart + paces

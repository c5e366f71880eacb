"""Rows of three sides, made by the matrix itself: ours, the next door's, another territory's."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import resolve, reverse

from ancrage.accounts.models import ApiToken, User
from ancrage.candidates.models import DirectoryEntry
from ancrage.web.access import PUBLIC
from tests.canaries.markers import Markers, Planted, text_of
from tests.factories import (
    CandidateFactory,
    CharterFactory,
    CharterSignatureFactory,
    ContactLogFactory,
    ContactRequestFactory,
    DocumentFactory,
    FollowUpFactory,
    ImmersionFactory,
    IntroductionFactory,
    IntroductionMessageFactory,
    InvitationFactory,
    JourneyFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
    ProofFactory,
    RightsRequestFactory,
    StayFactory,
    StepFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW
from tests.matrix.world import Row, World, build_world

API = (
    "/api/v1/needs",
    "/api/v1/offers",
    "/api/v1/partners",
    "/api/v1/reference/professions?q=infirmier",
    "/api/v1/reference/communes?q=pornic",
    "/api/openapi.json",
)


@cache
def matrix() -> Mapping[str, Row]:
    """Return every URL of the site with the maker of its object."""
    sections = sorted((Path(__file__).parents[1] / "matrix").glob("*.py"))
    rows: dict[str, Row] = {}
    for path in sections:
        if path.stem not in {"__init__", "world"}:
            rows |= import_module(f"tests.matrix.{path.stem}").MATRIX
    return rows


@dataclass
class Stage:
    """The nine readers at home, and the addresses of what is not theirs."""

    world: World
    far: World
    near: World
    markers: Markers
    # Names of addresses without a key, and by side the addresses of its objects.
    lists: list[str] = field(default_factory=list)
    details: dict[str, list[str]] = field(default_factory=dict)
    # Names of addresses whose object the side could not have.
    unmade: dict[str, set[str]] = field(default_factory=dict)

    def everything(self, actor: str) -> list[str]:
        """Return every address, but those that another reader in the same place asks for.

        Pages that say the same to everybody are the visitor's; the objects of the far side are
        as far for both structures of home, and those of home are far for who comes from afar.
        """
        sides = {"owner": ["near"], "other_coordinator": ["far"]}.get(actor, ["far", "near"])
        lists = [
            reverse(name)
            for name in self.lists
            if actor == "visitor"
            or getattr(resolve(reverse(name)).func, "permission", "") != PUBLIC
        ]
        return [*lists, *(url for side in sides for url in self.details[side]), *API]

    def read(self, user: User | None, urls: list[str]) -> dict[str, set[Planted]]:
        """Ask for each address as this reader; return the markers found, by address."""
        client = Client()
        if user is not None:
            client.force_login(user)
        return {url: marked for url in urls if (marked := self._ask(client, url))}

    def _ask(self, client: Client, url: str) -> set[Planted]:
        response = client.get(url)
        parts = response.streaming_content if response.streaming else [response.content]
        body = text_of(b"".join(parts), response.headers.get("Content-Type", ""))
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        return self.markers.found_in(f"{headers}\n{body}")


def build_stage() -> Stage:
    """Write the three sides. Nobody of `near` or `far` agreed to be named to whom recruits at
    home; somebody of each agreed to be named to the structure of their own side."""
    markers = Markers()
    world = build_world()
    markers.skip()
    far = build_side(TerritoryFactory(slug="au-loin"), coordinator=None)
    near = build_side(world.territory, coordinator=world.readers["coordinator"])
    stage = Stage(world=world, far=far, near=near, markers=markers)
    # The coordinator of home belongs to both: their name is not looked for.
    markers.plant("staff")
    for name, side in (("far", far), ("near", near)):
        told = _people(side)
        if name == "far":
            _tables_behind(side)
        markers.plant(name, with_days=name == "far")
        stage.details[name] = [reverse(one, kwargs=dict(kw)) for one, kw in told.items()]
        _objects(stage, name, side, already=set(told))
    return stage


def build_side(territory: Any, *, coordinator: User | None) -> World:
    partner = PartnerFactory(territory=territory, name="Structure tierce fictive")
    return World(
        territory=territory,
        other_territory=TerritoryFactory(),
        partner=partner,
        neighbour=PartnerFactory(territory=territory),
        welcome=PartnerFactory(territory=territory, welcome=True),
        readers={
            "candidate": UserFactory(),
            "owner": MembershipFactory(partner=partner, manager=True, signatory=True).user,
            "coordinator": coordinator or TerritoryRoleFactory(territory=territory).user,
        },
    )


def _people(side: World) -> dict[str, Mapping[str, Any]]:
    """Write somebody met by the structure of the side and followed by its coordination.

    Return the addresses that tell of them.
    """
    person = CandidateFactory(
        territory=side.territory, user=side.readers["candidate"], pooled=True
    )
    ProofFactory(candidate=person)
    document = DocumentFactory(candidate=person)
    introduction = IntroductionFactory(
        need=NeedFactory(partner=side.partner, published=True), candidate=person, meeting=True
    )
    IntroductionMessageFactory(introduction=introduction)
    journey = JourneyFactory(candidate=person, advisor=side.readers["coordinator"], in_post=True)
    StepFactory(journey=journey)
    ContactLogFactory(journey=journey)
    ImmersionFactory(journey=journey, partner=side.partner)
    FollowUpFactory(stay=StayFactory(journey=journey, partner=side.partner), answered=True)
    asked = ContactRequestFactory(territory=side.territory)
    InvitationFactory(partner=side.partner, invited_by=side.readers["owner"])
    request = RightsRequestFactory(home=f"territory:{side.territory.pk}")
    return {
        "candidates:detail": {"pk": person.pk},
        "candidates:document": {"pk": document.pk},
        "contacts:detail": {"pk": asked.pk},
        "introductions:detail": {"pk": introduction.pk},
        "introductions:meeting_ics": {"pk": introduction.pk},
        "journeys:detail": {"pk": journey.pk},
        "partners:members": {"slug": side.partner.slug},
        "privacy:request_sheet": {"pk": request.pk},
    }


def _tables_behind(side: World) -> None:
    """Write the rows that no address is about: tokens, sessions, signatures, the directory."""
    user = side.readers["owner"]
    assert user is not None
    ApiToken.objects.create(
        user=user,
        name="Paie",
        digest="1" * 64,
        prefix="ancrage_cana",
        created_at=NOW,
        expires_at=NOW + timedelta(days=90),
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    UserSession.objects.create(user=user, ip="192.0.2.1", session_key="k" * 32)
    DirectoryEntry.objects.create(rpps="10000000017", name_key="canari", profession_code="60")
    charter = CharterFactory(territory=side.territory, published=True)
    CharterSignatureFactory(charter=charter, partner=side.partner, signed_by=user)


def _objects(stage: Stage, name: str, side: World, *, already: set[str]) -> None:
    """Make the object of each address of the matrix, on this side, and note the address."""
    for url_name, row in sorted(matrix().items()):
        if row.method != "GET" or url_name in already:
            continue
        made = make_object(row, side, elsewhere=name == "far")
        if made is None:
            stage.unmade.setdefault(name, set()).add(url_name)
            continue
        _where, kwargs = made
        stage.markers.plant(name, with_days=name == "far")
        if not kwargs and url_name not in stage.lists:
            stage.lists.append(url_name)
        # A signed link is a key that nobody guesses: it opens to whoever was sent it.
        elif kwargs and "token" not in kwargs:
            stage.details[name].append(reverse(url_name, kwargs=dict(kwargs)))


def make_object(
    row: Row, side: World, *, elsewhere: bool
) -> tuple[World, Mapping[str, Any]] | None:
    """Make the object of an address, for somebody new; return whose it is, and its keys.

    Where the side has its own already (one charter a territory), `elsewhere` makes it in a
    newer territory; otherwise there is none.
    """
    fresh = replace(side, readers={**side.readers, "candidate": UserFactory()})
    try:
        with transaction.atomic():
            return fresh, row.make(fresh)
    except IntegrityError:
        if not elsewhere:
            return None
    newer = build_side(TerritoryFactory(), coordinator=None)
    try:
        with transaction.atomic():
            return newer, row.make(newer)
    except IntegrityError:
        return None

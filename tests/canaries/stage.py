"""Rows of three sides, made by the matrix itself: ours, the next door's, another territory's."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import resolve, reverse

from ancrage.accounts.models import User
from ancrage.web.access import PUBLIC
from tests.canaries.api import bearer, details_of_api, lists_of_api
from tests.canaries.markers import Markers, Planted, text_of
from tests.canaries.tables import tables_behind
from tests.factories import (
    AidRequestFactory,
    CandidateFactory,
    CareerFactory,
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
from tests.matrix.world import Row, World, build_world


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
    # By side, the addresses of the API that lead to its rows, and those of signed links by name.
    api: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    # Names of addresses whose object the side could not have.
    unmade: dict[str, set[str]] = field(default_factory=dict)
    # Addresses that handed a file over once told why.
    files: set[str] = field(default_factory=set)
    # Names of all the addresses asked for.
    names: set[str] = field(default_factory=set)

    def everything(self, actor: str) -> list[str]:
        """Return every address, but those that another reader in the same place asks for.

        Pages that say the same to everybody are the visitor's; the objects of the far side are
        as far for both structures of home, and those of home are far for who comes from afar.
        """
        sides = self.sides_of(actor)
        lists = [
            reverse(name)
            for name in self.lists
            if actor == "visitor"
            or getattr(resolve(reverse(name)).func, "permission", "") != PUBLIC
        ]
        return [*lists, *(url for side in sides for url in self.details[side])]

    def sides_of(self, actor: str) -> list[str]:
        """Return the sides whose rows are asked for as this reader."""
        return {"owner": ["near"], "other_coordinator": ["far"]}.get(actor, ["far", "near"])

    def read(self, user: User | None, urls: list[str]) -> dict[str, set[Planted]]:
        """Ask for each address as this reader; return the markers found, by address.

        A page that asks why before it hands over a file is told, and the files are read too.
        """
        client = signed_in(user)
        found: dict[str, set[Planted]] = {}
        refused: set[str] = set()
        for url in urls:
            name = resolve(url).view_name
            # The guard asks for the role before any row: the row of another side changes nothing.
            if name in refused:
                continue
            response = client.get(url)
            if response.status_code == HTTPStatus.FORBIDDEN:
                refused.add(name)
            marked = self._found_in(response)
            if _asks_why(response):
                for extension in ("csv", "xlsx"):
                    file = client.post(url, {"reason": "Vérifier un export", "format": extension})
                    marked |= self._found_in(file)
                    self.files.add(url)
            if marked:
                found[url] = marked
        return found

    def read_api(self, user: User | None, sides: list[str]) -> dict[str, set[Planted]]:
        """The same through the API, with a token of this reader."""
        client = Client(headers=bearer(user)) if user else Client()
        urls = [*lists_of_api(), *(url for side in sides for url in self.api[side])]
        return {url: marked for url in urls if (marked := self._found_in(client.get(url)))}

    def follow(self, url: str) -> tuple[int, set[Planted]]:
        """Open a signed link as whoever holds it: nobody in particular."""
        response = Client().get(url)
        return response.status_code, self._found_in(response)

    def _found_in(self, response: Any) -> set[Planted]:
        parts = response.streaming_content if response.streaming else [response.content]
        body = text_of(b"".join(parts), response.headers.get("Content-Type", ""))
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        return self.markers.found_in(f"{headers}\n{body}")


def signed_in(user: User | None) -> Client:
    """Return a browser in which this reader has just proved who they are."""
    client = Client()
    if user is not None:
        client.force_login(user)
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
        session.save()
    return client


def _asks_why(response: Any) -> bool:
    if response.streaming or response.status_code != 200:
        return False
    return b'name="reason"' in response.content and b'name="format"' in response.content


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
            tables_behind(side)
        markers.plant(name, with_days=name == "far")
        stage.details[name] = [reverse(one, kwargs=dict(kw)) for one, kw in told.items()]
        stage.names |= set(told)
        stage.links[name] = []
        stage.api[name] = details_of_api(side)
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
    CareerFactory(candidate=person)
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
    aid = AidRequestFactory(subject=person.subject, territory=side.territory)
    asked = ContactRequestFactory(territory=side.territory)
    InvitationFactory(partner=side.partner, invited_by=side.readers["owner"])
    request = RightsRequestFactory(home=f"territory:{side.territory.pk}")
    return {
        "bridges:facts": {"pk": person.pk},
        "bridges:person": {"pk": person.pk},
        "candidates:detail": {"pk": person.pk},
        "candidates:document": {"pk": document.pk},
        "contacts:detail": {"pk": asked.pk},
        "introductions:detail": {"pk": introduction.pk},
        "introductions:meeting_ics": {"pk": introduction.pk},
        "journeys:detail": {"pk": journey.pk},
        "partners:members": {"slug": side.partner.slug},
        "schemes:request": {"pk": aid.pk},
        "privacy:request_sheet": {"pk": request.pk},
    }


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
        stage.names.add(url_name)
        stage.markers.plant(name, with_days=name == "far")
        if not kwargs and url_name not in stage.lists:
            stage.lists.append(url_name)
        elif "token" in kwargs:
            stage.links[name].append((url_name, reverse(url_name, kwargs=dict(kwargs))))
        elif kwargs:
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

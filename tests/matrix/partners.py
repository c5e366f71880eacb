"""Structures: who reads and keeps a sheet, its sites, its members.

A visitor is asked to sign in (302); a reader without the permission gets 403; a structure out of
the reader's scope is not found (404).
"""

from collections.abc import Mapping
from typing import Any

from ancrage.accounts.queries import digest_of
from ancrage.partners.enums import PartnerKind
from tests.factories import (
    CareUnitFactory,
    CharterFactory,
    FacilityFactory,
    InvitationFactory,
    MembershipFactory,
)
from tests.matrix.world import Row, World

TOKEN = "secret-of-the-mail"


def statuses(
    owner: int,
    neighbour: int,
    area: int,
    elsewhere: int,
    welcome: int,
    ars: int,
    admin: int,
) -> tuple[int, ...]:
    """Every row has a visitor sent to sign in and a candidate refused."""
    return (302, 403, owner, neighbour, area, elsewhere, welcome, ars, admin)


READ = statuses(200, 200, 200, 404, 404, 200, 200)
KEEP = statuses(200, 404, 200, 404, 404, 403, 200)
KEPT = statuses(302, 404, 302, 404, 404, 403, 302)
STEER = statuses(403, 403, 200, 404, 403, 403, 200)
STEERED = statuses(403, 403, 302, 404, 403, 403, 302)


def invited(world: World) -> dict[str, str]:
    InvitationFactory(partner=world.partner, token_digest=digest_of(TOKEN))
    return {"token": TOKEN}


def sheet(world: World) -> dict[str, str]:
    return {"slug": world.partner.slug}


def site(world: World) -> dict[str, Any]:
    return {**sheet(world), "pk": FacilityFactory(partner=world.partner).pk}


def closed_site(world: World) -> dict[str, Any]:
    made = FacilityFactory(partner=world.partner, closed_on="2026-01-01")
    return {**sheet(world), "pk": made.pk}


def unit(world: World) -> dict[str, Any]:
    return {**sheet(world), "pk": CareUnitFactory(facility__partner=world.partner).pk}


def member(world: World) -> dict[str, Any]:
    return {**sheet(world), "pk": MembershipFactory(partner=world.partner).pk}


def waiting(world: World) -> dict[str, Any]:
    return {**sheet(world), "pk": InvitationFactory(partner=world.partner).pk}


def with_charter(world: World) -> dict[str, str]:
    CharterFactory(territory=world.territory, published=True)
    return sheet(world)


def typed_partner(world: World) -> Mapping[str, Any]:
    kind = PartnerKind.ASSOCIATION
    return {"name": "Nouvelle fictive", "kind": kind, "territory": world.territory.slug}


def typed_edit(world: World) -> Mapping[str, Any]:
    return {"name": "Hôpital fictif", "kind": PartnerKind.PUBLIC_HOSPITAL, "revision": 1}


def typed_site(world: World) -> Mapping[str, Any]:
    return {"name": "Site", "commune": world.partner.commune.name, "revision": 1}


def typed_signature(world: World) -> Mapping[str, Any]:
    return {"signatory": "C. Exemple", "capacity": "Direction", "agrees": "on", "version": "1"}


def constant(**data: Any) -> Any:
    return lambda world: data


MATRIX = {
    # The link is the right: whoever holds it reads the invitation, the address decides the rest.
    "partners:invitation": Row("GET", (200,) * 9, invited),
    "partners:invitation_accept": Row("POST", (302,) * 9, invited),
    "partners:list": Row("GET", statuses(200, 200, 200, 200, 200, 200, 200)),
    "partners:csv": Row("GET", statuses(200, 200, 200, 200, 403, 200, 200)),
    "partners:xlsx": Row("GET", statuses(200, 200, 200, 200, 403, 200, 200)),
    "partners:create": Row(
        "POST", statuses(403, 403, 302, 422, 403, 403, 302), data=typed_partner
    ),
    "partners:sheet": Row("GET", READ, sheet),
    "partners:sites": Row("GET", READ, sheet),
    "partners:charter": Row("GET", READ, sheet),
    "partners:edit": Row("POST", KEPT, sheet, typed_edit),
    "partners:perimeter": Row("POST", KEPT, sheet, constant(revision=1)),
    "partners:history": Row("GET", KEEP, sheet),
    "partners:leave": Row("GET", STEER, sheet),
    "partners:rejoin": Row("POST", STEERED, sheet),
    "partners:site_add": Row("POST", KEPT, sheet, typed_site),
    "partners:site_edit": Row("POST", KEPT, site, typed_site),
    "partners:site_close": Row("POST", KEPT, site, constant(closed_on="2026-11-16")),
    "partners:site_reopen": Row("POST", KEPT, closed_site),
    "partners:unit_add": Row("POST", statuses(422, 404, 422, 404, 404, 403, 422), site),
    "partners:unit_rename": Row("POST", KEPT, unit, constant(name="Autre")),
    "partners:unit_remove": Row("POST", KEPT, unit),
    "partners:members": Row("GET", KEEP, sheet),
    "partners:invite": Row(
        "POST", KEPT, sheet, constant(email="ana@exemple.test", role="employer")
    ),
    "partners:invitation_resend": Row("POST", KEPT, waiting),
    "partners:invitation_cancel": Row("POST", KEPT, waiting),
    "partners:member_edit": Row("POST", KEPT, member),
    "partners:member_remove": Row("GET", KEEP, member),
    "partners:sign": Row(
        "POST", statuses(302, 404, 403, 403, 404, 403, 403), with_charter, typed_signature
    ),
}

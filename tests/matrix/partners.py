"""Structures: who reads and keeps a sheet, its sites, its members."""

from ancrage.accounts.queries import digest_of
from tests.factories import InvitationFactory
from tests.matrix.world import Row, World

TOKEN = "secret-of-the-mail"


def invited(world: World) -> dict[str, str]:
    InvitationFactory(partner=world.partner, token_digest=digest_of(TOKEN))
    return {"token": TOKEN}


MATRIX = {
    # The link is the right: whoever holds it reads the invitation, the address decides the rest.
    "partners:invitation": Row("GET", (200,) * 9, invited),
    "partners:invitation_accept": Row("POST", (302,) * 9, invited),
}

"""One's own account, everybody's for administrators, and the pages on data and health."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ancrage.accounts.models import ApiToken
from tests.factories.moments import NOW
from tests.matrix.world import Row, World

#           visitor, candidate, owner, other_employer, coordinator, other_coordinator,
#           welcome_partner, institution, admin
EVERYBODY = (200,) * 9
SIGNED_IN = (302,) + (200,) * 8
ADMIN_READS = (302,) + (403,) * 7 + (200,)
# Asked to prove again who they are, or back to the sheet.
ADMIN_ACTS = (302,) + (403,) * 7 + (302,)
REDIRECTED = (302,) * 9
NO_SUCH_PAGE = (404,) * 9


def token(world: World) -> Mapping[str, Any]:
    """A token of the owner's."""
    made = ApiToken.objects.create(
        user=world.readers["owner"],
        name="Paie",
        digest="0" * 64,
        prefix="ancrage_abcd",
        created_at=NOW,
        expires_at=NOW + timedelta(days=90),
    )
    return {"pk": made.pk}


def owner(world: World) -> Mapping[str, Any]:
    """The owner's account."""
    return {"pk": world.readers["owner"].pk}


def office(world: World) -> Mapping[str, Any]:
    """The office of the territory's coordinator."""
    return {"pk": world.readers["coordinator"].territory_roles.get().pk}


MATRIX = {
    "accounts:profile": Row("GET", SIGNED_IN),
    "accounts:roles": Row("GET", SIGNED_IN),
    "accounts:security": Row("GET", SIGNED_IN),
    "accounts:presence": Row("POST", (302,) + (204,) * 8),
    "accounts:session_end": Row("POST", REDIRECTED, make=lambda world: {"pk": 1}),
    "accounts:sessions_end_others": Row("POST", REDIRECTED),
    # Those who need no second factor are led back to the page on security.
    "accounts:second_factor_setup": Row("GET", (302, 302, 302, 302, 200, 200, 302, 302, 200)),
    # These ask for the password again first.
    "accounts:tokens": Row("GET", REDIRECTED),
    "accounts:download": Row("GET", REDIRECTED),
    # Without a file asked for, there is no such page.
    "accounts:file_ready": Row("GET", (302,) + (404,) * 8),
    "accounts:close": Row("POST", REDIRECTED),
    "accounts:token_revoke": Row(
        "POST", (302, 404, 302, 404, 404, 404, 404, 404, 404), make=token
    ),
    "accounts:demo_sign_in": Row("POST", NO_SUCH_PAGE),
    "mailbox:list": Row("GET", NO_SUCH_PAGE),
    "mailbox:detail": Row("GET", NO_SUCH_PAGE, make=lambda world: {"name": "x"}),
    "accounts:user_list": Row("GET", ADMIN_READS),
    "accounts:user_export": Row("GET", ADMIN_ACTS),
    "accounts:user_sheet": Row("GET", ADMIN_READS, make=owner),
    "accounts:user_close": Row("POST", ADMIN_ACTS, make=owner),
    "accounts:user_reopen": Row("POST", ADMIN_ACTS, make=owner),
    "accounts:user_remove_second_factors": Row("POST", ADMIN_ACTS, make=owner),
    "accounts:user_make_admin": Row("POST", ADMIN_ACTS, make=owner),
    "accounts:user_unmake_admin": Row("POST", ADMIN_ACTS, make=owner),
    "accounts:user_appoint": Row("POST", ADMIN_ACTS, make=owner),
    "accounts:user_dismiss": Row("POST", ADMIN_ACTS, make=office),
    "accounts:audit": Row("GET", ADMIN_READS),
    "accounts:audit_export": Row("GET", ADMIN_ACTS),
    "operations:live": Row("GET", EVERYBODY),
    "operations:ready": Row("GET", EVERYBODY),
    "web:home": Row("GET", EVERYBODY),
    "web:after_login": Row("GET", REDIRECTED),
}

"""Leave the platform: every part lets go of the person, then the account forgets them."""

from datetime import datetime

from django.db import transaction

from ancrage.accounts.models import User
from ancrage.accounts.services import erase_account
from ancrage.partners.services import end_membership
from ancrage.territory.services import end_office
from ancrage.web.accounts.standing import standing_of


@transaction.atomic
def leave_platform(*, user: User, by: User, now: datetime) -> None:
    """End what `user` holds in structures and territories, then erase the account.

    A structure may so lose its last manager: the coordination of its territory names another.
    Raises `LastAdministrator`, and then nothing is done.
    """
    standing = standing_of(user)
    for membership in standing.memberships:
        end_membership(membership=membership, even_if_last=True, by=by, now=now)
    for role in standing.offices:
        end_office(role=role, by=by, now=now)
    erase_account(user=user, by=by, now=now)

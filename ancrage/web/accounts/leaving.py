"""Leave the platform: every part lets go of the person, then the account forgets them."""

from datetime import datetime

from django.db import transaction

from ancrage.accounts.models import User
from ancrage.partners.services import end_membership
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import erase_subject, forget_account
from ancrage.territory.services import end_office
from ancrage.web.accounts.standing import standing_of


@transaction.atomic
def leave_platform(*, user: User, by: User, now: datetime) -> None:
    """End what `user` holds in structures and territories, then erase account and profile.

    A structure may so lose its last manager: the coordination of its territory names another.
    Raises `LastAdministrator`, and then nothing is done.
    """
    standing = standing_of(user)
    for membership in standing.memberships:
        end_membership(membership=membership, even_if_last=True, by=by, now=now)
    for role in standing.offices:
        end_office(role=role, by=by, now=now)
    subject = DataSubject.objects.filter(user=user).order_by().first()
    # Before the profile: it is what may be refused.
    forget_account(user=user, by=by, now=now)
    if subject is not None:
        erase_subject(subject=subject, by=by, now=now, asked=True)

"""People who look for a post: they keep their own profile, the coordination follows them, a
structure reads cards without names, and a name only with its person's consent."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import NOTHING, Policy
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.candidates.models.employers import hidden_from
from ancrage.kit.conditions import through
from ancrage.kit.imports.scopes import imports_for
from ancrage.partners.permissions import partners_of, workplaces_of
from ancrage.privacy.queries import subjects_consenting
from ancrage.territory.permissions import coordinated_by

_FOLLOWED = (CandidateStatus.PENDING, CandidateStatus.ACTIVE)


def in_territory(user: Any) -> Q:
    """The requests sent to the territories the user coordinates."""
    return Q(territory__in=coordinated_by(user).values("pk"))


def nothing(user: Any) -> Q:
    """No row: writing gives no right to read."""
    return NOTHING


def own(user: Any) -> Q:
    """The profile of the reader's own account."""
    return Q(subject__user=user.pk, status__in=_FOLLOWED)


def followed(user: Any) -> Q:
    """The profiles of the territories the user coordinates, but those their person froze."""
    return in_territory(user) & Q(status__in=_FOLLOWED, subject__limited_at__isnull=True)


def in_the_pool(user: Any) -> Q:
    """The cards that people agreed to show, in the territories of the user's structures, but
    those of the people who work where the user does."""
    return Q(territory__in=partners_of(user).values("territory"), in_pool=True) & ~Q(
        pk__in=hidden_from(workplaces_of(user).values("pk"))
    )


def released(user: Any) -> Q:
    """The profiles whose person agreed to be named to one of the user's structures."""
    condition = NOTHING
    for key in partners_of(user).order_by("pk").values_list("pk", flat=True):
        condition |= Q(subject__in=subjects_consenting("identity", f"partner:{key}"))
    return condition & Q(status=CandidateStatus.ACTIVE)


def own_files(user: Any) -> Q:
    """What hangs on the reader's own profile."""
    return Q(candidate__in=Candidate.objects.filter(own(user)).values("pk"))


def followed_files(user: Any) -> Q:
    """What hangs on the profiles the user follows."""
    return through("candidate", followed(user))


def imports_in_territory(user: Any) -> Q:
    """The imports of people of the territories the user coordinates."""
    return imports_for("candidates", "territory", coordinated_by(user))


Policy("imports", {"use": {Role.COORDINATOR: imports_in_territory}}, joint=True)
Policy(
    "contact_requests",
    {
        "send": {Role.VISITOR: nothing},
        "view": {Role.COORDINATOR: in_territory},
        "answer": {Role.COORDINATOR: in_territory},
    },
)
Policy(
    "candidates",
    {
        # The public entry, and the answer to a signed link.
        "register": {Role.VISITOR: nothing},
        # Writing the profile of somebody else, who then confirms it.
        "enter": {Role.EMPLOYER: nothing, Role.COORDINATOR: followed},
        "keep_own": {Role.CANDIDATE: own},
        "edit": {Role.CANDIDATE: own, Role.COORDINATOR: followed},
        "view": {Role.COORDINATOR: followed},
        # Bringing in a file of people, who then each confirm.
        "import": {Role.COORDINATOR: nothing},
        "merge": {Role.COORDINATOR: followed},
        "export": {Role.COORDINATOR: followed},
        # The card without a name.
        "cards": {Role.EMPLOYER: in_the_pool},
        # The name, once the person agreed to that structure.
        "identify": {Role.EMPLOYER: released},
    },
)
Policy(
    "candidate_files",
    {
        "read": {
            Role.CANDIDATE: own_files,
            Role.COORDINATOR: followed_files,
        },
        "keep": {Role.CANDIDATE: own_files, Role.COORDINATOR: followed_files},
        # Saying that the original was seen.
        "check": {Role.COORDINATOR: followed_files},
    },
)

"""Introductions: each side sees its own, and a structure never sees another's."""

from typing import Any

from django.db.models import Q, QuerySet

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import NOTHING, Policy, everything
from ancrage.candidates.enums import CandidateStatus
from ancrage.matching.enums import IntroductionOrigin
from ancrage.matching.models import HELD, SharedPostPart
from ancrage.needs.permissions import in_territory as needs_in_territory
from ancrage.needs.permissions import own as own_needs
from ancrage.partners.permissions import partners_of
from ancrage.privacy.queries import subjects_consenting
from ancrage.territory.permissions import coordinated, coordinated_by, watched


def own(user: Any) -> Q:
    """The introductions of the reader's own profile, but what the charter keeps from them."""
    return Q(candidate__subject__user=user.pk) & ~HELD


def agreed_to(user: Any) -> Q:
    """The introductions to the user's structures that the person has agreed to."""
    return Q(partner__in=partners_of(user).values("pk"), agreed_at__isnull=False)


def addressed(user: Any) -> Q:
    """Those that the user's structures asked for themselves, or that the person agreed to."""
    asked = Q(partner__in=partners_of(user).values("pk"), origin=IntroductionOrigin.PARTNER)
    return agreed_to(user) | asked


def shown_to(user: Any) -> Q:
    """The files that people chose to show to the user's structures, while they agree to be named
    to that structure and something may still come of it."""
    condition = NOTHING
    for key in partners_of(user).order_by("pk").values_list("pk", flat=True):
        condition |= Q(
            introduction__partner=key,
            introduction__candidate__subject__in=subjects_consenting("identity", f"partner:{key}"),
        )
    return condition & Q(
        introduction__agreed_at__isnull=False,
        introduction__candidate__status=CandidateStatus.ACTIVE,
        introduction__ended_at__isnull=True,
    )


def in_territory(user: Any) -> Q:
    """Those of the territories the user coordinates."""
    return Q(territory__in=coordinated_by(user).values("pk"))


def own_profile(user: Any) -> Q:
    """The reader's own profile, once it is theirs and in use."""
    return Q(subject__user=user.pk, status=CandidateStatus.ACTIVE)


def own_searches(user: Any) -> Q:
    """The searches that the reader saved."""
    return Q(owner=user.pk)


def asked_about(user: Any) -> Q:
    """The files about which the user's structures were asked for their agreement."""
    return Q(pk__in=_own_parts(user).values("post"))


def parts_asked(user: Any) -> Q:
    """The parts of the user's structures, once they were asked about them."""
    return Q(pk__in=_own_parts(user).values("pk"))


def parts_in_territory(user: Any) -> Q:
    """The parts of the files of the territories the user coordinates."""
    return Q(post__territory__in=coordinated_by(user).values("pk"))


def _own_parts(user: Any) -> QuerySet[SharedPostPart]:
    return SharedPostPart.objects.filter(
        partner__in=partners_of(user).values("pk"), asked_at__isnull=False
    )


def own_part_times(user: Any) -> Q:
    """The part-times that the user's own structures keep."""
    return Q(partner__in=partners_of(user).values("pk"))


def part_times_in_territory(user: Any) -> Q:
    """The part-times kept in the territories the user coordinates."""
    return Q(partner__territory__in=coordinated_by(user).values("pk"))


def nothing(user: Any) -> Q:
    """No row: asking gives no right to read."""
    return NOTHING


Policy(
    "introductions",
    {
        "view": {
            Role.CANDIDATE: own,
            Role.EMPLOYER: addressed,
            Role.COORDINATOR: in_territory,
        },
        # The board, the list, the file.
        "list": {Role.EMPLOYER: addressed, Role.COORDINATOR: in_territory},
        "keep_own": {Role.CANDIDATE: own},
        # Saying yes or no for oneself; or noting what the person said, with its proof.
        "agree": {Role.CANDIDATE: own},
        "note_agreement": {Role.COORDINATOR: in_territory},
        # Passing on what the charter keeps from being asked directly.
        "relay": {Role.COORDINATOR: in_territory},
        # Meeting, offering, hiring.
        "handle": {Role.EMPLOYER: agreed_to, Role.COORDINATOR: in_territory},
        "close": {
            Role.CANDIDATE: own,
            Role.EMPLOYER: addressed,
            Role.COORDINATOR: in_territory,
        },
        "write": {
            Role.CANDIDATE: own,
            Role.EMPLOYER: addressed,
            Role.COORDINATOR: in_territory,
        },
        # Which of the person's files the structure reads: theirs to choose, or to say.
        "show_documents": {Role.CANDIDATE: own, Role.COORDINATOR: in_territory},
        "propose": {Role.COORDINATOR: in_territory},
        # From a card without a name; and for oneself.
        "request": {Role.EMPLOYER: nothing},
        "apply": {Role.CANDIDATE: nothing},
        "bulk": {Role.COORDINATOR: in_territory},
    },
)
Policy("introduction_files", {"read": {Role.EMPLOYER: shown_to}})
Policy(
    "plans",
    {
        "view": {Role.COORDINATOR: in_territory},
        # Computing, imposing, excluding, turning lines into introductions.
        "make": {Role.COORDINATOR: in_territory},
    },
)
Policy(
    "post_plans",
    {
        "view": {Role.COORDINATOR: in_territory},
        # Detecting, stopping, imposing, keeping apart, opening a file.
        "make": {Role.COORDINATOR: in_territory},
    },
)
Policy(
    "shared_posts",
    {
        # An employer reads its own part whole, and of the others their name, place, time and
        # whether they agree.
        "view": {Role.EMPLOYER: asked_about, Role.COORDINATOR: in_territory},
        # Terms, asking, signing, starting, ending, giving up.
        "steer": {Role.COORDINATOR: in_territory},
        # Agreeing or refusing for one's part; noting what an employer said.
        "answer": {Role.EMPLOYER: parts_asked, Role.COORDINATOR: parts_in_territory},
        "ask_again": {Role.COORDINATOR: parts_in_territory},
        # When a part-time need may be worked.
        "say_week": {Role.EMPLOYER: own_needs, Role.COORDINATOR: needs_in_territory},
    },
)
Policy(
    "retained_part_times",
    {
        # Somebody holds each of them: its structure and the coordination, nobody else.
        "view": {Role.EMPLOYER: own_part_times, Role.COORDINATOR: part_times_in_territory},
        "edit": {Role.EMPLOYER: own_part_times, Role.COORDINATOR: part_times_in_territory},
    },
)
Policy(
    "searches",
    {
        # « Trouver un profil » for a need: cards for its structure, profiles for the coordination.
        "profiles": {Role.EMPLOYER: own_needs, Role.COORDINATOR: needs_in_territory},
        # « Les besoins qui me correspondent ».
        "needs": {Role.CANDIDATE: own_profile},
        "keep": {
            Role.CANDIDATE: own_searches,
            Role.EMPLOYER: own_searches,
            Role.COORDINATOR: own_searches,
        },
    },
)
Policy(
    "becoming",
    {
        # Who could become what, counted: the rows are territories.
        "view": {
            Role.COORDINATOR: coordinated,
            Role.INSTITUTION: watched,
            Role.ADMIN: everything,
        },
        # Counts under five as they are, and the people themselves.
        "detail": {Role.COORDINATOR: coordinated},
    },
)

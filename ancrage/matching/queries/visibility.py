"""Who may read whose name beside an introduction: the ledger of consents decides, each time."""

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from ancrage.accounts.policy import permitted
from ancrage.candidates.enums import CandidateStatus
from ancrage.matching.enums import OPEN_STATES, Side
from ancrage.matching.models import Introduction, IntroductionMessage, IntroductionMove
from ancrage.partners.permissions import partners_of
from ancrage.privacy.models import ConsentEntry
from ancrage.privacy.queries import consent_holds
from ancrage.territory.permissions import coordinated_by

_SHOWN = Q(
    candidate__subject__limited_at__isnull=True,
    candidate__subject__pending_until__isnull=True,
    candidate__subject__anonymised_at__isnull=True,
    candidate__status=CandidateStatus.ACTIVE,
)


def scope_of(introduction: Introduction) -> str:
    """Return to whom the person's name would be shown: "partner:12"."""
    return f"partner:{introduction.partner_id}"


def identity_released(introduction: Introduction) -> bool:
    """Say whether the structure may read the person's name today. One query."""
    return introduction.candidate.status == CandidateStatus.ACTIVE and consent_holds(
        introduction.candidate.subject, "identity", scope_of(introduction)
    )


def agreement_is_due_again(introduction: Introduction) -> bool:
    """Say whether it goes on though the ledger holds no agreement of its person: two profiles
    were merged, and what was agreed on stays with the other one. One query."""
    return (
        introduction.is_open
        and introduction.agreed_at is not None
        and not identity_released(introduction)
    )


def with_naming(introductions: QuerySet[Introduction], user: Any) -> QuerySet[Any]:
    """Annotate `is_named` (the reader may read the person's name), `as_person`, `as_partner` and
    `as_coordination` (in which quality they read it), `asks_again` (see `agreement_is_due_again`).

    The latest line of the ledger for that structure is read with each row: an agreement that was
    withdrawn hides the name at the next request.
    """
    in_force = ConsentEntry.objects.filter(
        subject=OuterRef("candidate__subject"),
        purpose="identity",
        scope=Concat(Value("partner:"), Cast(OuterRef("partner_id"), CharField())),
    ).order_by("-pk")
    person = Q(candidate__subject__user=user.pk) if user.pk else Q(pk__in=[])
    partner = Q(partner__in=partners_of(user).values("pk"))
    coordination = Q(territory__in=coordinated_by(user).values("pk"))
    return introductions.annotate(
        identity_given=Coalesce(Subquery(in_force.values("given")[:1]), Value(False)),
        as_person=_holds(person),
        as_partner=_holds(partner),
        as_coordination=_holds(coordination),
    ).annotate(
        is_named=_holds(
            person
            | (coordination & _SHOWN)
            | (partner & _SHOWN & Q(identity_given=True, agreed_at__isnull=False))
        ),
        asks_again=_holds(
            Q(
                state__in=sorted(OPEN_STATES),
                agreed_at__isnull=False,
                identity_given=False,
            )
        ),
    )


def side_of(introduction: Any) -> Side:
    """Return in which quality the reader of a row annotated by `with_naming` acts on it."""
    if introduction.as_coordination:
        return Side.COORDINATION
    return Side.PARTNER if introduction.as_partner else Side.PERSON


def messages_shown(introduction: Any, side: Side) -> QuerySet[IntroductionMessage]:
    """Return the messages that a side may read, oldest first.

    Those of an introduction that no longer names the person to the structure are no longer shown
    to it, its own included: they may name them too.
    """
    rows = IntroductionMessage.objects.filter(introduction=introduction.pk)
    if side == Side.PARTNER and not introduction.is_named:
        own = introduction.agreed_at is None
        rows = rows.filter(side=Side.PARTNER) if own else rows.none()
    return rows.select_related("author").order_by("at", "pk")


def words_of_partner(introduction: Introduction) -> QuerySet[IntroductionMessage]:
    """Return what the structure wrote, oldest first: read by the person before they answer.

    Not the coordination's words: the link of a mail shows these, and they may name the person.
    """
    rows = IntroductionMessage.objects.filter(introduction=introduction.pk, side=Side.PARTNER)
    return rows.order_by("at", "pk")


def note_shown(move: IntroductionMove, side: Side) -> str:
    """Return what was noted with a step, if this side may read it: its own, or all of them for
    the coordination."""
    return move.note if side in (Side.COORDINATION, move.side) else ""


def acts_allowed(
    introductions: QuerySet[Introduction], user: Any, acts: tuple[str, ...]
) -> QuerySet[Any]:
    """Annotate each row with `may_<act>`, for each act of the policy of introductions."""
    rows = Introduction.objects.all()
    return introductions.annotate(
        **{
            f"may_{act}": Exists(
                permitted(user, f"introductions.{act}", rows).filter(pk=OuterRef("pk"))
            )
            for act in acts
        }
    )


def _holds(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )

"""The public side of needs: searching offers, and what stays once an offer is over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ancrage.kit.contacts import looks_like_a_person
from ancrage.needs.enums import CLOSED_STATUSES, Audience, NeedStatus
from ancrage.needs.models import Need
from ancrage.needs.queries import needs_with_words
from ancrage.professions.models import Profession


@dataclass(frozen=True)
class OfferSearch:
    """What somebody looks for. Every part is optional.

    `communes` are those within reach of the place typed; None means anywhere, an empty
    collection means that nothing is within reach.
    """

    text: str = ""
    profession: Profession | None = None
    communes: Collection[int] | None = None
    contract: str = ""
    partner_kind: str = ""
    housing: bool = False
    starts_from: date | None = None
    starts_by: date | None = None


@dataclass(frozen=True)
class OfferContact:
    """Whom to write to or call about an offer; `of_partner` when its structure answers for it."""

    email: str
    phone: str
    of_partner: bool = False


def contact_of(offer: Need) -> OfferContact:
    """Return the contact of `offer`: its own, or else the service mailbox of its structure.

    An address that seems to be somebody's is shown only where the offer itself gives it. No
    query once the structure is there.
    """
    if offer.contact_email or offer.contact_phone:
        return OfferContact(offer.contact_email, offer.contact_phone)
    email, phone = offer.partner.contact_email, offer.partner.contact_phone
    if looks_like_a_person(email):
        email = ""
    return OfferContact(email, phone, of_partner=bool(email or phone))


def offers_matching(offers: QuerySet[Need], search: OfferSearch) -> QuerySet[Need]:
    """Narrow `offers` (those the reader may see), most recent first.

    Text is read word by word, without accents or case; each word must begin a word of the
    offer. One query, and one more to read the words typed.
    """
    condition = Q()
    if search.profession is not None:
        condition &= Q(profession=search.profession)
    if search.communes is not None:
        condition &= Q(commune__in=search.communes)
    if search.contract:
        condition &= Q(contract=search.contract)
    if search.partner_kind:
        condition &= Q(partner__kind=search.partner_kind)
    if search.housing:
        condition &= Q(housing_offered=True)
    if search.starts_from is not None:
        condition &= Q(starts_on__gte=search.starts_from)
    if search.starts_by is not None:
        condition &= Q(starts_on__lte=search.starts_by)
    return (
        needs_with_words(offers, search.text)
        .filter(condition)
        .select_related("profession", "specialty", "partner", "commune")
        .order_by("-published_at", "-pk")
    )


def offer_is_over(pk: int) -> bool:
    """Say whether that need was a public offer and no longer is: 410 rather than 404.

    A draft, a need for members only, or one that never was published, does not exist for the
    public: saying more would tell its life to everybody.
    """
    return Need.objects.filter(
        Q(status__in=CLOSED_STATUSES) | Q(status=NeedStatus.PAUSED),
        pk=pk,
        audience=Audience.PUBLIC,
        published_at__isnull=False,
    ).exists()

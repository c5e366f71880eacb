from datetime import timedelta

from factory import LazyAttribute, LazyFunction, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from ancrage.kit.text import fold
from ancrage.partners.enums import CommitmentKind, MemberRole, PartnerKind
from ancrage.partners.models import (
    CareUnit,
    Charter,
    CharterSignature,
    Commitment,
    Facility,
    FacilityCategory,
    Invitation,
    Membership,
    Partner,
)
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.territory import CommuneFactory, TerritoryFactory


class FacilityCategoryFactory(DjangoModelFactory[FacilityCategory]):
    class Meta:
        model = FacilityCategory
        django_get_or_create = ("code",)

    code = "500"
    label_fr = "EHPAD"


class PartnerFactory(DjangoModelFactory[Partner]):
    class Meta:
        model = Partner

    class Params:
        public = Trait(kind=PartnerKind.PUBLIC_HOSPITAL)
        practice = Trait(kind=PartnerKind.INDEPENDENT_PRACTICE)
        welcome = Trait(kind=PartnerKind.WELCOME)

    territory = SubFactory(TerritoryFactory)
    slug = Sequence(lambda n: f"structure-{n}")
    kind = PartnerKind.ASSOCIATION
    name = Sequence(lambda n: f"Structure fictive {n}")
    search = LazyAttribute(lambda partner: fold(partner.name))
    commune = SubFactory(CommuneFactory)
    contact_email = LazyAttribute(lambda partner: f"recrutement@{partner.slug}.test")
    is_fictional = True
    joined_at = NOW


class FacilityFactory(DjangoModelFactory[Facility]):
    class Meta:
        model = Facility

    partner = SubFactory(PartnerFactory)
    name = Sequence(lambda n: f"Site fictif {n}")
    category = SubFactory(FacilityCategoryFactory)
    commune = SubFactory(CommuneFactory)


class CareUnitFactory(DjangoModelFactory[CareUnit]):
    class Meta:
        model = CareUnit

    facility = SubFactory(FacilityFactory)
    name = Sequence(lambda n: f"Service {n}")


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    class Params:
        manager = Trait(is_manager=True)
        signatory = Trait(may_sign=True)
        welcome = Trait(
            role=MemberRole.WELCOME_PARTNER, partner=SubFactory(PartnerFactory, welcome=True)
        )

    user = SubFactory(UserFactory)
    partner = SubFactory(PartnerFactory)
    role = MemberRole.EMPLOYER
    since = NOW


class InvitationFactory(DjangoModelFactory[Invitation]):
    class Meta:
        model = Invitation

    partner = SubFactory(PartnerFactory)
    email = Sequence(lambda n: f"invite{n}@exemple.test")
    token_digest = Sequence(lambda n: f"{n:064x}")
    invited_at = NOW
    expires_at = LazyFunction(lambda: NOW + timedelta(days=14))


class CharterFactory(DjangoModelFactory[Charter]):
    class Meta:
        model = Charter

    class Params:
        published = Trait(published_at=NOW)

    territory = SubFactory(TerritoryFactory)
    version = Sequence(lambda n: n + 1)
    title = "Charte du territoire"
    created_at = NOW


class CommitmentFactory(DjangoModelFactory[Commitment]):
    class Meta:
        model = Commitment

    charter = SubFactory(CharterFactory)
    position = Sequence(lambda n: n + 1)
    kind = CommitmentKind.NEEDS_FRESH
    text = "Tenir ses besoins à jour."
    threshold = 80


class CharterSignatureFactory(DjangoModelFactory[CharterSignature]):
    class Meta:
        model = CharterSignature

    charter = SubFactory(CharterFactory, published=True)
    partner = SubFactory(PartnerFactory)
    signed_by = SubFactory(UserFactory)
    signatory = "Camille Exemple"
    capacity = "Direction"
    signed_at = NOW

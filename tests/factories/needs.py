from datetime import date

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from ancrage.kit.text import fold
from ancrage.needs.enums import Audience, CampaignStatus, NeedStatus
from ancrage.needs.models import (
    Campaign,
    CampaignAnswer,
    LegalPublication,
    Need,
    PracticeSheet,
)
from ancrage.professions.enums import ContractKind
from tests.factories.moments import NOW
from tests.factories.partners import PartnerFactory
from tests.factories.professions import ProfessionFactory
from tests.factories.territory import CommuneFactory, TerritoryFactory


class NeedFactory(DjangoModelFactory[Need]):
    """A draft by default; `published=True`, `members_only=True`, `closed=True`."""

    class Meta:
        model = Need

    class Params:
        published = Trait(status=NeedStatus.PUBLISHED, published_at=NOW, confirmed_at=NOW)
        paused = Trait(status=NeedStatus.PAUSED, published_at=NOW, confirmed_at=NOW)
        closed = Trait(status=NeedStatus.FILLED, published_at=NOW, confirmed_at=NOW)
        members_only = Trait(audience=Audience.MEMBERS)

    partner = SubFactory(PartnerFactory)
    commune = SubFactory(CommuneFactory)
    profession = SubFactory(ProfessionFactory)
    reference = Sequence(lambda n: f"REF-{n}")
    contract = ContractKind.CDI
    starts_on = date(2027, 1, 4)
    description = "Une équipe qui se parle."
    contact_email = "recrutement@structure.test"
    created_at = NOW
    updated_at = NOW
    status_since = NOW
    search = LazyAttribute(
        lambda need: fold(
            f"{need.profession.label_fr} {need.partner.name} {need.commune.name} {need.reference}"
        )
    )


class PracticeSheetFactory(DjangoModelFactory[PracticeSheet]):
    class Meta:
        model = PracticeSheet

    need = SubFactory(NeedFactory)
    patients = 1250


class LegalPublicationFactory(DjangoModelFactory[LegalPublication]):
    class Meta:
        model = LegalPublication

    need = SubFactory(NeedFactory)


class CampaignFactory(DjangoModelFactory[Campaign]):
    """A campaign in preparation; `open=True`, `closed=True`."""

    class Meta:
        model = Campaign

    class Params:
        open = Trait(status=CampaignStatus.OPEN, opened_at=NOW)
        closed = Trait(status=CampaignStatus.CLOSED, opened_at=NOW, closed_at=NOW)

    territory = SubFactory(TerritoryFactory)
    name = Sequence(lambda n: f"Recensement {n}")
    reference_day = date(2027, 1, 1)
    closes_on = date(2027, 1, 31)
    created_at = NOW


class CampaignAnswerFactory(DjangoModelFactory[CampaignAnswer]):
    class Meta:
        model = CampaignAnswer

    campaign = SubFactory(CampaignFactory, open=True)
    partner = SubFactory(PartnerFactory, territory=SelfAttribute("..campaign.territory"))

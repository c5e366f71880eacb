"""Rows for the tests: plain by default, special by a trait that says how.

    NeedFactory(published=True, partner=hospital)

Nothing here decides anything: a factory writes rows, a service changes them.
"""

from tests.factories.accounts import UserFactory
from tests.factories.candidates import (
    CandidateFactory,
    CandidateProfessionFactory,
    CareerFactory,
    ContactRequestFactory,
    DocumentFactory,
    ProofFactory,
)
from tests.factories.events import (
    EventFactory,
    ParticipantFactory,
    PartyFactory,
    QuestionFactory,
    SideFactory,
)
from tests.factories.journeys import (
    ContactLogFactory,
    FollowUpFactory,
    ImmersionFactory,
    JourneyFactory,
    StayFactory,
    StepFactory,
)
from tests.factories.matching import (
    IntroductionFactory,
    IntroductionMessageFactory,
    IntroductionMoveFactory,
)
from tests.factories.needs import (
    CampaignAnswerFactory,
    CampaignFactory,
    LegalPublicationFactory,
    NeedFactory,
    PracticeSheetFactory,
)
from tests.factories.partners import (
    CareUnitFactory,
    CharterFactory,
    CharterSignatureFactory,
    CommitmentFactory,
    FacilityCategoryFactory,
    FacilityFactory,
    InvitationFactory,
    MembershipFactory,
    PartnerFactory,
)
from tests.factories.privacy import (
    AccessTraceFactory,
    BreachFactory,
    ConsentEntryFactory,
    DataSubjectFactory,
    RightsRequestFactory,
)
from tests.factories.professions import ProfessionFactory, SpecialtyFactory
from tests.factories.resources import ResourceFactory
from tests.factories.roadmap import (
    ActionDocumentFactory,
    ActionFactory,
    AxisFactory,
    DecisionFactory,
    GoodPracticeFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    MeetingFactory,
    MilestoneFactory,
    RoadmapFactory,
    SafetyReportFactory,
)
from tests.factories.schemes import AidMoveFactory, AidRequestFactory
from tests.factories.searches import SavedSearchFactory
from tests.factories.territory import (
    CommuneFactory,
    DepartmentFactory,
    EpciFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)
from tests.factories.training import (
    CourseFactory,
    CourseRunFactory,
    EnrolmentFactory,
    FundingFileFactory,
    OpeningPlanFactory,
    PlanOptionFactory,
    PlanWishFactory,
    RunSessionFactory,
    TrainingProviderFactory,
    TrainingWishFactory,
)
from tests.factories.welcome import (
    AvailabilityFactory,
    LifeProjectFactory,
    WelcomeRequestFactory,
    WelcomeTermsFactory,
)

__all__ = [
    "AccessTraceFactory",
    "ActionDocumentFactory",
    "ActionFactory",
    "AidMoveFactory",
    "AidRequestFactory",
    "AvailabilityFactory",
    "AxisFactory",
    "BreachFactory",
    "CampaignAnswerFactory",
    "CampaignFactory",
    "CandidateFactory",
    "CandidateProfessionFactory",
    "CareUnitFactory",
    "CareerFactory",
    "CharterFactory",
    "CharterSignatureFactory",
    "CommitmentFactory",
    "CommuneFactory",
    "ConsentEntryFactory",
    "ContactLogFactory",
    "ContactRequestFactory",
    "CourseFactory",
    "CourseRunFactory",
    "DataSubjectFactory",
    "DecisionFactory",
    "DepartmentFactory",
    "DocumentFactory",
    "EnrolmentFactory",
    "EpciFactory",
    "EventFactory",
    "FacilityCategoryFactory",
    "FacilityFactory",
    "FollowUpFactory",
    "FundingFileFactory",
    "GoodPracticeFactory",
    "ImmersionFactory",
    "IndicatorFactory",
    "IndicatorValueFactory",
    "IntroductionFactory",
    "IntroductionMessageFactory",
    "IntroductionMoveFactory",
    "InvitationFactory",
    "JourneyFactory",
    "LegalPublicationFactory",
    "LifeProjectFactory",
    "MeetingFactory",
    "MembershipFactory",
    "MilestoneFactory",
    "NeedFactory",
    "OpeningPlanFactory",
    "ParticipantFactory",
    "PartnerFactory",
    "PartyFactory",
    "PlanOptionFactory",
    "PlanWishFactory",
    "PracticeSheetFactory",
    "ProfessionFactory",
    "ProofFactory",
    "QuestionFactory",
    "ResourceFactory",
    "RightsRequestFactory",
    "RoadmapFactory",
    "RunSessionFactory",
    "SafetyReportFactory",
    "SavedSearchFactory",
    "SideFactory",
    "SpecialtyFactory",
    "StayFactory",
    "StepFactory",
    "TerritoryFactory",
    "TerritoryRoleFactory",
    "TrainingProviderFactory",
    "TrainingWishFactory",
    "UserFactory",
    "WelcomeRequestFactory",
    "WelcomeTermsFactory",
]

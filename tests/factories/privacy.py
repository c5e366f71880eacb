from factory import LazyAttribute, LazyFunction, SubFactory, Trait
from factory.django import DjangoModelFactory

from ancrage.privacy.enums import ConsentChannel, RequestChannel, RequestKind, RequestStatus
from ancrage.privacy.models import (
    AccessTrace,
    Breach,
    ConsentEntry,
    DataSubject,
    RightsRequest,
)
from ancrage.privacy.notices import current_notice
from ancrage.privacy.terms import add_months
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW


class DataSubjectFactory(DjangoModelFactory[DataSubject]):
    """Somebody with an account, followed by a territory, heard from just now."""

    class Meta:
        model = DataSubject

    class Params:
        pending = Trait(user=None, pending_until=add_months(NOW, 1), is_confirmed=False)
        limited = Trait(limited_at=NOW)
        anonymised = Trait(user=None, anonymised_at=NOW)

    user = SubFactory(UserFactory)
    home = "territory:1"
    created_at = NOW
    last_contact_at = NOW
    is_confirmed = True


class ConsentEntryFactory(DjangoModelFactory[ConsentEntry]):
    """An agreement given by the person, on the wording in force."""

    class Meta:
        model = ConsentEntry

    class Params:
        withdrawn = Trait(given=False)

    subject = SubFactory(DataSubjectFactory)
    purpose = "talent_pool"
    scope = ""
    notice_version = LazyAttribute(lambda entry: current_notice(entry.purpose).version)
    notice_hash = LazyAttribute(lambda entry: current_notice(entry.purpose).digest)
    given = True
    at = NOW
    channel = ConsentChannel.SELF


class AccessTraceFactory(DjangoModelFactory[AccessTrace]):
    """A structure looked at the name of the person."""

    class Meta:
        model = AccessTrace

    subject = SubFactory(DataSubjectFactory)
    viewer = SubFactory(UserFactory)
    scope = "partner:1"
    purpose = "identity"
    fields = LazyFunction(lambda: ["last_name"])
    at = NOW


class RightsRequestFactory(DjangoModelFactory[RightsRequest]):
    """A letter received today."""

    class Meta:
        model = RightsRequest

    class Params:
        closed = Trait(status=RequestStatus.DONE, closed_at=NOW, answer="Courrier du jour")

    home = "territory:1"
    requester = "Personne fictive"
    kind = RequestKind.ACCESS
    channel = RequestChannel.LETTER
    received_at = NOW
    due_at = add_months(NOW, 1)


class BreachFactory(DjangoModelFactory[Breach]):
    """A breach discovered now, and nothing done yet."""

    class Meta:
        model = Breach

    discovered_at = NOW
    facts = "Courriel envoyé à tous"
    created_at = NOW

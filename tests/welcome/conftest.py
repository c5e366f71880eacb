import pytest

from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.privacy.services import give_consent
from tests.factories import DataSubjectFactory, LifeProjectFactory
from tests.factories.moments import NOW


@pytest.fixture
def agree():
    """A function by which somebody agrees that their project is read, by a partner or at all."""

    def agreed(subject, *partners):
        for scope in ("", *(f"partner:{partner.pk}" for partner in partners)):
            give_consent(
                subject=subject,
                purpose="concierge",
                scope=scope,
                notice=current_notice("concierge"),
                channel=ConsentChannel.SELF,
                by=subject.user,
                now=NOW,
            )

    return agreed


@pytest.fixture
def subject(db, agree):
    person = DataSubjectFactory()
    agree(person)
    return person


@pytest.fixture
def project(subject):
    return LifeProjectFactory(subject=subject)

import pytest

from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.privacy.services import give_consent
from tests.factories import (
    AvailabilityFactory,
    LifeProjectFactory,
    MembershipFactory,
    PartnerFactory,
    WelcomeRequestFactory,
    WelcomeTermsFactory,
)
from tests.factories.moments import NOW


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def body(db):
    """A housing body that welcomes people."""
    return PartnerFactory(welcome=True, name="Habitat fictif")


@pytest.fixture
def partner(client, body):
    """Its agent, signed in."""
    user = MembershipFactory(welcome=True, partner=body).user
    client.force_login(user)
    return user


@pytest.fixture
def room(body):
    """A furnished room, free from May to October."""
    terms = WelcomeTermsFactory(resource__partner=body, resource__title="Studio face au port")
    AvailabilityFactory(resource=terms.resource)
    return terms


@pytest.fixture
def ask(room):
    """A function by which somebody who agrees asks for the room."""

    def asked(terms=room, **facts):
        project = LifeProjectFactory()
        for scope in ("", f"partner:{terms.resource.partner_id}"):
            give_consent(
                subject=project.subject,
                purpose="concierge",
                scope=scope,
                notice=current_notice("concierge"),
                channel=ConsentChannel.SELF,
                by=None,
                now=NOW,
            )
        return WelcomeRequestFactory(
            **{
                "project": project,
                "partner": terms.resource.partner,
                "resource": terms.resource,
                "first_name": "Nora",
                "email": "nora@exemple.test",
                **facts,
            }
        )

    return asked

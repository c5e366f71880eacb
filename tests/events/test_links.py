"""The personal link of a participant: whose it is, and when it dies."""

import pytest
from django.core.signing import Signer

from ancrage.events import services
from ancrage.events.models import Participant
from ancrage.events.queries import LinkUsed, participant_of, personal_token
from ancrage.kit.links import LinkForged
from tests.factories import ParticipantFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def test_a_link_leads_to_its_participant(django_assert_num_queries):
    ParticipantFactory()
    participant = ParticipantFactory()
    token = personal_token(participant)

    with django_assert_num_queries(1):
        found = participant_of(token)
        assert (found.event.territory, found.event.commune, found.party.side) == (
            participant.event.territory,
            participant.event.commune,
            participant.party.side,
        )

    assert found == participant


@pytest.mark.parametrize(
    "token",
    ["", "a", "4:abc", Signer(salt="elsewhere").sign_object({"participant": 1, "badge": "A"})],
)
def test_a_link_that_was_guessed_opens_nothing(token):
    with pytest.raises(LinkForged):
        participant_of(token)


def test_a_link_dies_with_its_badge():
    participant = ParticipantFactory()
    token = personal_token(participant)
    Participant.objects.update(badge="234567")

    with pytest.raises(LinkUsed):
        participant_of(token)


def test_nobody_is_behind_the_link_of_who_was_forgotten():
    token = personal_token(ParticipantFactory())
    services.forget_participants(participants=Participant.objects.all(), now=NOW)

    with pytest.raises(LinkUsed):
        participant_of(token)

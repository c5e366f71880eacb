"""The personal link of a participant: all they do for an event, without an account.

A link carries the participant and the code of their badge. Another code is drawn when the person
is erased, or asks for another link: the links of before then open nothing. It has no term of its
own: what is left of an event after thirteen months has nobody's name, and no link of before.
"""

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from ancrage.events.models import Participant
from ancrage.kit import links as kit_links
from ancrage.kit.links import LinkForged, unsigned

_SIGNER = Signer(salt="ancrage.events.participant")


class LinkUsed(kit_links.LinkUsed):
    """Another link replaced it, or the registration holds nobody any more."""

    sentence = _("Ce lien ne sert plus : un autre l’a remplacé, ou vos données ont été effacées.")


def personal_token(participant: Participant) -> str:
    """Return the secret part of the link of a participant."""
    return _SIGNER.sign_object({"participant": participant.pk, "badge": participant.badge})


def participant_of(token: str) -> Participant:
    """Return whose link it is, with the event, the party and its side.

    Raises `LinkForged`, `LinkUsed`. Somebody who cancelled still has a page.
    """
    content = unsigned(_SIGNER, token)
    found = (
        Participant.objects.select_related(
            "event__territory", "event__commune", "party__side", "subject"
        )
        .filter(pk=content["participant"], subject__anonymised_at__isnull=True)
        .first()
    )
    if found is None or not constant_time_compare(found.badge, content["badge"]):
        raise LinkUsed
    return found


__all__ = ["LinkForged", "LinkUsed", "participant_of", "personal_token"]

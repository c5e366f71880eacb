"""The signed link by which a person entered by somebody else answers, without signing in."""

from datetime import datetime

from django.core.signing import Signer
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.kit import links as kit_links
from ancrage.kit.links import LinkExpired, LinkForged, unsigned

_CONFIRM = Signer(salt="ancrage.candidates.confirm")


class LinkUsed(kit_links.LinkUsed):
    """The person has answered already."""

    sentence = _("Vous avez déjà répondu. Merci !")


def confirm_token(candidate: Candidate) -> str:
    """Return the secret part of the link by which a person accepts or refuses their profile.

    It serves the address it is sent to: once that is mended, whoever received it by mistake opens
    nothing.
    """
    return _CONFIRM.sign_object({"person": str(candidate.subject.key), "to": _address(candidate)})


def candidate_to_confirm(token: str, *, now: datetime) -> Candidate:
    """Return the profile a link opens. Raises LinkForged, LinkUsed, LinkExpired."""
    content = unsigned(_CONFIRM, token)
    candidate = (
        Candidate.objects.select_related("subject", "territory", "commune", "entered_for")
        .filter(subject__key=content["person"])
        .first()
    )
    if candidate is None or content.get("to") != _address(candidate):
        # Erased: the month went by, or the person refused. Or written to elsewhere since.
        raise LinkExpired
    if candidate.status != CandidateStatus.PENDING:
        raise LinkUsed
    if candidate.subject.pending_until is None or candidate.subject.pending_until <= now:
        raise LinkExpired
    return candidate


def _address(candidate: Candidate) -> str:
    """What a link keeps of the address it is sent to: enough to know it again."""
    return salted_hmac("ancrage.candidates.address", candidate.email).hexdigest()[:16]


__all__ = ["LinkForged", "LinkUsed", "candidate_to_confirm", "confirm_token"]

"""Was somebody of that address, or that telephone, erased from a territory?"""

from collections.abc import Iterable

from ancrage.candidates.models import ErasedContact
from ancrage.candidates.models.erased import contact_digest
from ancrage.territory.models import Territory


def erased_contacts(territory: Territory, contacts: Iterable[str]) -> frozenset[str]:
    """Return those of these addresses and telephones (E.164) whose person was erased."""
    digests = {contact_digest(contact): contact for contact in contacts if contact}
    found = ErasedContact.objects.filter(territory=territory, digest__in=list(digests))
    return frozenset(digests[digest] for digest in found.values_list("digest", flat=True))

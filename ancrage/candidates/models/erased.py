"""What is kept of people who were erased: enough to ask before they are entered again."""

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.territory.models import Territory


def contact_digest(contact: str) -> str:
    """Return what an address, or a telephone in E.164, becomes once its person is erased.

    The digest is keyed by the secret of the deployment: without it nobody tells whose it was.
    """
    secret = salted_hmac("ancrage.candidates.erased", contact.lower(), algorithm="sha256")
    return str(secret.hexdigest())


class ErasedContact(Base):
    """The digest of an address or a telephone whose person was erased from a territory.

    Kept so that a spreadsheet does not bring back, unseen, somebody who asked to leave.
    """

    personal = {"digest": "data_protection"}

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    erased_on = models.DateField(_("effacé le"))

    class Meta:
        verbose_name = _("contact effacé")
        constraints = [
            models.UniqueConstraint(fields=["territory", "digest"], name="erased_contact_once")
        ]
        indexes = [models.Index(fields=["erased_on"], name="erased_contact_term")]

    def __str__(self) -> str:
        return f"#{self.pk}"

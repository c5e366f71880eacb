"""What the person shows of their files, introduction by introduction."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.models import Document
from ancrage.kit.models import Base
from ancrage.matching.models.introductions import Introduction


class ShownDocument(Base):
    """A file of the person's that they chose to show to the structure of one introduction.

    It is handed over only while they agree to be named to that structure.
    """

    personal = {"by": "application"}

    introduction = models.ForeignKey(
        Introduction, on_delete=models.CASCADE, related_name="shown_documents"
    )
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("montré le"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("document montré")
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "document"], name="shown_document_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.introduction_id} {self.document_id}"

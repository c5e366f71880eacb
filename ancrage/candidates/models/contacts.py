"""People who come by themselves: the first contact, before any profile."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.enums import ContactRequestStatus, Horizon
from ancrage.candidates.models.profiles import Candidate
from ancrage.kit.models import Base
from ancrage.kit.search import SearchField
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, Territory


class ContactRequest(Base):
    """Somebody asks to be called back. Held for that answer only, then erased."""

    personal = {
        "name": "contact_request",
        "email": "contact_request",
        "phone": "contact_request",
        "profession_text": "contact_request",
        "message": "contact_request",
        "search": "contact_request",
        "answered_by": "membership",
    }
    impersonal = frozenset({"notice_version", "offer_label"})

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="contact_requests"
    )
    # The profile opened by the same message, for a person who left one.
    candidate = models.ForeignKey(
        Candidate,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="contact_requests",
    )
    name = models.CharField(_("nom"), max_length=161)
    email = models.EmailField(_("adresse électronique"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    profession = models.ForeignKey(
        Profession, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    profession_text = models.CharField(_("métier"), max_length=120, blank=True)
    commune = models.ForeignKey(
        Commune, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    radius_km = models.PositiveSmallIntegerField(_("jusqu’à (km)"), null=True, blank=True)
    horizon = models.CharField(_("quand"), max_length=12, choices=Horizon.choices, blank=True)
    message = models.TextField(_("message"), blank=True)
    # The folded words by which it is found.
    search = SearchField(blank=True)
    # The offer the person was reading, as a label: it may be gone when the call is made.
    offer_label = models.CharField(_("à propos de l’offre"), max_length=200, blank=True)
    notice_version = models.CharField(_("information lue"), max_length=20)
    created_at = models.DateTimeField(_("reçue le"))
    status = models.CharField(
        _("état"),
        max_length=10,
        choices=ContactRequestStatus.choices,
        default=ContactRequestStatus.NEW,
    )
    answered_at = models.DateTimeField(_("répondue le"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("prise de contact")
        constraints = [
            models.CheckConstraint(
                name="contact_request_reachable",
                condition=~models.Q(email="") | ~models.Q(phone=""),
                violation_error_message=_("Indiquez une adresse électronique ou un téléphone."),
            )
        ]
        indexes = [
            models.Index(
                fields=["territory", "status", "-created_at"], name="contact_request_queue"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

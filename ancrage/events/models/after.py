"""What follows the evening: private answers, contacts opened, what they became."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import ContactOutcome, Interest, SideRole
from ancrage.events.models.events import Event
from ancrage.events.models.people import Participant, Party
from ancrage.kit.models import Base
from ancrage.matching.models import Introduction


class Mark(Base):
    """What a participant says, for themselves, of a party they met.

    Nothing that the other side reads depends on one mark alone; those that were not returned are
    deleted when contacts open.
    """

    personal = {"interest": "events", "note": "events"}

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="marks")
    about = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="marks_received")
    interest = models.CharField(_("revoir"), max_length=8, choices=Interest.choices, blank=True)
    # Read by its author only.
    note = models.TextField(_("note personnelle"), blank=True, max_length=2000)
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("réponse « revoir »")
        constraints = [
            models.UniqueConstraint(fields=["participant", "about"], name="event_mark_once")
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} → {self.about_id}"


class Contact(Base):
    """Two parties who both wished to meet again: each was given how to reach the other."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="contacts")
    host = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="contacts_as_host")
    visitor = models.ForeignKey(
        Party, on_delete=models.CASCADE, related_name="contacts_as_visitor"
    )
    opened_at = models.DateTimeField(_("ouvert le"))
    # When one side is a candidate and the other came for a need.
    introduction = models.OneToOneField(
        Introduction,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="event_contact",
    )

    class Meta:
        verbose_name = _("contact ouvert")
        constraints = [
            models.UniqueConstraint(fields=["host", "visitor"], name="event_contact_once"),
            models.CheckConstraint(
                name="event_contact_is_of_two", condition=~Q(host=F("visitor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host_id} · {self.visitor_id}"


class ContactFollowUp(Base):
    """The question asked to one side, so many months after the contact was opened."""

    personal = {"comment": "events"}

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="follow_ups")
    side = models.CharField(max_length=8, choices=SideRole.choices)
    months = models.PositiveSmallIntegerField(_("mois"))
    due_on = models.DateField(_("à demander le"))
    sent_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        _("où vous en êtes"), max_length=16, choices=ContactOutcome.choices, blank=True
    )
    comment = models.TextField(_("un mot de plus"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("suite d’un contact")
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "side", "months"], name="event_follow_up_once"
            ),
            models.CheckConstraint(
                name="event_follow_up_answer_is_whole",
                condition=Q(answered_at__isnull=True, outcome="")
                | (Q(answered_at__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], name="event_follow_up_due", condition=Q(sent_on__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} · {self.months}"


class Feedback(Base):
    """What a participant thought of the event, from 1 to 5."""

    personal = {"rating": "events", "comment": "events"}

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="feedback"
    )
    rating = models.PositiveSmallIntegerField(_("note de 1 à 5"))
    comment = models.TextField(_("à garder, à changer"), blank=True, max_length=1000)
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("avis sur l’événement")
        constraints = [
            models.CheckConstraint(
                name="event_feedback_is_a_mark", condition=Q(rating__gte=1, rating__lte=5)
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}"

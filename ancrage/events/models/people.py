"""Those who come: parties of one or several people, their answers and their wishes."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.models import Candidate
from ancrage.events.enums import (
    PartyKind,
    RegistrationOrigin,
    RegistrationState,
    RuleKind,
    WishKind,
)
from ancrage.events.models.events import Event, Question, Side, Table
from ancrage.kit.models import Base
from ancrage.needs.models import Need
from ancrage.partners.models import Partner
from ancrage.privacy.models import DataSubject
from ancrage.professions.models import Profession

# No letter or figure that is taken for another, on a badge or by ear.
_BADGE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
BADGE_LENGTH = 6


def new_badge() -> str:
    """Draw the code of a badge: six signs, a thousand million of them."""
    return "".join(secrets.choice(_BADGE_LETTERS) for _ in range(BADGE_LENGTH))


class Party(Base):
    """Who sits or moves together: one person, a team at one table, a couple.

    Meetings bring parties face to face, never single members of them.
    """

    personal = {"name": "events", "absent_rounds": "events"}

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="parties")
    side = models.ForeignKey(Side, on_delete=models.CASCADE, related_name="parties")
    kind = models.CharField(
        _("composition"), max_length=8, choices=PartyKind.choices, default=PartyKind.SINGLE
    )
    # Empty for a single person, who has a name of their own.
    name = models.CharField(_("nom de l’équipe"), max_length=120, blank=True)
    # Visitors received at once, for a host; 1 for a visitor.
    seats = models.PositiveSmallIntegerField(_("visiteurs reçus à la fois"), default=1)
    # The table asked for or given once and for all.
    table = models.ForeignKey(
        Table, null=True, blank=True, on_delete=models.SET_NULL, related_name="parties"
    )
    # The need that a host of the platform comes for: what an introduction is made of.
    need = models.ForeignKey(
        Need,
        verbose_name=_("besoin publié"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parties",
    )
    # Rounds (from 0) when the party said that it would not be there.
    absent_rounds = models.JSONField(_("tours d’absence"), default=list, blank=True)

    class Meta:
        verbose_name = _("groupe")
        constraints = [
            models.CheckConstraint(name="event_party_has_a_seat", condition=Q(seats__gte=1))
        ]
        indexes = [models.Index(fields=["event", "side"], name="event_party_side")]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.pk}"


class Participant(Base):
    """A person registered for an event."""

    personal = {
        "last_name": "events",
        "first_name": "events",
        "email": "events",
        "email_key": "events",
        "phone": "events",
        "organisation": "events",
        "language": "events",
        "remark": "events",
        "badge": "events",
        "shares_sheet": "events_sharing",
    }

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participants")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="members")
    subject = models.ForeignKey(
        DataSubject, on_delete=models.PROTECT, related_name="participations", editable=False
    )
    # A person already followed by the platform: what an introduction is made of.
    candidate = models.ForeignKey(
        Candidate, null=True, blank=True, on_delete=models.SET_NULL, related_name="participations"
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("structure du territoire"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="participations",
    )
    profession = models.ForeignKey(
        Profession,
        verbose_name=_("métier"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    last_name = models.CharField(_("nom"), max_length=80, blank=True)
    email = models.EmailField(_("adresse électronique"), blank=True)
    # Folded: the same address is registered once for an event.
    email_key = models.CharField(max_length=254, blank=True)
    # E.164.
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    organisation = models.CharField(_("cabinet, structure ou faculté"), max_length=160, blank=True)
    remark = models.CharField(_("remarque pour l’organisation"), max_length=300, blank=True)
    language = models.CharField(_("langue"), max_length=5, default="fr")
    origin = models.CharField(max_length=10, choices=RegistrationOrigin.choices)
    state = models.CharField(_("inscription"), max_length=10, choices=RegistrationState.choices)
    # The name and the sheet are shown to the other side before the event.
    shares_sheet = models.BooleanField(_("fiche montrée avec le nom"), default=False)
    badge = models.CharField(_("badge"), max_length=BADGE_LENGTH, default=new_badge)
    registered_at = models.DateTimeField(_("inscription le"))
    # The order of the waiting list, kept when a place is given.
    confirmed_at = models.DateTimeField(_("présence confirmée le"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("désistement le"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("arrivée"), null=True, blank=True)
    left_at = models.DateTimeField(_("départ"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("participant")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email_key"],
                condition=~Q(email_key="") & ~Q(state=RegistrationState.CANCELLED),
                name="event_participant_once",
                violation_error_message=_("Cette adresse est déjà inscrite à cet événement."),
            ),
            models.UniqueConstraint(fields=["event", "badge"], name="event_badge_once"),
            models.CheckConstraint(
                name="event_participant_cancelled_is_dated",
                condition=Q(state=RegistrationState.CANCELLED, cancelled_at__isnull=False)
                | ~Q(state=RegistrationState.CANCELLED) & Q(cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="event_participant_leaves_after_arriving",
                condition=Q(left_at__isnull=True)
                | Q(arrived_at__isnull=False, left_at__gte=F("arrived_at")),
                violation_error_message=_("Le départ précède l’arrivée."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["event", "state", "registered_at"], name="event_participant_queue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.badge}"

    @property
    def audit_label(self) -> str:
        """A number: the journal names nobody."""
        return f"inscription {self.pk}"

    @property
    def full_name(self) -> str:
        """First name then last name; empty once erased."""
        return f"{self.first_name} {self.last_name}".strip()


class DistinctRegistrations(Base):
    """Two registrations that look alike and are two people: they are no longer proposed."""

    personal = {"by": "events"}

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="distinct_pairs")
    first = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("inscriptions distinctes")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="event_distinct_once"),
            models.CheckConstraint(
                name="event_distinct_ordered", condition=Q(first__lt=F("second"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class Answer(Base):
    """The answer of a participant to a question: words, or the codes of the options chosen."""

    personal = {"text": "events", "codes": "events"}

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(blank=True, max_length=2000)
    codes = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("réponse")
        constraints = [
            models.UniqueConstraint(fields=["participant", "question"], name="event_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} · {self.question_id}"


class Wish(Base):
    """What a party wishes about another: a rank (1 is the dearest), or not to meet it.

    Never shown to the other side, nor counted for it.
    """

    personal = {"rank": "events"}

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="wishes")
    by = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wishes")
    about = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wished_by")
    kind = models.CharField(max_length=8, choices=WishKind.choices)
    rank = models.PositiveSmallIntegerField(_("rang"), null=True, blank=True)
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("vœu")
        constraints = [
            models.UniqueConstraint(fields=["by", "about"], name="event_wish_once"),
            models.CheckConstraint(
                name="event_wish_is_ranked_or_refusal",
                condition=Q(kind=WishKind.WANTED, rank__isnull=False, rank__gte=1)
                | Q(kind=WishKind.REFUSED, rank__isnull=True),
            ),
            models.CheckConstraint(
                name="event_wish_is_about_another", condition=~Q(by=F("about"))
            ),
        ]
        indexes = [models.Index(fields=["event", "kind"], name="event_wish_kind")]

    def __str__(self) -> str:
        return f"{self.by_id} → {self.about_id}"


class PairRule(Base):
    """A pair that the organiser imposes (in a round, or in any) or forbids."""

    personal = {"reason": "events"}

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="rules")
    host = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    visitor = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=RuleKind.choices)
    round = models.PositiveSmallIntegerField(_("tour"), null=True, blank=True)
    reason = models.CharField(_("raison"), max_length=200, blank=True)
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("règle de paire")
        constraints = [
            models.UniqueConstraint(
                fields=["host", "visitor"],
                name="event_rule_once",
                violation_error_message=_("Cette paire a déjà une règle."),
            ),
            models.CheckConstraint(
                name="event_rule_round_is_of_a_lock",
                condition=Q(kind=RuleKind.LOCKED) | Q(round__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host_id} · {self.visitor_id}"

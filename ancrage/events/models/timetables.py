"""Who meets whom, when and where: each computation is kept as a version, none is rewritten."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import TimetableStatus
from ancrage.events.models.events import Event, Table
from ancrage.events.models.people import Party
from ancrage.kit.models import Base


class Timetable(Base):
    """A version of the timetable, with its proof. At most one is in force for an event.

    `levels` counts the people who have at least 1, 2… meetings; `score` is reached, `bound`
    cannot be passed by any timetable; `gap` is what separates them, as a share of the bound.

    A version is whole: one made during the evening repeats the meetings already held, as they
    were, so that the version in force alone says who met whom and who will meet whom.
    """

    personal = {"made_by": "events"}
    impersonal = frozenset({"proof", "failure", "instance", "levels"})

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="timetables")
    version = models.PositiveIntegerField(_("version"))
    status = models.CharField(
        _("état"),
        max_length=8,
        choices=TimetableStatus.choices,
        default=TimetableStatus.WAITING,
    )
    # First round it decides; its meetings before that are those of the version before.
    from_round = models.PositiveSmallIntegerField(default=0)
    # What it was made from, for whoever wants to redo it: the instance without a name.
    instance = models.JSONField(default=dict)
    levels = models.JSONField(default=list)
    score = models.FloatField(null=True, blank=True)
    bound = models.FloatField(null=True, blank=True)
    gap = models.FloatField(null=True, blank=True)
    proof = models.CharField(max_length=40, blank=True)
    # Meetings promised by the version before that this one moves or drops.
    changes = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(_("calculé le"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True)
    in_force = models.BooleanField(_("en vigueur"), default=False)

    class Meta:
        verbose_name = _("grille de passage")
        constraints = [
            models.UniqueConstraint(fields=["event", "version"], name="event_timetable_version"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(in_force=True), name="event_timetable_in_force"
            ),
            models.CheckConstraint(
                name="event_timetable_in_force_is_published",
                condition=Q(in_force=False)
                | Q(published_at__isnull=False, status=TimetableStatus.DONE),
            ),
            models.CheckConstraint(
                name="event_timetable_done_has_proof",
                condition=~Q(status=TimetableStatus.DONE)
                | (Q(score__isnull=False, bound__isnull=False, gap__isnull=False) & ~Q(proof="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.version}"


class Meeting(Base):
    """Two parties at a table in a round (from 0), in one version of the timetable."""

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="meetings")
    round = models.PositiveSmallIntegerField(_("tour"))
    table = models.ForeignKey(
        Table, null=True, blank=True, on_delete=models.SET_NULL, related_name="meetings"
    )
    host = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="meetings_as_host")
    visitor = models.ForeignKey(
        Party, on_delete=models.CASCADE, related_name="meetings_as_visitor"
    )
    # Its round is over and both were there: no version may move it any more.
    held = models.BooleanField(_("tenue"), default=False)

    class Meta:
        verbose_name = _("rencontre")
        constraints = [
            models.UniqueConstraint(
                fields=["timetable", "round", "visitor"], name="event_meeting_visitor_once"
            ),
            models.UniqueConstraint(
                fields=["timetable", "host", "visitor"], name="event_meeting_pair_once"
            ),
            models.CheckConstraint(
                name="event_meeting_is_of_two", condition=~Q(host=F("visitor"))
            ),
        ]
        indexes = [models.Index(fields=["timetable", "round"], name="event_meeting_round")]

    def __str__(self) -> str:
        return f"{self.timetable_id} · {self.round}"


class Round(Base):
    """A round as it really went: what the projector and the telephones count from."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="actual_rounds")
    number = models.PositiveSmallIntegerField(_("tour"))
    started_at = models.DateTimeField(_("commencé à"))
    # Planned end, moved when the organiser adds a minute.
    ends_at = models.DateTimeField(_("se termine à"))
    ended_at = models.DateTimeField(_("terminé à"), null=True, blank=True)

    class Meta:
        verbose_name = _("tour")
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="event_round_once"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(ended_at__isnull=True), name="event_round_current"
            ),
            models.CheckConstraint(
                name="event_round_in_order",
                condition=Q(ends_at__gt=F("started_at"))
                & (Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.number}"

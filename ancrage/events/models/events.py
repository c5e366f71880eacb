"""The event itself: when, where, its two sides, what they are asked, the tables of the room."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import EventKind, EventState, Meaning, QuestionKind, SideRole
from ancrage.kit.models import Base
from ancrage.territory.models import Commune, Territory

MOST_ROUNDS = 60


class Event(Base):
    """People of two sides who meet in rounds of a few minutes, at numbered tables.

    `guarantee` is the number of meetings that everybody is given before anybody is given more,
    as far as presence and refusals allow. Times are those of the territory.
    """

    personal = {"created_by": "events"}
    impersonal = frozenset(
        {
            "title",
            "slug",
            "summary",
            "place",
            "address",
            "access",
            "welcome",
            "partners",
            "weights",
            "dropped_rounds",
            "cancelled_because",
        }
    )

    territory = models.ForeignKey(
        Territory, verbose_name=_("territoire"), on_delete=models.PROTECT, related_name="events"
    )
    kind = models.CharField(_("type"), max_length=12, choices=EventKind.choices)
    state = models.CharField(
        _("état"), max_length=10, choices=EventState.choices, default=EventState.DRAFT
    )
    title = models.CharField(_("titre"), max_length=120)
    slug = models.SlugField(_("adresse de la page"), max_length=140, unique=True)
    summary = models.TextField(_("présentation"), blank=True, max_length=4000)
    # A line each: names of those who support the event.
    partners = models.TextField(_("partenaires, un par ligne"), blank=True, max_length=2000)
    commune = models.ForeignKey(
        Commune, verbose_name=_("commune"), on_delete=models.PROTECT, related_name="events"
    )
    place = models.CharField(_("lieu"), max_length=120)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    access = models.TextField(_("accès, stationnement"), blank=True, max_length=1000)
    welcome = models.TextField(_("mot d’accueil, imprimé sur les fiches"), blank=True)

    doors_at = models.DateTimeField(_("accueil à partir de"))
    starts_at = models.DateTimeField(_("premier tour à"))
    registration_closes_at = models.DateTimeField(_("fin des inscriptions"))
    wishes_close_at = models.DateTimeField(_("fin des vœux"))
    # Until then one may say whom one would meet again; then contacts open, all at once.
    marks_close_at = models.DateTimeField(_("fin des réponses « revoir »"))

    rounds = models.PositiveSmallIntegerField(_("nombre de tours"), default=12)
    minutes = models.PositiveSmallIntegerField(_("durée d’un tour (minutes)"), default=7)
    changeover = models.PositiveSmallIntegerField(
        _("battement entre deux tours (minutes)"), default=2
    )
    guarantee = models.PositiveSmallIntegerField(_("rencontres garanties"), default=3)
    # Meetings in a row before a rest; empty for no limit.
    run_limit = models.PositiveSmallIntegerField(
        _("rencontres d’affilée, au plus"), null=True, blank=True
    )
    # Rounds (from 0) given up on the evening: nobody meets in them, the others keep their number.
    dropped_rounds = models.JSONField(_("tours supprimés"), default=list, blank=True)
    # How much each part of compatibility counts: {part: 0 to 10}.
    weights = models.JSONField(_("poids de la compatibilité"), default=dict, blank=True)

    # When it was called off, from which state, and why; kept until it opens again.
    cancelled_at = models.DateTimeField(_("annulé le"), null=True, blank=True)
    cancelled_from = models.CharField(
        _("état avant l’annulation"), max_length=10, choices=EventState.choices, blank=True
    )
    cancelled_because = models.TextField(_("raison de l’annulation"), blank=True, max_length=500)

    created_at = models.DateTimeField(_("créé le"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Raised at each change: of two organisers who change it at once, the second is told.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("événement")
        constraints = [
            models.CheckConstraint(
                name="event_in_order",
                condition=Q(doors_at__lte=F("starts_at"))
                & Q(registration_closes_at__lte=F("starts_at"))
                & Q(wishes_close_at__lte=F("starts_at"))
                & Q(marks_close_at__gte=F("starts_at")),
                violation_error_message=_(
                    "Ces dates se contredisent : inscriptions et vœux finissent avant le premier"
                    " tour, les réponses « revoir » après."
                ),
            ),
            models.CheckConstraint(
                name="event_rounds_are_possible",
                condition=Q(rounds__gte=1, rounds__lte=MOST_ROUNDS, minutes__gte=1)
                & Q(minutes__lte=120, changeover__lte=60, guarantee__lte=F("rounds"))
                & (Q(run_limit__isnull=True) | Q(run_limit__gte=1)),
                violation_error_message=_(
                    "De 1 à 60 tours, de 1 à 120 minutes, et pas plus de rencontres garanties que"
                    " de tours."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "-starts_at"], name="event_territory"),
            models.Index(fields=["state", "starts_at"], name="event_state"),
        ]

    def __str__(self) -> str:
        return self.title

    def round_starts_at(self, number: int, pauses: dict[int, int]) -> datetime:
        """Return when round `number` (from 0) is planned to start.

        `pauses` gives the minutes of the break that follows a round: {round: minutes}.
        """
        before = number * (self.minutes + self.changeover)
        rest = sum(minutes for after, minutes in pauses.items() if after < number)
        return self.starts_at + timedelta(minutes=before + rest)


class EventBreak(Base):
    """A pause for everybody, after a round (from 0)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="breaks")
    after_round = models.PositiveSmallIntegerField(_("après le tour"))
    minutes = models.PositiveSmallIntegerField(_("durée (minutes)"))

    class Meta:
        verbose_name = _("pause")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "after_round"],
                name="event_break_once",
                violation_error_message=_("Il y a déjà une pause après ce tour."),
            ),
            models.CheckConstraint(
                name="event_break_lasts", condition=Q(minutes__gte=1, minutes__lte=240)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.after_round}"


class Table(Base):
    """A table of the room. `x` and `y` are paces on its plan, to number and to walk less."""

    impersonal = frozenset({"label"})

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField(_("numéro"))
    label = models.CharField(_("nom"), max_length=40, blank=True)
    x = models.PositiveSmallIntegerField(default=0)
    y = models.PositiveSmallIntegerField(default=0)
    # Lost on the evening: broken, needed elsewhere.
    usable = models.BooleanField(_("utilisable"), default=True)

    class Meta:
        verbose_name = _("table")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="event_table_number",
                violation_error_message=_("Ce numéro de table est déjà pris."),
            )
        ]

    def __str__(self) -> str:
        return str(self.number)


class Side(Base):
    """One of the two sides: « médecins installés », « internes et remplaçants »."""

    impersonal = frozenset({"name", "singular", "explanation"})

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sides")
    role = models.CharField(_("pendant la soirée"), max_length=8, choices=SideRole.choices)
    name = models.CharField(_("nom du côté, au pluriel"), max_length=60)
    singular = models.CharField(_("au singulier"), max_length=60)
    explanation = models.TextField(_("pour qui"), blank=True, max_length=1000)
    # Places for people, not for parties; empty for no limit.
    capacity = models.PositiveSmallIntegerField(_("nombre de places"), null=True, blank=True)
    # How much the wishes of this side count beside those of the other, from 0 to 10.
    wish_weight = models.PositiveSmallIntegerField(_("poids de ses vœux"), default=5)
    most_meetings = models.PositiveSmallIntegerField(
        _("rencontres, au plus"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("côté")
        constraints = [
            models.UniqueConstraint(fields=["event", "role"], name="event_side_once"),
            models.CheckConstraint(
                name="event_side_is_possible",
                condition=Q(wish_weight__lte=10)
                & (Q(capacity__isnull=True) | Q(capacity__gte=1))
                & (Q(most_meetings__isnull=True) | Q(most_meetings__gte=1)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Question(Base):
    """What a side is asked at registration. `options` are the answers of a choice, in order."""

    impersonal = frozenset({"label", "help_text", "options"})

    side = models.ForeignKey(Side, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("rang"))
    kind = models.CharField(_("réponse attendue"), max_length=10, choices=QuestionKind.choices)
    meaning = models.CharField(
        _("sens"), max_length=12, choices=Meaning.choices, default=Meaning.NONE, blank=True
    )
    label = models.CharField(_("question"), max_length=200)
    help_text = models.CharField(_("aide"), max_length=300, blank=True)
    # [[code, words], …]; codes of one meaning are the same on both sides.
    options = models.JSONField(_("réponses proposées"), default=list, blank=True)
    required = models.BooleanField(_("réponse obligatoire"), default=False)
    # Read by the other side on the sheet that helps them wish.
    on_sheet = models.BooleanField(_("montrée à l’autre côté"), default=True)

    class Meta:
        verbose_name = _("question")
        constraints = [
            models.UniqueConstraint(
                fields=["side", "meaning"],
                condition=~Q(meaning=Meaning.NONE),
                name="event_question_meaning_once",
                violation_error_message=_("Une autre question a déjà ce sens de ce côté."),
            )
        ]
        indexes = [models.Index(fields=["side", "position"], name="event_question_order")]

    def __str__(self) -> str:
        return self.label

"""A roadmap, its axes, their actions, and what an action is followed by."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.documents import DocumentFormat
from ancrage.kit.models import Base
from ancrage.kit.moves import Move
from ancrage.kit.search import SearchField
from ancrage.partners.models import Partner
from ancrage.roadmap.enums import LIVE_ACTION_STATES, ActionState, RoadmapStatus
from ancrage.territory.models import Territory


class Roadmap(Base):
    """What a territory undertakes over some years."""

    personal = {"created_by": "account"}
    impersonal = frozenset({"title", "summary"})

    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        on_delete=models.PROTECT,
        related_name="roadmaps",
    )
    title = models.CharField(_("intitulé"), max_length=160)
    summary = models.TextField(_("présentation"), blank=True, max_length=2000)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"))
    status = models.CharField(
        _("état"), max_length=10, choices=RoadmapStatus.choices, default=RoadmapStatus.DRAFT
    )
    created_at = models.DateTimeField(_("créée le"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("feuille de route")
        constraints = [
            models.CheckConstraint(
                name="roadmap_in_order",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("Le dernier jour vient après le premier."),
            ),
            models.UniqueConstraint(
                fields=["territory", "title"],
                name="roadmap_title_once",
                violation_error_message=_("Ce territoire a déjà une feuille de route de ce nom."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Axis(Base):
    """One of the aims under which actions stand; removed, it is kept aside."""

    impersonal = frozenset({"title", "purpose"})

    roadmap = models.ForeignKey(
        Roadmap,
        verbose_name=_("feuille de route"),
        on_delete=models.PROTECT,
        related_name="axes",
    )
    rank = models.PositiveSmallIntegerField(_("numéro"))
    title = models.CharField(_("intitulé"), max_length=160)
    purpose = models.TextField(_("but"), blank=True, max_length=1000)
    removed_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("axe")
        constraints = [
            models.UniqueConstraint(
                fields=["roadmap", "rank"],
                condition=Q(removed_at__isnull=True),
                name="axis_rank_once",
                violation_error_message=_("Un autre axe porte déjà ce numéro."),
            ),
            models.CheckConstraint(
                name="axis_rank_range",
                condition=Q(rank__gte=1, rank__lte=30),
                violation_error_message=_("Le numéro d’un axe va de 1 à 30."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Action(Base):
    """Something undertaken by a structure, or by a body that is not a member."""

    personal = {"created_by": "account"}
    impersonal = frozenset(
        {"title", "description", "outside_body", "funder", "stop_reason", "search"}
    )

    axis = models.ForeignKey(
        Axis, verbose_name=_("axe"), on_delete=models.PROTECT, related_name="actions"
    )
    title = models.CharField(_("intitulé"), max_length=160)
    description = models.TextField(_("description"), blank=True, max_length=4000)
    owner = models.ForeignKey(
        Partner,
        verbose_name=_("structure pilote"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_actions",
    )
    # An organisation, never a person: it carries the action, alone or beside the member.
    outside_body = models.CharField(
        _("organisme pilote hors plateforme"), max_length=120, blank=True
    )
    partners = models.ManyToManyField(
        Partner, verbose_name=_("partenaires"), blank=True, related_name="joined_actions"
    )
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin prévue"))
    state = models.CharField(
        _("état"), max_length=10, choices=ActionState.choices, default=ActionState.PLANNED
    )
    state_since = models.DateTimeField(_("depuis le"))
    stop_reason = models.CharField(_("raison de l’arrêt"), max_length=300, blank=True)
    budget_cents = models.PositiveBigIntegerField(_("budget (€)"), null=True, blank=True)
    funder = models.CharField(_("financeur"), max_length=160, blank=True)
    # Folded title, description and bodies: what accent-blind search reads.
    search = SearchField(blank=True)
    removed_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    created_at = models.DateTimeField(_("créée le"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("action")
        constraints = [
            models.CheckConstraint(
                name="roadmap_action_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("La fin prévue ne peut pas précéder le début."),
            ),
            models.CheckConstraint(
                name="roadmap_action_stopped_says_why",
                condition=Q(state=ActionState.STOPPED) & ~Q(stop_reason="")
                | ~Q(state=ActionState.STOPPED) & Q(stop_reason=""),
                violation_error_message=_("Une action arrêtée dit pourquoi."),
            ),
        ]
        indexes = [models.Index(fields=["axis", "state"], name="roadmap_action_axis_state")]

    def __str__(self) -> str:
        return self.title

    def is_late(self, today: date) -> bool:
        """Say whether it should be over, or begun, on that day, and is not."""
        if self.state not in LIVE_ACTION_STATES:
            return False
        return today > (self.starts_on if self.state == ActionState.PLANNED else self.ends_on)

    @property
    def led_by(self) -> str:
        """Who carries it, in words; empty when nobody is named yet."""
        named = (self.owner.name if self.owner else "", self.outside_body)
        return ", ".join(name for name in named if name)


class ActionMove(Move):
    """A change of state of an action."""

    personal = {"by": "account"}
    impersonal = frozenset({"reason"})

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="moves")
    before = models.CharField(max_length=10, choices=ActionState.choices)
    after = models.CharField(max_length=10, choices=ActionState.choices)
    reason = models.CharField(_("raison"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("changement d’état d’une action")
        indexes = [models.Index(fields=["action", "-at", "-id"], name="roadmap_move_latest")]

    def __str__(self) -> str:
        return f"{self.action_id} {self.before} → {self.after}"


class Milestone(Base):
    """A step of an action, with the day by which it is due."""

    impersonal = frozenset({"title"})

    action = models.ForeignKey(
        Action, verbose_name=_("action"), on_delete=models.CASCADE, related_name="milestones"
    )
    title = models.CharField(_("jalon"), max_length=160)
    due_on = models.DateField(_("échéance"))
    done_on = models.DateField(_("atteint le"), null=True, blank=True)
    added_at = models.DateTimeField(_("ajouté le"))

    class Meta:
        verbose_name = _("jalon")
        indexes = [
            models.Index(
                fields=["due_on"],
                name="roadmap_milestone_due",
                condition=Q(done_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.title


def document_path(document: "ActionDocument", filename: str) -> str:
    """Return where a file is stored: drawn names only, nothing that a person wrote."""
    return f"roadmap/{document.key[:2]}/{document.key}.{document.format}"


class ActionDocument(Base):
    """A document of an action: a link, or a file handed over through a permission."""

    personal = {"added_by": "account"}
    impersonal = frozenset({"title", "url", "key", "file"})

    action = models.ForeignKey(
        Action, verbose_name=_("action"), on_delete=models.CASCADE, related_name="documents"
    )
    title = models.CharField(_("intitulé"), max_length=120)
    url = models.URLField(_("adresse"), max_length=400, blank=True)
    key = models.CharField(max_length=32, unique=True)
    format = models.CharField(
        _("format"), max_length=5, choices=DocumentFormat.choices, blank=True
    )
    file = models.FileField(_("fichier"), upload_to=document_path, blank=True)
    size = models.PositiveIntegerField(_("taille (octets)"), default=0)
    added_at = models.DateTimeField(_("ajouté le"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("document d’une action")
        constraints = [
            models.CheckConstraint(
                name="roadmap_document_link_or_file",
                condition=Q(url="") & ~Q(format="") | ~Q(url="") & Q(format=""),
                violation_error_message=_("Un document est un lien ou un fichier."),
            )
        ]

    def __str__(self) -> str:
        return self.title

"""What awaits the reader of the home page: a count and a link for each thing, by their rights."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.accounts.models import User
from ancrage.accounts.policy import may, permitted
from ancrage.candidates.enums import ContactRequestStatus
from ancrage.candidates.models import ContactRequest
from ancrage.journeys.enums import OPEN_STATES as OPEN_JOURNEYS
from ancrage.journeys.models import Journey
from ancrage.journeys.queries import Section, section_condition
from ancrage.matching.enums import IntroductionState
from ancrage.matching.models import HELD, Introduction
from ancrage.needs.enums import AnswerStatus, CampaignStatus, NeedStatus
from ancrage.needs.models import CampaignAnswer, Need
from ancrage.schemes.enums import AidState
from ancrage.schemes.models import AidRequest
from ancrage.web.navigation import Link, Place, links
from ancrage.welcome.enums import OPEN_STATES as OPEN_REQUESTS
from ancrage.welcome.models import WelcomeRequest

MOST_SHORTCUTS = 4


@dataclass(frozen=True)
class Waiting:
    """What awaits the reader, in a sentence, and where it is done."""

    words: str
    href: str
    icon: str


@dataclass(frozen=True)
class ForYou:
    """What awaits the reader; where nothing does, the pages they come for."""

    waiting: tuple[Waiting, ...]
    shortcuts: tuple[Link, ...]


@dataclass(frozen=True)
class _Source:
    """One kind of thing that may await a reader: whose rows, which of them, and its words."""

    permission: str
    model: type[Model]
    rows: Callable[[User, date], Q]
    words: Callable[[int], str]
    url_name: str
    icon: str
    query: str = ""
    # Who holds this right sees the rows of others as well: they await somebody else.
    unless: str = ""


_SOURCES = (
    _Source(
        "introductions.keep_own",
        Introduction,
        lambda user, today: Q(state=IntroductionState.PROPOSED),
        lambda n: ngettext(
            "%(n)d proposition attend votre réponse",
            "%(n)d propositions attendent votre réponse",
            n,
        ),
        "introductions:own",
        "handshake",
    ),
    _Source(
        "journeys.read_own",
        Journey,
        lambda user, today: Q(state__in=sorted(OPEN_JOURNEYS)),
        lambda n: _("Votre parcours : la prochaine étape"),
        "journeys:own",
        "route",
    ),
    _Source(
        "aid_requests.read_own",
        AidRequest,
        lambda user, today: Q(state__in=[AidState.ASKED, AidState.GRANTED]),
        lambda n: ngettext("%(n)d demande d’aide en cours", "%(n)d demandes d’aides en cours", n),
        "schemes:own_requests",
        "hand-coins",
    ),
    _Source(
        "needs.edit",
        Need,
        lambda user, today: Q(status=NeedStatus.DRAFT),
        lambda n: ngettext("%(n)d besoin en brouillon", "%(n)d besoins en brouillon", n),
        "needs:list",
        "clipboard-list",
        query=f"?etat={NeedStatus.DRAFT}",
    ),
    _Source(
        "answers.fill",
        CampaignAnswer,
        lambda user, today: Q(
            campaign__status=CampaignStatus.OPEN,
            status__in=[AnswerStatus.WAITING, AnswerStatus.STARTED],
        ),
        lambda n: ngettext(
            "%(n)d campagne attend votre réponse", "%(n)d campagnes attendent votre réponse", n
        ),
        "campaigns:list",
        "clipboard-check",
        unless="campaigns.run",
    ),
    _Source(
        "welcome_requests.answer",
        WelcomeRequest,
        lambda user, today: Q(state__in=sorted(OPEN_REQUESTS)),
        lambda n: ngettext(
            "%(n)d demande d’accueil attend votre réponse",
            "%(n)d demandes d’accueil attendent votre réponse",
            n,
        ),
        "welcome:requests",
        "inbox",
    ),
    _Source(
        "contact_requests.answer",
        ContactRequest,
        lambda user, today: Q(status=ContactRequestStatus.NEW),
        lambda n: ngettext("%(n)d personne à rappeler", "%(n)d personnes à rappeler", n),
        "contacts:list",
        "message-circle",
        query=f"?etat={ContactRequestStatus.NEW}",
    ),
    _Source(
        "introductions.relay",
        Introduction,
        lambda user, today: HELD & Q(state=IntroductionState.PROPOSED),
        lambda n: ngettext(
            "%(n)d demande de structure à transmettre",
            "%(n)d demandes de structures à transmettre",
            n,
        ),
        "introductions:list",
        "handshake",
        query="?a_transmettre=on",
    ),
    _Source(
        "journeys.keep",
        Journey,
        lambda user, today: (
            Q(advisor=user.pk, state__in=sorted(OPEN_JOURNEYS))
            & (
                section_condition(Section.LATE, on=today)
                | section_condition(Section.TODAY, on=today)
            )
        ),
        lambda n: ngettext(
            "%(n)d parcours à faire avancer aujourd’hui",
            "%(n)d parcours à faire avancer aujourd’hui",
            n,
        ),
        "journeys:day",
        "route",
    ),
)


def for_you(request: HttpRequest) -> ForYou | None:
    """Return what awaits the reader; None for a visitor. One query for each kind they may see."""
    user = request.user
    if not user.is_authenticated:
        return None
    today = timezone.localdate()
    waiting = []
    for source in _SOURCES:
        if not may(user, source.permission) or (source.unless and may(user, source.unless)):
            continue
        rows: Any = source.model._default_manager.all()
        count = permitted(user, source.permission, rows).filter(source.rows(user, today)).count()
        if count:
            words = source.words(count)
            waiting.append(
                Waiting(
                    words % {"n": count} if "%(n)d" in words else words,
                    reverse(source.url_name) + source.query,
                    source.icon,
                )
            )
    shortcuts = [] if waiting else links(request, Place.HEADER)[:MOST_SHORTCUTS]
    return ForYou(tuple(waiting), tuple(shortcuts))

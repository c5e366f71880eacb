"""The signed links by which a person without an account answers a proposal from its mail."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.signing import Signer
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ancrage.kit.links import (
    LINK_LIFE,
    LinkExpired,
    LinkForged,
    LinkUsed,
    unsigned,
)
from ancrage.matching.enums import IntroductionState
from ancrage.matching.models import Introduction, IntroductionMove
from ancrage.matching.queries.board import with_everything

_ANSWER = Signer(salt="ancrage.matching.answer")
_UNDO = Signer(salt="ancrage.matching.undo")


class ProposalAnswered(LinkUsed):
    """The person answered already, or the proposal ended otherwise."""

    sentence = _("Cette proposition n’attend plus de réponse.")


@dataclass(frozen=True)
class GivenAnswer:
    """What an undo link opens: the introduction, and the step that its person took."""

    introduction: Introduction
    move: IntroductionMove

    @property
    def is_undone(self) -> bool:
        """Say whether the answer was taken back."""
        return self.move.undone_at is not None


def proposal_token(introduction: Introduction, *, now: datetime) -> str:
    """Return the secret part of the link by which the person agrees or declines."""
    return _ANSWER.sign_object(
        {
            "introduction": introduction.pk,
            "person": str(introduction.candidate.subject.key),
            "asked": timezone.localdate(now).isoformat(),
        }
    )


def proposed_introduction(token: str, *, now: datetime) -> Introduction:
    """Return what a link opens. Raises LinkForged, LinkExpired, ProposalAnswered."""
    content = unsigned(_ANSWER, token)
    if timezone.localdate(now) > date.fromisoformat(content["asked"]) + LINK_LIFE:
        raise LinkExpired
    introduction = _opened(content)
    if introduction.state != IntroductionState.PROPOSED:
        raise ProposalAnswered
    return introduction


def answer_token(move: IntroductionMove) -> str:
    """Return the secret part of the link that shows an answer and takes it back."""
    return _UNDO.sign_object(
        {
            "introduction": move.introduction_id,
            "person": str(move.introduction.candidate.subject.key),
            "move": move.pk,
        }
    )


def given_answer(token: str, *, now: datetime) -> GivenAnswer:
    """Return what an undo link opens. Raises LinkForged, LinkExpired."""
    content = unsigned(_UNDO, token)
    introduction = _opened(content)
    move = introduction.moves.filter(pk=content["move"]).first()
    if move is None:
        raise LinkForged
    if not move.is_recent(now):
        raise LinkExpired
    return GivenAnswer(introduction=introduction, move=move)


def _opened(content: dict[str, Any]) -> Introduction:
    introduction: Introduction | None = (
        with_everything(Introduction.objects.all())
        .filter(pk=content["introduction"], candidate__subject__key=content["person"])
        .first()
    )
    if introduction is None:
        # Erased, and its key with it.
        raise LinkExpired
    return introduction

"""What a reader of one file may know and do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ancrage.accounts.policy import may, permitted
from ancrage.kit.moves import standing
from ancrage.matching.enums import (
    CARRIED_POST_STATES,
    IntroductionState,
    PartAnswer,
    PostState,
)
from ancrage.matching.models import Introduction, SharedPost, SharedPostPart
from ancrage.matching.queries import with_parts
from ancrage.matching.reference import TERRITORIAL_BONUS
from ancrage.matching.services import posts as services
from ancrage.partners.permissions import partners_of
from ancrage.web.post_words import (
    ANSWER_TONES,
    STAGES,
    TONES,
    flows_of,
    held_words,
    holder_part,
    letter,
    moments_of,
    next_step,
    vehicle_facts,
    week_of,
)
from ancrage.web.shared_posts.forms import AnswerForm


@dataclass(frozen=True)
class PartLine:
    """A part, as a reader may see it: `is_whole` for its employer and for the coordination."""

    part: SharedPostPart
    letter: str
    tone: str
    is_whole: bool
    may_answer: bool
    may_ask_again: bool
    form: AnswerForm


def file_for(request: HttpRequest, posts: QuerySet[SharedPost], pk: int) -> SharedPost:
    """Return one file with its parts, or answer 404."""
    return get_object_or_404(with_parts(posts), pk=pk)


def steers(request: HttpRequest, post: SharedPost) -> bool:
    """Say whether the reader coordinates the territory of a file."""
    mine = permitted(request.user, "shared_posts.steer", SharedPost.objects.all())
    return may(request.user, "shared_posts.steer") and mine.filter(pk=post.pk).exists()


def file_context(
    request: HttpRequest,
    post: SharedPost,
    *,
    now: datetime,
    sent: AnswerForm | None = None,
    sent_for: int | None = None,
) -> dict[str, Any]:
    """Return what the page of a file prints; `sent` is an answer for the part `sent_for` that was
    not taken."""
    steering = steers(request, post)
    own = set(partners_of(request.user).values_list("pk", flat=True))
    forms = {sent_for: sent} if sent and sent_for else {}
    lines = [
        _line(part, rank, own, steering, post, forms.get(part.pk))
        for rank, part in enumerate(post.parts.all())
    ]
    waits_for_me = any(line.may_answer and line.part.partner_id in own for line in lines)
    moves = standing(post.moves.select_related("part__partner"))
    return {
        "post": post,
        "lines": lines,
        "form": sent,
        "steers": steering,
        "waits_for_me": waits_for_me,
        "tone": TONES[PostState(post.state)],
        "stages": [(stage.label, "") for stage in STAGES],
        "stage": _stage(post),
        "next": next_step(post, steers=steering, waits_for_me=waits_for_me),
        "week": week_of([part.week for part in post.parts.all()]),
        "vehicle": vehicle_facts(post),
        "held": held_words(post),
        "flows": flows_of(post),
        "bonus": TERRITORIAL_BONUS if post.has_territorial_bonus else "",
        "happenings": moments_of(
            moves, steers=steering, has_holder=holder_part(post.parts.all()) is not None
        ),
        "introductions": _introductions(post),
        "is_carried": post.state in CARRIED_POST_STATES,
        "shows_need": steering or post.lead_id in own,
        "may_undo": may_undo(post, own=own, steering=steering, now=now),
    }


def answer_form(part_pk: int, data: Any = None) -> AnswerForm:
    """Return the answer of one part: a page may hold several, each with its own ids."""
    return AnswerForm(data, auto_id=f"id_{part_pk}_%s")


def may_undo(post: SharedPost, *, own: set[int], steering: bool, now: datetime) -> bool:
    """Say whether the reader may take the last step back: an employer, its own answer only."""
    last = services.last_post_step(post)
    if last is None or not last.before or not last.is_recent(now):
        return False
    return steering or (last.part is not None and last.part.partner_id in own)


def _line(
    part: SharedPostPart,
    rank: int,
    own: set[int],
    steering: bool,
    post: SharedPost,
    form: AnswerForm | None,
) -> PartLine:
    studied = post.state == PostState.STUDIED
    waits = studied and part.answer == PartAnswer.ASKED
    return PartLine(
        part=part,
        letter=letter(rank),
        tone=ANSWER_TONES[PartAnswer(part.answer)],
        is_whole=steering or part.partner_id in own,
        may_answer=waits and (steering or part.partner_id in own),
        may_ask_again=steering and studied and part.answer != PartAnswer.AGREED,
        form=form or answer_form(part.pk),
    )


def _stage(post: SharedPost) -> int:
    """The step reached; of a file given up, the last one before."""
    if post.state != PostState.GIVEN_UP:
        return STAGES.index(PostState(post.state)) + 1
    last = services.last_post_step(post)
    return STAGES.index(PostState(last.before)) + 1 if last and last.before else 1


def _introductions(post: SharedPost) -> list[tuple[str, int]]:
    """How many introductions are at each step, once their person agreed: nobody is named."""
    if post.need_id is None:
        return []
    counted = (
        Introduction.objects.filter(need=post.need_id, agreed_at__isnull=False)
        .order_by("state")
        .values_list("state")
        .annotate(total=Count("pk"))
    )
    return [(str(IntroductionState(state).label), total) for state, total in counted]

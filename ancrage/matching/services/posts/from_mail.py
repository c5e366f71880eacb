"""What an employer answers by the link of its mail, without signing in."""

from datetime import datetime

from django.db import transaction

from ancrage.matching.queries.post_links import asked_part, given_part_answer, part_answer_token
from ancrage.matching.services.posts.answering import answer_part
from ancrage.matching.services.posts.ending import undo_post_step


@transaction.atomic
def answer_from_mail(
    *, token: str, agrees: bool, now: datetime, reason: str = "", note: str = ""
) -> str:
    """Do what an employer answers; return the secret that undoes it.

    Raises what `asked_part` and `answer_part` raise.
    """
    asked = asked_part(token, now=now)
    step = answer_part(
        part=asked.part, agrees=agrees, by=asked.user, now=now, reason=reason, note=note
    )
    return part_answer_token(step, asked)


@transaction.atomic
def undo_answer_from_mail(*, token: str, now: datetime) -> None:
    """Take back an answer given by the link of a mail.

    Raises what `given_part_answer` and `undo_post_step` raise.
    """
    given = given_part_answer(token, now=now)
    undo_post_step(post=given.step.post, step=given.step, by=given.user, now=now)

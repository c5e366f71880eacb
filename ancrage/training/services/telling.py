"""The mails of training: to the person, of their own place, and to the coordination, of deadlines.

A mail to the coordination names nobody: it may be read over a shoulder.
"""

from collections.abc import Sequence
from datetime import datetime

from ancrage.accounts.models import User
from ancrage.kit.mail import queue_mail
from ancrage.privacy.services import address_of
from ancrage.training.models import CourseRun, Enrolment, FundingFile


def tell_granted(*, enrolment: Enrolment, now: datetime) -> bool:
    """Tell a person that a place is theirs if they say yes; return whether a mail leaves."""
    return _to_person(enrolment, "training/email/place_granted", "granted", now=now)


def tell_run_cancelled(*, enrolment: Enrolment, now: datetime) -> bool:
    """Tell a person that the run they had asked for does not take place."""
    return _to_person(enrolment, "training/email/run_cancelled", "cancelled", now=now)


def tell_deadlines(*, to: User, files: Sequence[FundingFile], now: datetime) -> bool:
    """Tell a coordinator of the funding files to be sent soon; once for the same ones a day."""
    first = min(files, key=lambda file: file.due_on)
    keys = "-".join(str(file.pk) for file in files)
    return queue_mail(
        key=f"training.funding:{to.pk}:{now:%Y%m%d}:{keys}"[:200],
        to=to.email,
        template="training/email/funding_due",
        context={"files": files, "first_due_on": first.due_on, "greeting": to.first_name},
        language=to.language,
        now=now,
    )


def _to_person(enrolment: Enrolment, template: str, what: str, *, now: datetime) -> bool:
    if enrolment.subject is None or enrolment.subject.limited_at is not None:
        return False
    address = address_of(enrolment.subject)
    if address is None:
        return False
    run: CourseRun = enrolment.run
    return queue_mail(
        key=f"training.{what}:{enrolment.pk}:{now:%Y%m%d%H%M}",
        to=address.email,
        template=template,
        context={"run": run, "course": run.course, "partner": run.course.provider.partner},
        language=address.language,
        now=now,
    )

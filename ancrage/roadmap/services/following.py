"""What an action is followed by: its milestones and its documents."""

import secrets
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.kit.audit import differences
from ancrage.kit.documents import delete_with_row, document_format, stored_with_row
from ancrage.roadmap.enums import RoadmapEvent
from ancrage.roadmap.models import Action, ActionDocument, Milestone
from ancrage.roadmap.services.actions import current_action, tell_action
from ancrage.roadmap.services.errors import TooManyDocuments
from ancrage.roadmap.services.writing import checked
from ancrage.roadmap.validators import validate_day, validate_link

MOST_DOCUMENTS = 20


@transaction.atomic
def add_milestone(
    *, action: Action, title: str, due_on: date, by: Any, now: datetime
) -> Milestone:
    """Add a step with the day by which it is due. Raises `ValidationError`."""
    validate_day("due_on", due_on)
    milestone = checked(Milestone(action=action, title=title.strip(), due_on=due_on, added_at=now))
    milestone.save(force_insert=True)
    _tell(RoadmapEvent.MILESTONE_ADDED, milestone, by=by, now=now)
    return milestone


@transaction.atomic
def edit_milestone(
    *, milestone: Milestone, title: str, due_on: date, by: Any, now: datetime
) -> Milestone:
    """Change what a milestone says, or put it off. Raises `ValidationError`."""
    validate_day("due_on", due_on)
    values = {"title": title.strip(), "due_on": due_on}
    changes = differences({name: getattr(milestone, name) for name in values}, values)
    for name, value in values.items():
        setattr(milestone, name, value)
    if changes:
        checked(milestone).save(update_fields=list(values))
        _tell(RoadmapEvent.MILESTONE_EDITED, milestone, by=by, now=now, changes=changes)
    return milestone


@transaction.atomic
def reach_milestone(*, milestone: Milestone, on: date, by: Any, now: datetime) -> None:
    """Say on which day a milestone was reached. Raises `ValidationError`."""
    validate_day("on", on)
    if on > timezone.localdate(now):
        raise ValidationError({"on": _("Ce jour n’est pas encore venu.")})
    if Milestone.objects.filter(pk=milestone.pk, done_on__isnull=True).update(done_on=on):
        changes = {"milestone": ["", milestone.title], "done_on": ["", on.isoformat()]}
        _tell(RoadmapEvent.MILESTONE_DONE, milestone, by=by, now=now, changes=changes)


@transaction.atomic
def reopen_milestone(*, milestone: Milestone, by: Any, now: datetime) -> None:
    """Say that a milestone is still to be reached."""
    if Milestone.objects.filter(pk=milestone.pk, done_on__isnull=False).update(done_on=None):
        _tell(RoadmapEvent.MILESTONE_UNDONE, milestone, by=by, now=now)


@transaction.atomic
def remove_milestone(*, milestone: Milestone, by: Any, now: datetime) -> None:
    """Take a milestone out."""
    _tell(RoadmapEvent.MILESTONE_REMOVED, milestone, by=by, now=now)
    Milestone.objects.filter(pk=milestone.pk).delete()


def add_document(
    *,
    action: Action,
    title: str,
    url: str = "",
    content: bytes = b"",
    by: Any,
    now: datetime,
) -> ActionDocument:
    """Join a link or a file to an action, the file under a drawn name.

    Raises `TooManyDocuments`, or `ValidationError` by field.
    """
    if bool(url) == bool(content):
        raise ValidationError({"url": _("Donnez une adresse, ou bien un fichier.")})
    if url:
        validate_link(url)
    document = ActionDocument(
        action=action,
        title=" ".join(title.split()),
        url=url,
        key=secrets.token_hex(16),
        format=document_format(content) if content else "",
        size=len(content),
        added_at=now,
        added_by=by,
    )
    with stored_with_row(document.file):
        _write(document, content, by=by, now=now)
    return document


@transaction.atomic
def remove_document(*, document: ActionDocument, by: Any, now: datetime) -> None:
    """Take a document out, and its file once the transaction holds."""
    changes = {"document": [document.title, ""]}
    action = current_action(document.action)
    tell_action(RoadmapEvent.DOCUMENT_REMOVED, action, by=by, now=now, changes=changes)
    delete_with_row(document.file)
    ActionDocument.objects.filter(pk=document.pk).delete()


def _write(document: ActionDocument, content: bytes, *, by: Any, now: datetime) -> None:
    action = current_action(document.action)
    if ActionDocument.objects.filter(action=action).count() >= MOST_DOCUMENTS:
        raise TooManyDocuments(MOST_DOCUMENTS)
    document.full_clean(exclude=["file"])
    if content:
        document.file.save("", ContentFile(content), save=False)
    document.save(force_insert=True)
    changes = {"document": ["", document.title]}
    tell_action(RoadmapEvent.DOCUMENT_ADDED, action, by=by, now=now, changes=changes)


def _tell(event: RoadmapEvent, milestone: Milestone, **trace: Any) -> None:
    trace.setdefault("changes", {"milestone": ["", milestone.title]})
    tell_action(event, current_action(milestone.action), **trace)

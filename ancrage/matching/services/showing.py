"""Which of the person's files a structure reads: chosen introduction by introduction."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.candidates.models import Document
from ancrage.matching.enums import IntroductionEvent
from ancrage.matching.models import Introduction, ShownDocument
from ancrage.matching.services.errors import PersonNoLongerAvailable
from ancrage.matching.services.moving import tell_journal
from ancrage.privacy.services import refuse_frozen, touch_subject


@transaction.atomic
def show_documents(
    *, introduction: Introduction, documents: Collection[Document], by: Any, now: datetime
) -> None:
    """Show exactly these files of the person's to the structure, once they are named to it.

    Files of somebody else are left out. Raises `PersonNoLongerAvailable` once the introduction is
    over, `SubjectFrozen`.
    """
    subject = introduction.candidate.subject
    refuse_frozen(subject)
    if not introduction.is_open:
        raise PersonNoLongerAvailable
    wanted = {one.pk for one in documents if one.candidate_id == introduction.candidate_id}
    held = ShownDocument.objects.filter(introduction=introduction)
    before = set(held.order_by("pk").values_list("document", flat=True))
    held.exclude(document__in=wanted).delete()
    ShownDocument.objects.bulk_create(
        ShownDocument(introduction=introduction, document_id=key, at=now, by=by)
        for key in sorted(wanted - before)
    )
    if wanted != before:
        tell_journal(
            introduction=introduction,
            event=IntroductionEvent.DOCUMENTS,
            by=by,
            now=now,
            changes={"documents": [len(before), len(wanted)]},
        )
    if by is not None and by.pk == subject.user_id:
        touch_subject(subject=subject, now=now)

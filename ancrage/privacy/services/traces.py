"""Who looked at an identified profile: noted at once, shown to the person, kept one year."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from ancrage.privacy.models import AccessTrace, DataSubject
from ancrage.privacy.purposes import purpose_of
from ancrage.privacy.queries.consents import consent_holds
from ancrage.privacy.retention import purges
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.terms import add_months

TRACES_KEPT_MONTHS = 12
LIST_NOTED_EVERY = timedelta(hours=24)


@transaction.atomic
def trace_access(
    *,
    subject: DataSubject,
    viewer: Viewer,
    purpose: str,
    fields: Iterable[str],
    now: datetime,
    scope: str = "",
) -> AccessTrace | None:
    """Note that `viewer` was shown these fields; nothing for one's own, or for no field.

    `scope` says for whom they looked; it is found where only one can be meant.
    """
    purpose_of(purpose)
    seen = sorted(fields)
    if not seen or viewer.user_pk == subject.user_id:
        return None
    trace = AccessTrace(
        subject=subject,
        viewer_id=viewer.user_pk,
        scope=scope or _acting_for(subject, viewer, purpose),
        purpose=purpose,
        fields=seen,
        at=now,
    )
    trace.save()
    return trace


@transaction.atomic
def trace_accesses(
    *,
    subjects: Iterable[DataSubject],
    viewer: Viewer,
    purpose: str,
    fields: Iterable[str],
    now: datetime,
    scope: str,
) -> None:
    """Note that `viewer`, acting for `scope`, was shown these fields of many people at once."""
    purpose_of(purpose)
    seen = sorted(fields)
    people = {one.pk: one for one in subjects if viewer.user_pk != one.user_id}
    AccessTrace.objects.bulk_create(
        (
            AccessTrace(
                subject=subject,
                viewer_id=viewer.user_pk,
                scope=scope,
                purpose=purpose,
                fields=seen,
                at=now,
            )
            for subject in people.values()
        ),
        batch_size=500,
    )


def trace_list(
    *,
    shown: Iterable[tuple[int, str]],
    purpose: str,
    fields: Iterable[str],
    by: Any,
    now: datetime,
) -> int:
    """Note that a list showed `by` these fields of many people; return how many lines that took.

    `shown` holds the key of each person, and for whom the reader looked. Whoever reads the same
    list again within a day is noted once: the person would read nothing else. One query where all
    is noted already, three otherwise, whatever the number of people.
    """
    purpose_of(purpose)
    seen, asked = sorted(fields), set(shown)
    if not seen or not asked:
        return 0
    keys = {key for key, _scope in asked}
    noted = AccessTrace.objects.filter(
        subject__in=keys, viewer=by.pk, purpose=purpose, at__gt=now - LIST_NOTED_EVERY
    ).values_list("subject", "scope", "fields")
    missing = asked - {(key, scope) for key, scope, told in noted if {*told} >= {*seen}}
    if not missing:
        return 0
    # One's own look at oneself is nobody's.
    others = DataSubject.objects.filter(pk__in={key for key, _scope in missing})
    found = set(others.exclude(user=by.pk).values_list("pk", flat=True))
    lines = AccessTrace.objects.bulk_create(
        AccessTrace(
            subject_id=key,
            viewer_id=by.pk,
            scope=scope,
            purpose=purpose,
            fields=seen,
            at=now,
        )
        for key, scope in sorted(missing)
        if key in found
    )
    return len(lines)


def _acting_for(subject: DataSubject, viewer: Viewer, purpose: str) -> str:
    if subject.home in viewer.scopes:
        return subject.home
    agreed = [
        scope for scope in sorted(viewer.scopes) if consent_holds(subject, purpose, scope)
    ] or sorted(viewer.scopes)
    return agreed[0] if len(agreed) == 1 else ""


@purges("access_traces")
@transaction.atomic
def forget_old_traces(*, now: datetime) -> int:
    """Forget who looked more than a year ago."""
    old = AccessTrace.objects.filter(at__lte=add_months(now, -TRACES_KEPT_MONTHS))
    return int(old.erase())

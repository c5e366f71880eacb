"""The terms of what everybody leaves: sessions, mails sent, files imported, the journal, and
what a restoration replaced."""

from datetime import datetime, timedelta
from pathlib import Path

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction

from ancrage.kit.imports.services import forget_imports
from ancrage.kit.models import AuditLine, OutboxTask
from ancrage.privacy.retention import purges
from ancrage.privacy.services.backups.making import forget_leftovers

# CNIL, developer's guide, sheet 14: logs are kept from six months to one year.
JOURNAL_KEPT = timedelta(days=365)
# Long enough to answer « did that mail leave? » for a whole campaign.
OUTBOX_KEPT = timedelta(days=90)
# Long enough to read the report of an import again and to send the file back corrected.
IMPORTS_KEPT = timedelta(days=90)


@purges("sessions")
@transaction.atomic
def forget_ended_sessions(*, now: datetime) -> int:
    """Forget the sessions that are over, and the devices they were on."""
    ended, _rows = Session.objects.filter(expire_date__lte=now).delete()
    alive = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
    return ended


@purges("outbox")
def forget_done_tasks(*, now: datetime) -> int:
    """Forget the tasks done or given up long ago; those still to do stay."""
    done, _rows = OutboxTask.objects.filter(done_at__lte=now - OUTBOX_KEPT).delete()
    given_up, _rows = OutboxTask.objects.filter(abandoned_at__lte=now - OUTBOX_KEPT).delete()
    return done + given_up


@purges("imports")
def forget_old_imports(*, now: datetime) -> int:
    """Forget the files brought in long ago with their lines, which are copies; the journal stays
    and says who applied them."""
    return forget_imports(before=now - IMPORTS_KEPT)


@purges("journal")
def forget_old_lines(*, now: datetime) -> int:
    """Forget the lines of the journal that are more than a year old."""
    lines, _rows = AuditLine.objects.filter(at__lte=now - JOURNAL_KEPT).delete()
    return lines


@purges("set_aside")
def forget_set_aside(*, now: datetime) -> int:
    """Forget the databases that `restore` replaced a month ago: they hold people erased since."""
    return forget_leftovers(root=Path(settings.BACKUP_ROOT), now=now)
